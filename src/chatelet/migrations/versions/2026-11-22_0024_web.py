"""Pages of the web as they were read for answers, and the lists of sites of units."""

import sqlalchemy as sa
from alembic import op

revision = "0024_web"
down_revision = "0021_sources"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "web_snapshots",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("turn_id", sa.Uuid, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_web_snapshots"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_web_snapshots_conversation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_web_snapshots_conversation_id", "web_snapshots", ["conversation_id", "id"])
