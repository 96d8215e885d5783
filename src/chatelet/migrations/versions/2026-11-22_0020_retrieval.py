"""Which models' vectors answer, level by level; how often documents are found, month by month."""

import sqlalchemy as sa
from alembic import op

revision = "0020_retrieval"
down_revision = "0019_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "vector_models",
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("answering", sa.Text, nullable=False),
        sa.Column("arriving", sa.Text),
        sa.Column("leaving", sa.ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("level", name="pk_vector_models"),
    )
    _make_counts("document_uses", "document_id", "documents", ("given", "cited"))
    _make_counts("collection_questions", "collection_id", "collections", ("asked", "unanswered"))


def _make_counts(name: str, owner: str, owners: str, counts: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column(owner, sa.Uuid, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        *(sa.Column(count, sa.BigInteger, nullable=False, server_default="0") for count in counts),
        sa.PrimaryKeyConstraint(owner, "month", name=f"pk_{name}"),
        sa.ForeignKeyConstraint([owner], [f"{owners}.id"], name=f"fk_{name}_{owner}", ondelete="CASCADE"),
    )
