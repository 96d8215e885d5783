"""Bases closed to a named team: medical or banking secrecy."""

import sqlalchemy as sa
from alembic import op

revision = "0039_trust"
down_revision = "0038_flows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("collections", sa.Column("closed", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("collections", "closed")
