"""A file that the service made for a person (a document written back), held by what made it and gone with it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files import exports
from chatelet.documents.files.store import PART_BYTES, FileBlobs, new_key
from chatelet.documents.files.tables import File
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.names import display_name
from chatelet.documents.services import DocumentServices
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.sensitivity import Label


async def store(
    services: DocumentServices,
    person_id: UUID,
    holder: UUID,
    *,
    name: str,
    kind: str,
    label: Label,
    data: bytes,
    document: ParsedDocument | None = None,
) -> UUID:
    """Store a file held by a work, in transactions of its own: the row, the blobs, then its size.

    With its reading (`document`), it may be looked into as any other.

    Raises `StorageUnavailable`.
    """
    identifier = uuid7()
    _key, wrapped = new_key(services.keyring, identifier)
    blobs = FileBlobs(services.storage, services.keyring, identifier, wrapped)
    parts = [data[start : start + PART_BYTES] for start in range(0, len(data), PART_BYTES)]
    async with services.database.transaction() as session:
        session.add(_row(identifier, person_id, holder, wrapped, blobs.seal_name(display_name(name)), kind, label))
    for number, part in enumerate(parts):
        await blobs.put_part(number, part)
    if document is not None:
        await blobs.put_reading(document)
    async with services.database.transaction() as session:
        await exports.end(session, identifier, size=len(data), parts=len(parts))
    return identifier


async def original(services: DocumentServices, row: File) -> bytes:
    """Return the bytes of a file, for verbs that already know by what right."""
    return await FileBlobs(services.storage, services.keyring, row.id, row.wrapped_key).original(row.parts)


async def row_of(session: AsyncSession, file_id: UUID) -> File | None:
    """Return the row of a file, for verbs that already know by what right."""
    return await session.get(File, file_id)


def _row(identifier: UUID, person_id: UUID, holder: UUID, wrapped: bytes, name: bytes, kind: str, label: Label) -> File:
    return File(
        id=identifier,
        person_id=person_id,
        holder_kind="work",
        holder_id=holder,
        wrapped_key=wrapped,
        name_sealed=name,
        size_bytes=0,
        received_bytes=0,
        parts=0,
        pages=0,
        characters=0,
        level=label.level.value,
        given_level=label.level.value,
        categories=label.names,
        state="receiving",
        kind=kind,
        created_at=clock.now(),
    )
