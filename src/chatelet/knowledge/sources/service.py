"""The verbs on the sources of a collection, by those who curate it: make, change, run, let go, remove.

A curator chooses a place that is declared for the collection's unit, and a path inside it; the folder that follows it
is the source's alone.
"""

from typing import Final, Literal, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.kernel import clock, jobs
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import documents
from chatelet.knowledge import service as collections
from chatelet.knowledge.errors import CollectionNotFound
from chatelet.knowledge.parts import Part
from chatelet.knowledge.sources import places, queries
from chatelet.knowledge.sources.cadence import CADENCE, next_time
from chatelet.knowledge.sources.errors import (
    PlaceNotFound,
    SourceFolderTaken,
    SourceNeedsUnit,
    SourceNotFound,
    SourcePaused,
    SourceRightsRequired,
)
from chatelet.knowledge.sources.queries import SourceRow
from chatelet.knowledge.sources.schemas import (
    Confirmation,
    FailedEntries,
    FailedEntry,
    Kind,
    NewSource,
    PlaceChoice,
    PlaceChoices,
    Removal,
    RemovalOut,
    SourceChange,
    SourceList,
    SourceOut,
    SourceState,
)
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import DeclaredPlace, Source
from chatelet.knowledge.tables import Collection

FOLLOW: Final = "follow_source"


async def choices(session: AsyncSession, principal: Principal, collection_id: UUID) -> PlaceChoices:
    """Return the places that a collection may follow. Raises `CollectionNotFound`, `CollectionPartMissing`."""
    collection = await _curated(session, principal, collection_id)
    return PlaceChoices(items=[_choice(one) for one in await queries.places_for(session, collection)])


async def list_sources(session: AsyncSession, principal: Principal, collection_id: UUID) -> SourceList:
    """Return the sources of a collection. Raises as `choices`."""
    await _curated(session, principal, collection_id)
    return SourceList(items=[shown(row) for row in await queries.sources_of(session, collection_id)])


async def make(
    session: AsyncSession, services: SourceServices, principal: Principal, collection_id: UUID, new: NewSource
) -> SourceOut:
    """Have a folder of a collection follow a path of a place; it is run at once.

    Raises as `choices`, `SourceNeedsUnit`, `PlaceNotFound`, `SourceRightsRequired`, `SourceFolderTaken`.
    """
    collection = await _curated(session, principal, collection_id)
    place = await usable(session, collection, new.place_id, follows_rights=new.follows_rights)
    if await queries.is_folder_taken(session, collection_id, new.folder):
        raise SourceFolderTaken
    moment = clock.now()
    row = Source(
        id=uuid7(),
        collection_id=collection_id,
        place_id=place.id,
        path=new.path,
        folder=new.folder,
        follows_rights=new.follows_rights,
        cadence=CADENCE.dump_python(new.cadence, mode="json"),
        paused=False,
        state="new",
        attempts=0,
        next_run_at=next_time(new.cadence, moment, services.documents.settings.usage.time_zone),
        created_by=principal.person_id,
        created_at=moment,
    )
    session.add(row)
    await _ask(session, row)
    await tell(session, principal, row, "added")
    return shown(await access(session, principal, row.id))


async def change(
    session: AsyncSession, services: SourceServices, principal: Principal, source_id: UUID, wanted: SourceChange
) -> SourceOut:
    """Change a source: when it runs, whether rights are followed, whether it is paused.

    Raises `SourceNotFound`, `CollectionPartMissing`, `SourceRightsRequired`.
    """
    row, place = await access(session, principal, source_id)
    if wanted.follows_rights is False and place.rights_required:
        raise SourceRightsRequired
    if wanted.cadence is not None:
        row.cadence = CADENCE.dump_python(wanted.cadence, mode="json")
        row.next_run_at = next_time(wanted.cadence, clock.now(), services.documents.settings.usage.time_zone)
        row.due_at = row.next_run_at
    if wanted.paused is not None:
        row.paused = wanted.paused
        row.lease_token, row.lease_until = None, None  # a run under way writes nothing more
        if wanted.paused and row.state in {"listing", "bringing"}:
            row.state = "unfinished"
    must_run = wanted.paused is False
    if wanted.follows_rights is not None and wanted.follows_rights != row.follows_rights:
        row.follows_rights, must_run = wanted.follows_rights, True
    await session.flush()
    if must_run and not row.paused:
        await _ask(session, row)
    await tell(session, principal, row, "changed", changed=tuple(sorted(wanted.model_fields_set)))
    return shown(await access(session, principal, source_id))


