"""Quotas, and what an answer's figures belong to: the unit, and how many answers a server writes at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0011_quotas"
down_revision = "0010_adoption"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _rules()
    op.create_table(
        "quota_counters",
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("model_id", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("starts", sa.Date, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("requests", "tokens", "microeuros", "mgco2e")),
        sa.PrimaryKeyConstraint("subject_id", "model_id", "period", "starts", name="pk_quota_counters"),
    )
    op.create_table(
        "quota_holds",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("counters", JSONB, nullable=False),
        sa.Column("held", ARRAY(sa.BigInteger), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota_holds"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_quota_holds_person_id_persons", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_quota_holds_created_at", "quota_holds", ["created_at"])
    op.create_index("ix_quota_holds_person_id", "quota_holds", ["person_id"])
    op.add_column("model_usage", sa.Column("unit_id", sa.Uuid))
    op.create_index("ix_model_usage_unit_id_created_at", "model_usage", ["unit_id", "created_at"])
    op.add_column("backends", sa.Column("concurrent_answers", sa.Integer))


def _rules() -> None:
    op.create_table(
        "quota_rules",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("person_id", sa.Uuid),
        sa.Column("key_id", sa.Uuid),
        sa.Column("model_id", sa.Text),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("smaller_model", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota_rules"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_quota_rules_unit_id_units"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_quota_rules_person_id_persons", ondelete="CASCADE"
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_quota_rules_{name}"))
            for name, condition in {
                "holder": "holder IN ('each_person', 'unit', 'key')",
                "measure": "measure IN ('requests', 'tokens', 'microeuros', 'mgco2e')",
                "period": "period IN ('day', 'month')",
                "mode": "mode IN ('soft', 'hard', 'degrade')",
                "amount_positive": "amount > 0",
                "unit_named": "(holder = 'unit') <= (unit_id IS NOT NULL)",
                "key_named": "(holder = 'key') = (key_id IS NOT NULL)",
                "smaller_named": "(mode = 'degrade') = (smaller_model IS NOT NULL)",
            }.items()
        ),
    )
    op.create_index("ix_quota_rules_unit_id", "quota_rules", ["unit_id"])
    op.create_index("ix_quota_rules_person_id", "quota_rules", ["person_id"])
