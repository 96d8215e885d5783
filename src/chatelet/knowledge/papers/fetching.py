"""The full text of a paper, by a job: visited by the strict way, kept as a document of the base, or said why not.

    paper waiting ─▶ page (robots, pace, addresses refused) ─ a PDF? ─▶ sealed parts ─▶ document ─▶ read by jobs

The reader is the one of every file: in a process of its own, with its limits.
"""

from collections.abc import AsyncGenerator
from typing import Final
from uuid import UUID

from chatelet.connectors.web.pages import Fetched, Missed
from chatelet.documents.errors import FileTooLarge
from chatelet.documents.files import intake
from chatelet.kernel.errors import AppError
from chatelet.kernel.jobs import Payload
from chatelet.kernel.logs import get_logger
from chatelet.knowledge import documents
from chatelet.knowledge.papers import queries, service, telling
from chatelet.knowledge.papers.services import PaperServices
from chatelet.knowledge.tables import Collection, Document
from chatelet.policy.sensitivity import Level

_PDF: Final = b"%PDF-"
_PIECE: Final = 256 * 1024
log = get_logger(__name__)


async def fetch(services: PaperServices, payload: Payload) -> None:
    """Fetch the full text of a paper that waits for it; whatever happens, the paper says what became of it."""
    paper_id = UUID(payload["paper"])
    async with services.documents.database.transaction() as session:
        row = await queries.by_id(session, paper_id)
        if row is None or row.state != "waiting":
            return
        address = service.record_of(row).access.url or ""
    page = await services.pages.read(address)
    reason = page.reason if isinstance(page, Missed) else None if page.body.startswith(_PDF) else "not_pdf"
    try:
        if isinstance(page, Fetched) and reason is None:
            await _keep(services, paper_id, page)
    except FileTooLarge:
        reason = "too_large"
    except AppError as error:
        reason = error.code
    if reason is not None:
        log.info("paper_not_fetched", paper=str(paper_id), reason=reason)
        await _tell(services, paper_id, reason)


async def _keep(services: PaperServices, paper_id: UUID, page: Fetched) -> None:
    limits = services.documents.settings.documents
    async with services.documents.database.transaction() as session:
        row = await queries.by_id(session, paper_id)
        if row is None:
            return
        record = service.record_of(row)
        level = Level((await session.get_one(Collection, row.collection_id)).level)
    name = f"{telling.name_of(record)}.pdf"
    taken = await intake.take(services.documents, name, _pieces(page.body), level=level, limit=limits.file_bytes)
    async with services.documents.database.transaction() as session:
        row = await queries.by_id(session, paper_id, lock=True)
        if row is None or row.state != "waiting":
            return
        folder = (await session.get_one(Document, row.document_id)).folder
        collection = await session.get_one(Collection, row.collection_id)
        document = await service.keep(session, row.collection_id, record, taken, (folder, name), actor=None)
        row.state, row.text_document_id = "read", document.id
        await documents.check_room(session, collection, limits)


async def _tell(services: PaperServices, paper_id: UUID, reason: str) -> None:
    async with services.documents.database.transaction() as session:
        row = await queries.by_id(session, paper_id, lock=True)
        if row is not None and row.state == "waiting":
            row.state, row.reason = "none", reason


async def _pieces(data: bytes) -> AsyncGenerator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]
