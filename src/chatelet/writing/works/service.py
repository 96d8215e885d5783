"""The verbs on works: ask, look, pause, resume, cancel, take the result, delete. Doing them is `running`."""

from collections.abc import AsyncGenerator, Collection, Sequence
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.conversations import service as conversations
from chatelet.documents.errors import FileNotFound, FileNotReady, FileUnreadable
from chatelet.documents.files import exports, made
from chatelet.documents.files import queries as file_queries
from chatelet.documents.files import service as files
from chatelet.documents.files.tables import File
from chatelet.documents.files.views import name_of
from chatelet.identity.principal import Principal
from chatelet.kernel import clock, jobs
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.guardrails.examination import Examination, MarkingRefused
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.sensitivity import Label, Level
from chatelet.writing import beginning, tongues
from chatelet.writing.errors import (
    InclusiveRuleUnset,
    NothingToWrite,
    TextTooLong,
    TooManyWorks,
    WorkNotFound,
    WorkNotReady,
)
from chatelet.writing.giving_back import TEXT_NAME
from chatelet.writing.glossaries import service as glossaries
from chatelet.writing.inclusion import service as inclusion
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Work
from chatelet.writing.task import Inclusive, Style, Task
from chatelet.writing.works import queries, views
from chatelet.writing.works.held import Held, beginning_of
from chatelet.writing.works.schemas import NewWork, SegmentList, WorkKind, WorkList, WorkOut
from chatelet.writing.works.sealed import Asked, Sealer

WRITE: Final = "write_work"
_LISTED: Final = 100
_MARKS: Final = {
    "fr": "Texte produit avec l’aide d’une intelligence artificielle, à relire.",
    "en": "Text written with the help of artificial intelligence, to be reviewed.",
}


async def ask(services: WritingServices, principal: Principal, new: NewWork) -> WorkOut:
    """Take a work: it is begun by a job. Text is read by the detectors first; nothing is kept of what is refused.

    Raises `MarkingRefused`, a `Refusal`, `TooManyWorks`, `FileNotFound`, `FileNotReady`, `FileUnreadable`, `FileInUse`,
    `ConversationNotFound`, `LanguageUnknown`, `GlossaryNotFound`, `ModelNotFound`, `NoModelAvailable`, those of gates.
    """
    settings = services.settings
    held = Held.declared(Label(new.level or Level(settings.policy.default_level)))
    if new.text is not None:
        check_text(services, new.text)
        held = held.with_text(await read_text(services, principal, new.text))
    async with services.database.transaction() as session:
        await check_room(session, services, principal)
        if new.conversation_id is not None:
            conversation = await conversations.owned(session, principal, new.conversation_id)
            held = held.with_label(conversations.label_of(conversation))
        row = await _add(session, services, principal, new, held)
        return views.shown(services.keyring, row)


async def add(
    session: AsyncSession,
    services: WritingServices,
    principal: Principal,
    identifier: UUID,
    kind: WorkKind,
    asked: Asked,
    label: Label,
    *,
    file_id: UUID | None = None,
) -> Work:
    """Write down a work that was cleared and examined, with the job that does it."""
    sealer, wrapped = Sealer.make(services.keyring, identifier)
    moment = clock.now()
    row = Work(
        id=identifier,
        person_id=principal.person_id,
        kind=kind,
        state="queued",
        wrapped_key=wrapped,
        asked_sealed=sealer.seal_asked(asked),
        file_id=file_id,
        level=label.level.value,
        categories=label.names,
        segments=0,
        done=0,
        done_before=0,
        attempts=0,
        prompt_tokens=0,
        completion_tokens=0,
        created_at=moment,
        touched_at=moment,
        expires_at=moment + timedelta(days=services.settings.writing.days_kept),
    )
    session.add(row)
    await session.flush()
    files_given = len(asked.summary.files) if asked.summary else int(file_id is not None)
    told = events.WorkAsked(work_id=identifier, kind=kind, level=label.level, files=files_given, model=asked.model)
    await journal.record(session, told, actor=principal.person_id)
    await jobs.enqueue(session, WRITE, {"work": str(row.id)})
    return row


