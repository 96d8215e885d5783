"""Pages of the web as they were read for answers, and the lists of sites of units."""

import sqlalchemy as sa
from alembic import op

revision = "0024_web"
down_revision = "0023_scholarly"
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
    op.create_table(
        "web_sites",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("pattern", sa.Text, nullable=False),
        sa.Column("tier", sa.Text),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_web_sites"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_web_sites_unit_id", ondelete="CASCADE"),
        sa.CheckConstraint("tier IN ('official', 'press', 'reference', 'other')", name=op.f("ck_web_sites_tier")),
    )
    op.create_index(
        "uq_web_sites_unit_id_pattern",
        "web_sites",
        ["unit_id", "pattern"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
