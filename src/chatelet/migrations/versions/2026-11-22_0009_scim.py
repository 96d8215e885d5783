"""What directories say of persons and groups (SCIM); where the lines of an import wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0009_scim"
down_revision = "0008_api_keys"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _clients()
    _users()
    _groups()
    _imports()


def _clients() -> None:
    op.create_table(
        "scim_clients",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject_from", sa.Text, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("last_used_at", _INSTANT),
        sa.Column("expires_at", _INSTANT),
        sa.Column("revoked_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_scim_clients"),
        sa.UniqueConstraint("token_hash", name="uq_scim_clients_token_hash"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_scim_clients_unit_id_units"),
        sa.CheckConstraint("subject_from IN ('external_id', 'user_name')", name=op.f("ck_scim_clients_subject_from")),
    )
    op.create_index("ix_scim_clients_unit_id", "scim_clients", ["unit_id"])


def _users() -> None:
    op.create_table(
        "scim_users",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("user_key", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("display_name", sa.Text),
        sa.Column("formatted", sa.Text),
        sa.Column("family_name", sa.Text),
        sa.Column("given_name", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("emails", JSONB, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("last_modified", _INSTANT, nullable=False),
        sa.Column("deleted_at", _INSTANT),
        sa.PrimaryKeyConstraint("client_id", "person_id", name="pk_scim_users"),
        sa.UniqueConstraint("client_id", "user_key", name="uq_scim_users_client_id_user_key"),
        sa.UniqueConstraint("client_id", "external_id", name="uq_scim_users_client_id_external_id"),
        sa.ForeignKeyConstraint(["client_id"], ["scim_clients.id"], name="fk_scim_users_client_id_scim_clients"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_scim_users_person_id_persons", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_scim_users_person_id", "scim_users", ["person_id"])
    op.create_index("ix_scim_users_client_id_last_modified", "scim_users", ["client_id", "last_modified"])
    op.create_index(
        "ix_scim_users_emails", "scim_users", ["emails"], postgresql_using="gin",
        postgresql_ops={"emails": "jsonb_path_ops"},
    )  # fmt: skip


def _groups() -> None:
    op.create_table(
        "scim_groups",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("group_key", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("role_id", sa.Uuid),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("last_modified", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scim_groups"),
        sa.UniqueConstraint("client_id", "group_key", name="uq_scim_groups_client_id_group_key"),
        sa.UniqueConstraint("client_id", "external_id", name="uq_scim_groups_client_id_external_id"),
        sa.ForeignKeyConstraint(["client_id"], ["scim_clients.id"], name="fk_scim_groups_client_id_scim_clients"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_scim_groups_unit_id_units"),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name="fk_scim_groups_role_id_roles"),
    )
    op.create_index("ix_scim_groups_unit_id", "scim_groups", ["unit_id"])
    op.create_index("ix_scim_groups_role_id", "scim_groups", ["role_id"])
    op.create_table(
        "scim_group_members",
        sa.Column("group_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "person_id", name="pk_scim_group_members"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["scim_groups.id"], name="fk_scim_group_members_group_id_scim_groups", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_scim_group_members_person_id_persons", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_scim_group_members_person_id", "scim_group_members", ["person_id"])


def _imports() -> None:
    op.create_table(
        "import_units",
        sa.Column("batch", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("parent_id", sa.Uuid),
        sa.Column("path", ARRAY(sa.Uuid), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("is_new", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("batch", "id", name="pk_import_units"),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "import_persons",
        sa.Column("batch", sa.Uuid, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("state", sa.Text),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("role_id", sa.Uuid),
        sa.Column("is_new", sa.Boolean, nullable=False),
        sa.Column("main_id", sa.Uuid),
        sa.Column("is_held", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("batch", "line", name="pk_import_persons"),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "import_accounts",
        sa.Column("batch", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("words", ARRAY(sa.Text), nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("batch", "id", name="pk_import_accounts"),
        prefixes=["UNLOGGED"],
    )
