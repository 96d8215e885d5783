"""Categories beside levels, on all that carries a label, and what each model may receive of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0016_labels"
down_revision = "0015_passages"
branch_labels = None
depends_on = None

_LABELLED = ("conversations", "turns", "files", "collections")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in _LABELLED:
        op.add_column(table, sa.Column("categories", ARRAY(sa.Text), nullable=False, server_default="{}"))
    op.add_column("files", sa.Column("given_level", sa.Text, nullable=False, server_default="internal"))
    op.execute("UPDATE files SET given_level = level")
    op.add_column("models", sa.Column("categories", ARRAY(sa.Text), nullable=False, server_default="{personal}"))
    op.execute(
        "UPDATE roles SET rights = array_append(rights, 'levels.lower'), updated_at = now() WHERE is_builtin"
        " AND code IN ('referent', 'administrator', 'data_protection_officer', 'security_officer')"
    )
