"""Asking for notes or for a form, judging what came by code, and asking again with the reason."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from chatelet.evidence.passage import Passage
from chatelet.inference.errors import ModelContextExceeded
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.knowledge.languages import UNKNOWN, language_of
from chatelet.writing.checks import clean, manners
from chatelet.writing.summary.checking import Note, cited, notes_of
from chatelet.writing.summary.forms import Trouble
from chatelet.writing.task import Reason
from chatelet.writing.trying import Ask

_SURE_LETTERS: Final = 60  # of a text whose language is told
_MANNERS: Final = {Reason.REFUSED: Trouble.REFUSED, Reason.LOOPED: Trouble.LOOPED}
_READABLE: Final = {Trouble.TRUNCATED, Trouble.WRONG_LANGUAGE, Trouble.OTHER_FORM}  # better than nothing
Request = Callable[[Trouble | None], ChatRequest]


@dataclass(frozen=True, slots=True)
class Given:
    """What a model is given, the passages that its answer rests on, the language wanted, what tells its form."""

    told: str
    passages: Sequence[Passage]
    request: Request
    language: str
    has_shape: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What came: its text, the notes in it that hold, how many sentences do not, what is wrong of the whole."""

    text: str = ""
    notes: list[Note] = field(default_factory=list[Note])
    dropped: int = 0
    trouble: Trouble | None = None
    held: int = 0


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks one question until its answer is good, at most so many times; returns the best that came."""

    ask: Ask
    attempts: int

    async def notes(self, given: Given) -> Tried:
        """Return notes. Sentences that hold are worth keeping, whatever is wrong of the rest."""
        best = Tried(trouble=Trouble.EMPTY)
        refused: Trouble | None = None
        for _ in range(self.attempts):
            text, trouble = await self._once(given, refused)
            notes, dropped = await asyncio.to_thread(notes_of, text, given.passages)
            trouble = trouble or (None if notes else Trouble.NOTHING_HELD)
            if trouble is None or len(notes) > len(best.notes) or not best.notes:
                best = Tried(text, notes, dropped, trouble)
            if trouble in {None, Trouble.TOO_LARGE} or (notes and trouble is Trouble.TRUNCATED):
                break
            refused = trouble
        return best

    async def form(self, given: Given) -> Tried:
        """Return the summary itself; its text is empty when no answer was one."""
        best = Tried(trouble=Trouble.EMPTY, held=-1)
        refused: Trouble | None = None
        for _ in range(self.attempts):
            text, trouble = await self._once(given, refused)
            found = await asyncio.to_thread(cited, text, given.passages)
            foreign = any(one.reason == "other_language" for one in found.citations)
            trouble = trouble or (None if found.held or foreign else Trouble.NOTHING_HELD)
            if trouble is None and given.has_shape is not None and not given.has_shape(text):
                trouble = Trouble.OTHER_FORM
            if trouble is None or (trouble in _READABLE and found.held > best.held):
                best = Tried(text, trouble=trouble, held=found.held)
            elif not best.text:
                best = Tried(trouble=trouble, held=best.held)
            if trouble in {None, Trouble.TOO_LARGE}:
                break
            refused = trouble
        return best

    async def _once(self, given: Given, refused: Trouble | None) -> tuple[str, Trouble | None]:
        try:
            completion = await self.ask(given.request(refused))
        except ModelContextExceeded:
            return "", Trouble.TOO_LARGE
        text = clean(given.told, completion.text)
        return text, _trouble(given, text, is_cut=completion.finish is Finish.LENGTH)


def _trouble(given: Given, text: str, *, is_cut: bool) -> Trouble | None:
    if not text.strip():
        return Trouble.EMPTY
    wrong = next((_MANNERS[reason] for reason in manners(given.told, text) if reason in _MANNERS), None)
    if wrong:
        return wrong
    if is_cut:
        return Trouble.TRUNCATED
    if sum(char.isalpha() for char in text) >= _SURE_LETTERS and given.language != UNKNOWN:
        told = language_of(text, given.language)
        if told not in {given.language, UNKNOWN}:
            return Trouble.WRONG_LANGUAGE
    return None
