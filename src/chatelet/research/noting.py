"""Reading notes: what a source says of a sub-question, in its own words, found again where they stand.

    source ─ the passages that fit ─▶ model ─▶ quotations ─ verbatim in the source? ─▶ notes
                                              └ what is told of them: supported by them? else left out

A model that writes nothing readable is done without: the nearest sentences of the source are the note.
"""

import asyncio
import re
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from chatelet.evidence import quoting
from chatelet.evidence.conflicts import lacks_figure
from chatelet.evidence.elements import elements_of
from chatelet.evidence.passage import Passage, Statement
from chatelet.evidence.support import Support, nearest
from chatelet.inference.errors import ModelError
from chatelet.kernel.text import FoldedText
from chatelet.knowledge import among
from chatelet.research import prompts
from chatelet.research.asking import Model
from chatelet.research.plan import Item, Unreadable, json_of
from chatelet.research.sealed import Note, Notes, Source

_MOST: Final = 4
_LONGEST: Final = 700  # characters of a quotation
_TOKENS: Final = 900
_PIECE: Final = 900  # characters
_BREAK: Final = re.compile(r"\n+|(?<=[.!?…])\s")
_LEAST_SHARED: Final = 2


class _Written(msgspec.Struct):
    quote: Annotated[str, Meta(max_length=20_000)]
    told: Annotated[str, Meta(max_length=5_000)] = ""


class _Notes(msgspec.Struct):
    notes: list[_Written]


async def take(model: Model, place: int, item: Item, source: Source) -> Notes:
    """Return the notes of a source. Raises `BudgetReached`, a `Refusal`, `QuotaReached`."""
    wanted = model.characters(model.services.bounds.excerpt_characters)
    passages = await asyncio.to_thread(excerpts, source.page.text, item.question, wanted)
    told = prompts.as_data([prompts.offered(source, one) for one in passages])
    words = prompts.asked("notes", model.asked.language, item.question, *told)
    try:
        written: _Notes = json_of(await model.write(words, tokens=_TOKENS), _Notes)
    except (Unreadable, ModelError):
        return await asyncio.to_thread(by_code, place, item, source)
    return await asyncio.to_thread(_checked, place, source, written.notes)


def excerpts(text: str, question: str, characters: int) -> list[Passage]:
    """Return the passages of a text that fit a question best, in their order, with where they begin. For a thread."""
    pieces = list(_pieces(text))
    best = among.best(question, [text[start:end] for start, end in pieces], characters)
    return [
        Passage(text[start:end], number=number, offset=start)
        for number, (start, end) in enumerate((pieces[place] for place in best), 1)
    ]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return stretches of at most so many characters, cut at lines and at ends of sentences where there are any."""
    cuts = [found.end() for found in _BREAK.finditer(text)] + [len(text)]
    found: list[tuple[int, int]] = []
    start = last = 0
    for cut in cuts:
        while cut - start > _PIECE:
            end = last if last > start else start + _PIECE
            found.append((start, end))
            start = last = end
        last = cut
    found.append((start, len(text)))
    return [(start, end) for start, end in found if text[start:end].strip()]


def _checked(place: int, source: Source, written: list[_Written]) -> Notes:
    """Keep what is in the source, each once; what is told of it only when its words support it."""
    text, folded = source.page.text, FoldedText(source.page.text)
    notes: dict[tuple[int, int], Note] = {}
    refused = 0
    for one in written[:_MOST]:
        where = quoting.place_of(one.quote[:_LONGEST], folded)
        if where is None:
            refused += 1
            continue
        where = _with_stop(text, *where)
        told = " ".join(one.told.split())[:_LONGEST]
        notes[where] = Note(*where, told=told if _supports(text[slice(*where)], told) else "")
    return Notes(place, source.number, tuple(notes.values()), refused)


def _with_stop(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place with the full stop that follows it: the comparison of words leaves it out."""
    return start, end + (1 if text[end : end + 1] in {".", "!", "?", "…"} else 0)


def _supports(words: str, told: str) -> bool:
    if not told or lacks_figure(told, words):
        return False
    found = Support([Passage(words, number=1)]).check(Statement(0, len(told), told))
    return all(one.verified for one in found)


def by_code(place: int, item: Item, source: Source) -> Notes:
    """Return the sentences of the source nearest to the sub-question, when they share something with it."""
    said, text = elements_of(item.question), source.page.text
    start, end = nearest(text, said)
    held = elements_of(text[start:end])
    is_near = len(said.words & held.words) >= min(_LEAST_SHARED, len(said.words))
    if not is_near or end - start > 2 * _LONGEST:
        return Notes(place, source.number)
    return Notes(place, source.number, (Note(start, end, by="code"),))
