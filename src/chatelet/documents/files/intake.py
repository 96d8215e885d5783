"""Files that nobody sends: what a job takes from a place outside. Same blobs, same limits, same reading.

    begin (a row that nothing holds) -> pieces as sealed parts (no transaction) -> hold (whole, given to its document)

A job that dies in between leaves a row that nothing holds, deleted within a day as any other (`purge_abandoned`).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.errors import FileNotFound, FileTooLarge
from chatelet.documents.files import queries, service
from chatelet.documents.files.store import PART_BYTES, FileBlobs, new_key
from chatelet.documents.files.tables import File
from chatelet.documents.parsing.names import display_name
from chatelet.documents.services import DocumentServices
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.sensitivity import Level


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file whose parts are stored, to be held."""

    id: UUID
    size: int
    parts: int


async def take(
    services: DocumentServices, name: str, pieces: AsyncIterator[bytes], *, level: Level, limit: int
) -> TakenFile:
    """Store what comes. Raises `FileTooLarge` beyond `limit` bytes, `StorageUnavailable`, what `pieces` raises."""
    identifier = uuid7()
    _key, wrapped = new_key(services.keyring, identifier)
    blobs = FileBlobs(services.storage, services.keyring, identifier, wrapped)
    async with services.database.transaction() as session:
        session.add(_row(identifier, wrapped, blobs.seal_name(display_name(name)), level))
    size, parts = 0, 0
    async for part in _parts(pieces):
        size += len(part)
        if size > limit:
            raise FileTooLarge(size=size, limit=limit)
        await blobs.put_part(parts, part)
        parts += 1
    return TakenFile(identifier, size, parts)


async def hold(session: AsyncSession, taken: TakenFile, document_id: UUID) -> File:
    """Give a file to a document, and have it read after those that people wait for. Raises `FileNotFound`."""
    row = await queries.by_id(session, taken.id, lock=True)
    if row is None or row.holder_id is not None:
        raise FileNotFound
    row.size_bytes = row.received_bytes = taken.size
    row.parts = taken.parts
    row.holder_kind, row.holder_id = "document", document_id
    await session.flush()
    received = events.FileReceived(file_id=row.id, level=row.level, bytes=taken.size)
    await journal.record(session, received, actor=None)
    await service.received(session, row, priority=service.LATER)
    return row


async def _parts(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Join pieces of any length into parts as they are stored."""
    waiting = bytearray()
    async for piece in pieces:
        waiting += piece
        while len(waiting) >= PART_BYTES:
            yield bytes(waiting[:PART_BYTES])
            del waiting[:PART_BYTES]
    if waiting:
        yield bytes(waiting)


def _row(identifier: UUID, wrapped: bytes, name: bytes, level: Level) -> File:
    return File(
        id=identifier,
        wrapped_key=wrapped,
        name_sealed=name,
        size_bytes=0,
        received_bytes=0,
        parts=0,
        pages=0,
        characters=0,
        level=level,
        given_level=level,
        state="receiving",
        created_at=clock.now(),
    )
