"""Works mirrored for the scholarly desk."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023_scholarly"
down_revision = "0022_writing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "mirrored_works",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("names", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("words", postgresql.TSVECTOR, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("record", postgresql.JSONB, nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_mirrored_works"),
    )
    op.create_index("ix_mirrored_works_names", "mirrored_works", ["names"], postgresql_using="gin")
    op.create_index("ix_mirrored_works_words", "mirrored_works", ["words"], postgresql_using="gin")
