"""The pieces of a segment while a format finds them: words, tags that open and close, what must stay.

Tags that do not answer each other inside the segment are fixed pieces. What stands at its ends and need not move
(blanks, images, a style of the whole) is left out of the segment: a model has less to carry.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from chatelet.documents.rebuilding.contract import Piece

BLANK: Final = " \t\r\n\f"
_Kind = Literal["text", "open", "close", "fixed"]


@dataclass(slots=True)
class Run:
    """A piece and where it stands in the source."""

    piece: Piece
    start: int
    end: int
    instead: str = ""  # what is written for it when other words stand around, if not what the source has


@dataclass(slots=True)
class _Found:
    kind: _Kind
    start: int
    end: int
    text: str = ""  # words, what is shown of a fixed piece, the name of a tag
    pair: int = -1
    instead: str = ""


@dataclass(slots=True)
class Pieces:
    """What was found of a segment, in the order of the source."""

    _found: list[_Found] = field(default_factory=list[_Found])
    _opened: list[int] = field(default_factory=list[int])

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def opened(self) -> str:
        """The name of the tag that was opened last and not closed, empty when there is none."""
        return self._found[self._opened[-1]].text if self._opened else ""

    def is_open(self, name: str) -> bool:
        """Tell whether a tag of this name was opened and not closed."""
        return any(self._found[place].text == name for place in self._opened)

    def text(self, text: str, start: int, end: int) -> None:
        """Add words; those that follow others at once join them."""
        last = self._found[-1] if self._found else None
        if last is not None and last.kind == "text" and last.end == start:
            last.text += text
            last.end = end
        elif text:
            self._found.append(_Found("text", start, end, text))

    def fixed(self, shown: str, start: int, end: int) -> None:
        """Add what must stay."""
        self._found.append(_Found("fixed", start, end, shown))

    def open(self, name: str, start: int, end: int) -> None:
        """Add a tag that begins a style; a fixed piece, should it never end here."""
        self._opened.append(len(self._found))
        self._found.append(_Found("open", start, end, name))

    def close(self, name: str, start: int, end: int, instead: str = "") -> None:
        """Add the tag that ends a style; those left open inside it are fixed pieces."""
        depth = len(self._opened) - 1
        while depth >= 0 and self._found[self._opened[depth]].text != name:
            depth -= 1
        tag = _Found("close", start, end, name, instead=instead)
        if depth >= 0:
            tag.pair = self._opened[depth]
            self._found[tag.pair].pair = len(self._found)
            del self._opened[depth:]
        self._found.append(tag)

    def taken(self, source: str) -> list[Run]:
        """Return the pieces that move, numbered, and begin again with none."""
        found = self._found
        self._found, self._opened = [], []
        first, last = _bounds(found)
        runs: list[Run] = []
        numbers: dict[int, int] = {}
        for place in range(first, last):
            one = found[place]
            if one.kind == "text":
                runs.append(Run(Piece("text", one.text), one.start, one.end))
                continue
            pair = min(place, one.pair) if one.pair >= 0 else place
            number = numbers.setdefault(pair, len(numbers) + 1)
            kind, shown = ("fixed", one.text if one.kind == "fixed" else "") if one.pair < 0 else (one.kind, "")
            runs.append(Run(Piece(kind, shown, number), one.start, one.end, one.instead))
        _leave_blanks(runs, source)
        return runs


def has_words(runs: Iterable[Run]) -> bool:
    """Tell whether there is something to translate: a letter."""
    return any(run.piece.kind == "text" and any(map(str.isalpha, run.piece.text)) for run in runs)


def _bounds(found: list[_Found]) -> tuple[int, int]:
    """Return where the pieces that move begin and end."""
    first, last = 0, len(found)
    while first < last:
        after, before = _past(found, first, 1), _past(found, last - 1, -1)
        if after is not None:
            first = after + 1
        elif before is not None:
            last = before
        elif found[first].pair == last - 1:
            first, last = first + 1, last - 1
        else:
            break
    return first, last


def _past(found: list[_Found], place: int, step: int) -> int | None:
    """Return the last place of a piece that may stay outside, with the style that it begins when that has no words."""
    one = found[place]
    if _is_still(one):
        return place
    if one.pair < 0 or (one.pair - place) * step < 0:
        return None
    between = found[place + 1 : one.pair] if step > 0 else found[one.pair + 1 : place]
    return one.pair if all(inner.kind != "text" or _is_still(inner) for inner in between) else None


def _is_still(one: _Found) -> bool:
    return not one.text.strip(BLANK) if one.kind == "text" else one.pair < 0


def _leave_blanks(runs: list[Run], source: str) -> None:
    """Leave the blanks at both ends out of the segment, and of its place."""
    if runs and runs[0].piece.kind == "text":
        first = runs[0]
        first.piece = _with(first.piece, first.piece.text.lstrip(BLANK))
        while first.start < first.end and source[first.start] in BLANK:
            first.start += 1
    if runs and runs[-1].piece.kind == "text":
        last = runs[-1]
        last.piece = _with(last.piece, last.piece.text.rstrip(BLANK))
        while last.end > last.start and source[last.end - 1] in BLANK:
            last.end -= 1


def _with(piece: Piece, text: str) -> Piece:
    """Return a piece with other words."""
    return Piece(piece.kind, text, piece.number)
