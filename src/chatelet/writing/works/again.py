"""A work that is done, and changes by its person's choice: its segments, its report and its file written again.

A text is written again at once, its reader sees it. A file is only when it is taken: `Told.is_due` says so meanwhile.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.errors import FileNotFound
from chatelet.documents.files import made
from chatelet.documents.files import service as files
from chatelet.documents.rebuilding.contract import Piece
from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.sensitivity import Label
from chatelet.writing import deciding, report, sentences
from chatelet.writing.errors import SentenceNotFound, WorkNotFound, WorkNotReady
from chatelet.writing.giving_back import give_back
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Work, WorkPiece
from chatelet.writing.task import Outcome
from chatelet.writing.works import queries, views
from chatelet.writing.works.running import options_of
from chatelet.writing.works.sealed import Asked, Kept, Sealer, Told

_TRIES = 5  # of a file that changes while it is written


class Overtaken(WorkNotReady):
    """The work changed elsewhere since it was opened."""


@dataclass(frozen=True, slots=True)
class Done:
    """A work that is done, opened: what was asked, what was written, what is told."""

    row: Work
    sealer: Sealer
    asked: Asked
    kept: list[Kept]
    told: Told

    def segment(self, number: int) -> Kept:
        """Return a segment. Raises `SentenceNotFound`."""
        found = next((one for one in self.kept if one.outcome.number == number), None)
        if found is None:
            raise SentenceNotFound
        return found

    def outcomes(self, changed: Mapping[int, Kept]) -> dict[int, Outcome]:
        """Return what became of each segment, those that change as they are now."""
        return {one.outcome.number: changed.get(one.outcome.number, one).outcome for one in self.kept}

    def settled(self, changed: Mapping[int, Kept]) -> dict[int, tuple[Piece, ...]]:
        """Return the words of segments whose changes were accepted, each as it is when the others are rejected."""
        found: dict[int, tuple[Piece, ...]] = {}
        for one in (changed.get(kept.outcome.number, kept) for kept in self.kept):
            if one.proposed is None:
                continue
            pairs = sentences.pairs_of(self.asked.task, one.source, one.proposed)
            pieces = deciding.settled(one.proposed.pieces, pairs, one.decided)
            if pieces is not None:
                found[one.outcome.number] = pieces
        return found


async def done(
    session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID, *, lock: bool = False
) -> Done:
    """Open one of the caller's works. Raises `WorkNotFound`, `WorkNotReady` when it is not done."""
    row = await queries.work(session, principal, work_id, lock=lock)
    if row is None:
        raise WorkNotFound
    if row.state != "done" or row.told_sealed is None:
        raise WorkNotReady(state=row.state)
    sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
    kept = views.kept_of(services.keyring, row, await queries.pieces(session, row.id))
    return Done(row, sealer, sealer.asked(row.asked_sealed), kept, sealer.told(row.told_sealed))


async def written(
    services: WritingServices, found: Done, label: Label, changed: Mapping[int, Kept]
) -> tuple[Told, UUID]:
    """Write the file of a work again, as a file of its own; return what is told of it, and where it is.

    Raises `FileUnreadable`, `FileNotFound`, `StorageUnavailable`.
    """
    data = await _data(services, found)
    options = options_of(found.asked, found.asked.task)
    settled = found.settled(changed) if found.asked.is_tracked else None
    outcomes, reader = found.outcomes(changed), services.documents.reader
    back = await give_back(reader, data, found.asked.name, outcomes, options, settled=settled)
    text = back.rebuilt.data.decode("utf-8", "replace") if found.row.file_id is None else ""
    told = Told(report.told_again(found.told.report, back.outcomes), text, found.told.name)
    file_id = await made.store(
        services.documents, found.row.person_id, found.row.id,
        name=told.name, kind=back.rebuilt.kind, label=label, data=back.rebuilt.data,
    )  # fmt: skip
    return told, file_id


@asynccontextmanager
async def same(
    services: WritingServices, principal: Principal, found: Done, file_id: UUID | None
) -> AsyncGenerator[tuple[AsyncSession, Work]]:
    """Write on a work as it was opened, with a new file in the place of the one that it made.

    Raises `Overtaken` when it changed since; the new file is then deleted.
    """
    try:
        async with services.database.transaction() as session:
            row = await _same(session, principal, found)
            if file_id is not None:
                await _put_file(session, row, file_id)
            yield session, row
    except Overtaken:
        if file_id is not None:
            await _drop(services, file_id)
        raise


async def _same(session: AsyncSession, principal: Principal, found: Done) -> Work:
    row = await queries.work(session, principal, found.row.id, lock=True)
    if row is None or row.told_sealed != found.row.told_sealed:
        raise Overtaken(state=row.state if row else "deleted")
    return row


def keep(session: AsyncSession, found: Done, row: Work, changed: Mapping[int, Kept], told: Told) -> None:
    """Write down segments that changed, and what is told from now on."""
    if changed:
        identifier = uuid7()
        sealed = found.sealer.seal_kept(list(changed.values()), identifier)
        session.add(WorkPiece(work_id=row.id, id=identifier, segments=len(changed), sealed=sealed))
    row.told_sealed, row.touched_at = found.sealer.seal_told(told), clock.now()


async def _put_file(session: AsyncSession, row: Work, file_id: UUID) -> None:
    """Put a file in the place of the one that the work made."""
    old = await made.row_of(session, row.result_file_id) if row.result_file_id else None
    if old is not None:
        await files.delete_all(session, [old], actor=row.person_id)
    row.result_file_id = file_id


async def bring_up(services: WritingServices, principal: Principal, work_id: UUID) -> None:
    """Write the file of a work again when decisions were taken since. Raises `WorkNotFound`, as `written`."""
    for _ in range(_TRIES):
        async with services.database.transaction() as session:
            row = await queries.work(session, principal, work_id)
            if row is None:
                raise WorkNotFound
            if not _is_due(services, row):
                return
            found = await done(session, services, principal, work_id)
        told, file_id = await written(services, found, Label.of(found.row.level, found.row.categories), {})
        try:
            async with same(services, principal, found, file_id) as (session, row):
                keep(session, found, row, {}, told)
        except Overtaken:
            continue
        return
    raise WorkNotReady(state="running")


def _is_due(services: WritingServices, row: Work) -> bool:
    if row.told_sealed is None or row.file_id is None:
        return False
    return Sealer.of(services.keyring, row.id, row.wrapped_key).told(row.told_sealed).is_due


async def _drop(services: WritingServices, file_id: UUID) -> None:
    """Delete a file that came too late."""
    async with services.database.transaction() as session:
        late = await made.row_of(session, file_id)
        if late is not None:
            await files.delete_all(session, [late], actor=late.person_id)


async def _data(services: WritingServices, found: Done) -> bytes:
    if found.row.file_id is None:
        return found.asked.text.encode()
    async with services.database.transaction() as session:
        file = await made.row_of(session, found.row.file_id)
    if file is None:
        raise FileNotFound
    return await made.original(services.documents, file)


def due(told: Told) -> Told:
    """Return what is told of a file whose decisions are not in it yet."""
    return msgspec.structs.replace(told, is_due=True)
