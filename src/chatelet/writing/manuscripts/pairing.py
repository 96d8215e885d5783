"""Which reference of the list a call names; what is called and absent, what is listed and never called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.writing.manuscripts.targets import Call, Target

_SECOND: Final = re.compile(r",| et | and | & ")
_HEAD: Final = 160  # characters of an entry where its authors are


@dataclass(frozen=True, slots=True)
class Paired:
    """A call and the references it names. `near`: one of the same author, of another year, when none is right."""

    call: Call
    references: tuple[int, ...]
    missing: tuple[Target, ...] = ()
    near: int | None = None


def pair(calls: Sequence[Call], references: Sequence[Reference]) -> list[Paired]:
    """Pair calls; those that name nobody of the list are only kept where the draft is seen to call so."""
    index = _Index(references)
    paired = [_pair(call, index) for call in calls]
    ways = {_way(target) for one in paired if one.references for target in one.call.targets}
    return [one for one in paired if one.references or any(_way(target) in ways for target in one.missing)]


def never_called(paired: Sequence[Paired], references: Sequence[Reference]) -> list[int]:
    """Return the references that no call names; none where no call could be read."""
    called = {place for one in paired for place in one.references}
    return [place for place in range(len(references)) if place not in called] if called else []


@dataclass(frozen=True, slots=True)
class _Entry:
    """What of a reference a call may name, folded."""

    labels: frozenset[str]
    first: str
    head: str
    years: tuple[str, ...]
    written: str


class _Index:
    def __init__(self, references: Sequence[Reference]) -> None:
        self.entries = [_entry(one) for one in references]
        self.labels = {label: at for at, one in enumerate(self.entries) for label in one.labels}


def _entry(reference: Reference) -> _Entry:
    return _Entry(
        labels=frozenset(label for label in (reference.key, reference.label) if label),
        first=folded(reference.authors[0]) if reference.authors else "",
        head=f" {folded(reference.written[:_HEAD])} ",
        years=tuple(str(year) for year in reference.years),
        written=reference.written,
    )


def _pair(call: Call, index: _Index) -> Paired:
    found: list[int] = []
    missing: list[Target] = []
    near: int | None = None
    for target in call.targets:
        if target.label:
            place = index.labels.get(target.label)
            same: list[int] = []
        else:
            same = [at for at, one in enumerate(index.entries) if _is_named(target.names, one)]
            place = _of_year(target, same, index.entries)
        if place is None:
            missing.append(target)
            near = same[0] if same and near is None else near
        elif place not in found:
            found.append(place)
    return Paired(call, tuple(found), tuple(missing), near)


def _of_year(target: Target, places: Sequence[int], entries: Sequence[_Entry]) -> int | None:
    """Return the reference of that year; of several, the one with the letter, or with the second name."""
    year = target.year[:4]
    fit = [at for at in places if year in entries[at].years]
    if len(fit) > 1 and len(target.year) > 4:
        lettered = [at for at in fit if target.year in entries[at].written]
        fit = lettered or fit
    if len(fit) > 1:
        words = folded(target.names).split()
        fit = sorted(fit, key=lambda at: -sum(f" {word} " in entries[at].head for word in words))
    return fit[0] if fit else None


def _is_named(names: str, entry: _Entry) -> bool:
    """Tell whether the first name of a call is that of the first author, or of the body that signs."""
    first = folded(_SECOND.split(names, maxsplit=1)[0])
    words = first.split()
    if not words:
        return False
    if entry.first and (entry.first == first or entry.first.split()[-1] == words[-1]):
        return True
    if entry.first and entry.first.split()[-1] in words:
        return True
    return f" {words[-1]} " in entry.head and len(words[-1]) > 2


def _way(target: Target) -> str:
    return "label" if target.label else "names"
