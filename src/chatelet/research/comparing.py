"""Contradictions, set side by side: found by code among the notes of a sub-question; what a model adds is checked."""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import msgspec

from chatelet.evidence import conflicts
from chatelet.inference.errors import ModelError
from chatelet.research import prompts
from chatelet.research.asking import Model
from chatelet.research.budget import BudgetReached
from chatelet.research.plan import Item, Unreadable, json_of
from chatelet.research.sealed import Conflict, Conflicts, Note, Place, Source

_TOKENS: Final = 300
_MOST_COMPARED: Final = 60  # notes: their pairs are compared one by one
Placed = tuple[Source, int, Note]


class _Pairs(msgspec.Struct):
    pairs: list[list[int]]


def found(place: int, notes: Sequence[Placed]) -> Conflicts:
    """Return what the machine finds between notes of different sources. For a thread."""
    kept: list[Conflict] = []
    for one, other in combinations(notes[:_MOST_COMPARED], 2):
        if one[0].number != other[0].number and (kind := conflicts.conflict_of(_words(one), _words(other))):
            kept.append(Conflict(_place(one), _place(other), kind))
    return Conflicts(place, tuple(kept))


async def ask(model: Model, item: Item, notes: Sequence[Placed], known: Conflicts) -> Conflicts:
    """Add what the model finds and the machine, less strict, finds too. Raises a `Refusal`, `QuotaReached`."""
    if len({source.number for source, _rank, _note in notes}) < 2:
        return known
    told = [
        prompts.offered(source, prompts.passage_of(source, note, number))
        for number, (source, _rank, note) in enumerate(notes[:_MOST_COMPARED], 1)
    ]
    words = prompts.asked("conflicts", model.asked.language, item.question, *prompts.as_data(told))
    try:
        written: _Pairs = json_of(await model.write(words, tokens=_TOKENS), _Pairs)
    except (Unreadable, ModelError, BudgetReached):
        return known
    return _added(known, notes, written.pairs)


def _added(known: Conflicts, notes: Sequence[Placed], pairs: Sequence[Sequence[int]]) -> Conflicts:
    kept, refused = {frozenset((one.first, one.second)): one for one in known.found}, 0
    for pair in pairs:
        places = [number - 1 for number in pair if 1 <= number <= len(notes)]
        if len(places) != 2 or notes[places[0]][0].number == notes[places[1]][0].number:
            refused += 1
            continue
        one, other = (notes[place] for place in sorted(places))
        key = frozenset((_place(one), _place(other)))
        kind = conflicts.conflict_of(_words(one), _words(other), share=conflicts.PROPOSED)
        if kind is None:
            refused += 1
        elif key not in kept:
            kept[key] = Conflict(_place(one), _place(other), kind, by="model")
    return Conflicts(known.item, tuple(kept.values()), refused)


def _words(placed: Placed) -> str:
    source, _rank, note = placed
    return source.page.text[note.start : note.end]


def _place(placed: Placed) -> Place:
    return Place(placed[0].number, placed[1])
