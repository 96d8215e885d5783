"""The report: each sentence is checked against what was read; what no source supports is left out of it, and told.

    notes of a sub-question ─ numbered passages ─▶ model ─▶ sentences ─ verified ─▶ with their places in the sources
                                                                      └ not ─▶ left out, with the reason

No address that a model writes is kept: those shown are the sources' own. Without a model, the notes are the report.
"""

import asyncio
import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from chatelet.chat.prompt import with_sources
from chatelet.evidence.conflicts import lacks_figure
from chatelet.evidence.passage import Citation, Passage, Reason
from chatelet.evidence.statements import StatementStream
from chatelet.evidence.support import Support
from chatelet.inference.errors import ModelError
from chatelet.research import prompts
from chatelet.research.asking import Model
from chatelet.research.comparing import Placed
from chatelet.research.sealed import Cited, LeftOut, Section, Sentence, Source

_TOKENS: Final = 900
_MOST_PASSAGES: Final = 24
_LINK: Final = re.compile(r"!?\[([^\]\[]*)\]\([^)\s]*(?:\s[^)]*)?\)")
_ADDRESS: Final = re.compile(
    r"<?\b(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|data:|javascript:)\S*>?|\b(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_MARK: Final = re.compile(r"\*\*|__|^#{1,6}\s+", re.MULTILINE)
_LOOSE: Final = re.compile(r"\s+([.,])")  # where a number between brackets stood
_THOUGHT: Final = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)


async def section(model: Model, place: int | None, question: str, notes: Sequence[Placed]) -> Section:
    """Return what is reported of a question. Raises `BudgetReached`, a `Refusal`, `QuotaReached`."""
    placed = _within(notes, model.characters(3 * model.services.bounds.excerpt_characters))
    passages = [prompts.passage_of(source, note, number) for number, (source, _rank, note) in enumerate(placed, 1)]
    told = [prompts.offered(source, one) for (source, _rank, _note), one in zip(placed, passages, strict=True)]
    language = model.asked.language
    if model.is_small:
        words = with_sources(question, told, language, small=True)
    else:
        words = prompts.asked(
            "section" if place is not None else "overview", language, question, *prompts.as_data(told)
        )
    try:
        written = await model.write(words, tokens=_TOKENS)
    except ModelError:
        return by_code(place, notes)
    made = await asyncio.to_thread(checked, place, question, written, passages, [source for source, *_ in placed])
    return made if made.paragraphs else by_code(place, notes, made.left_out)


def _within(notes: Sequence[Placed], characters: int) -> list[Placed]:
    kept: list[Placed] = []
    for one in notes[:_MOST_PASSAGES]:
        characters -= len(prompts.passage_of(one[0], one[2], 1).text)
        if characters < 0 and kept:
            break
        kept.append(one)
    return kept


def checked(
    place: int | None, question: str, written: str, passages: Sequence[Passage], sources: Sequence[Source]
) -> Section:
    """Return what of a text is verified, paragraph by paragraph. For a thread."""
    support = Support(passages, question)
    numbers = {source.id: source.number for source in sources}
    paragraphs: list[tuple[Sentence, ...]] = []
    left: list[LeftOut] = []
    for block in re.split(r"\n\s*\n", plain(written)):
        stream = StatementStream()
        kept: list[Sentence] = []
        for statement in [*stream.feed(block), *stream.flush()]:
            found = support.check(statement)
            cited = _cited(found, numbers)
            text = _LOOSE.sub(r"\1", " ".join(statement.text.split()))
            reason = _wrong(text, found, passages) if cited else found[0].reason if found else None
            if reason is None:
                kept.append(Sentence(text, cited))
            else:
                left.append(LeftOut(text, reason))
        if any(one.cited for one in kept):
            paragraphs.append(tuple(kept))
    return Section(place, tuple(paragraphs), tuple(left))


def _wrong(text: str, found: Sequence[Citation], passages: Sequence[Passage]) -> Reason | None:
    """Return why a sentence does not hold after all: what it counts in words is in none of the passages it cites."""
    numbers = {one.number for one in found if one.verified}
    held = "\n".join(one.text for one in passages if one.number in numbers)
    return "figures_absent" if lacks_figure(text, held) else None


def plain(written: str) -> str:
    """Return what a model wrote without addresses, links, images, tags nor marks of Markdown."""
    text = _TAG.sub(" ", _THOUGHT.sub("", written))
    return _MARK.sub("", _ADDRESS.sub("", _LINK.sub(r"\1", text)))


def _cited(found: Sequence[Citation], numbers: dict[UUID, int]) -> tuple[Cited, ...]:
    verified = {
        Cited(numbers[one.snapshot_id], one.source_start, one.source_end)
        for one in found
        if one.verified and one.snapshot_id is not None and one.snapshot_id in numbers
    }
    return tuple(sorted(verified, key=lambda one: (one.source, one.start)))


def by_code(place: int | None, notes: Sequence[Placed], left: tuple[LeftOut, ...] = ()) -> Section:
    """Return the notes as a report: the words of the sources, one paragraph each."""
    paragraphs = [
        (Sentence(f"« {' '.join(_words(source, start, end))} »", (Cited(source.number, start, end),)),)
        for source, start, end in ((source, note.start, note.end) for source, _rank, note in notes)
    ]
    return Section(place, tuple(paragraphs), left, "code")


def _words(source: Source, start: int, end: int) -> list[str]:
    return source.page.text[start:end].split()
