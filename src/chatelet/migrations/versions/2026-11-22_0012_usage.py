"""Monthly figures of units, made every night: reading a year of an institution costs no pass over its answers."""

import sqlalchemy as sa
from alembic import op

revision = "0012_usage"
down_revision = "0011_quotas"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "usage_months",
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("requests", "tokens_read", "tokens_written")),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("euros", "wh")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("calls", "unpriced", "unmeasured")),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("month", "unit_id", name="pk_usage_months"),
    )
