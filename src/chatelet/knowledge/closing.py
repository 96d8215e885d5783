"""Bases closed to a named team (TA-111): medical secrecy (L.1110-4 CSP), banking secrecy (L.511-33 CMF).

read by    persons named one by one, and the owner; no unit, nobody by right (`parts`)
asked      alone: no question looks in a closed base and in another one
traced     each question, and each document looked into, is a line of the journal
"""

from collections.abc import Collection as Some
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.errors import CollectionAskedAlone, CollectionClosed
from chatelet.knowledge.parts import Part
from chatelet.knowledge.tables import Collection, CollectionGrant

Way = Literal["question", "document"]


def require_alone(collections: Sequence[Collection]) -> None:
    """Raise `CollectionAskedAlone` when a closed base is to be asked with another one."""
    closed = next((one for one in collections if one.closed), None)
    if closed is not None and len(collections) > 1:
        raise CollectionAskedAlone(name=closed.name)


async def alone(session: AsyncSession, found: frozenset[UUID], wanted: Some[UUID]) -> frozenset[UUID]:
    """Return the bases that may be searched together: of several, none that is closed."""
    return found - await _closed(session, found) if len(set(wanted)) > 1 else found


async def trace(session: AsyncSession, principal: Principal, collections: Some[UUID], way: Way) -> None:
    """Write in the journal that closed bases among these were consulted, by whom and how."""
    for identifier in sorted(await _closed(session, collections)):
        event = events.CollectionConsulted(collection_id=identifier, way=way)
        await journal.record(session, event, actor=principal.person_id)


async def close(session: AsyncSession, principal: Principal, row: Collection) -> None:
    """Close a base that the caller curates; of a unit's, they become a curator by name: somebody must keep it.

    Raises `CollectionClosed` while it is shared with units.
    """
    grants = CollectionGrant.collection_id == row.id
    if await session.scalar(select(func.count()).where(grants, CollectionGrant.unit_id.is_not(None))):
        raise CollectionClosed
    if row.person_id is not None:
        return
    mine = await session.scalar(select(CollectionGrant).where(grants, CollectionGrant.person_id == principal.person_id))
    if mine is None:
        mine = CollectionGrant(id=uuid7(), collection_id=row.id, person_id=principal.person_id, created_at=clock.now())
        session.add(mine)
    before, mine.part, mine.granted_by = mine.part, Part.CURATOR, principal.person_id
    if before != Part.CURATOR:
        event = events.CollectionShared(
            collection_id=row.id, person_id=principal.person_id, before=before, after=Part.CURATOR.value
        )
        await journal.record(session, event, actor=principal.person_id)


async def _closed(session: AsyncSession, ids: Some[UUID]) -> frozenset[UUID]:
    return frozenset(await session.scalars(select(Collection.id).where(Collection.id.in_(ids), Collection.closed)))
