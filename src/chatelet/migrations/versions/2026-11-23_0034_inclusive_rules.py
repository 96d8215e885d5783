"""What units decided of inclusive writing."""

import sqlalchemy as sa
from alembic import op

revision = "0034_inclusive_rules"
down_revision = "0033_person_acts"
branch_labels = None
depends_on = None

_RULES = "rule IN ('none', 'generic', 'epicene', 'doublets', 'median-point')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "inclusive_rules",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_inclusive_rules"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_inclusive_rules_unit_id", ondelete="CASCADE"),
        sa.CheckConstraint(_RULES, name=op.f("ck_inclusive_rules_rule")),
    )


def downgrade() -> None:
    op.drop_table("inclusive_rules")
