"""Whose unit somebody confirmed among volunteers; when the token of a directory was made again."""

import sqlalchemy as sa
from alembic import op

revision = "0041_p1"
down_revision = "0039_trust"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # Of those who wait already nobody knows who said which unit: it is to be confirmed. Who was placed there, is there.
    op.add_column("volunteers", sa.Column("unit_confirmed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE volunteers SET unit_confirmed = true FROM memberships m WHERE volunteers.state = 'activated'"
        " AND m.person_id = volunteers.person_id AND m.unit_id = volunteers.unit_id AND m.source = 'wave'"
    )
    op.add_column("scim_clients", sa.Column("renewed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("scim_clients", "renewed_at")
    op.drop_column("volunteers", "unit_confirmed")
