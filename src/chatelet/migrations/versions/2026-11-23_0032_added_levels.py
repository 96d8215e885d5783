"""Levels that institutions add: the places between the shipped ones, and those that an installation named."""

import sqlalchemy as sa
from alembic import op

revision = "0032_added_levels"
down_revision = "0031_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "added_levels",
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("level", name="pk_added_levels"),
        sa.CheckConstraint(
            "level ~ '^(public|internal|restricted|diffusion_restreinte)_[1-3]$'", name=op.f("ck_added_levels_level")
        ),
    )
    op.drop_constraint("ck_models_highest_level", "models")
    op.create_check_constraint(
        op.f("ck_models_highest_level"),
        "models",
        "highest_level ~ '^(public|internal|restricted|diffusion_restreinte)(_[1-3])?$'",
    )


def downgrade() -> None:
    op.drop_constraint("ck_models_highest_level", "models")
    op.create_check_constraint(
        op.f("ck_models_highest_level"),
        "models",
        "highest_level IN ('public', 'internal', 'restricted', 'diffusion_restreinte')",
    )
    op.drop_table("added_levels")
