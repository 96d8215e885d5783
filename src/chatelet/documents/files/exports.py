"""The archive of a person's own data, as a file that an export holds: sealed with its own key, part after part.

The row comes before the blobs, so that the nightly search for blobs without row leaves them; its size comes last.
"""

from collections.abc import AsyncGenerator, Collection, Sequence
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files.store import FileBlobs, new_key
from chatelet.documents.files.tables import CLOSED, File
from chatelet.documents.files.views import name_of
from chatelet.documents.services import DocumentServices
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7


async def begin(session: AsyncSession, services: DocumentServices, person_id: UUID, holder: UUID, name: str) -> File:
    """Make the row of an archive of `person_id`, held by the request `holder`."""
    identifier = uuid7()
    _key, wrapped = new_key(services.keyring, identifier)
    blobs = FileBlobs(services.storage, services.keyring, identifier, wrapped)
    row = File(
        id=identifier,
        person_id=person_id,
        holder_kind="export",
        holder_id=holder,
        wrapped_key=wrapped,
        name_sealed=blobs.seal_name(name),
        size_bytes=0,
        received_bytes=0,
        parts=0,
        pages=0,
        characters=0,
        level=services.settings.policy.highest_level,
        state="receiving",
        kind="zip",
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    return row


async def end(session: AsyncSession, file_id: UUID, *, size: int, parts: int) -> None:
    """Note that an archive is whole."""
    whole = {"size_bytes": size, "received_bytes": size, "parts": parts, "state": "read"}
    await session.execute(update(File).where(File.id == file_id).values(whole))


async def held_by(session: AsyncSession, holders: Collection[UUID]) -> Sequence[File]:
    """Return the archives of requests."""
    query = select(File).where(File.holder_kind == "export", File.holder_id.in_(holders), File.state == "read")
    return (await session.scalars(query)).all()


async def originals(session: AsyncSession, person_id: UUID, documents: Collection[UUID]) -> Sequence[File]:
    """Return the files that a person may take away: their own, and those of their own collections' documents."""
    own = (File.person_id == person_id) & or_(
        File.holder_kind.is_(None), File.holder_kind.in_(("conversation", "work"))
    )
    query = select(File).where(
        or_(own, (File.holder_kind == "document") & File.holder_id.in_(documents)),
        File.received_bytes == File.size_bytes,
        func.coalesce(File.error_code, "").not_in(CLOSED),
    )
    return (await session.scalars(query.order_by(File.id))).all()


def opened(services: DocumentServices, row: File) -> tuple[str, AsyncGenerator[bytes]]:
    """Return a file's name and its bytes, part by part."""
    blobs = FileBlobs(services.storage, services.keyring, row.id, row.wrapped_key)
    return name_of(services, row), blobs.parts(row.parts)
