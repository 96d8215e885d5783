"""Passages, the words they are found by, and what is counted of them by collection."""

import sqlalchemy as sa
from alembic import op

from chatelet.migrations.vectors import complete_vectors

revision = "0015_passages"
down_revision = "0014_directories"
branch_labels = None
depends_on = None

TRIGGERS = (
    """
    CREATE FUNCTION count_passages() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO collection_statistics AS known (collection_id, passages, length, counted)
            SELECT collection_id, count(*), sum(length), 0 FROM changed GROUP BY 1 ORDER BY 1
            ON CONFLICT (collection_id) DO UPDATE
            SET passages = known.passages + excluded.passages, length = known.length + excluded.length;
        ELSE
            UPDATE collection_statistics AS known
            SET passages = known.passages - gone.passages, length = known.length - gone.length
            FROM (SELECT collection_id, count(*) AS passages, sum(length) AS length FROM changed GROUP BY 1) AS gone
            WHERE known.collection_id = gone.collection_id;
            DELETE FROM term_statistics AS known USING collection_statistics AS emptied
            WHERE known.collection_id = emptied.collection_id AND emptied.passages <= 0
              AND emptied.collection_id IN (SELECT collection_id FROM changed);
            DELETE FROM collection_statistics
            WHERE passages <= 0 AND collection_id IN (SELECT collection_id FROM changed);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER passage_terms_added AFTER INSERT ON passage_terms
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_passages()
    """,
    """
    CREATE FUNCTION forget_passages() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM passages WHERE document_id = OLD.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER documents_gone AFTER DELETE ON documents FOR EACH ROW EXECUTE FUNCTION forget_passages()
    """,
    """
    CREATE TRIGGER passage_terms_gone AFTER DELETE ON passage_terms
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_passages()
    """,
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _make_tables()
    for statement in TRIGGERS:
        op.execute(statement)
    complete_vectors(op.get_bind())


def _make_tables() -> None:
    op.create_table(
        "passages",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "collection_id", "document_id", "version_id")),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("starts", "ends")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("language", "title")),
        sa.Column("headings", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
        sa.UniqueConstraint("version_id", "ordinal", name="uq_passages_version_id_ordinal"),
    )
    op.create_index("ix_passages_collection_id", "passages", ["collection_id"])
    op.create_index("ix_passages_document_id", "passages", ["document_id"])
    op.create_table(
        "passage_terms",
        sa.Column("passage_id", sa.Uuid, nullable=False),
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("terms", sa.ARRAY(sa.Integer), nullable=False),
        sa.PrimaryKeyConstraint("passage_id", name="pk_passage_terms"),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name="fk_passage_terms_passage_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_passage_terms_terms", "passage_terms", ["terms"], postgresql_using="gin")
    op.create_index("ix_passage_terms_collection_id", "passage_terms", ["collection_id"])
    op.create_table(
        "term_statistics",
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("term", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("collection_id", "term", name="pk_term_statistics"),
    )
    op.create_table(
        "collection_statistics",
        sa.Column("collection_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("passages", "length", "counted")),
        sa.PrimaryKeyConstraint("collection_id", name="pk_collection_statistics"),
    )
