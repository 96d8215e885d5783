"""How far collectors were given the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0035_journal_forwarding"
down_revision = "0034_inclusive_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "journal_forwarding",
        sa.Column("collector", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("seal_seq", sa.BigInteger, nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("collector", name="pk_journal_forwarding"),
        sa.CheckConstraint("seq >= seal_seq AND seal_seq >= 0", name=op.f("ck_journal_forwarding_seqs")),
        sa.CheckConstraint("(failing_since IS NULL) = (failure IS NULL)", name=op.f("ck_journal_forwarding_failing")),
    )


def downgrade() -> None:
    op.drop_table("journal_forwarding")
