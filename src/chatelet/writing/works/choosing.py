"""Other words for a sentence, chosen by its person; of a translation, three are asked of the model first.

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
from chatelet.documents.rebuilding.contract import Piece
from chatelet.identity.principal import Principal
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.sensitivity import Label
from chatelet.writing import prompt, sentences, trial
from chatelet.writing.errors import SentenceNotFound, WorkNotReady
from chatelet.writing.giving_back import as_read
from chatelet.writing.glossaries import editing
from chatelet.writing.masking import hidden, mask, restored
from chatelet.writing.prompt import ALTERNATIVES, PromptLanguage
from chatelet.writing.services import WritingServices
from chatelet.writing.task import Outcome
from chatelet.writing.term_files import Unit
from chatelet.writing.works import again, views
from chatelet.writing.works.again import Done
from chatelet.writing.works.asking import asking_for
from chatelet.writing.works.held import beginning_of
from chatelet.writing.works.schemas import Alternatives, NewChoice, SegmentOut
from chatelet.writing.works.sealed import Kept
from chatelet.writing.works.service import examined

_BLANKS: Final = re.compile(r"[ \t\r\n]+")  # those that no line cuts stay


@dataclass(frozen=True, slots=True)
class _Found:
    """A text that was written, one segment of it, and one sentence of that."""

    done: Done
    one: Kept
    pairs: list[sentences.Pair]
    place: int

    @property
    def pair(self) -> sentences.Pair:
        return self.pairs[self.place]


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
    row, asked = found.done.row, found.done.asked
    label = Label.of(row.level, row.categories)
    chosen = beginning_of(services, principal.person_id, label, asked, principal.units)
    counted = Absent(principal.person_id, principal.units)
    asking = asking_for(services, row, asked, chosen, counted, is_waited_for=True)
    task = asked.task
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
    done, words = found.done, _BLANKS.sub(" ", wanted.written)
    changed = {number: Kept(found.one.source, _with(found, words))}
    label = label.join(Label.of(done.row.level, done.row.categories))
    told, file_id = await again.written(services, done, label, changed)
    async with again.same(services, principal, done, file_id) as (session, row):
        again.keep(session, done, row, changed, told)
        row.level, row.categories = label.level.value, label.names
        task = done.asked.task
        if task.kind == "translate":
            choice = Unit(found.pair.source.strip(), words)
            await editing.keep_choice(session, services, principal, (task.source, task.target), choice)
        await _tell(session, principal, work_id, "chosen")
    return views.segment(task, changed[number])


async def _find(
    session: AsyncSession, services: WritingServices, principal: Principal, work_id: UUID, number: int, place: int
) -> _Found:
    found = await again.done(session, services, principal, work_id)
    if found.row.file_id is not None:
        raise WorkNotReady(state=found.row.state)
    one = found.segment(number)
    pairs = sentences.pairs_of(found.asked.task, one.source, one.outcome)
    if place >= len(pairs):
        raise SentenceNotFound
    return _Found(found, one, pairs, place)


def _with(found: _Found, words: str) -> Outcome:
    """Return the segment with other words for the sentence, judged again."""
    outcome = found.one.outcome
    is_same = outcome.state in {"kept", "copied"}
    told = (one.source if is_same else one.written for one in found.pairs)
    span = list(sentences.spans_of(as_read(outcome.pieces), told))[found.place]
    pieces = sentences.replaced(outcome.pieces, span, words) if span else None
    if pieces is None:
        raise SentenceNotFound
    written = msgspec.structs.replace(outcome, state="written", pieces=pieces)
    return msgspec.structs.replace(
        written, reasons=sentences.judged_again(found.done.asked.task, found.one.source, written), terms_missed=()
    )


async def _tell(session: AsyncSession, principal: Principal, work_id: UUID, action: str) -> None:
    event = events.WorkChanged(work_id=work_id, action="chosen" if action == "chosen" else "reworded")
    await journal.record(session, event, actor=principal.person_id)
