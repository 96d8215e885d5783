"""Directories (LDAP): a kind of provider, and its own columns beside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0014_directories"
down_revision = "0013_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("sign_in_providers", sa.Column("kind", sa.Text, nullable=False, server_default="openid"))
    op.create_check_constraint(
        op.f("ck_sign_in_providers_kind"), "sign_in_providers", "kind IN ('openid', 'directory')"
    )
    op.create_table(
        "sign_in_directories",
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("servers", ARRAY(sa.Text), nullable=False),
        sa.Column("bind_dn", sa.Text, nullable=False),
        sa.Column("bind_password_sealed", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("base_dn", "person_filter", "subject_attribute")),
        sa.Column("disabled_filter", sa.Text),
        sa.Column("groups", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("group_base", "import_filter", "unit_base", "unit_filter")),
        sa.Column("unit_code", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("unit_parent", sa.Text),
        sa.Column("person_unit", sa.Text),
        sa.PrimaryKeyConstraint("provider_id", name="pk_sign_in_directories"),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["sign_in_providers.id"],
            name="fk_sign_in_directories_provider_id_sign_in_providers",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "groups IN ('none', 'member_of', 'search', 'nested')", name=op.f("ck_sign_in_directories_groups")
        ),
        sa.CheckConstraint("cardinality(servers) BETWEEN 1 AND 8", name=op.f("ck_sign_in_directories_servers")),
    )
