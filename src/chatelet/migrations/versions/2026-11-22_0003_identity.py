"""Persons, sessions, invitations, throttles and the first administrator."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0003_identity"
down_revision = "0002_journal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _persons()
    _sessions()
    _invitations()
    op.create_table(
        "sign_in_attempts",
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("account_hash", sa.LargeBinary),
        sa.Column("level", sa.Float, nullable=False),
        _moment("charged_at"),
        _moment("blocked_until", nullable=True),
        _moment("trusted_until", nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_account_hash", "sign_in_attempts", ["account_hash"])
    installation = op.create_table(
        "installation",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("secret_hash", sa.LargeBinary),
        _moment("made_at", nullable=True),
        _moment("consumed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_single_row")),
    )
    op.bulk_insert(installation, [{"id": 1}])


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("is_administrator", sa.Boolean, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("search_vector", TSVECTOR, nullable=False),
        _moment("created_at"),
        _moment("last_seen_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.UniqueConstraint("email", name="uq_persons_email"),
        sa.UniqueConstraint("issuer", "subject", name="uq_persons_issuer_subject"),
        sa.CheckConstraint("state IN ('active', 'disabled')", name=op.f("ck_persons_state")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_persons_language")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_persons_email_lower")),
    )
    op.create_index("ix_persons_sort_name_id", "persons", ["sort_name", "id"])
    op.create_index("ix_persons_search_vector", "persons", ["search_vector"], postgresql_using="gin")
    op.create_index("ix_persons_administrators", "persons", ["id"], postgresql_where=sa.text("is_administrator"))


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        _moment("created_at"),
        _moment("last_seen_at"),
        sa.Column("idle_minutes", sa.Integer, nullable=False),
        _moment("expires_at"),
        _moment("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_sessions_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("is_administrator", sa.Boolean, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("made_by", sa.Uuid),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("accepted_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
        sa.ForeignKeyConstraint(["made_by"], ["persons.id"], name="fk_invitations_made_by", ondelete="SET NULL"),
    )
    op.create_index("ix_invitations_email", "invitations", ["email"])
    op.create_index("ix_invitations_made_by", "invitations", ["made_by"])


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
