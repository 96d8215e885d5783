"""Passages, their postings, and what triggers count of them by collection."""

import sqlalchemy as sa
from alembic import op

from chatelet.migrations.vectors import complete_vectors

revision = "0015_passages"
down_revision = "0012_usage"
branch_labels = None
depends_on = None

TRIGGERS = (
    """
    CREATE FUNCTION count_terms() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO term_statistics AS known (collection_id, term, passages)
            SELECT collection_id, term, sum(cardinality(entries)) FROM changed GROUP BY 1, 2 ORDER BY 1, 2
            ON CONFLICT (collection_id, term) DO UPDATE SET passages = known.passages + excluded.passages;
        ELSE
            PERFORM 1 FROM term_statistics
            WHERE (collection_id, term) IN (SELECT collection_id, term FROM changed)
            ORDER BY collection_id, term FOR UPDATE;
            UPDATE term_statistics AS known SET passages = known.passages - gone.passages
            FROM (SELECT collection_id, term, sum(cardinality(entries)) AS passages FROM changed GROUP BY 1, 2) AS gone
            WHERE known.collection_id = gone.collection_id AND known.term = gone.term;
            DELETE FROM term_statistics AS known USING changed
            WHERE known.collection_id = changed.collection_id AND known.term = changed.term AND known.passages <= 0;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION count_passages() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO collection_statistics AS known (collection_id, passages, length)
            SELECT collection_id, count(*), sum(length) FROM changed GROUP BY 1 ORDER BY 1
            ON CONFLICT (collection_id) DO UPDATE
            SET passages = known.passages + excluded.passages, length = known.length + excluded.length;
        ELSE
            UPDATE collection_statistics AS known
            SET passages = known.passages - gone.passages, length = known.length - gone.length
            FROM (SELECT collection_id, count(*) AS passages, sum(length) AS length FROM changed GROUP BY 1) AS gone
            WHERE known.collection_id = gone.collection_id;
            DELETE FROM collection_statistics AS known USING changed
            WHERE known.collection_id = changed.collection_id AND known.passages <= 0;
            DELETE FROM passage_terms AS postings USING changed WHERE postings.version_id = changed.version_id;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER passage_terms_added AFTER INSERT ON passage_terms
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_terms()
    """,
    """
    CREATE TRIGGER passage_terms_gone AFTER DELETE ON passage_terms
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_terms()
    """,
    """
    CREATE TRIGGER passages_added AFTER INSERT ON passages
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_passages()
    """,
    """
    CREATE TRIGGER passages_gone AFTER DELETE ON passages
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
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("starts", "ends", "length")),
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
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("term", sa.Text(collation="C"), nullable=False),
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("entries", sa.ARRAY(sa.BigInteger), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "term", name="pk_passage_terms"),
    )
    op.create_index("ix_passage_terms_term", "passage_terms", ["term", "collection_id"])
    op.create_table(
        "term_statistics",
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("term", sa.Text(collation="C"), nullable=False),
        sa.Column("passages", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("collection_id", "term", name="pk_term_statistics"),
    )
    op.create_table(
        "collection_statistics",
        sa.Column("collection_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("passages", "length")),
        sa.PrimaryKeyConstraint("collection_id", name="pk_collection_statistics"),
    )
