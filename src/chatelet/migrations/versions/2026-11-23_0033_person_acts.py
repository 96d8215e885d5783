"""Acts on many persons, and the line of each person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033_person_acts"
down_revision = "0032_added_levels"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)
_STATES = "state IN ('waiting', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone')"
_KINDS = "kind IN ('disable', 'enable', 'place', 'take_out', 'give', 'withdraw')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "person_acts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("made_by", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("role_id", sa.Uuid),
        sa.Column("is_main", sa.Boolean, nullable=False),
        sa.Column("expires_at", _NOW),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("stop_asked", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("total", "done", "refused", "undone", "kept")),
        sa.Column("left_out", postgresql.JSONB, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("created_at", _NOW, nullable=False),
        sa.Column("ended_at", _NOW),
        sa.PrimaryKeyConstraint("id", name="pk_person_acts"),
        sa.ForeignKeyConstraint(["made_by"], ["persons.id"], name="fk_person_acts_made_by", ondelete="CASCADE"),
        sa.CheckConstraint(_STATES, name=op.f("ck_person_acts_state")),
        sa.CheckConstraint(_KINDS, name=op.f("ck_person_acts_kind")),
    )
    op.create_index("ix_person_acts_made_by", "person_acts", ["made_by", "id"])
    op.create_index("ix_person_acts_created_at", "person_acts", ["created_at"])
    op.create_table(
        "person_act_lines",
        sa.Column("act_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("before", postgresql.JSONB),
        sa.PrimaryKeyConstraint("act_id", "person_id", name="pk_person_act_lines"),
        sa.ForeignKeyConstraint(["act_id"], ["person_acts.id"], name="fk_person_act_lines_act_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_person_act_lines_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_person_act_lines_person_id", "person_act_lines", ["person_id"])
    op.create_index(
        "ix_person_act_lines_left",
        "person_act_lines",
        ["act_id", "person_id"],
        postgresql_where=sa.text("result IN ('waiting', 'done')"),
    )


def downgrade() -> None:
    op.drop_table("person_act_lines")
    op.drop_table("person_acts")
