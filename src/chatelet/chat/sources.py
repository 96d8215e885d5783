"""The sources of an answer: passages of the files, collections and pages of the web, numbered for the model.

    wait for files still being read -> passages of each (whole when they fit) ─┐
    collections: search, rights in the query                                   ├─> numbered passages, within a budget
    the web, meanwhile, when it was asked for (chat.searching)                 │
    publications likewise (chat.publications.searching)                        │
    a task on a whole document is never answered from its best passages alone ─┘

A dead source is a notice under the answer, not a failed turn. No transaction while waiting or searching.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from chatelet.chat import searching, selection
from chatelet.chat.events import NoticeEvent, Status
from chatelet.chat.live import LiveTurn
from chatelet.chat.offered import Offered
from chatelet.chat.opening import AskedTurn
from chatelet.chat.prompt import Lacking
from chatelet.chat.publications import searching as publications
from chatelet.chat.services import ChatServices
from chatelet.conversations.parts import AttachmentPart, CollectionPart
from chatelet.documents.files import queries as files
from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.evidence.passage import Passage
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.knowledge import chunking, finding
from chatelet.knowledge.uses import Use
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Label

_POLL_SECONDS: Final = 0.4
_LONGEST_WAIT: Final = 180  # seconds for a file still being read
_ENDED: Final = frozenset({"read", "failed"})
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the model is given to answer from, in the order of its numbers."""

    offered: tuple[Offered, ...] = ()
    notices: tuple[NoticeEvent, ...] = ()
    use: Use | None = None  # of collections, to be counted
    wanted: bool = False  # something was given to answer from: without a passage of it, the model must say so
    lacking: Lacking = "nothing"  # how to say so: which sources were looked in

    @property
    def passages(self) -> list[Passage]:
        """Return the passages alone."""
        return [one.passage for one in self.offered]


async def gather(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance, *, characters: int
) -> Sources:
    """Return at most `characters` of passages for this question; nothing was given, nothing is read."""
    searches = [one for one in (searching, publications) if one.is_asked(asked)]
    if not searches:
        return await _gather(services, asked, live, clearance, characters)
    share = characters // (len(searches) + any(_given(asked)))
    tasks = [asyncio.create_task(one.search(services, asked, live, clearance, characters=share)) for one in searches]
    try:
        given = await _gather(services, asked, live, clearance, characters - share * len(searches))
        found = [await one for one in tasks]
    finally:
        for one in tasks:
            one.cancel()
    return replace(
        given,
        offered=_numbered([*given.offered, *(passage for one in found for passage in one.offered)]),
        notices=(*given.notices, *(told for one in found for told in one.notices)),
        wanted=True,
        lacking="nothing" if any(_given(asked)) or len(found) > 1 else searches[0].LACKING,
    )


async def _gather(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance, characters: int
) -> Sources:
    attachments, collections = _given(asked)
    if not attachments and not collections:
        return Sources()
    notices: list[NoticeEvent] = []
    found, searched = list[Offered](), frozenset[UUID]()
    if collections:
        live.tell(Status(step="searching"))
        found, searched = await _search(services, asked, clearance, collections, notices)
    share = characters // 2 if attachments and found else characters
    texts = await _read(services, asked, live, attachments, clearance.label, notices) if attachments else []
    chosen = await asyncio.to_thread(selection.choose, texts, asked.opened.question, share)
    notices += [_read_notice(one) for one in chosen]
    offered = [Offered(passage, one.name) for one in chosen for passage in one.passages]
    offered += selection.within(found, characters - sum(len(one.passage.text) for one in offered))
    given = frozenset(one.passage.file_id for one in offered if one.passage.file_id is not None)
    use = Use(searched, given, found=bool(found)) if searched else None
    return Sources(_numbered(offered), tuple(notices), use, wanted=True)


def _given(asked: AskedTurn) -> tuple[list[AttachmentPart], list[CollectionPart]]:
    """Return the files of the whole branch, the last given first, and the collections of this question."""
    branch = [*asked.opened.given, *(one for turn in reversed(asked.opened.history) for one in turn.given)]
    attachments = {one.file_id: one for one in branch if isinstance(one, AttachmentPart)}
    return list(attachments.values()), [one for one in asked.opened.given if isinstance(one, CollectionPart)]


async def files_read(services: ChatServices, asked: AskedTurn, live: LiveTurn) -> list[File]:
    """Return the files of the branch, once each is read or failed; nothing given costs nothing."""
    attachments, _ = _given(asked)
    return (
        list((await _wait(services, asked, live, [one.file_id for one in attachments])).values()) if attachments else []
    )


