"""What the human must still check beside a draft, by code: what stands out, and whether the person had given it.

    draft -> spots (rules) + figures -> each against what was given and what the template says -> findings, in order

Nothing here says that a draft is right: it says where to look, and first what came from nowhere.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chatelet.kernel.text import fold
from chatelet.writing.drafting.spotting import Kind, Language, Spot, spots
from chatelet.writing.figures import Figure, figures_of

_FIGURE_KINDS: Final = frozenset({"amount", "date", "reference"})
_MOST: Final = 400
_LONGEST: Final = 240


class Finding(msgspec.Struct, frozen=True):
    """A stretch to check. `given`: its words or figures were in what the person gave, or in the template."""

    kind: Kind
    start: int
    end: int
    words: str
    given: bool


def review(text: str, given: Sequence[str], template: str, language: Language) -> list[Finding]:
    """Return what to check of a draft, in reading order; positions count code points."""
    known = _Known("\n".join((*given, template)))
    template_words = f" {_words(template)} "
    found: list[Finding] = []
    standing = spots(text, language)
    for spot in standing:
        words = text[spot.start : spot.end]
        if spot.kind == "name" and f" {_words(words)} " in template_words:
            continue
        found.append(_finding(spot, words, is_given=known.holds(spot.kind, words)))
    found += [_finding(spot, text[spot.start : spot.end], is_given=False) for spot in _figures(text, standing, known)]
    return sorted(found, key=lambda one: (one.start, one.end))[:_MOST]


def _finding(spot: Spot, words: str, *, is_given: bool) -> Finding:
    shown = " ".join(words.split())
    shown = shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
    return Finding(spot.kind, spot.start, spot.end, shown, is_given)


class _Known:
    """What the person and the template said: the words, the values of the figures."""

    def __init__(self, text: str) -> None:
        self._words = f" {_words(text)} "
        self._values: set[str] = set()
        for figure in figures_of(text):
            self._values |= figure.values
        for figure in figures_of(re.sub(r"(\d)[/.-](?=\d)", r"\1 , ", text)):  # the days and months of a date
            self._values |= figure.values

    def holds(self, kind: Kind, words: str) -> bool:
        """Tell whether these words were given; of an amount or a date, whether its figures were."""
        if kind in {"empty", "promise"}:
            return f" {_words(words)} " in self._words
        if f" {_words(words)} " in self._words:
            return True
        if kind in _FIGURE_KINDS:
            figures = figures_of(words)
            return bool(figures) and kind != "reference" and all(self.has(figure) for figure in figures)
        return kind == "name" and all(f" {word} " in self._words for word in _words(words).split())

    def has(self, figure: Figure) -> bool:
        """Tell whether a figure was given, whatever its writing."""
        return bool(figure.values & self._values)


def _figures(text: str, standing: Sequence[Spot], known: _Known) -> Iterator[Spot]:
    """Yield the figures that nobody gave, but for those of an amount, a date or a reference, already there."""
    taken = bytearray(len(text))
    for spot in standing:
        if spot.kind in _FIGURE_KINDS or spot.kind == "empty":
            taken[spot.start : spot.end] = b"\x01" * (spot.end - spot.start)
    for match in re.finditer(r"^[ \t]*(?:#+[ \t]*)?\d{1,3}[.)](?=\s)", text, re.MULTILINE):  # numbers of a list
        taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    place = 0
    for figure in figures_of(text):
        start = text.find(figure.written, place)
        if start < 0:
            continue
        place = start + len(figure.written)
        if not any(taken[start:place]) and not known.has(figure):
            yield Spot(start, place, "figure")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
