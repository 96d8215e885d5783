"""The verbs on files: begin, receive, hold, delete. Reading is `reading`; who may open what a collection holds, above.

A file is counted against its giver's limits when it is announced, under a lock, so that fifty at once cannot pass
together where one may.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import Subquery

from chatelet.audit import events, journal
from chatelet.documents.errors import (
    FileInUse,
    FileNotFound,
    FileNotReady,
    FileQuotaReached,
    FileTooLarge,
    PartMisplaced,
)
from chatelet.documents.files import queries, views
from chatelet.documents.files.schemas import FileList, FileOut, NewFile
from chatelet.documents.files.store import PART_BYTES, FileBlobs, new_key
from chatelet.documents.files.tables import File
from chatelet.documents.parsing.document import Sensitivity
from chatelet.documents.parsing.names import display_name
from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.kernel import clock, jobs
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.clearance import check_ceiling
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import DocumentSettings

READ = "read_file"
LATER = -1  # priority of what nobody waits for in front of a screen
DELETE_BLOBS = "delete_blobs"
_ABANDONED_AFTER = timedelta(days=1)


async def begin(session: AsyncSession, services: DocumentServices, principal: Principal, new: NewFile) -> FileOut:
    """Announce a file of the caller's. Raises `FileTooLarge`, `FileQuotaReached`, `LevelTooHigh`."""
    limits, policy = services.settings.documents, services.settings.policy
    if new.size > limits.file_bytes:
        raise FileTooLarge(size=new.size, limit=limits.file_bytes, megabytes=limits.file_bytes // 1024**2)
    level = new.level or Level(policy.default_level)
    check_ceiling(Label(level), Level(policy.highest_level))
    _check_room(await queries.kept_by(session, principal.person_id), new.size, limits)
    identifier = uuid7()
    _key, wrapped = new_key(services.keyring, identifier)
    blobs = FileBlobs(services.storage, services.keyring, identifier, wrapped)
    row = File(
        id=identifier,
        person_id=principal.person_id,
        wrapped_key=wrapped,
        name_sealed=blobs.seal_name(display_name(new.name)),
        size_bytes=new.size,
        received_bytes=0,
        parts=0,
        pages=0,
        characters=0,
        level=level,
        given_level=level,
        keeps_metadata=new.keep_metadata,
        state="receiving",
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    await journal.record(
        session, events.FileReceived(file_id=identifier, level=level, bytes=new.size), actor=principal.person_id
    )
    if not new.size:
        await received(session, row)
    return views.shown(services, row)


async def append(services: DocumentServices, principal: Principal, file_id: UUID, offset: int, data: bytes) -> FileOut:
    """Store the part that begins at `offset`; one that was stored already changes nothing.

    Raises `FileNotFound`, `PartMisplaced` (which says where to go on), `InvalidRequest`, `StorageUnavailable`.
    """
    async with services.database.transaction() as session:
        row = await _own(session, principal, file_id)
    if offset + len(data) <= row.received_bytes:
        return views.shown(services, row)
    if offset != row.received_bytes or row.state != "receiving":
        raise PartMisplaced(offset=row.received_bytes)
    if not data or len(data) > PART_BYTES or offset + len(data) > row.size_bytes:
        raise InvalidRequest(field="body", reason="length")
    await FileBlobs(services.storage, services.keyring, row.id, row.wrapped_key).put_part(row.parts, data)
    async with services.database.transaction() as session:
        if await queries.by_id(session, file_id) is None:  # deleted meanwhile: the part is nobody's
            await services.storage.delete_all(str(file_id))
        row = await _own(session, principal, file_id, lock=True)
        if row.received_bytes != offset:
            raise PartMisplaced(offset=row.received_bytes)
        row.received_bytes += len(data)
        row.parts += 1
        if row.received_bytes == row.size_bytes:
            await received(session, row)
        await session.flush()
        return views.shown(services, row)


async def own(
    session: AsyncSession, services: DocumentServices, principal: Principal, ids: Collection[UUID]
) -> FileList:
    """Return those of the caller's own files."""
    found = await queries.files(session, principal, ids)
    return FileList(items=[views.shown(services, row) for row in found])


async def read_again(session: AsyncSession, services: DocumentServices, principal: Principal, file_id: UUID) -> FileOut:
    """Read a file that could not be, once more. Raises `FileNotFound`."""
    row = await _own(session, principal, file_id, lock=True)
    await again(session, row)
    return views.shown(services, row)


async def again(session: AsyncSession, row: File) -> None:
    """Have a file that could not be read tried once more, for verbs that already know by what right."""
    if row.is_to_read_again:
        await received(session, row)
        await session.flush()


def label_in_base(row: File) -> Label:
    """Return the least label of a base that may hold the file: what it was given, what its markings ask for.

    Its readers and its level are chosen by people; what detectors found besides gives the base its categories.
    """
    told = (row.report or {}).get("sensitivity")
    found = msgspec.convert(told, Sensitivity) if told else None
    label = Label.of(row.given_level, row.categories)
    return label.join(Label.of(found.marked)) if found else label


async def hold(
    session: AsyncSession, principal: Principal, ids: Sequence[UUID], *, kind: str, holder_id: UUID
) -> list[File]:
    """Give files of the caller's to a conversation or a document, which they then belong to, once.

    Raises `FileNotFound`, `FileInUse`, `FileNotReady` (it has not come whole).
    """
    found = await queries.files(session, principal, set(ids), lock=True)
    if len(found) != len(set(ids)):
        raise FileNotFound
    for row in found:
        if row.holder_id not in {None, holder_id}:
            raise FileInUse
        if row.received_bytes < row.size_bytes:
            raise FileNotReady
        row.holder_kind, row.holder_id = kind, holder_id
    await session.flush()
    return found


async def remove(session: AsyncSession, principal: Principal, file_id: UUID) -> None:
    """Delete a file of the caller's that nothing holds. Raises `FileNotFound`, `FileInUse`."""
    row = await _own(session, principal, file_id, lock=True)
    if row.holder_id is not None:
        raise FileInUse
    await delete_all(session, [row], actor=principal.person_id)


async def delete_held(session: AsyncSession, holders: Collection[UUID], *, actor: UUID | None) -> int:
    """Delete the files of conversations or documents that go."""
    return await delete_all(session, await queries.held_by(session, holders), actor=actor) if holders else 0


async def held(session: AsyncSession, holders: Collection[UUID]) -> list[UUID]:
    """Return the files of conversations or documents, for verbs that already know by what right."""
    return [row.id for row in await queries.held_by(session, holders)]


async def of_person(session: AsyncSession, person_id: UUID) -> list[UUID]:
    """Return the files that a person gave, whatever holds them."""
    return list(await session.scalars(select(File.id).where(File.person_id == person_id)))


async def existing(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Return those of the identifiers that are still files."""
    return await queries.existing(session, ids)


async def remove_old(session: AsyncSession, kept: Subquery, moment: datetime, limit: int) -> list[UUID]:
    """Delete attachments kept longer than `kept` (person_id, days) allows; return them."""
    rows = await queries.outlived(session, kept, moment, limit)
    await delete_all(session, rows, actor=None)
    return [row.id for row in rows]


async def delete_again(session: AsyncSession, ids: Collection[UUID]) -> int:
    """Delete files that were destroyed once already, and came back with a backup."""
    return await delete_all(session, list(await session.scalars(select(File).where(File.id.in_(ids)))), actor=None)


async def delete_all(session: AsyncSession, rows: Sequence[File], *, actor: UUID | None) -> int:
    """Destroy the keys of files in this transaction, and have their blobs deleted by a job, tried again until done."""
    if not rows:
        return 0
    ids = [row.id for row in rows]
    await session.execute(delete(File).where(File.id.in_(ids)))
    for row in rows:
        session.expunge(row)
        await journal.record(session, events.FileDeleted(file_id=row.id), actor=actor)
    await jobs.enqueue_all(session, DELETE_BLOBS, [{"file": str(identifier)} for identifier in ids])
    return len(ids)


async def purge_abandoned(session: AsyncSession) -> int:
    """Delete the files that nothing came to hold within a day."""
    rows = await queries.abandoned(session, clock.now() - _ABANDONED_AFTER)
    return await delete_all(session, rows, actor=None)


async def received(session: AsyncSession, row: File, *, priority: int = 0) -> None:
    """Say that all of a file is there, and have it read."""
    row.state, row.step, row.step_page, row.error_code = "received", "waiting", None, None
    row.received_at = clock.now()
    await jobs.enqueue(session, READ, {"file": str(row.id)}, priority=priority)


async def _own(session: AsyncSession, principal: Principal, file_id: UUID, *, lock: bool = False) -> File:
    row = await queries.file(session, principal, file_id, lock=lock)
    if row is None:
        raise FileNotFound
    return row


def _check_room(kept: queries.Kept, size: int, limits: DocumentSettings) -> None:
    if kept.files + 1 > limits.person_files:
        raise FileQuotaReached(holder="person", measure="files", limit=limits.person_files)
    if kept.bytes + size > limits.person_bytes:
        raise FileQuotaReached(holder="person", measure="bytes", limit=limits.person_bytes)
    if kept.pages >= limits.person_pages:
        raise FileQuotaReached(holder="person", measure="pages", limit=limits.person_pages)


async def has_too_many_pages(session: AsyncSession, row: File, pages: int, limits: DocumentSettings) -> bool:
    """Tell whether, with these pages, a person's files would hold more than they may: known once a file is read.

    Files of collections count with these (`knowledge.documents.check_room`).
    """
    if row.person_id is None or row.holder_kind == "document":
        return False
    kept = await queries.kept_by(session, row.person_id)
    return kept.pages - row.pages + pages > limits.person_pages


async def note_step(session: AsyncSession, file_id: UUID, token: UUID, step: str, page: int, pages: int) -> None:
    """Say how far the reading `token` is; another attempt is left alone."""
    values = {"step": step, "step_page": page or None, "pages": pages}
    await session.execute(update(File).where(File.id == file_id, File.reading_token == token).values(values))
