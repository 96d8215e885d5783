"""The verbs on drafts: ask for one, look, change its text by hand, take it as a file. The rest is that of works.

form filled -> checked -> read by the detectors -> cleared -> a work of kind `draft`, which a job writes
"""

import asyncio
import hashlib
from typing import cast
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.composing.blocks import Publication
from chatelet.documents.composing.letter import Letter
from chatelet.documents.composing.writing import write
from chatelet.documents.parsing.names import display_name
from chatelet.documents.publication import markdown_head
from chatelet.documents.services import Reader
from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.sensitivity import Label, Level
from chatelet.writing.drafting import filling, templates
from chatelet.writing.drafting.asked import AskedDraft
from chatelet.writing.drafting.schemas import DraftForm, DraftOut, GivenOut, NewDraft, StyleKind, ToCheckOut
from chatelet.writing.errors import NothingToWrite, WorkNotFound, WorkNotReady
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Work
from chatelet.writing.task import Task
from chatelet.writing.works import queries, service, views
from chatelet.writing.works.held import Held, beginning_of
from chatelet.writing.works.sealed import Asked, Sealer

_MARK = {
    "fr": "<!-- Contenu produit par une intelligence artificielle (ai_generated) -->",
    "en": "<!-- Content made by an artificial intelligence (ai_generated) -->",
}


async def ask(services: WritingServices, principal: Principal, new: NewDraft) -> DraftOut:
    """Take a draft: its parts are written by a job. What was given is read by the detectors first.

    Raises `TemplateNotFound`, `TemplateFieldUnknown`, `TemplateFieldMissing`, `TemplateFieldWrong`, `MarkingRefused`, a
    `Refusal`, `TooManyWorks`, `ModelNotFound`, `NoModelAvailable`, and the errors of the gates.
    """
    async with services.database.transaction() as session:
        template, version, style_id, kind = await templates.usable(session, services, principal, new.template_id)
    values = filling.checked(template, new.values)
    draft = AskedDraft(new.template_id, version, template, values, style_id, kind)
    held = Held.declared(Label(new.level or Level(services.settings.policy.default_level)))
    held = held.with_text(await service.read_text(services, principal, draft.words))
    task = Task("rewrite", template.language, template.language)
    asked = Asked(
        task,
        display_name(draft.file_name),
        principal.language,
        units=tuple(principal.units),
        model=new.model,
        draft=draft,
    )
    asked = held.told_in(asked, pseudonymise=new.pseudonymise)
    beginning_of(services, principal.person_id, held.label, asked, principal.units)
    async with services.database.transaction() as session:
        await service.check_room(session, services, principal)
        row = await service.add(session, services, principal, uuid7(), "draft", asked, held.label)
        return await _shown(session, services, row)


async def read(session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID) -> DraftOut:
    """Return a draft as far as it is written. Raises `WorkNotFound`."""
    return await _shown(session, services, await service.own_work(session, principal, work_id))


async def change(services: WritingServices, principal: Principal, work_id: UUID, text: str) -> DraftOut:
    """Keep the text as its person changed it; its label can only rise by what was added.

    Raises `WorkNotFound`, `WorkNotReady`, `MarkingRefused`, `NothingToWrite`.
    """
    if not text.strip():
        raise NothingToWrite
    label = await service.examined(services, principal, text)
    async with services.database.transaction() as session:
        row = await service.own_work(session, principal, work_id, lock=True)
        sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
        _draft_of(sealer, row)
        if row.state != "done" or row.told_sealed is None:
            raise WorkNotReady(state=row.state)
        joined = Label.of(row.level, row.categories).join(label)
        row.level, row.categories = joined.level.value, joined.names
        row.told_sealed = sealer.seal_told(msgspec.structs.replace(sealer.told(row.told_sealed), text=text))
        await session.flush()
        event = events.WorkChanged(work_id=row.id, action="edited")
        await journal.record(session, event, actor=principal.person_id)
        return await _shown(session, services, row)


async def export(
    services: WritingServices,
    principal: Principal,
    work_id: UUID,
    form: DraftForm,
    publication: Publication | None = None,
) -> tuple[str, bytes]:
    """Return the name and the bytes of a draft as a file, in the style of its template where it has one of this form.

    `publication`: what its person says of it to publish it; journalled once the file is made, with its fingerprint.
    Raises `WorkNotFound`, `WorkNotReady`, `FileUnreadable`, `ReaderUnavailable`.
    """
    async with services.database.transaction() as session:
        row = await service.own_work(session, principal, work_id)
        sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
        draft = _draft_of(sealer, row)
        if row.told_sealed is None:
            raise WorkNotReady(state=row.state)
        told = sealer.told(row.told_sealed)
        style: bytes | None = None
        if draft.style_id is not None and draft.style_kind == form:
            found = await templates.style_of(session, services, draft.style_id)
            style = found[1] if found else None
        if publication is None:
            await journal.record(session, events.WorkOpened(work_id=row.id), actor=principal.person_id)
    letter = letter_of(draft, told.text, principal.name, publication)
    if form == "md":
        head = markdown_head(publication, letter.made_at) if publication else []
        data = "\n\n".join([_MARK[letter.language], *head, told.text]).encode()
    else:
        data = await written(services.documents.reader, letter, form, style)
    if publication is not None:
        event = events.WorkPublished(
            work_id=work_id,
            form=form,
            reviewed=bool(publication.reviewer),
            labelled=bool(publication.label),
            file=hashlib.sha256(data).hexdigest(),
        )
        async with services.database.transaction() as session:
            await journal.record(session, event, actor=principal.person_id)
    return f"{told.name}.{form}", data


def letter_of(draft: AskedDraft, text: str, author: str, publication: Publication | None = None) -> Letter:
    """Return the text of a draft as what becomes a document."""
    return Letter(draft.template.name, draft.template.language, clock.now(), text, author, publication)


async def written(reader: Reader, letter: Letter, form: str, style: bytes | None) -> bytes:
    """Return the file; in the style of another, which the reader's process opens, where one is given.

    Raises `FileUnreadable`, `ReaderUnavailable`.
    """
    if style is not None:
        return await reader.dress(style, letter)
    return await asyncio.to_thread(lambda: write(letter.document(), cast("StyleKind", form)))


async def _shown(session: AsyncSession, services: WritingServices, row: Work) -> DraftOut:
    sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
    draft = _draft_of(sealer, row)
    if row.told_sealed is not None:
        text = sealer.told(row.told_sealed).text
    else:
        kept = views.kept_of(services.keyring, row, await queries.pieces(session, row.id))
        text = draft.text({one.outcome.number: one.outcome for one in kept})
    findings = draft.findings(text) if row.state == "done" else []
    return DraftOut(
        work=views.shown(services.keyring, row, whole=True),
        language=draft.template.language,
        template_id=draft.template_id,
        template_version=draft.version,
        style=cast("StyleKind | None", draft.style_kind),
        given=[GivenOut(label=label, words=words) for label, words in draft.facts],
        text=text,
        findings=[ToCheckOut.model_validate(one) for one in findings],
    )


def _draft_of(sealer: Sealer, row: Work) -> AskedDraft:
    draft = sealer.asked(row.asked_sealed).draft
    if draft is None:
        raise WorkNotFound
    return draft
