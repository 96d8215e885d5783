"""Files, collections and their documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013_documents"
down_revision = "0012_usage"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _files()
    _collections()
    _documents()


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("holder_kind", sa.Text),
        sa.Column("holder_id", sa.Uuid),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("name_sealed", sa.LargeBinary, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("received_bytes", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("parts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("step", sa.Text),
        sa.Column("step_page", sa.Integer),
        sa.Column("kind", sa.Text),
        sa.Column("status", sa.Text),
        sa.Column("pages", sa.Integer, nullable=False, server_default="0"),
        sa.Column("characters", sa.Integer, nullable=False, server_default="0"),
        sa.Column("report", postgresql.JSONB),
        sa.Column("error_code", sa.Text),
        sa.Column("reading_token", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.Column("received_at", _NOW),
        sa.Column("read_at", _NOW),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_files_person_id", ondelete="SET NULL"),
        sa.CheckConstraint(
            "state IN ('receiving', 'received', 'reading', 'read', 'failed')", name=op.f("ck_files_state")
        ),
        sa.CheckConstraint("holder_kind IN ('conversation', 'document')", name=op.f("ck_files_holder_kind")),
        sa.CheckConstraint("(holder_kind IS NULL) = (holder_id IS NULL)", name=op.f("ck_files_held_by_one")),
        sa.CheckConstraint("received_bytes BETWEEN 0 AND size_bytes", name=op.f("ck_files_received_bytes")),
    )
    op.create_index("ix_files_person_id", "files", ["person_id"])
    op.create_index("ix_files_holder_id", "files", ["holder_id"], postgresql_where=sa.text("holder_id IS NOT NULL"))
    op.create_index("ix_files_unheld", "files", ["created_at"], postgresql_where=sa.text("holder_id IS NULL"))


def _collections() -> None:
    op.create_table(
        "collections",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False, server_default=""),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("review_on", sa.Date),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_collections"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_collections_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_collections_unit_id"),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_collections_one_owner")),
    )
    for column in ("person_id", "unit_id"):
        op.create_index(
            f"ix_collections_{column}", "collections", [column], postgresql_where=sa.text(f"{column} IS NOT NULL")
        )
    op.create_table(
        "collection_grants",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("granted_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_collection_grants"),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_collection_grants_{column}", ondelete="CASCADE"
            )
            for column, table in (("collection_id", "collections"), ("person_id", "persons"), ("unit_id", "units"))
        ),
        sa.UniqueConstraint("collection_id", "person_id", name="uq_collection_grants_collection_id_person_id"),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_collection_grants_one_holder")),
        sa.CheckConstraint("part IN ('reader', 'contributor', 'curator')", name=op.f("ck_collection_grants_part")),
    )
    for column in ("person_id", "unit_id"):
        op.create_index(
            f"ix_collection_grants_{column}",
            "collection_grants",
            [column],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("collection_id", sa.Uuid, nullable=False),
        sa.Column("version_id", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("folder", sa.Text, nullable=False, server_default=""),
        sa.Column("tags", postgresql.ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("review_on", sa.Date),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.Column("updated_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_documents_collection_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_documents_collection_id_folder", "documents", ["collection_id", "folder", "sort_name"])
    op.create_index(
        "ix_documents_review_on", "documents", ["review_on"], postgresql_where=sa.text("review_on IS NOT NULL")
    )
    op.create_table(
        "document_versions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("file_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("passages", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error_code", sa.Text),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.Column("indexed_at", _NOW),
        sa.PrimaryKeyConstraint("id", name="pk_document_versions"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_document_versions_document_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_document_versions_file_id"),
        sa.UniqueConstraint("document_id", "number", name="uq_document_versions_document_id_number"),
        sa.UniqueConstraint("file_id", name="uq_document_versions_file_id"),
        sa.CheckConstraint(
            "state IN ('waiting', 'indexed', 'failed', 'superseded')", name=op.f("ck_document_versions_state")
        ),
    )
