"""Units, memberships, roles and grants; administrators become holders of a role."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0006_units_and_roles"
down_revision = "0005_conversations"
branch_labels = None
depends_on = None

_DOCUMENTS = ["documents.read", "documents.contribute", "documents.curate", "documents.publish"]
_DELEGABLE = [
    "chat.use", "api.use", *_DOCUMENTS, "persons.read", "persons.manage", "units.manage", "roles.grant",
    "waves.manage", "charter.publish", "keys.manage", "quotas.manage", "usage.read",
]  # fmt: skip
_ROLES = {
    "agent": ("Agent", "Agent", ["chat.use", "api.use", "documents.read"]),
    "referent": (
        "Référent d’unité",
        "Unit referent",
        [*_DOCUMENTS, "persons.read", "waves.manage", "usage.read"],
    ),
    "administrator": (
        "Administrateur",
        "Administrator",
        [*_DELEGABLE, "journal.read", "privacy.manage", "security.manage", "installation.manage"],
    ),
    "auditor": ("Auditeur", "Auditor", ["journal.read", "usage.read"]),
    "data_protection_officer": (
        "Délégué à la protection des données",
        "Data protection officer",
        ["journal.read", "privacy.manage"],
    ),
    "security_officer": ("Responsable de la sécurité", "Security officer", ["journal.read", "security.manage"]),
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _units()
    _roles()
    _fill_roles()
    op.drop_index("ix_persons_administrators", "persons")
    op.drop_column("persons", "is_administrator")


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("parent_id", sa.Uuid),
        sa.Column("path", ARRAY(sa.Uuid), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("merged_into", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("code", name="uq_units_code"),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_units_parent_id_units"),
        sa.ForeignKeyConstraint(["merged_into"], ["units.id"], name="fk_units_merged_into_units"),
        sa.CheckConstraint("path[cardinality(path)] = id", name=op.f("ck_units_path_ends_here")),
        sa.CheckConstraint("parent_id IS DISTINCT FROM id", name=op.f("ck_units_not_its_own_parent")),
    )
    op.create_index("ix_units_parent_id_sort_name", "units", ["parent_id", "sort_name"])
    op.create_index("ix_units_path", "units", ["path"], postgresql_using="gin")
    op.create_table(
        "memberships",
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("is_main", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "unit_id", name="pk_memberships"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_memberships_person_id_persons", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_memberships_unit_id_units"),
    )
    op.create_index("ix_memberships_unit_id", "memberships", ["unit_id"])
    op.create_index(
        "uq_memberships_main", "memberships", ["person_id"], unique=True, postgresql_where=sa.text("is_main")
    )


def _roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name_fr", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("rights", ARRAY(sa.Text), nullable=False),
        sa.Column("is_default", sa.Boolean, nullable=False),
        sa.Column("is_builtin", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roles"),
        sa.UniqueConstraint("code", name="uq_roles_code"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("role_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("granted_by", sa.Uuid),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_grants_person_id_persons", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name="fk_grants_role_id_roles"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_grants_unit_id_units"),
        sa.UniqueConstraint(
            "person_id", "role_id", "unit_id", "source",
            name="uq_grants_person_id_role_id_unit_id_source",
            postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip
    op.create_index("ix_grants_role_id_unit_id", "grants", ["role_id", "unit_id"])
    op.create_index("ix_grants_unit_id", "grants", ["unit_id"])


def _fill_roles() -> None:
    insert = sa.text(
        "INSERT INTO roles (id, code, name_fr, name_en, rights, is_default, is_builtin, created_at, updated_at)"
        " VALUES (gen_random_uuid(), :code, :name_fr, :name_en, :rights, :is_default, true, now(), now())"
    )
    for code, (name_fr, name_en, rights) in _ROLES.items():
        values = {"code": code, "name_fr": name_fr, "name_en": name_en, "rights": rights}
        op.get_bind().execute(insert, {**values, "is_default": code == "agent"})
    op.execute(
        "INSERT INTO grants (id, person_id, role_id, source, created_at)"
        " SELECT gen_random_uuid(), persons.id, roles.id, 'page', now() FROM persons, roles"
        " WHERE persons.is_administrator AND roles.code = 'administrator'"
    )
