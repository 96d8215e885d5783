"""How often the path on using a model well was followed, by unit and month."""

import sqlalchemy as sa
from alembic import op

revision = "0036_literacy"
down_revision = "0035_journal_forwarding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "literacy_months",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("completions", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "month", name="pk_literacy_months"),
    )


def downgrade() -> None:
    op.drop_table("literacy_months")
