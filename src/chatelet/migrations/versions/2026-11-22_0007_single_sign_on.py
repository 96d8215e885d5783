"""Single sign-on: providers, claim rules, flows, their sessions, the inspector, the emergency way in.

An e-mail address is unique among local accounts only: a person of a provider is (issuer, subject), whatever address
the provider tells, and neither takes nor shares a local account's.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0007_single_sign_on"
down_revision = "0006_units_and_roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint("uq_persons_email", "persons", type_="unique")
    op.create_index(
        "uq_persons_local_email", "persons", ["email"], unique=True, postgresql_where=sa.text("issuer = 'local'")
    )
    _providers()
    _rules()
    _flows()
    _sessions()
    _sign_ins()
    op.create_table(
        "emergency_access",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary),
        _moment("armed_at"),
        _moment("open_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_emergency_access"),
        _of("emergency_access", "person_id", "persons"),
        sa.CheckConstraint("id = 1", name=op.f("ck_emergency_access_single_row")),
    )


def _providers() -> None:
    op.create_table(
        "sign_in_providers",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name_fr", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("client_id", sa.Text, nullable=False),
        sa.Column("client_secret_sealed", sa.LargeBinary),
        sa.Column("scopes", ARRAY(sa.Text), nullable=False),
        sa.Column("other_origins", ARRAY(sa.Text), nullable=False),
        sa.Column("ca_certificate", sa.Text),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("creates_persons", sa.Boolean, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("sign_out", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_providers"),
        sa.UniqueConstraint("code", name="uq_sign_in_providers_code"),
        sa.UniqueConstraint("issuer", "client_id", name="uq_sign_in_providers_issuer_client_id"),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_sign_in_providers_language")),
        sa.CheckConstraint("sign_out IN ('ask', 'post', 'none')", name=op.f("ck_sign_in_providers_sign_out")),
    )


def _rules() -> None:
    op.create_table(
        "claim_rules",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("values", ARRAY(sa.Text), nullable=False),
        sa.Column("unit_code", sa.Text),
        sa.Column("takes_unit_from_claim", sa.Boolean, nullable=False),
        sa.Column("role_code", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_claim_rules"),
        _of("claim_rules", "provider_id", "sign_in_providers"),
        sa.CheckConstraint(
            "operator IN ('equals', 'contains', 'prefix', 'one_of', 'present')", name=op.f("ck_claim_rules_operator")
        ),
        sa.CheckConstraint(
            "unit_code IS NOT NULL OR takes_unit_from_claim OR role_code IS NOT NULL",
            name=op.f("ck_claim_rules_gives_something"),
        ),
    )
    op.create_index("ix_claim_rules_provider_id_position", "claim_rules", ["provider_id", "position"])


def _flows() -> None:
    op.create_table(
        "sign_in_flows",
        sa.Column("state_hash", sa.LargeBinary, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("browser_hash", sa.LargeBinary, nullable=False),
        sa.Column("return_to", sa.Text, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        _moment("created_at"),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("state_hash", name="pk_sign_in_flows"),
        _of("sign_in_flows", "provider_id", "sign_in_providers"),
    )
    op.create_index("ix_sign_in_flows_expires_at", "sign_in_flows", ["expires_at"])


def _sessions() -> None:
    op.create_table(
        "provider_sessions",
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("sid", sa.Text),
        sa.Column("id_token_sealed", sa.LargeBinary, nullable=False),
        sa.Column("refresh_token_sealed", sa.LargeBinary),
        _moment("check_at", nullable=True),
        sa.Column("sign_out_hash", sa.LargeBinary),
        _moment("sign_out_until", nullable=True),
        sa.PrimaryKeyConstraint("session_id", name="pk_provider_sessions"),
        _of("provider_sessions", "session_id", "sessions"),
        _of("provider_sessions", "provider_id", "sign_in_providers"),
    )
    op.create_index("ix_provider_sessions_provider_id_sid", "provider_sessions", ["provider_id", "sid"])
    op.create_index("ix_provider_sessions_check_at", "provider_sessions", ["check_at"])
    op.create_table(
        "spent_tokens",
        sa.Column("hash", sa.LargeBinary, nullable=False),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("hash", name="pk_spent_tokens"),
    )
    op.create_index("ix_spent_tokens_expires_at", "spent_tokens", ["expires_at"])


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("subject_hash", sa.LargeBinary),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("details_sealed", sa.LargeBinary, nullable=False),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        _of("sign_ins", "provider_id", "sign_in_providers"),
        _of("sign_ins", "person_id", "persons"),
    )
    op.create_index("ix_sign_ins_provider_id_id", "sign_ins", ["provider_id", "id"])
    op.create_index("ix_sign_ins_person_id", "sign_ins", ["person_id"])
    op.create_index("ix_sign_ins_subject_hash", "sign_ins", ["subject_hash"])


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
