"""Backends, models, and what their answers cost."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0004_inference"
down_revision = "0003_identity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _backends()
    _models()
    _model_usage()


def _backends() -> None:
    op.create_table(
        "backends",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("api_key_sealed", sa.LargeBinary),
        sa.Column("api_key_file", sa.Text),
        sa.Column("key_origin", sa.Text),
        sa.Column("ca_file", sa.Text),
        sa.Column("zone_name", sa.Text, nullable=False),
        sa.Column("zone_country", sa.Text, nullable=False),
        sa.Column("zone_operator", sa.Text, nullable=False),
        sa.Column("zone_legal_reach", sa.Text, nullable=False),
        sa.Column("connect_seconds", sa.Double, nullable=False),
        sa.Column("first_token_seconds", sa.Double, nullable=False),
        sa.Column("between_tokens_seconds", sa.Double, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("name", name="pk_backends"),
        sa.CheckConstraint("source IN ('file', 'page')", name=op.f("ck_backends_source")),
    )


def _models() -> None:
    op.create_table(
        "models",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("description_fr", sa.Text),
        sa.Column("description_en", sa.Text),
        sa.Column("backend", sa.Text, nullable=False),
        sa.Column("upstream", sa.Text, nullable=False),
        sa.Column("context_tokens", sa.Integer, nullable=False),
        sa.Column("max_output_tokens", sa.Integer, nullable=False),
        sa.Column("languages", ARRAY(sa.Text), nullable=False),
        sa.Column("abilities", ARRAY(sa.Text), nullable=False),
        sa.Column("highest_level", sa.Text, nullable=False),
        sa.Column("no_training", sa.Boolean, nullable=False),
        sa.Column("log_delay_days", sa.Integer),
        sa.Column("price_input", sa.Double),
        sa.Column("price_output", sa.Double),
        sa.Column("active_parameters_billions", sa.Double),
        sa.Column("renewal_date", sa.Date),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("is_default", sa.Boolean, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("demonstration", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_models"),
        sa.ForeignKeyConstraint(["backend"], ["backends.name"], name="fk_models_backend"),
        sa.CheckConstraint("source IN ('file', 'page')", name=op.f("ck_models_source")),
        sa.CheckConstraint(
            "highest_level IN ('public', 'internal', 'restricted', 'diffusion_restreinte')",
            name=op.f("ck_models_highest_level"),
        ),
    )
    op.create_index("ix_models_backend", "models", ["backend"])


def _model_usage() -> None:
    op.create_table(
        "model_usage",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("model_id", sa.Text, nullable=False),
        sa.Column("backend", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("prompt_tokens", sa.Integer, nullable=False),
        sa.Column("completion_tokens", sa.Integer, nullable=False),
        sa.Column("estimated", sa.Boolean, nullable=False),
        sa.Column("energy_wh", sa.Double),
        sa.Column("cost_euros", sa.Double),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_model_usage"),
        sa.CheckConstraint("purpose IN ('turn', 'title', 'summary')", name=op.f("ck_model_usage_purpose")),
    )
    op.create_index("ix_model_usage_person_id_created_at", "model_usage", ["person_id", "created_at"])
    op.create_index("ix_model_usage_created_at", "model_usage", ["created_at"])


def _moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
