"""When what was deleted was last taken off the disk of the database, and what of it was left."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0037_disk_forgets"
down_revision = "0036_literacy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "disk_cleanings",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rewritten", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("segments", sa.Integer, nullable=False),
        sa.Column("left_over", JSONB, nullable=False),
        sa.Column("marks", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disk_cleanings"),
    )


def downgrade() -> None:
    op.drop_table("disk_cleanings")
