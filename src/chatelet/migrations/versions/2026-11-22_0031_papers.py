"""Papers of document bases: the record of a work, and what became of its full text."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031_papers"
down_revision = "0030_research"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "papers",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("text_document_id", sa.Uuid),
        sa.Column("names", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("record", postgresql.JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_papers_collection_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_papers_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["text_document_id"], ["documents.id"], name="fk_papers_text_document_id", ondelete="SET NULL"
        ),
        sa.CheckConstraint("state IN ('waiting', 'read', 'none')", name=op.f("ck_papers_state")),
    )
    op.create_index("ix_papers_collection_id", "papers", ["collection_id", "id"])
    op.create_index("ix_papers_names", "papers", ["names"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_table("papers")
