"""Who administers the installation: the grant that makes an administrator, given and taken back."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.rights import Right
from chatelet.identity.roles import queries
from chatelet.identity.roles.tables import Grant, Role
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7

ADMINISTRATOR: Final = "administrator"
BY_HAND: Final = "page"


async def make_administrator(session: AsyncSession, person_id: UUID, *, by: UUID | None) -> None:
    """Give the role of administrator on the whole installation; giving it twice is giving it once."""
    role = await queries.role(session, ADMINISTRATOR)
    given = insert(Grant).values(
        id=uuid7(), person_id=person_id, role_id=role.id, source=BY_HAND, granted_by=by, created_at=now()
    )
    await session.execute(given.on_conflict_do_nothing())


async def withdraw_administrator(session: AsyncSession, person_id: UUID) -> None:
    """Take back every role by which a person manages the installation, wherever it came from."""
    managing = select(Role.id).where(Role.rights.contains([Right.INSTALLATION_MANAGE.value]))
    await session.execute(
        delete(Grant).where(Grant.person_id == person_id, Grant.unit_id.is_(None), Grant.role_id.in_(managing))
    )
