"""A translation memory in memory: the very same text again, or one much like it, as a hint for the model.

Likeness is the share of three-letter groups in common (Dice), looked for among texts of about the same length that
share a rare group: a memory of 50,000 units answers in less than a millisecond.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from chatelet.kernel.text import fold
from chatelet.knowledge.sentences import sentences_of
from chatelet.writing.term_files import Unit

_NEAR: Final = 0.75
_LEAST: Final = 15  # characters: below, nearness says nothing
_LOOKED_AT: Final = 200


class TranslationMemory:
    """Units of two languages."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = list(units)
        self._exact = {" ".join(unit.source.split()): unit.target for unit in reversed(self._units)}
        self._groups = [_groups(unit.source) for unit in self._units]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, groups in enumerate(self._groups):
            for group in groups:
                self._holders[group].append(place)

    def __len__(self) -> int:
        return len(self._units)

    def exact(self, text: str) -> str | None:
        """Return the translation of the very same text."""
        return self._exact.get(" ".join(text.split()))

    def near(self, text: str) -> tuple[str, str] | None:
        """Return the text most like it, with its translation; else one of its sentences that was translated before."""
        return self._alike(text) or self._within(text)

    def _within(self, text: str) -> tuple[str, str] | None:
        said = [text[start:end].strip() for start, end in sentences_of(text)]
        found = next((one for one in said if self.exact(one) is not None), None)
        return None if found is None else (found, self._exact[" ".join(found.split())])

    def _alike(self, text: str) -> tuple[str, str] | None:
        groups = _groups(text)
        if len(text) < _LEAST or not groups:
            return None
        rare = sorted((len(self._holders[group]), group) for group in groups if group in self._holders)[:12]
        counted = Counter(place for _, group in rare for place in self._holders[group][:_LOOKED_AT])
        best, found = _NEAR, None
        for place, _ in counted.most_common(20):
            likeness = 2 * len(groups & self._groups[place]) / (len(groups) + len(self._groups[place]))
            if likeness >= best:
                best, found = likeness, self._units[place]
        return (found.source, found.target) if found else None


def _groups(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(folded[place : place + 3] for place in range(max(1, len(folded) - 2)))
