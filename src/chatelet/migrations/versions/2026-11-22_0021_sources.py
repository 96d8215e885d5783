"""Places that an installation allows, sources that collections follow, and the readers that a place tells."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021_sources"
down_revision = "0020_retrieval"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)
# A passage moves from one circle of readers to another without being indexed again: its counts follow.
_MOVES = (
    """
    CREATE FUNCTION move_passages() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO collection_statistics AS known (collection_id, passages, length, counted)
        SELECT moved.collection_id, sum(moved.passages), sum(moved.length), 0 FROM (
            SELECT collection_id, 1 AS passages, length FROM arrived
            UNION ALL SELECT collection_id, -1, -length FROM gone
        ) AS moved
        GROUP BY 1 HAVING sum(moved.passages) <> 0 OR sum(moved.length) <> 0 ORDER BY 1
        ON CONFLICT (collection_id) DO UPDATE
        SET passages = known.passages + excluded.passages, length = known.length + excluded.length;
        DELETE FROM term_statistics AS known USING collection_statistics AS emptied
        WHERE known.collection_id = emptied.collection_id AND emptied.passages <= 0
          AND emptied.collection_id IN (SELECT collection_id FROM gone);
        DELETE FROM collection_statistics WHERE passages <= 0 AND collection_id IN (SELECT collection_id FROM gone);
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER passage_terms_moved AFTER UPDATE ON passage_terms
    REFERENCING OLD TABLE AS gone NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION move_passages()
    """,
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _circles()
    _places()
    _sources()
    for statement in _MOVES:
        op.execute(statement)
    op.add_column("persons", sa.Column("verified_email", sa.Text))
    op.execute("UPDATE roles SET rights = array_append(rights, 'places.manage') WHERE code = 'administrator'")


def _circles() -> None:
    op.create_table(
        "circles",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("readers", postgresql.ARRAY(sa.Text), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_circles"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_circles_collection_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("collection_id", "digest", name="uq_circles_collection_id_digest"),
    )
    op.add_column("documents", sa.Column("circle_id", sa.Uuid))
    op.create_foreign_key("fk_documents_circle_id", "documents", "circles", ["circle_id"], ["id"])
    op.create_index(
        "ix_documents_circle_id", "documents", ["circle_id"], postgresql_where=sa.text("circle_id IS NOT NULL")
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("declared", postgresql.JSONB, nullable=False),
        sa.Column("credential_sealed", sa.LargeBinary),
        sa.Column("rights_required", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.Column("updated_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_places_unit_id"),
    )
    op.create_index("ix_places_unit_id", "places", ["unit_id"])


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("place_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("path", "folder")),
        sa.Column("follows_rights", sa.Boolean, nullable=False),
        sa.Column("cadence", postgresql.JSONB, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("error_code", sa.Text),
        *(
            sa.Column(name, sa.Integer, nullable=False, server_default="0")
            for name in ("attempts", "listed", "added", "changed", "removed", "failed", "leaving", "may_leave")
        ),
        sa.Column("run_id", sa.Uuid),
        sa.Column("lease_token", sa.Uuid),
        *(sa.Column(name, _NOW) for name in ("lease_until", "started_at", "ended_at", "due_at", "next_run_at")),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_sources_collection_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_sources_place_id"),
        sa.UniqueConstraint("collection_id", "folder", name="uq_sources_collection_id_folder"),
        sa.CheckConstraint(
            "state IN ('new', 'listing', 'bringing', 'done', 'unfinished', 'asking', 'failed')",
            name=op.f("ck_sources_state"),
        ),
    )
    op.create_index("ix_sources_place_id", "sources", ["place_id"])
    op.create_index("ix_sources_due_at", "sources", ["due_at"], postgresql_where=sa.text("NOT paused"))
    op.create_table(
        "source_items",
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("told_mark", sa.Text, nullable=False),
        sa.Column("told_size", sa.BigInteger),
        sa.Column("circle_id", sa.Uuid),
        sa.Column("mark", sa.Text),
        sa.Column("document_id", sa.Uuid),
        sa.Column("tried_run", sa.Uuid),
        sa.Column("error_code", sa.Text),
        sa.PrimaryKeyConstraint("source_id", "path", name="pk_source_items"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_source_items_source_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name="fk_source_items_circle_id"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_source_items_document_id", ondelete="SET NULL"
        ),
    )
    op.create_index(
        "ix_source_items_document_id",
        "source_items",
        ["document_id"],
        postgresql_where=sa.text("document_id IS NOT NULL"),
    )
    op.create_index(
        "ix_source_items_circle_id", "source_items", ["circle_id"], postgresql_where=sa.text("circle_id IS NOT NULL")
    )
    op.add_column("documents", sa.Column("source_id", sa.Uuid))
    op.create_foreign_key("fk_documents_source_id", "documents", "sources", ["source_id"], ["id"], ondelete="SET NULL")
    op.create_index(
        "ix_documents_source_id", "documents", ["source_id"], postgresql_where=sa.text("source_id IS NOT NULL")
    )
