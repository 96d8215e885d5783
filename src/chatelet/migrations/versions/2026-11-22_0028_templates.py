"""Templates of persons and of units, with their versions and style files; drafts are works."""

import sqlalchemy as sa
from alembic import op

revision = "0028_templates"
down_revision = "0027_governance"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(op.f("ck_works_kind"), "works", type_="check")
    op.create_check_constraint(op.f("ck_works_kind"), "works", "kind IN ('translate', 'rewrite', 'summarise', 'draft')")
    op.create_table(
        "templates",
        sa.Column("id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Uuid) for name in ("person_id", "unit_id")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        *(sa.Column(name, _NOW, nullable=False) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("id", name="pk_templates"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_templates_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_templates_unit_id"),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_templates_owned_once")),
    )
    for name in ("person_id", "unit_id"):
        op.create_index(f"ix_templates_{name}", "templates", [name])
    op.create_table(
        "template_styles",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "template_id")),
        sa.Column("kind", sa.Text, nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("name_sealed", "sealed")),
        sa.PrimaryKeyConstraint("id", name="pk_template_styles"),
        sa.ForeignKeyConstraint(
            ["template_id"], ["templates.id"], name="fk_template_styles_template_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("kind IN ('docx', 'odt')", name=op.f("ck_template_styles_kind")),
    )
    op.create_index("ix_template_styles_template_id", "template_styles", ["template_id"])
    op.create_table(
        "template_versions",
        sa.Column("template_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("style_id", sa.Uuid),
        sa.Column("created_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("template_id", "number", name="pk_template_versions"),
        sa.ForeignKeyConstraint(
            ["template_id"], ["templates.id"], name="fk_template_versions_template_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["style_id"], ["template_styles.id"], name="fk_template_versions_style_id"),
    )
    op.create_index("ix_template_versions_style_id", "template_versions", ["style_id"])
