"""Looking into a file: by its giver, or by a reader of the collection that holds it; rights are asked each time.

What a citation opens: the page's image, its text, and the boxes of the words it quotes.
"""

from collections.abc import AsyncGenerator, Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.errors import FileNotFound, FileNotReady
from chatelet.documents.files import queries as files
from chatelet.documents.files import views as file_views
from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import CLOSED, File
from chatelet.documents.parsing.document import Page
from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.knowledge import closing, queries, service
from chatelet.knowledge.highlight import boxes_of
from chatelet.knowledge.schemas import FileView, FileViews, PageView
from chatelet.knowledge.tables import Document, DocumentVersion
from chatelet.policy.sensitivity import Level

WITH_IMAGES: Final = frozenset({"pdf", "image"})
_WIDTHS: Final = (800, 1_200, 1_600, 2_400)
_NO_PAGE: Final = 20_000  # characters told at once of a document without pages
_lately: Final = closing.Lately()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that the caller may look into, with its name."""

    row: File
    name: str
    blobs: FileBlobs


async def views(
    session: AsyncSession, services: DocumentServices, principal: Principal, ids: Collection[UUID]
) -> FileViews:
    """Return those of the files that the caller may look into, and by what right."""
    found = await queries.readable_files(session, principal, ids)
    wanted = {document.collection_id for _file, document, _version in found if document is not None}
    collections = {
        row.collection.id: service.view(row) for row in await queries.collections(session, principal, wanted)
    }
    items: list[FileView] = []
    for row, document, version in found:
        items.append(
            FileView(
                id=row.id,
                name=document.name if document else file_views.name_of(services, row),
                kind=row.kind,
                pages=row.pages,
                characters=row.characters,
                level=Level(row.level),
                has_images=row.kind in WITH_IMAGES,
                report=file_views.report_of(row),
                conversation_id=row.holder_id if row.holder_kind == "conversation" else None,
                collection=collections.get(document.collection_id) if document else None,
                document_id=document.id if document else None,
                version=version.number if version else None,
                is_current=_is_current(document, version),
            )
        )
    return FileViews(items=items)


async def access(services: DocumentServices, principal: Principal, file_id: UUID) -> Opened:
    """Open a file in a transaction of its own: reading blobs holds none. Raises `FileNotFound`, `FileNotReady`."""
    key, traced = (principal.person_id, file_id), False
    async with services.database.transaction() as session:
        opened, base = await _opened(session, services, principal, file_id)
        if base is not None and not _lately.holds(*key, base):
            traced = await closing.trace(session, principal, [base], "document")
    if base is not None and traced:
        _lately.note(*key, base)
    return opened


async def page(
    services: DocumentServices, principal: Principal, file_id: UUID, number: int, quoted: tuple[int, int]
) -> PageView:
    """Return a page, with the boxes of the characters quoted (positions in the document's text).

    A document without pages is told around the quoted place. Raises as `access`.
    """
    opened = await access(services, principal, file_id)
    document = await opened.blobs.reading()
    if not document.pages:
        start = max(0, quoted[0] - _NO_PAGE // 2)
        return _textual(document.text, start)
    pages = await opened.blobs.pages(document)
    found = next((one for one in pages if one.number == number), None)
    if found is None:
        raise FileNotFound
    return _paged(document.text, found, quoted)


async def image(services: DocumentServices, principal: Principal, file_id: UUID, number: int, width: int) -> bytes:
    """Return the image of a page (WebP), made once for a width and kept sealed. Raises as `access`."""
    opened = await access(services, principal, file_id)
    if opened.row.kind not in WITH_IMAGES or not 1 <= number <= max(1, opened.row.pages):
        raise FileNotFound
    width = next((one for one in _WIDTHS if one >= width), _WIDTHS[-1])
    kept = await opened.blobs.image(number, width)
    if kept is None:
        data = await opened.blobs.original(opened.row.parts)
        kept = await services.reader.render(data, opened.name, number, width)
        await opened.blobs.put_image(number, width, kept)
        async with services.database.transaction() as session:
            is_there = await files.by_id(session, file_id) is not None
        if not is_there:  # deleted while the page was drawn: its image is nobody's
            await services.storage.delete_all(str(file_id))
    return kept


async def original(
    services: DocumentServices, principal: Principal, file_id: UUID
) -> tuple[Opened, AsyncGenerator[bytes]]:
    """Return the file as it was given, part by part. Journalled.

    Until it is checked, to its giver alone. Raises `FileNotFound`, `FileNotReady`.
    """
    async with services.database.transaction() as session:
        opened, base = await _opened(session, services, principal, file_id, ready=False)
        if base is not None:
            await closing.trace(session, principal, [base], "document")
        await journal.record(session, events.FileOpened(file_id=file_id), actor=principal.person_id)
    return opened, opened.blobs.parts(opened.row.parts)


async def _opened(
    session: AsyncSession, services: DocumentServices, principal: Principal, file_id: UUID, *, ready: bool = True
) -> tuple[Opened, UUID | None]:
    """Return a file, and the base that it is of, whose opening the caller traces."""
    found = await queries.readable_files(session, principal, [file_id])
    if not found:
        raise FileNotFound
    row, document, _version = found[0]
    if ready and row.state != "read":
        raise FileNotReady(state=row.state)
    if row.error_code in CLOSED or row.received_bytes < row.size_bytes:
        raise FileNotFound
    if not row.is_checked and row.person_id != principal.person_id:
        raise FileNotReady(state=row.state)
    blobs = FileBlobs(services.storage, services.keyring, row.id, row.wrapped_key)
    opened = Opened(row, document.name if document else file_views.name_of(services, row), blobs)
    return opened, document.collection_id if document else None


def _is_current(document: Document | None, version: DocumentVersion | None) -> bool:
    return document is None or version is None or document.version_id == version.id


def _textual(text: str, start: int) -> PageView:
    end = min(len(text), start + _NO_PAGE)
    return PageView(
        number=1,
        label=None,
        width=0,
        height=0,
        source="text",
        confidence=None,
        start=start,
        end=end,
        text=text[start:end],
        boxes=[],
    )


def _paged(text: str, one: Page, quoted: tuple[int, int]) -> PageView:
    return PageView(
        number=one.number,
        label=one.label,
        width=one.width,
        height=one.height,
        source=one.source,
        confidence=one.confidence,
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        boxes=boxes_of(one, *quoted),
    )