async def check_room(session: AsyncSession, services: WritingServices, principal: Principal) -> None:
    """Raise `TooManyWorks`, and the errors of the gates."""
    await services.pass_gates(session, principal)
    if await queries.under_way(session, principal) >= services.settings.writing.works_at_once:
        raise TooManyWorks(limit=services.settings.writing.works_at_once)


async def list_works(
    session: AsyncSession, services: WritingServices, principal: Principal, kinds: Collection[WorkKind] = ()
) -> WorkList:
    """Return the caller's last works; of these kinds, when some are named."""
    rows = await queries.works(session, principal, _LISTED, kinds)
    return WorkList(items=[views.shown(services.keyring, row) for row in rows])


async def read(session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID) -> WorkOut:
    """Return a work with its report. Raises `WorkNotFound`."""
    return views.shown(services.keyring, await own_work(session, principal, work_id), whole=True)


async def segments(
    session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID, after: int
) -> SegmentList:
    """Return what was written so far, sentence by sentence. Raises `WorkNotFound`."""
    row = await own_work(session, principal, work_id)
    if row.kind == "summarise":
        return SegmentList(items=[], next=None)
    return views.segments(services.keyring, row, await queries.pieces(session, row.id), after)


async def change(
    session: AsyncSession,
    services: WritingServices,
    principal: Principal,
    work_id: UUID,
    action: Literal["pause", "resume", "cancel"],
) -> WorkOut:
    """Pause, go on with or give up a work; what was written of it stays. Raises `WorkNotFound`, `WorkNotReady`."""
    row = await own_work(session, principal, work_id, lock=True)
    before, after, told = {
        "pause": (queries.UNDER_WAY, "paused", "paused"),
        "resume": (("paused", "failed"), "queued", "resumed"),
        "cancel": ((*queries.UNDER_WAY, "paused", "failed"), "cancelled", "cancelled"),
    }[action]
    if row.state not in before:
        raise WorkNotReady(state=row.state)
    row.state, row.touched_at, row.token, row.resumes_at = after, clock.now(), None, None
    if action == "resume":
        row.error_code, row.attempts = None, 0
        await jobs.enqueue(session, WRITE, {"work": str(row.id)})
    row.ended_at = clock.now() if action == "cancel" else None
    await session.flush()
    event = events.WorkChanged(work_id=row.id, action=_TOLD[told])
    await journal.record(session, event, actor=principal.person_id)
    return views.shown(services.keyring, row)


async def go_on(session: AsyncSession, rows: Sequence[Work]) -> None:
    """Queue works whose allowance opens again; their jobs are the caller's to ask for."""
    for row in rows:
        row.state, row.touched_at, row.resumes_at, row.error_code = "queued", clock.now(), None, None
        await journal.record(session, events.WorkChanged(work_id=row.id, action="resumed"), actor=None)


async def result(
    services: WritingServices, principal: Principal, work_id: UUID
) -> tuple[str, int, AsyncGenerator[bytes]]:
    """Return the name, the size and the bytes of the file that was made. Raises `WorkNotFound`, `WorkNotReady`."""
    async with services.database.transaction() as session:
        row = await own_work(session, principal, work_id)
        found = await made.row_of(session, row.result_file_id) if row.result_file_id else None
        if found is None:
            raise WorkNotReady(state=row.state)
        await journal.record(session, events.WorkOpened(work_id=row.id), actor=principal.person_id)
    name, parts = exports.opened(services.documents, found)
    return name, found.size_bytes, parts


async def remove(session: AsyncSession, principal: Principal, work_id: UUID) -> None:
    """Destroy a work: its key, its rows, its files. Raises `WorkNotFound`."""
    row = await own_work(session, principal, work_id, lock=True)
    await delete_all(session, [row], "deleted", actor=principal.person_id)


async def delete_all(
    session: AsyncSession, rows: Sequence[Work], action: Literal["deleted", "expired"], *, actor: UUID | None
) -> int:
    """Destroy works with what they hold; return how many."""
    ids = [row.id for row in rows]
    if ids:
        await files.delete_held(session, ids, actor=actor)
        await queries.remove(session, ids)
        for identifier in ids:
            await journal.record(session, events.WorkChanged(work_id=identifier, action=action), actor=actor)
            await jobs.forget(session, str(identifier))
    return len(ids)


