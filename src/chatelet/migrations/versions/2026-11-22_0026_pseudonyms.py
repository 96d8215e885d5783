"""Who stands in for whom in a conversation, what of its label no replacement lowers, and what persons report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0026_pseudonyms"
down_revision = "0025_backups"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # NULL for what was there before: nothing tells what brought its label, so no replacement lowers it.
    op.add_column("conversations", sa.Column("kept_level", sa.String(24)))
    op.add_column("conversations", sa.Column("kept_categories", ARRAY(sa.Text)))
    op.create_table(
        "pseudonyms",
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("ledger_sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_pseudonyms"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_pseudonyms_conversation_id", ondelete="CASCADE"
        ),
    )
    _reports()


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.Uuid),
        sa.Column("turn_id", sa.Uuid),
        sa.Column("words_sealed", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.Column("decided_at", _NOW),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_reports_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name="fk_reports_decided_by", ondelete="SET NULL"),
        sa.CheckConstraint("kind IN ('contest', 'incident')", name="ck_reports_kind"),
        sa.CheckConstraint("state IN ('open', 'upheld', 'changed', 'closed')", name="ck_reports_state"),
    )
    op.create_index("ix_reports_person_id", "reports", ["person_id", "id"])
    op.create_index("ix_reports_open", "reports", ["id"], postgresql_where=sa.text("state = 'open'"))
    op.create_index("ix_reports_decided_by", "reports", ["decided_by"])