async def run_now(session: AsyncSession, principal: Principal, source_id: UUID) -> SourceOut:
    """Run a source at once. Raises as `access`, `SourcePaused`."""
    row, _place = await access(session, principal, source_id)
    if row.paused:
        raise SourcePaused
    await _ask(session, row)
    await tell(session, principal, row, "asked")
    return shown(await access(session, principal, source_id))


async def confirm(session: AsyncSession, principal: Principal, source_id: UUID, said: Confirmation) -> SourceOut:
    """Let go, at the next run, as many documents as the curator was told and no more. Raises as `run_now`."""
    row, _place = await access(session, principal, source_id)
    if row.paused:
        raise SourcePaused
    row.may_leave = min(said.documents, row.leaving)
    await _ask(session, row)
    await tell(session, principal, row, "confirmed", documents=row.may_leave)
    return shown(await access(session, principal, source_id))


async def remove(session: AsyncSession, principal: Principal, source_id: UUID, wanted: Removal) -> RemovalOut:
    """Stop following; the documents are deleted, or stay as the collection's own (with the readers last told).

    Raises as `access`.
    """
    row, _place = await access(session, principal, source_id)
    rows = await queries.documents_of(session, source_id)
    if wanted.documents == "delete" and rows:
        await documents.remove_rows(session, rows, actor=principal.person_id)
    await session.delete(row)
    await session.flush()
    await tell(session, principal, row, "removed", documents=len(rows) if wanted.documents == "delete" else 0)
    return RemovalOut(documents=len(rows))


async def failures(session: AsyncSession, principal: Principal, source_id: UUID) -> FailedEntries:
    """Return the entries that could not be brought. Raises as `access`."""
    await access(session, principal, source_id)
    found, hidden = await queries.failures(session, principal, source_id)
    return FailedEntries(items=[FailedEntry(path=path, error=code) for path, code in found], hidden=hidden)


async def usable(
    session: AsyncSession, collection: Collection, place_id: UUID, *, follows_rights: bool
) -> DeclaredPlace:
    """Return a place that the collection may follow.

    Raises `SourceNeedsUnit`, `PlaceNotFound`, `SourceRightsRequired`.
    """
    if collection.unit_id is None:
        raise SourceNeedsUnit
    place = await session.get(DeclaredPlace, place_id)
    if place is None or not await places.is_for(session, place, collection):
        raise PlaceNotFound
    if place.rights_required and not follows_rights:
        raise SourceRightsRequired
    return place


async def access(session: AsyncSession, principal: Principal, source_id: UUID) -> SourceRow:
    """Return a source of a collection that the caller curates, locked.

    Raises `SourceNotFound`, `CollectionPartMissing`.
    """
    row = await queries.source(session, source_id)
    if row is None:
        raise SourceNotFound
    try:
        await collections.access(session, principal, row.source.collection_id, Part.CURATOR)
    except CollectionNotFound:
        raise SourceNotFound from None
    return row


async def tell(
    session: AsyncSession,
    principal: Principal,
    row: Source,
    action: Literal["added", "changed", "asked", "confirmed", "removed"],
    *,
    changed: tuple[str, ...] = (),
    documents: int = 0,
) -> None:
    """Journal what became of a source."""
    event = events.SourceChanged(
        collection_id=row.collection_id,
        source_id=row.id,
        place_id=row.place_id,
        action=action,
        changed=changed,
        documents=documents,
    )
    await journal.record(session, event, actor=principal.person_id)


async def _ask(session: AsyncSession, row: Source) -> None:
    row.due_at = clock.now()
    await session.flush()
    await jobs.enqueue(session, FOLLOW, {"source": str(row.id)})


async def _curated(session: AsyncSession, principal: Principal, collection_id: UUID) -> Collection:
    return (await collections.access(session, principal, collection_id, Part.CURATOR)).collection


def shown(row: SourceRow) -> SourceOut:
    """Return a source as its curators see it."""
    one = row.source
    return SourceOut(
        id=one.id,
        collection_id=one.collection_id,
        place=_choice(row.place),
        path=one.path,
        folder=one.folder,
        follows_rights=one.follows_rights,
        cadence=CADENCE.validate_python(one.cadence),
        paused=one.paused,
        running=one.lease_token is not None and one.lease_until is not None and one.lease_until > clock.now(),
        state=cast("SourceState", one.state),
        error=one.error_code,
        listed=one.listed,
        added=one.added,
        changed=one.changed,
        removed=one.removed,
        failed=one.failed,
        leaving=one.leaving,
        started_at=one.started_at,
        ended_at=one.ended_at,
        due_at=one.due_at,
        created_at=one.created_at,
    )


def _choice(place: DeclaredPlace) -> PlaceChoice:
    kind = cast("Kind", place.declared["kind"])
    return PlaceChoice(id=place.id, name=place.name, kind=kind, rights_required=place.rights_required)