_TOLD: Final[dict[str, Literal["paused", "resumed", "cancelled"]]] = {
    "paused": "paused",
    "resumed": "resumed",
    "cancelled": "cancelled",
}


async def _add(
    session: AsyncSession, services: WritingServices, principal: Principal, new: NewWork, held: Held
) -> Work:
    identifier = uuid7()
    file = await _file(session, principal, new, identifier) if new.file_id else None
    if file is not None:
        held = held.with_file(Label.of(file.level, file.categories), services.settings.policy)
    asked = held.told_in(await _asked(session, services, principal, new, file), pseudonymise=new.pseudonymise)
    beginning_of(services, principal.person_id, held.label, asked, principal.units)
    return await add(session, services, principal, identifier, new.kind, asked, held.label, file_id=file and file.id)


async def _asked(
    session: AsyncSession, services: WritingServices, principal: Principal, new: NewWork, file: File | None
) -> Asked:
    source = tongues.split(new.source)[0] if new.source else tongues.UNKNOWN
    target, region = tongues.split(new.to) if new.to else (source, None)
    if new.style is Style.SCIENTIFIC_ENGLISH:
        target = "en"
    inclusive = await _inclusive(session, principal, new)
    task = Task(
        new.kind,
        source,
        target,
        new.style,
        new.formality,
        region,
        new.plain,
        await glossaries.terms(session, services, principal, new.glossary_ids),
        inclusive,
    )
    if new.memory_id is not None:
        await glossaries.require(session, principal, new.memory_id, "memory")
    return Asked(
        task,
        name_of(services.documents, file) if file else TEXT_NAME,
        principal.language,
        text=new.text or "",
        is_language_given=new.source is not None,
        track=new.track,
        pdf_as=new.pdf_as,
        visible_mark=_MARKS["fr" if target == "fr" else "en"] if new.visible_mark else None,
        memory_id=new.memory_id,
        defaults=new.defaults,
        units=tuple(principal.units),
        model=new.model,
    )


async def _inclusive(session: AsyncSession, principal: Principal, new: NewWork) -> Inclusive:
    """Return the rule of inclusive writing that holds for what is rewritten. Raises `InclusiveRuleUnset`."""
    if new.kind != "rewrite":
        return Inclusive.NONE
    rule = (await inclusion.holding(session, principal.units)).rule
    if new.style is Style.INCLUSIVE and rule is Inclusive.NONE:
        raise InclusiveRuleUnset
    return rule


async def _file(session: AsyncSession, principal: Principal, new: NewWork, work_id: UUID) -> File:
    """Return the file to write: the work then holds it, unless a conversation of the caller's does."""
    assert new.file_id is not None
    row = await file_queries.file(session, principal, new.file_id, lock=True)
    if row is None:
        raise FileNotFound
    if row.state == "failed":
        raise FileUnreadable(status=row.status or "damaged")
    if row.state != "read":
        raise FileNotReady(state=row.state)
    if row.holder_id is None:
        await files.hold(session, principal, [row.id], kind="work", holder_id=work_id)
    return row


async def examined(services: WritingServices, principal: Principal, text: str) -> Label:
    """Return the label of what a text holds. Raises as `read_text`."""
    return (await read_text(services, principal, text)).label


async def read_text(services: WritingServices, principal: Principal, text: str) -> Examination:
    """Return what a text holds. Raises `MarkingRefused`, with its alert, and `DetectionFailed`."""
    found = await beginning.read(services.settings.policy, text)
    try:
        found.require_kept()
    except MarkingRefused:
        event = events.MarkingRefused(markings=tuple(sorted(found.of(Kind.MARKINGS))), where="writing")
        async with services.database.transaction() as session:
            await journal.record(session, event, actor=principal.person_id)
        raise
    return found


def check_text(services: WritingServices, text: str) -> None:
    """Raise `TextTooLong`, `NothingToWrite`."""
    limit = services.settings.writing.text_characters
    if len(text) > limit:
        raise TextTooLong(limit=limit)
    if not text.strip():
        raise NothingToWrite


async def own_work(session: AsyncSession, principal: Principal, work_id: UUID, *, lock: bool = False) -> Work:
    """Return one of the caller's own works. Raises `WorkNotFound`."""
    row = await queries.work(session, principal, work_id, lock=lock)
    if row is None:
        raise WorkNotFound
    return row
