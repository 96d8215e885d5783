"""How each model server's prefix cache keeps persons apart; not known to, until somebody says so."""

import sqlalchemy as sa
from alembic import op

revision = "0038_flows"
down_revision = "0037_disk_forgets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("backends", sa.Column("prefix_cache", sa.Text, server_default="shared", nullable=False))
    op.create_check_constraint("prefix_cache", "backends", "prefix_cache IN ('salted', 'shared', 'none')")


def downgrade() -> None:
    op.drop_column("backends", "prefix_cache")
