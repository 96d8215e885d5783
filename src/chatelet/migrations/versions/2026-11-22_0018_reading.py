"""Reading: a file says whether its giver wants the metadata of an image kept."""

import sqlalchemy as sa
from alembic import op

revision = "0018_reading"
down_revision = "0017_egress"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("files", sa.Column("keeps_metadata", sa.Boolean, nullable=False, server_default=sa.false()))
