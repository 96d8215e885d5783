"""Sentences of a summary held against the passages, by the same checker as the answers of a conversation.

answer -> statements -> Support.check ─> held: its passages · not: the reason why · nothing to hold: a title
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from chatelet.evidence.passage import Citation, Passage, Statement
from chatelet.evidence.statements import StatementStream
from chatelet.evidence.support import Support
from chatelet.kernel.text import fold

_LEAST_WORDS: Final = 3  # a title says nothing to be checked
_BEFORE_POINT: Final = re.compile(r" +(?=[.,])")
_MOST_CITED: Final = 3  # passages of a note


class Note(msgspec.Struct, frozen=True):
    """A sentence that passages hold; `citations` are numbered as the documents' passages are."""

    text: str
    citations: tuple[Citation, ...]


class Cited(msgspec.Struct, frozen=True):
    """A text with its numbers, from 1 in the order in which they come, and what was found of each sentence.

    `numbers` gives the passage that each number stands for; `held` sentences of `statements` are held by one.
    """

    text: str
    citations: tuple[Citation, ...]
    numbers: dict[int, int]
    statements: int
    held: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of an answer, with what was found of it."""

    statement: Statement
    citations: tuple[Citation, ...]  # those that hold; else those that say why none does; none needed: empty

    @property
    def is_held(self) -> bool:
        """Tell whether a passage holds it."""
        return any(one.verified for one in self.citations)


def notes_of(answer: str, passages: Sequence[Passage]) -> tuple[list[Note], int]:
    """Return the sentences of an answer that passages hold, each once, and how many others there were."""
    notes: dict[str, Note] = {}
    dropped = 0
    for one in judged(answer, passages):
        if one.is_held:
            said = _BEFORE_POINT.sub("", " ".join(one.statement.text.split()))  # where a number stood
            notes.setdefault(fold(said), Note(said, one.citations[:_MOST_CITED]))
        dropped += bool(one.citations) and not one.is_held
    return list(notes.values()), dropped


def cited(answer: str, passages: Sequence[Passage]) -> Cited:
    """Return an answer with its sentences checked; what nothing holds stays, with the reason."""
    writing = _Writing(answer)
    for one in judged(answer, passages):
        writing.add(one)
    return writing.end()


class _Writing:
    """Writes an answer again, with its numbers in the order in which they come."""

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self._parts: list[str] = []
        self._length = self._place = 0
        self._shown: dict[int, int] = {}  # number of a passage: number shown
        self._citations: list[Citation] = []
        self._statements = self._held = 0

    def add(self, one: Judged) -> None:
        """Write a sentence: the numbers that hold it stay where they stand, the others go."""
        self._copy(one.statement.start)
        start = self._length
        kept: dict[tuple[int, int], list[Citation]] = defaultdict(list)
        for citation in one.citations:
            if citation.marker:
                kept[citation.marker].append(citation)
        found: list[Citation] = []
        for place in sorted({(marker.start, marker.end) for marker in one.statement.markers}):
            self._copy(place[0])
            if place not in kept:
                self._trim()
            found += [self._mark(citation) for citation in kept.get(place, [])]
            self._place = place[1]
        self._copy(max(self._place, one.statement.end))
        found += [self._numbered(citation) for citation in one.citations if not citation.marker]
        self._citations += [replace(citation, start=start, end=self._length) for citation in found]
        self._statements += bool(one.citations)
        self._held += one.is_held

    def end(self) -> Cited:
        """Return the whole."""
        self._copy(len(self._answer))
        numbers = {shown: number for number, shown in self._shown.items()}
        return Cited("".join(self._parts), tuple(self._citations), numbers, self._statements, self._held)

    def _mark(self, citation: Citation) -> Citation:
        numbered = self._numbered(citation)
        start = self._length
        self._write(f"[{numbered.number}]")
        return replace(numbered, marker=(start, self._length))

    def _numbered(self, citation: Citation) -> Citation:
        if not citation.number:
            return citation
        return replace(citation, number=self._shown.setdefault(citation.number, len(self._shown) + 1))

    def _copy(self, end: int) -> None:
        self._write(self._answer[self._place : end])
        self._place = max(self._place, end)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _trim(self) -> None:
        """Take away the space before a number that goes."""
        last = self._parts.pop() if self._parts else ""
        shorter = last.rstrip(" \u00a0\u202f")
        self._parts.append(shorter)
        self._length -= len(last) - len(shorter)


def numbered(citations: Sequence[Citation], numbers: Mapping[int, int]) -> tuple[Citation, ...]:
    """Return citations with the numbers of the documents' passages in the place of those of a prompt."""
    return tuple(replace(one, number=numbers.get(one.number, 0), marker=None, start=0, end=0) for one in citations)


def judged(answer: str, passages: Sequence[Passage]) -> Iterator[Judged]:
    """Give each sentence of an answer with what was found of it."""
    support = Support(passages)
    stream = StatementStream()
    for one in (*stream.feed(answer), *stream.flush()):
        yield Judged(one, _found(support, one))


def _found(support: Support, one: Statement) -> tuple[Citation, ...]:
    """Return the citations that hold; those that do not when none does; none for what states nothing."""
    citations = support.check(one)
    is_title = len(one.text.split()) <= _LEAST_WORDS or one.text.rstrip(" *_").endswith(":")
    if not citations or (is_title and not one.markers):
        return ()
    held = [citation for citation in citations if citation.verified]
    if not held and one.markers:
        alone = Statement(one.start, one.end, one.text)
        held = [citation for citation in support.check(alone) if citation.verified]
    return tuple(held or citations)