async def _search(
    services: ChatServices,
    asked: AskedTurn,
    clearance: Clearance,
    collections: Sequence[CollectionPart],
    notices: list[NoticeEvent],
) -> tuple[list[Offered], frozenset[UUID]]:
    try:
        found = await finding.find(
            services.documents,
            services.gateway,
            asked.principal,
            [one.collection_id for one in collections],
            asked.opened.question,
            clearance,
        )
    except AppError as error:
        log.warning("search_failed", error=error.code)
        notices.append(NoticeEvent(code="source_unread", params={"file": "", "reason": error.code}))
        return [], frozenset()
    if found.withdrawn:
        notices.append(NoticeEvent(code="source_withdrawn", params={"collections": found.withdrawn}))
    if found.engine_down:
        notices.append(NoticeEvent(code="search_engine_down", params={}))
    if found.lexical_only:
        notices.append(NoticeEvent(code="search_lexical", params={}))
    if not found.hits and found.withdrawn < len(collections):
        notices.append(NoticeEvent(code="nothing_found", params={}))
    offered = [
        Offered(Passage(hit.text, file_id=hit.file_id, offset=hit.start, page=hit.page), hit.name) for hit in found.hits
    ]
    return offered, found.searched


async def _read(
    services: ChatServices,
    asked: AskedTurn,
    live: LiveTurn,
    attachments: Sequence[AttachmentPart],
    label: Label,
    notices: list[NoticeEvent],
) -> list[selection.Readable]:
    """Return the passages of the files, once they are read; what cannot be is told, and nothing else is held up.

    A file that was read after the clearance was made may hold more than `label` covers: it waits for the next question.
    """
    names = {one.file_id: one.name for one in attachments}
    rows = await _wait(services, asked, live, list(names))
    texts: list[selection.Readable] = []
    for identifier, name in names.items():
        row = rows.get(identifier)
        if row is None or row.state != "read" or not label.covers(row.label):
            reason = "file_not_found" if row is None else row.error_code or "file_not_ready"
            notices.append(NoticeEvent(code="source_unread", params={"file": str(identifier), "reason": reason}))
            continue
        try:
            document = await FileBlobs(services.documents.storage, services.keyring, row.id, row.wrapped_key).reading()
        except AppError as error:
            notices.append(NoticeEvent(code="source_unread", params={"file": str(identifier), "reason": error.code}))
            continue
        cut = await asyncio.to_thread(
            chunking.passages_of,
            document,
            collection_id=identifier,
            document_id=identifier,
            version_id=identifier,
            title=name,
        )
        passages = [Passage(one.text, file_id=identifier, offset=one.start, page=one.page) for one in cut]
        if not passages:  # all that it says is hidden
            notices.append(NoticeEvent(code="source_unread", params={"file": str(identifier), "reason": "file_empty"}))
            continue
        texts.append(
            selection.Readable(identifier, name, tuple(passages), pages=row.pages, recognised=_recognised(row))
        )
    return texts


async def _wait(services: ChatServices, asked: AskedTurn, live: LiveTurn, ids: Sequence[UUID]) -> dict[UUID, File]:
    """Return the caller's own files once each is read or failed, or after the longest wait."""
    rows: dict[UUID, File] = {}
    for _ in range(int(_LONGEST_WAIT / _POLL_SECONDS)):
        async with services.database.transaction() as session:
            rows = {row.id: row for row in await files.files(session, asked.principal, ids)}
        reading = next((row for row in rows.values() if row.state not in _ENDED), None)
        if reading is None:
            break
        live.tell(Status(step="reading_files", page=reading.step_page, pages=reading.pages or None))
        await asyncio.sleep(_POLL_SECONDS)
    return rows


def _recognised(row: File) -> int:
    """Return how many pages were read by recognition of their picture."""
    found = (row.report or {}).get("pages_recognised", 0)
    return found if isinstance(found, int) else 0


def _read_notice(one: selection.Chosen) -> NoticeEvent:
    params: dict[str, str | int | float] = {
        "file": str(one.file_id),
        "shown": len(one.passages),
        "total": one.total,
        "manner": one.manner,
        "percent": one.percent,
        "pages": one.pages,
        "recognised": one.recognised,
    }
    return NoticeEvent(code="source_read", params=params)


def _numbered(offered: Sequence[Offered]) -> tuple[Offered, ...]:
    return tuple(replace(one, passage=replace(one.passage, number=number)) for number, one in enumerate(offered, 1))
