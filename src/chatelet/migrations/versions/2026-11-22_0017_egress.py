"""What was contacted, summed by day, host, purpose and outcome."""

import sqlalchemy as sa
from alembic import op

revision = "0017_egress"
down_revision = "0016_labels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "egress_counts",
        sa.Column("day", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("host", "purpose", "outcome")),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", "host", "purpose", "outcome", name="pk_egress_counts"),
        sa.CheckConstraint("outcome IN ('answered', 'failed', 'refused')", name="ck_egress_counts_outcome"),
        sa.CheckConstraint("times > 0", name="ck_egress_counts_times_positive"),
    )
