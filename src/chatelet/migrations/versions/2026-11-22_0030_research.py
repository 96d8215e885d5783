"""Deep researches, and what was found and written of each."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030_research"
down_revision = "0029_verbs"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)
_PURPOSES = "purpose IN ('turn', 'title', 'summary', 'api', 'writing', 'research')"
_STATES = "state IN ('planning', 'proposed', 'queued', 'running', 'stopped', 'done', 'partial', 'failed')"
_KINDS = "kind IN ('search', 'source', 'notes', 'conflicts', 'section', 'proposals')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(op.f("ck_model_usage_purpose"), "model_usage")
    op.create_check_constraint(op.f("ck_model_usage_purpose"), "model_usage", _PURPOSES)
    _researches()
    op.create_table(
        "research_pieces",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("research_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_research_pieces"),
        sa.ForeignKeyConstraint(
            ["research_id"], ["researches.id"], name="fk_research_pieces_research_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("research_id", "kind", "name", name="uq_research_pieces_research_id_kind_name"),
        sa.CheckConstraint(_KINDS, name=op.f("ck_research_pieces_kind")),
    )


def _researches() -> None:
    op.create_table(
        "researches",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "level")),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("wrapped_key", "asked_sealed")),
        sa.Column("plan_sealed", sa.LargeBinary),
        sa.Column("categories", postgresql.ARRAY(sa.Text), nullable=False, server_default="{}"),
        *(sa.Column(name, sa.Text) for name in ("model_id", "reached", "error_code")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("most_steps", "most_seconds")),
        sa.Column("most_tokens", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False, server_default="0") for name in ("steps", "seconds", "attempts")),
        *(
            sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
            for name in ("prompt_tokens", "completion_tokens")
        ),
        sa.Column("token", sa.Uuid),
        *(sa.Column(name, _NOW, nullable=False) for name in ("created_at", "touched_at", "expires_at")),
        *(sa.Column(name, _NOW) for name in ("confirmed_at", "ended_at")),
        sa.PrimaryKeyConstraint("id", name="pk_researches"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_researches_person_id", ondelete="CASCADE"),
        sa.CheckConstraint(_STATES, name=op.f("ck_researches_state")),
        sa.CheckConstraint("reached IN ('steps', 'time', 'tokens')", name=op.f("ck_researches_reached")),
    )
    op.create_index("ix_researches_person_id", "researches", ["person_id"])
    op.create_index("ix_researches_expires_at", "researches", ["expires_at"])
    op.create_index(
        "ix_researches_touched_at",
        "researches",
        ["touched_at"],
        postgresql_where=sa.text("state IN ('planning', 'queued', 'running')"),
    )
