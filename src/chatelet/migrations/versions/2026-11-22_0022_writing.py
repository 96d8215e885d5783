"""Works of the writing desk, what was written of them so far, glossaries and translation memories."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022_writing"
down_revision = "0021_sources"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)
_PURPOSES = "purpose IN ('turn', 'title', 'summary', 'api', 'writing')"
_HOLDERS = "holder_kind IN ('conversation', 'document', 'export', 'work')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(op.f("ck_model_usage_purpose"), "model_usage")
    op.create_check_constraint(op.f("ck_model_usage_purpose"), "model_usage", _PURPOSES)
    op.drop_constraint(op.f("ck_files_holder_kind"), "files")
    op.create_check_constraint(op.f("ck_files_holder_kind"), "files", _HOLDERS)
    _works()
    _glossaries()


def _works() -> None:
    op.create_table(
        "works",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "state", "level")),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("wrapped_key", "asked_sealed")),
        sa.Column("told_sealed", sa.LargeBinary),
        *(sa.Column(name, sa.Uuid) for name in ("file_id", "result_file_id", "token")),
        sa.Column("categories", postgresql.ARRAY(sa.Text), nullable=False, server_default="{}"),
        *(sa.Column(name, sa.Text) for name in ("model_id", "error_code")),
        *(
            sa.Column(name, sa.Integer, nullable=False, server_default="0")
            for name in ("segments", "done", "done_before", "attempts", "prompt_tokens", "completion_tokens")
        ),
        *(sa.Column(name, _NOW, nullable=False) for name in ("created_at", "touched_at", "expires_at")),
        *(sa.Column(name, _NOW) for name in ("started_at", "ended_at")),
        sa.PrimaryKeyConstraint("id", name="pk_works"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_works_person_id", ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('translate', 'rewrite', 'summarise')", name=op.f("ck_works_kind")),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')", name=op.f("ck_works_state")
        ),
    )
    op.create_index("ix_works_person_id", "works", ["person_id"])
    op.create_index("ix_works_expires_at", "works", ["expires_at"])
    op.create_index(
        "ix_works_touched_at", "works", ["touched_at"], postgresql_where=sa.text("state IN ('queued', 'running')")
    )
    op.create_table(
        "work_pieces",
        sa.Column("work_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("segments", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("work_id", "id", name="pk_work_pieces"),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name="fk_work_pieces_work_id", ondelete="CASCADE"),
    )


def _glossaries() -> None:
    op.create_table(
        "glossaries",
        sa.Column("id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "source", "target")),
        *(sa.Column(name, sa.Uuid) for name in ("person_id", "unit_id")),
        sa.Column("lines", sa.Integer, nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("wrapped_key", "name_sealed", "lines_sealed")),
        *(sa.Column(name, _NOW, nullable=False) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("id", name="pk_glossaries"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_glossaries_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_glossaries_unit_id"),
        sa.CheckConstraint("kind IN ('terms', 'memory')", name=op.f("ck_glossaries_kind")),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_glossaries_owned_once")),
    )
    op.create_index("ix_glossaries_person_id", "glossaries", ["person_id"])
    op.create_index("ix_glossaries_unit_id", "glossaries", ["unit_id"])
