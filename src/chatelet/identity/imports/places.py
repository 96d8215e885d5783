"""The tree of units as an import needs it: read once, asked a hundred thousand times."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.units.tables import Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it stands."""

    id: UUID
    code: str
    name: str
    kind: str
    parent_id: UUID | None
    path: Sequence[UUID]
    is_closed: bool
    merged_into: UUID | None


@dataclass(frozen=True, slots=True)
class Places:
    """All units, by code and by identifier."""

    by_code: dict[str, Place]
    by_id: dict[UUID, Place]

    def now(self, code: str) -> Place | None:
        """Return the open unit of a code; one that was merged leads to what took it over."""
        place = self.by_code.get(code)
        while place is not None and place.merged_into is not None:
            place = self.by_id.get(place.merged_into)
        return None if place is None or place.is_closed else place


async def read_places(session: AsyncSession) -> Places:
    """Read the whole tree: some thousands of units, a hundred thousand at most."""
    found = await session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind, Unit.parent_id, Unit.path, Unit.closed_at, Unit.merged_into)
    )
    places = [
        Place(identifier, code, name, kind, parent, path, closed is not None, merged)
        for identifier, code, name, kind, parent, path, closed, merged in found
    ]
    return Places({place.code: place for place in places}, {place.id: place for place in places})
