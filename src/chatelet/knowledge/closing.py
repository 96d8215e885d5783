"""Bases closed to a named team (TA-111): medical secrecy (L.1110-4 CSP), banking secrecy (L.511-33 CMF).

read by    persons named one by one, and the owner; no unit, nobody by right (`parts`)
asked      alone: no question looks in a closed base and in another one
traced     each question, and each document looked into, is a line of the journal
"""

from collections.abc import Collection as Some
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
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
_LATELY: Final = timedelta(minutes=10)


def require_alone(collections: Sequence[Collection]) -> None:
    """Raise `CollectionAskedAlone` when a closed base is to be asked with another one."""
    closed = next((one for one in collections if one.closed), None)
    if closed is not None and len(collections) > 1:
        raise CollectionAskedAlone(name=closed.name)


async def alone(session: AsyncSession, found: frozenset[UUID], wanted: Some[UUID]) -> frozenset[UUID]:
    """Return the bases that may be searched together: of several, none that is closed."""
    return found - await _closed(session, found) if len(set(wanted)) > 1 else found


async def trace(session: AsyncSession, principal: Principal, collections: Some[UUID], way: Way) -> bool:
    """Write in the journal that closed bases among these were consulted, by whom and how; tell whether one was."""
    closed = sorted(await _closed(session, collections))
    for identifier in closed:
        event = events.CollectionConsulted(collection_id=identifier, way=way)
        await journal.record(session, event, actor=principal.person_id)
    return bool(closed)


class Lately:
    """What was traced within ten minutes, in this process: a document turned page by page is one line, not hundreds."""

    def __init__(self) -> None:
        self._at: dict[tuple[UUID, ...], datetime] = {}

    def holds(self, *key: UUID) -> bool:
        """Tell whether it was noted within ten minutes."""
        oldest = clock.now() - _LATELY
        while self._at and (first := next(iter(self._at))) and self._at[first] < oldest:
            del self._at[first]
        return key in self._at

    def note(self, *key: UUID) -> None:
        """Remember what was just traced, once it is stored."""
        self._at.pop(key, None)
        self._at[key] = clock.now()


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
