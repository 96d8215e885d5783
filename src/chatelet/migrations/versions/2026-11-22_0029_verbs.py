"""Glossaries used by default; works that wait for an allowance to open again."""

import sqlalchemy as sa
from alembic import op

revision = "0029_verbs"
down_revision = "0028_templates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("glossaries", sa.Column("by_default", sa.Boolean, nullable=False, server_default="false"))
    op.add_column("works", sa.Column("resumes_at", sa.DateTime(timezone=True)))
    op.create_index("ix_works_resumes_at", "works", ["resumes_at"], postgresql_where=sa.text("resumes_at IS NOT NULL"))
