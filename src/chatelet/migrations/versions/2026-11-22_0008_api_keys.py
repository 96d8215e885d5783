"""API keys; usage of models through the API."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0008_api_keys"
down_revision = "0007_single_sign_on"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("models", ARRAY(sa.Text)),
        sa.Column("routes", ARRAY(sa.Text), nullable=False),
        sa.Column("collections", ARRAY(sa.Uuid)),
        sa.Column("origins", ARRAY(sa.Text), nullable=False),
        sa.Column("addresses", ARRAY(sa.Text), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("refused_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("replaces", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("secret_hash", name="uq_api_keys_secret_hash"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_api_keys_person_id_persons", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_api_keys_unit_id_units"),
        sa.ForeignKeyConstraint(
            ["replaces"], ["api_keys.id"], name="fk_api_keys_replaces_api_keys", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_api_keys_person_id_id", "api_keys", ["person_id", "id"])
    op.create_index("ix_api_keys_unit_id_id", "api_keys", ["unit_id", "id"])
    op.create_index("ix_api_keys_origins", "api_keys", ["origins"], postgresql_using="gin")
    op.drop_constraint(op.f("ck_model_usage_purpose"), "model_usage")
    op.create_check_constraint(
        op.f("ck_model_usage_purpose"), "model_usage", "purpose IN ('turn', 'title', 'summary', 'api')"
    )
