"""The verbs on summaries that other works have not: ask, read, take as a document."""

import asyncio
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.conversations import service as conversations
from chatelet.documents.composing.writing import write
from chatelet.documents.errors import FileNotFound, FileNotReady
from chatelet.documents.files import service as files
from chatelet.documents.files.tables import CLOSED
from chatelet.documents.files.views import name_of
from chatelet.identity.principal import Principal
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import closing
from chatelet.knowledge import queries as knowledge
from chatelet.policy.sensitivity import Label, Level, join_all
from chatelet.writing import tongues
from chatelet.writing.errors import WorkNotFound, WorkNotReady
from chatelet.writing.giving_back import TEXT_NAME
from chatelet.writing.services import WritingServices
from chatelet.writing.summary.forms import Wish
from chatelet.writing.summary.giving import Written, document_of, markdown_of
from chatelet.writing.tables import Work
from chatelet.writing.task import Task
from chatelet.writing.works import queries, service, summary_views, views
from chatelet.writing.works.held import Held, beginning_of
from chatelet.writing.works.schemas import WorkOut
from chatelet.writing.works.sealed import Asked, GivenFile, Sealer, SummaryAsked
from chatelet.writing.works.summary_schemas import (
    ExportForm,
    NewSummary,
    SummaryOut,
)


async def ask(services: WritingServices, principal: Principal, new: NewSummary) -> WorkOut:
    """Take a summary: it is begun by a job. A text is read by the detectors first, as files were when they came.

    Raises as `service.ask`, and `CollectionAskedAlone`.
    """
    policy = services.settings.policy
    held = Held.declared(Label(new.level or Level(policy.default_level)))
    if new.text is not None:
        service.check_text(services, new.text)
        held = held.with_text(await service.read_text(services, principal, new.text))
    target = tongues.split(new.to)[0] if new.to else tongues.UNKNOWN
    async with services.database.transaction() as session:
        await service.check_room(session, services, principal)
        identifier = uuid7()
        if new.conversation_id is not None:
            conversation = await conversations.owned(session, principal, new.conversation_id)
            held = held.with_label(conversations.label_of(conversation))
        given, found = await _given(session, services, principal, new.file_ids, identifier)
        held = held.with_file(found, policy)
        wish = Wish(new.form, target, length=new.length, audience=new.audience)
        asked = Asked(
            Task("summarise", tongues.UNKNOWN, target),
            given[0].name if given else TEXT_NAME,
            principal.language,
            text=new.text or "",
            units=tuple(principal.units),
            model=new.model,
            summary=SummaryAsked(wish, tuple(given)),
        )
        asked = held.told_in(asked, pseudonymise=new.pseudonymise)
        beginning_of(services, principal.person_id, held.label, asked, principal.units)
        row = await service.add(session, services, principal, identifier, "summarise", asked, held.label)
        return views.shown(services.keyring, row)


async def read(session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID) -> SummaryOut:
    """Return a summary, or the notes taken so far. Raises `WorkNotFound`."""
    row = await _own(session, principal, work_id)
    pieces = () if row.told_sealed else await queries.pieces(session, row.id)
    return await asyncio.to_thread(summary_views.shown, services.keyring, row, pieces)


async def export(
    session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID, form: ExportForm
) -> tuple[str, bytes]:
    """Return a summary as a document, with its name. Raises `WorkNotFound`, `WorkNotReady`."""
    row = await _own(session, principal, work_id)
    summary = summary_views.told_of(services.keyring, row)
    if summary is None or row.ended_at is None:
        raise WorkNotReady(state=row.state)
    asked = Sealer.of(services.keyring, row.id, row.wrapped_key).asked(row.asked_sealed)
    assert asked.summary is not None
    language: Literal["fr", "en"] = "fr" if principal.language == "fr" else "en"
    written = Written(
        summary, asked.summary.wish.form, asked.name, Label.of(row.level, row.categories), row.ended_at,
        language, services.settings.policy.called(row.level, language),
    )  # fmt: skip
    await journal.record(session, events.WorkOpened(work_id=row.id), actor=principal.person_id)
    if form == "md":
        return written.file_name(form), markdown_of(written).encode()
    return written.file_name(form), await asyncio.to_thread(write, document_of(written), form)


async def _given(
    session: AsyncSession, services: WritingServices, principal: Principal, ids: Sequence[UUID], work_id: UUID
) -> tuple[list[GivenFile], Label]:
    """Return the files that the caller may read, in the order asked, and their label; one that nothing holds is held.

    Raises `FileNotFound`, `FileNotReady`, `CollectionAskedAlone`.
    """
    found = {row.id: (row, document) for row, document, _ in await knowledge.readable_files(session, principal, ids)}
    wanted = {document.collection_id for _row, document in found.values() if document is not None}
    bases = {one.collection.id: one.collection for one in await knowledge.collections(session, principal, wanted)}
    closing.require_alone([*bases.values()])
    await closing.trace(session, principal, wanted, "document")
    labels = [Label(Level.PUBLIC)]
    given: list[GivenFile] = []
    for identifier in dict.fromkeys(ids):
        if identifier not in found:
            raise FileNotFound
        row, document = found[identifier]
        if row.state != "read" or row.error_code in CLOSED:
            raise FileNotReady(state=row.state)
        if row.holder_id is None:
            await files.hold(session, principal, [row.id], kind="work", holder_id=work_id)
        labels.append(Label.of(row.level, row.categories))
        if document is not None and document.collection_id in bases:
            base = bases[document.collection_id]
            labels.append(Label.of(base.level, base.categories))
        given.append(GivenFile(row.id, document.name if document else name_of(services.documents, row)))
    return given, join_all(labels)


async def _own(session: AsyncSession, principal: Principal, work_id: UUID) -> Work:
    row = await service.own_work(session, principal, work_id)
    if row.kind != "summarise":
        raise WorkNotFound
    return row
