"""How well a reference and a work agree: title, authors and year, each apart, so that what is wrong can be said.

Titles are compared as sets of folded words and by their order; a line that could not be taken apart must hold the whole
title of the work. A title alone never makes a match when authors disagree and it is common.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from chatelet.connectors.scholarly.names import families, folded, title_key
from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.references.extraction import Reference

SAME_TITLE: Final = 0.88
NEAR_TITLE: Final = 0.72
_LONG_TITLE: Final = 5  # words


@dataclass(frozen=True, slots=True)
class Match:
    """How a work agrees. `title` from 0 to 1; `authors`, `year` None: one of the two says nothing."""

    record: Record
    title: float
    authors: bool | None
    year: bool | None

    @property
    def is_same(self) -> bool:
        """Tell whether it is the work meant, whatever is wrong in how it is written."""
        words = len((title_key(self.record.title) or "").split())
        if self.title >= SAME_TITLE:
            return self.authors is not False or (words >= _LONG_TITLE and self.year is not False)
        return self.title >= NEAR_TITLE and self.authors is True and self.year is True

    @property
    def score(self) -> tuple[float, int, int]:
        """Order matches, the best last."""
        return self.title, int(self.authors is True), int(self.year is True)


def best(reference: Reference, records: Sequence[Record]) -> Match | None:
    """Return the best match that is the work meant, None when none is."""
    matches = [one for one in (compare(reference, record) for record in records) if one.is_same]
    return max(matches, key=lambda one: one.score, default=None)


def compare(reference: Reference, record: Record) -> Match:
    """Compare a reference with a work."""
    return Match(record, _titles(reference, record), _authors(reference, record), _years(reference, record))


def _titles(reference: Reference, record: Record) -> float:
    work = title_key(record.title)
    if work is None:
        return 0.0
    whole = f"{work} {folded(record.subtitle)}" if record.subtitle else work
    said = folded(reference.title) if reference.title else ""
    ratios = [_alike(said, one) for one in {work, whole}] if said else [0.0]
    if not reference.is_parted and len(work.split()) >= 4 and work in folded(reference.written):
        ratios.append(1.0)
    return max(ratios)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    mine, theirs = one.split(), other.split()
    shorter, longer = sorted((mine, theirs), key=len)
    if len(shorter) >= _LONG_TITLE and longer[: len(shorter)] == shorter:
        return 0.95  # a subtitle that one of them leaves out
    common = len(set(mine) & set(theirs)) / max(len(set(mine) | set(theirs)), 1)
    return min(SequenceMatcher(None, one, other, autojunk=False).ratio(), (common + 1) / 2) if common > 0.4 else common


def _authors(reference: Reference, record: Record) -> bool | None:
    """Tell whether the first author agrees, or most of those named do."""
    if not record.authors:
        return None
    known = [families(one) for one in record.authors]
    if not reference.is_parted:
        written = f" {folded(reference.written)} "
        if any(f" {name} " in written for name in known[0] if len(name) > 1):
            return True
        if not reference.authors:
            return None
    if not reference.authors:
        return None
    said = [folded(one) for one in reference.authors]
    first = any(_named(said[0], names) for names in known) or any(_named(one, known[0]) for one in said)
    return first and not _mostly_unknown(said, known)


def _mostly_unknown(said: Sequence[str], known: Sequence[frozenset[str]]) -> bool:
    """Tell whether less than half of the names said are of the work, when there are several of both."""
    if len(said) < 2:
        return False
    right = sum(any(_named(one, names) for names in known) for one in said)
    return right * 2 < len(said)


def _named(said: str, names: frozenset[str]) -> bool:
    words = said.split()
    return any(name and (name == said or name in words or said in name.split() or _ends(words, name)) for name in names)


def _ends(words: Sequence[str], name: str) -> bool:
    parts = name.split()
    return list(words[-len(parts) :]) == parts or list(words[: len(parts)]) == parts


def _years(reference: Reference, record: Record) -> bool | None:
    if record.year is None or not reference.years:
        return None
    return record.year in (reference.years[:1] if reference.is_parted else reference.years)
