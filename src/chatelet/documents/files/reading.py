"""Reading a file, by a job: antivirus, the reader's process, storing what was read. No transaction meanwhile.

    claim (a token names this attempt) -> scan -> take away an image's metadata -> read -> store text, words -> settle

A reader that dies, or a file that cannot be read, fails this file alone, with its reason. What the installation
cannot do for now (storage, antivirus, detectors) is tried again by the job, then told.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.errors import FileNotExamined, FileQuarantined, FileQuotaReached
from chatelet.documents.files import queries, service, views
from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.documents.parsing.document import Finding, ParsedDocument, Sensitivity, Status
from chatelet.documents.parsing.joined import joined
from chatelet.documents.parsing.names import extension_of
from chatelet.documents.parsing.outcome import NotRead, without_text
from chatelet.documents.services import DocumentServices
from chatelet.kernel import clock
from chatelet.kernel.antivirus import AntivirusUnavailable, FileInfected
from chatelet.kernel.crypto import UnreadableContent
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.kernel.storage import BlobMissing
from chatelet.policy.clearance import check_ceiling
from chatelet.policy.errors import LevelNotAllowed
from chatelet.policy.guardrails.examination import DetectionFailed
from chatelet.policy.guardrails.labels import Verdict
from chatelet.policy.sensitivity import Label, Level

_TOLD_EVERY = 0.7  # seconds
_LEGIBLE = frozenset({Status.READ, Status.PARTIAL})
log = get_logger(__name__)


async def read(services: DocumentServices, file_id: UUID) -> bool:
    """Read a file; return whether it has text. Raises what a later attempt may mend."""
    token = uuid7()
    row = await _claim(services, file_id, token)
    if row is None:
        return False
    blobs = FileBlobs(services.storage, services.keyring, row.id, row.wrapped_key)
    try:
        document = await _document(services, row, token, blobs)
        check_ceiling(_label(row, document), Level(services.settings.policy.highest_level))
        await blobs.put_reading(document)
    except (FileInfected, FileQuarantined, LevelNotAllowed, BlobMissing, UnreadableContent, FileNotExamined) as error:
        await _fail(services, row, token, error)
        return False
    except AppError as error:
        await _fail(services, row, token, error)
        raise
    return await _settle(services, row, token, document)


async def _document(services: DocumentServices, row: File, token: UUID, blobs: FileBlobs) -> ParsedDocument:
    """Return what the file says. Without its metadata taken away first, an image is not read: it would be kept."""
    parts = [part async for part in blobs.parts(row.parts)]
    data = b"".join(parts)
    if services.scan is not None:
        await services.scan(data)
    name = views.name_of(services, row)
    try:
        bare = b"" if row.keeps_metadata else await services.reader.bare(data, name)
    except NotRead as reason:
        return without_text(extension_of(name) or "unknown", reason)
    if bare:
        data = await _replaced(blobs, parts, bare)
    async with _told(services, row.id, token) as steps:
        document = joined(await services.reader.read(data, name, steps.note))
    return _with_finding(document) if bare else document


async def _replaced(blobs: FileBlobs, parts: Sequence[bytes], bare: bytes) -> bytes:
    """Store the image without its metadata over the original, part by part: each is as long as the one it replaces.

    Interrupted, it is done again from what is then there, to the same end.
    """
    place = 0
    for number, part in enumerate(parts):
        after = bare[place : place + len(part)]
        if after != part:
            await blobs.put_part(number, after)
        place += len(part)
    return bare


def _label(row: File, document: ParsedDocument) -> Label:
    """Return the file's label, joined with what its text asks for. Raises `FileQuarantined`, `FileNotExamined`.

    A document base has a level that its curators chose for its readers: what is found in a document adds categories,
    and a marking alone tells that the document has no place there.
    """
    told = document.report.sensitivity
    if any(one.code == DetectionFailed.code for one in document.report.findings):
        raise FileNotExamined
    if told is None:
        return Label.of(row.level, row.categories)
    if told.verdict == Verdict.QUARANTINE:
        raise FileQuarantined(markings=" ".join(sorted(told.found)))
    return Label.of(row.level, row.categories).join(_found(row, told))


def _found(row: File, told: Sensitivity) -> Label:
    return Label.of(told.marked if row.holder_kind == "document" else told.level, told.categories)


def _with_finding(document: ParsedDocument) -> ParsedDocument:
    report = document.report
    findings = [*report.findings, Finding("metadata_removed")]
    return msgspec.structs.replace(document, report=msgspec.structs.replace(report, findings=findings))


async def _claim(services: DocumentServices, file_id: UUID, token: UUID) -> File | None:
    async with services.database.transaction() as session:
        row = await queries.by_id(session, file_id, lock=True)
        if row is None or row.state == "receiving" or (row.state == "read" and row.read_at is not None):
            return None
        row.state, row.reading_token, row.step = "reading", token, "checking" if services.scan else "reading"
        return row


class _Steps:
    """The last step told by the reader, written to the database now and then."""

    def __init__(self) -> None:
        self.last: tuple[str, int, int] | None = None
        self.changed = asyncio.Event()

    def note(self, step: str, page: int, pages: int) -> None:
        self.last = (step, page, pages)
        self.changed.set()


@asynccontextmanager
async def _told(services: DocumentServices, file_id: UUID, token: UUID) -> AsyncGenerator[_Steps]:
    steps = _Steps()

    async def tell() -> None:
        while True:
            await steps.changed.wait()
            steps.changed.clear()
            if steps.last is not None:
                async with services.database.transaction() as session:
                    await service.note_step(session, file_id, token, *steps.last)
            await asyncio.sleep(_TOLD_EVERY)

    task = asyncio.create_task(tell(), name="reading-steps")
    try:
        yield steps
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _settle(services: DocumentServices, row: File, token: UUID, document: ParsedDocument) -> bool:
    report = document.report
    refused = None if report.status in _LEGIBLE else f"file_{report.status}"
    async with services.database.transaction() as session:
        current = await queries.by_id(session, row.id, lock=True)
        if current is not None and current.reading_token != token:
            return False
        if current is not None:
            if await service.has_too_many_pages(session, current, report.pages, services.settings.documents):
                refused = refused or FileQuotaReached.code
            current.state, current.error_code = "failed" if refused else "read", refused
            await _keep(session, current, document)
    if current is None:  # deleted while it was read: what was just stored is nobody's
        await services.storage.delete_all(str(row.id))
    return current is not None and refused is None


async def _keep(session: AsyncSession, current: File, document: ParsedDocument) -> None:
    """Write what was read of a file, and journal it."""
    report = document.report
    current.step, current.step_page, current.reading_token = None, None, None
    label = _label(current, document)
    current.level, current.categories = label.level, label.names
    current.kind, current.status, current.pages = document.kind, report.status, report.pages
    current.characters, current.read_at = len(document.text), clock.now()
    current.report = msgspec.to_builtins(report)
    event = events.FileRead(
        file_id=current.id,
        status=report.status.value,
        pages=report.pages,
        recognised=report.pages_recognised,
        findings=len(report.findings),
    )
    await journal.record(session, event, actor=None)


async def _fail(services: DocumentServices, row: File, token: UUID, error: AppError) -> None:
    log.warning("file_not_read", file=str(row.id), error=error.code)
    async with services.database.transaction() as session:
        current = await queries.by_id(session, row.id, lock=True)
        if current is None or current.reading_token != token:
            return
        current.state, current.error_code = "failed", error.code
        current.step, current.step_page, current.reading_token = None, None, None
        if (reason := _stopped(error)) is not None:
            await journal.record(session, events.FileStopped(file_id=row.id, reason=reason), actor=None)
        if isinstance(error, FileQuarantined):
            markings = tuple(str(error.params["markings"]).split())
            await journal.record(
                session, events.FileQuarantined(file_id=row.id, markings=markings), actor=row.person_id
            )
    if isinstance(error, FileInfected | LevelNotAllowed):
        await services.storage.delete_all(str(row.id))


def _stopped(error: AppError) -> Literal["infected", "unavailable", "not_examined"] | None:
    match error:
        case FileInfected():
            return "infected"
        case AntivirusUnavailable():
            return "unavailable"
        case FileNotExamined():
            return "not_examined"
        case _:
            return None
