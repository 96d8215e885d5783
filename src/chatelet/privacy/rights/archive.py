"""The archive of one's data: a ZIP written part after part into a sealed file, never in clear on any disk.

    LISEZ-MOI.txt · data/<domain>.json (everything, for a machine) · conversations/*.md (to read) · files/* (as given)

Text is read in one transaction; the bytes of files are copied with nothing held.
"""

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator, Sequence
from typing import Final, Protocol
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.conversations.imports import readable_history
from chatelet.documents.files import exports
from chatelet.documents.files import service as files
from chatelet.documents.files.store import PART_BYTES, FileBlobs
from chatelet.documents.files.tables import File
from chatelet.documents.parsing.names import display_name
from chatelet.kernel import clock
from chatelet.knowledge import forgetting as documents
from chatelet.privacy.rights import queries
from chatelet.privacy.rights.errors import ArchiveNotReady, RequestNotFound
from chatelet.privacy.services import PrivacyServices

_NAME: Final = "chatelet-{day}.zip"
_README: Final = """Vos données dans {institution}, le {day}.
data/ : tout ce qui est conservé sur vous, domaine par domaine (JSON). « Réglages › Vos données » relit
data/conversations.json.
conversations/ : vos conversations, à lire (Markdown). Les réponses ont été écrites par une IA.
files/ : vos fichiers, tels que vous les avez donnés.

Your data in {institution}, {day}.
data/: everything kept about you, by domain (JSON). “Settings › Your data” reads data/conversations.json again.
conversations/: your conversations, to read (Markdown). The answers were written by an AI.
files/: your files, as you gave them.
"""


class _Outlet(io.RawIOBase):
    """Where the ZIP writes: bytes wait here until a whole part is sealed and stored."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        """Only that."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Keep bytes for the next part."""
        self.waiting += data
        return len(data)


class Outlet(Protocol):
    """Where the parts of a ZIP go, sealed."""

    async def put_part(self, number: int, data: bytes) -> None:
        """Take one, in its order."""
        ...


class Archive:
    """A ZIP on its way to where it is sealed."""

    def __init__(self, outlet: Outlet) -> None:
        self._sealed = outlet
        self._outlet = _Outlet()
        self._zip = zipfile.ZipFile(self._outlet, "w", zipfile.ZIP_DEFLATED)
        self.size = self.parts = 0

    async def add_text(self, name: str, text: str) -> None:
        """Add a text, compressed."""
        await asyncio.to_thread(self._zip.writestr, name, text)
        await self._store(PART_BYTES)

    async def add_bytes(self, name: str, data: bytes) -> None:
        """Add a small file as it is."""
        await asyncio.to_thread(self._zip.writestr, name, data)
        await self._store(PART_BYTES)

    async def add_file(self, name: str, parts: AsyncIterator[bytes]) -> None:
        """Add a file as it is, part by part."""
        with self._zip.open(zipfile.ZipInfo(name, clock.now().timetuple()[:6]), "w", force_zip64=True) as member:
            async for part in parts:
                await asyncio.to_thread(member.write, part)
                await self._store(PART_BYTES)

    async def end(self) -> None:
        """End the ZIP and store what is left."""
        self._zip.close()
        await self._store(1)

    def close(self) -> None:
        """Let go of the ZIP, whole or not."""
        self._zip.close()

    async def _store(self, least: int) -> None:
        waiting = self._outlet.waiting
        while len(waiting) >= least:
            part = bytes(waiting[:PART_BYTES])
            await self._sealed.put_part(self.parts, part)
            del waiting[:PART_BYTES]
            self.parts += 1
            self.size += len(part)


async def build(services: PrivacyServices, request_id: UUID) -> None:
    """Write the archive of a request, once. Raises `StorageUnavailable`, to be tried again."""
    begun = await _begin(services, request_id)
    if begun is None:
        return
    row, person_id = begun
    archive = Archive(FileBlobs(services.storage, services.keyring, row.id, row.wrapped_key))
    try:
        await fill(services, archive, person_id)
    finally:
        archive.close()
    async with services.database.transaction() as session:
        await exports.end(session, row.id, size=archive.size, parts=archive.parts)
        request = await queries.by_id(session, request_id)
        if request is not None:
            request.state, request.closed_at = "ready", clock.now()


async def fill(services: PrivacyServices, archive: Archive, person_id: UUID) -> None:
    """Add everything of a person, and end the archive."""
    for one in await _texts(services, archive, person_id):
        await add_original(services, archive, f"files/{one.id}", one)
    await archive.end()


async def add_original(services: PrivacyServices, archive: Archive, place: str, file: File) -> None:
    """Add a file as it was given, under its own name after `place`."""
    name, parts = exports.opened(services.documents, file)
    await archive.add_file(f"{place}-{display_name(name)}".replace("\\", "_"), parts)


async def _begin(services: PrivacyServices, request_id: UUID) -> tuple[File, UUID] | None:
    """Take the request; an attempt cut short before leaves its file, which goes."""
    async with services.database.transaction() as session:
        request = await queries.by_id(session, request_id)
        if request is None or request.person_id is None or request.state not in queries.WAITING:
            return None
        await files.delete_held(session, [request_id], actor=None)
        request.state = "working"
        name = _NAME.format(day=clock.now().date().isoformat())
        row = await exports.begin(session, services.documents, request.person_id, request_id, name)
        return row, request.person_id


async def _texts(services: PrivacyServices, archive: Archive, person_id: UUID) -> Sequence[File]:
    """Add everything that is text; return the files to copy."""
    day = clock.now().date().isoformat()
    await archive.add_text("LISEZ-MOI.txt", _README.format(institution=services.settings.institution_name, day=day))
    async with services.database.transaction() as session:
        for name, holding in services.holdings.items():
            told = await holding.export(session, person_id)
            await archive.add_text(f"data/{name}.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        async for name, text in readable_history(session, services.keyring, person_id):
            await archive.add_text(f"conversations/{name}", text)
        own = await documents.own_documents(session, person_id)
        return await exports.originals(session, person_id, own)


async def opened(services: PrivacyServices, person_id: UUID, request_id: UUID) -> tuple[str, int, AsyncIterator[bytes]]:
    """Return the name, size and bytes of a ready archive. Raises `RequestNotFound`, `ArchiveNotReady`."""
    async with services.database.transaction() as session:
        request = await queries.own(session, person_id, request_id)
        if request is None:
            raise RequestNotFound
        found = await exports.held_by(session, [request_id])
        if not found or request.state != "ready":
            raise ArchiveNotReady
        await journal.record(session, events.ExportOpened(request_id=request_id, kind="access"), actor=person_id)
    name, parts = exports.opened(services.documents, found[0])
    return name, found[0].size_bytes, parts
