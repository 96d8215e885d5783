"""Other words for a sentence: of a translation three are asked of the model; of a rewriting, changes are rejected.

    alternatives   the sentence, masked -> model, by the same door as the work -> judged: what is wrong is not shown
    choose         the words -> detectors -> text written again -> stored, kept in the person's own memory

Only for texts: a document is mended in the program that it is made for.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.files import made
from chatelet.documents.files import service as files
from chatelet.documents.rebuilding.contract import Piece
from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.sensitivity import Label
from chatelet.writing import prompt, report, sentences, trial
from chatelet.writing.errors import SentenceNotFound, WorkNotFound, WorkNotReady
from chatelet.writing.giving_back import GivenBack, give_back
from chatelet.writing.glossaries import editing
from chatelet.writing.masking import hidden, mask, restored
from chatelet.writing.prompt import ALTERNATIVES, PromptLanguage
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Work, WorkPiece
from chatelet.writing.task import Outcome
from chatelet.writing.term_files import Unit
from chatelet.writing.works import queries, views
from chatelet.writing.works.asking import asking_for
from chatelet.writing.works.held import beginning_of
from chatelet.writing.works.running import options_of
from chatelet.writing.works.schemas import Alternatives, NewChoice, SegmentOut
from chatelet.writing.works.sealed import Asked, Kept, Sealer, Told
from chatelet.writing.works.service import examined

_BLANKS: Final = re.compile(r"[ \t\r\n]+")  # those that no line cuts stay


@dataclass(frozen=True, slots=True)
class _Found:
    """A text that was written, one segment of it, and one sentence of that."""

    row: Work
    asked: Asked
    kept: list[Kept]
    one: Kept
    pair: sentences.Pair


async def alternatives(
    services: WritingServices, principal: Principal, work_id: UUID, number: int, place: int
) -> Alternatives:
    """Return up to three other translations of a sentence, each as sound as what a work keeps.

    Raises `WorkNotFound`, `WorkNotReady`, `SentenceNotFound`, a `Refusal`, `ModelError`, and the errors of the gates.
    """
    async with services.database.transaction() as session:
        await services.pass_gates(session, principal)
        found = await _find(session, services, principal, work_id, number, place)
        await _tell(session, principal, work_id, "reworded")
    label = Label.of(found.row.level, found.row.categories)
    chosen = beginning_of(services, principal.person_id, label, found.asked, principal.units)
    counted = Absent(principal.person_id, principal.units)
    asking = asking_for(services, found.row, found.asked, chosen, counted, is_waited_for=True)
    task = found.asked.task
    kept_terms = tuple(term.source for term in task.terms if term.is_kept)
    masked = mask((Piece("text", found.pair.source),), kept_terms)
    terms = sentences.terms_in(task, found.pair.source)
    language: PromptLanguage = "fr" if "fr" in {task.source, task.target} else "en"
    said = hidden(masked, found.pair.written)
    completion = await asking.ask(prompt.alternatives(task, masked.text, said, terms, language))
    given = prompt.parse(completion.text, ALTERNATIVES)
    tried = [trial.judge(task, masked, text, terms) for _, (text, is_open) in sorted(given.items()) if not is_open]
    good = [restored(masked, one.text).strip() for one in tried if not one.is_grave]
    return Alternatives(items=[one for one in dict.fromkeys(good) if one != found.pair.written.strip()])


async def choose(
    services: WritingServices, principal: Principal, work_id: UUID, number: int, wanted: NewChoice
) -> SegmentOut:
    """Put other words in the place of a sentence, in the text too, and keep them in the person's memory.

    Raises `WorkNotFound`, `WorkNotReady`, `SentenceNotFound`, `MarkingRefused`, `StorageUnavailable`.
    """
    label = await examined(services, principal, wanted.written)
    async with services.database.transaction() as session:
        found = await _find(session, services, principal, work_id, number, wanted.place)
    words = _BLANKS.sub(" ", wanted.written)
    outcome = _with(found, words)
    outcomes = {kept.outcome.number: kept.outcome for kept in found.kept} | {number: outcome}
    reader, asked = services.documents.reader, found.asked
    back = await give_back(reader, asked.text.encode(), asked.name, outcomes, options_of(asked, asked.task))
    label = label.join(Label.of(found.row.level, found.row.categories))
    told = _told(services, found, back)
    file_id = await made.store(
        services.documents, principal.person_id, work_id,
        name=told.name, kind=back.rebuilt.kind, label=label, data=back.rebuilt.data,
    )  # fmt: skip
    async with services.database.transaction() as session:
        row = await queries.work(session, principal, work_id, lock=True)
        if row is None or row.told_sealed != found.row.told_sealed:
            raise WorkNotReady(state=row.state if row else "deleted")  # changed elsewhere at the same moment
        await _replace(session, services, row, Kept(found.one.source, outcome), told, file_id)
        row.level, row.categories = label.level.value, label.names
        if asked.task.kind == "translate":
            choice = Unit(found.pair.source.strip(), words)
            await editing.keep_choice(session, services, principal, (asked.task.source, asked.task.target), choice)
        await _tell(session, principal, work_id, "chosen")
    return views.segment(asked.task, Kept(found.one.source, outcome))


async def _find(
    session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID, number: int, place: int
) -> _Found:
    row = await queries.work(session, principal, work_id)
    if row is None:
        raise WorkNotFound
    if row.state != "done" or row.file_id is not None:
        raise WorkNotReady(state=row.state)
    asked = Sealer.of(services.keyring, row.id, row.wrapped_key).asked(row.asked_sealed)
    kept = views.kept_of(services.keyring, row, await queries.pieces(session, row.id))
    one = next((one for one in kept if one.outcome.number == number), None)
    pairs = sentences.pairs_of(asked.task, one.source, one.outcome) if one else []
    if one is None or place >= len(pairs):
        raise SentenceNotFound
    return _Found(row, asked, kept, one, pairs[place])


def _with(found: _Found, words: str) -> Outcome:
    """Return the segment with other words for the sentence, judged again."""
    outcome = found.one.outcome
    is_same = outcome.state in {"kept", "copied"}
    pieces = sentences.replaced(outcome.pieces, found.pair.source if is_same else found.pair.written, words)
    if pieces is None:
        raise SentenceNotFound
    written = msgspec.structs.replace(outcome, state="written", pieces=pieces)
    return msgspec.structs.replace(
        written, reasons=sentences.judged_again(found.asked.task, found.one.source, written), terms_missed=()
    )


def _told(services: WritingServices, found: _Found, back: GivenBack) -> Told:
    """Return what the work tells from now on: counts as they were, doubts and text as they are."""
    assert found.row.told_sealed is not None
    before = Sealer.of(services.keyring, found.row.id, found.row.wrapped_key).told(found.row.told_sealed)
    return Told(
        report.told_again(before.report, back.outcomes),
        back.rebuilt.data.decode("utf-8", "replace"),
        before.name,
    )


async def _replace(
    session: AsyncSession, services: WritingServices, row: Work, kept: Kept, told: Told, file_id: UUID
) -> None:
    sealer, identifier = Sealer.of(services.keyring, row.id, row.wrapped_key), uuid7()
    session.add(WorkPiece(work_id=row.id, id=identifier, segments=1, sealed=sealer.seal_kept([kept], identifier)))
    old = await made.row_of(session, row.result_file_id) if row.result_file_id else None
    if old is not None:
        await files.delete_all(session, [old], actor=row.person_id)
    row.told_sealed, row.result_file_id, row.touched_at = sealer.seal_told(told), file_id, clock.now()


async def _tell(session: AsyncSession, principal: Principal, work_id: UUID, action: str) -> None:
    event = events.WorkChanged(work_id=work_id, action="chosen" if action == "chosen" else "reworded")
    await journal.record(session, event, actor=principal.person_id)
