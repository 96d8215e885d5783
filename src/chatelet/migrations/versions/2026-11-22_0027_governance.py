"""Readings of somebody's content with their openings, versions of the policies, governance files, hosting cards."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0027_governance"
down_revision = "0026_pseudonyms"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)
_GIVE = """
UPDATE roles SET rights = array_append(rights, '{right}'), updated_at = now() WHERE is_builtin AND code IN ({codes})
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _readings()
    _policies()
    _files()
    op.add_column("backends", sa.Column("zone_qualifications", ARRAY(sa.Text), nullable=False, server_default="{}"))
    # Administrators hold both, to give them; holding both, they may use neither.
    for right, codes in (
        ("content.request", "'administrator', 'security_officer'"),
        ("content.approve", "'administrator', 'data_protection_officer'"),
    ):
        op.execute(_GIVE.format(right=right, codes=codes))


def _readings() -> None:
    op.create_table(
        "content_readings",
        sa.Column("id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Uuid) for name in ("subject_id", "conversation_id", "requested_by", "decided_by")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reason", "state")),
        sa.Column("words_sealed", sa.LargeBinary),
        sa.Column("delay_ground", sa.Text),
        *(sa.Column(name, _NOW, nullable=False) for name in ("requested_at", "ends_at")),
        *(
            sa.Column(name, _NOW)
            for name in (
                "from_at", "to_at", "decided_at", "ended_at", "delayed_until", "told_at", "mailed_at", "seen_at"
            )
        ),
        sa.PrimaryKeyConstraint("id", name="pk_content_readings"),
        *(
            sa.ForeignKeyConstraint([name], ["persons.id"], name=f"fk_content_readings_{name}", ondelete="SET NULL")
            for name in ("subject_id", "requested_by", "decided_by")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'declined', 'ended')", name=op.f("ck_content_readings_state")
        ),
        sa.CheckConstraint("requested_by <> decided_by", name=op.f("ck_content_readings_two_persons")),
        sa.CheckConstraint(
            "conversation_id IS NOT NULL OR (from_at IS NOT NULL AND to_at IS NOT NULL)",
            name=op.f("ck_content_readings_scope"),
        ),
        sa.CheckConstraint(
            "(delay_ground IS NULL) = (delayed_until IS NULL)", name=op.f("ck_content_readings_delay")
        ),
    )  # fmt: skip
    for name in ("subject_id", "requested_by", "decided_by"):
        op.create_index(f"ix_content_readings_{name}", "content_readings", [name])
    op.create_table(
        "content_openings",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "reading_id", "conversation_id")),
        sa.Column("opened_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_openings"),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["content_readings.id"], name="fk_content_openings_reading_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_content_openings_reading_id", "content_openings", ["reading_id"])


def _policies() -> None:
    op.create_table(
        "policy_versions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        *(sa.Column(name, sa.Uuid) for name in ("written_by", "published_by")),
        sa.Column("written_at", _NOW, nullable=False),
        sa.Column("published_at", _NOW),
        sa.PrimaryKeyConstraint("id", name="pk_policy_versions"),
        sa.UniqueConstraint("number", name="uq_policy_versions_number"),
        sa.CheckConstraint("state IN ('draft', 'published', 'replaced')", name=op.f("ck_policy_versions_state")),
    )
    for state in ("draft", "published"):
        op.create_index(
            f"uq_policy_versions_{state}",
            "policy_versions",
            ["state"],
            unique=True,
            postgresql_where=sa.text(f"state = '{state}'"),
        )


def _files() -> None:
    op.create_table(
        "governance_files",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("made_at", _NOW, nullable=False),
        sa.Column("made_by", sa.Uuid),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_governance_files"),
        sa.UniqueConstraint("number", name="uq_governance_files_number"),
    )
