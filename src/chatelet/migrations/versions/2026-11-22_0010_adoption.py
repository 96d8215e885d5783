"""Charters and their acceptances; cohorts, volunteers, messages to them, openings of units."""

import sqlalchemy as sa
from alembic import op

revision = "0010_adoption"
down_revision = "0009_scim"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KINDS = "kind IN ('confirmation', 'invitation', 'activation', 'reminder')"
_LANGUAGES = "language IN ('fr', 'en')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _charters()
    _cohorts()
    _volunteers()
    _messages()


def _charters() -> None:
    op.create_table(
        "charters",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.Column("published_by", sa.Uuid),
        sa.Column("withdrawn_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_charters"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_charters_unit_id_units"),
        sa.UniqueConstraint(
            "unit_id", "version", "language",
            name="uq_charters_unit_id_version_language",
            postgresql_nulls_not_distinct=True,
        ),
        sa.CheckConstraint(_LANGUAGES, name="ck_charters_language"),
    )  # fmt: skip
    op.create_table(
        "charter_acceptances",
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("charter_id", sa.Uuid, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("accepted_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "charter_id", name="pk_charter_acceptances"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_charter_acceptances_person_id_persons", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["charter_id"], ["charters.id"], name="fk_charter_acceptances_charter_id_charters"),
    )
    op.create_index("ix_charter_acceptances_charter_id", "charter_acceptances", ["charter_id"])


def _cohorts() -> None:
    op.create_table(
        "cohorts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_cohorts"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_cohorts_unit_id_units"),
        sa.CheckConstraint("state IN ('prepared', 'open', 'closed')", name="ck_cohorts_state"),
        sa.CheckConstraint("capacity > 0", name="ck_cohorts_capacity"),
        sa.CheckConstraint("closes_on >= opens_on", name="ck_cohorts_dates"),
    )
    op.create_index("ix_cohorts_unit_id", "cohorts", ["unit_id"])
    op.create_table(
        "unit_openings",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("made_by", sa.Uuid),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_unit_openings"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_openings_unit_id_units"),
    )


def _volunteers() -> None:
    op.create_table(
        "volunteers",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("unit_told", sa.Text, nullable=False),
        sa.Column("uses", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("cohort_id", sa.Uuid),
        sa.Column("person_id", sa.Uuid),
        sa.Column("token_hash", sa.LargeBinary),
        sa.Column("token_expires_at", _MOMENT),
        sa.Column("code_hash", sa.LargeBinary),
        sa.Column("registered_at", _MOMENT, nullable=False),
        sa.Column("confirmed_at", _MOMENT),
        sa.Column("chosen_at", _MOMENT),
        sa.Column("invited_at", _MOMENT),
        sa.Column("activated_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_volunteers"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_volunteers_unit_id_units"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name="fk_volunteers_cohort_id_cohorts"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_volunteers_person_id_persons", ondelete="SET NULL"
        ),
        sa.UniqueConstraint("email", name="uq_volunteers_email"),
        sa.UniqueConstraint("token_hash", name="uq_volunteers_token_hash"),
        sa.UniqueConstraint("code_hash", name="uq_volunteers_code_hash"),
        sa.CheckConstraint(
            "state IN ('unconfirmed', 'waiting', 'chosen', 'invited', 'activated', 'declined')",
            name="ck_volunteers_state",
        ),
        sa.CheckConstraint(_LANGUAGES, name="ck_volunteers_language"),
        sa.CheckConstraint(
            "(cohort_id IS NOT NULL) = (state IN ('chosen', 'invited', 'activated'))",
            name="ck_volunteers_cohort_of_members",
        ),
    )
    op.create_index("ix_volunteers_cohort_id_state", "volunteers", ["cohort_id", "state"])
    op.create_index("ix_volunteers_unit_id", "volunteers", ["unit_id"])
    op.create_index("ix_volunteers_person_id", "volunteers", ["person_id"])
    op.create_index("ix_volunteers_state_registered_at", "volunteers", ["state", "registered_at", "id"])


def _messages() -> None:
    op.create_table(
        "mailings",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("volunteer_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.Column("refused_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_mailings"),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name="fk_mailings_volunteer_id_volunteers", ondelete="CASCADE"
        ),
        sa.CheckConstraint(_KINDS, name="ck_mailings_kind"),
    )
    op.create_index("ix_mailings_volunteer_id_kind", "mailings", ["volunteer_id", "kind"])
    op.create_table(
        "mail_words",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "language", name="pk_mail_words"),
        sa.CheckConstraint(_KINDS, name="ck_mail_words_kind"),
        sa.CheckConstraint(_LANGUAGES, name="ck_mail_words_language"),
    )
