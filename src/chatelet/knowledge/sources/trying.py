"""Looking at the first entries of a place, before or after it is followed: what would come, or why nothing would."""

import asyncio
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.connectors.contract import Entry, Place, PlaceError
from chatelet.connectors.declared import DECLARED, Credential, Declared
from chatelet.identity.aliases import aliases_of, fold
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.errors import Forbidden
from chatelet.knowledge import service as collections
from chatelet.knowledge.parts import Part
from chatelet.knowledge.sources import places, service
from chatelet.knowledge.sources.errors import SourceTooSlow
from chatelet.knowledge.sources.opened import opened
from chatelet.knowledge.sources.schemas import PlaceTrial, SourceTrial, TrialOut, TriedEntry
from chatelet.knowledge.sources.services import SourceServices

_SHOWN: Final = 10
_LOOKED_AT: Final = 500
_LONGEST: Final = 25.0  # seconds


async def try_place(services: SourceServices, principal: Principal, place_id: UUID, wanted: PlaceTrial) -> TrialOut:
    """Look into a place that the caller manages. Raises `Forbidden`, `PlaceNotFound`."""
    if not principal.rights.holds_somewhere(Right.PLACES_MANAGE):
        raise Forbidden(right=Right.PLACES_MANAGE.value)
    async with services.documents.database.transaction() as session:
        row = (await places.access(session, principal, place_id)).place
        declared, credential = DECLARED.validate_python(row.declared), places.opened(services.documents.keyring, row)
    tried = await _look(services, declared, credential, wanted.path, None)
    async with services.documents.database.transaction() as session:
        await places.tell(session, principal, row, "tried", error=tried.error)
    return tried


async def try_source(
    services: SourceServices, principal: Principal, collection_id: UUID, wanted: SourceTrial
) -> TrialOut:
    """Look into a place for a collection that the caller curates; what they may not read there is only counted.

    Raises `CollectionNotFound`, `CollectionPartMissing`, and as `service.usable`.
    """
    async with services.documents.database.transaction() as session:
        collection = (await collections.access(session, principal, collection_id, Part.CURATOR)).collection
        place = await service.usable(session, collection, wanted.place_id, follows_rights=wanted.follows_rights)
        declared = DECLARED.validate_python(place.declared)
        credential = places.opened(services.documents.keyring, place)
        mine = await _names(session, principal) if wanted.follows_rights else None
    tried = await _look(services, declared, credential, wanted.path, mine)
    async with services.documents.database.transaction() as session:
        event = events.SourceChanged(
            collection_id=collection_id, place_id=wanted.place_id, action="tried", error=tried.error
        )
        await journal.record(session, event, actor=principal.person_id)
    return tried


async def _look(
    services: SourceServices,
    declared: Declared,
    credential: Credential | None,
    path: str,
    mine: frozenset[str] | None,
) -> TrialOut:
    tried = TrialOut(entries=[], hidden=0, more=False, error=None)
    try:
        async with asyncio.timeout(_LONGEST), opened(services, declared, credential, path) as place:
            await _read(place, mine, tried)
    except PlaceError as error:
        tried.error = error.code
    except TimeoutError:
        tried.error = None if tried.entries or tried.hidden else SourceTooSlow.code
        tried.more = True
    return tried


async def _read(place: Place, mine: frozenset[str] | None, tried: TrialOut) -> None:
    seen = 0
    async for entry in place.entries():
        seen += 1
        if len(tried.entries) == _SHOWN or seen > _LOOKED_AT:
            tried.more = True
            return
        if _is_open(entry, mine):
            tried.entries.append(TriedEntry(path=entry.path, size=entry.size))
        else:
            tried.hidden += 1


def _is_open(entry: Entry, mine: frozenset[str] | None) -> bool:
    return mine is None or entry.readers is None or not mine.isdisjoint(fold(one) for one in entry.readers)


async def _names(session: AsyncSession, principal: Principal) -> frozenset[str]:
    return frozenset(await session.scalar(select(aliases_of(principal))) or ())
