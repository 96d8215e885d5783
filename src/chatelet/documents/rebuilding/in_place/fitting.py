"""Other words on the lines of a paragraph: at its size, else smaller by steps, else on lines free under it.

Never smaller than `SMALLEST` points, nor than `LEAST` of what it was: what does not fit then stays in its language.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from chatelet.documents.rebuilding.in_place.areas import Area
from chatelet.documents.rebuilding.in_place.fonts import measure
from chatelet.documents.rebuilding.in_place.survey import Box, Look

SMALLEST: Final = 6.0  # points
LEAST: Final = 0.7  # of the size
_SAME_BOX: Final = (1.0, 0.97, 0.94, 0.91)
_MORE_LINES: Final = (1.0, 0.95, 0.91, 0.87, 0.83, 0.79, 0.75, LEAST)
_STRETCHED: Final = 0.6  # of the size: a wider blank is not made to fill a line
_CUTS: Final = re.compile(r"(?<=\w)[/\-_.?&=%@]+(?=\w)|(?<=//)(?=\w)")  # where an address is cut
_OFF_SIZE: Final = 0.65  # of the size: letters that are raised or lowered
_RISES: Final = {0: 0.0, 1: 0.35, -1: -0.15}  # of the size
_SLACK: Final = 0.75  # points that a line may run over: metrics differ a little


class Face(NamedTuple):
    """A font, and whether what is written in it is `off` the line: 1 raised, -1 lowered, both smaller."""

    font: str
    off: int = 0

    def size(self, size: float) -> float:
        """Return how large it is, in points, among letters of `size`."""
        return size * _OFF_SIZE if self.off else size

    def rise(self, size: float) -> float:
        """Return how far it stands from the line, in points, among letters of `size`."""
        return size * _RISES[self.off]


Letters = tuple[Face, str]  # a face, what is written in it
Word = tuple[Letters, ...]  # without blanks; of several fonts where a style ends within


@dataclass(frozen=True, slots=True)
class Set:
    """A line set: where its base line begins, its words with their fonts, what is added to each blank."""

    page: int
    x: float
    base: float
    runs: tuple[Letters, ...]
    stretch: float
    box: Box


@dataclass(frozen=True, slots=True)
class Fitted:
    """A paragraph set, and how."""

    size: float
    look: Look
    lines: tuple[Set, ...]


@dataclass(slots=True)
class _Try:
    """One way: a size, lines more or not."""

    size: float
    scale: float
    with_more: bool
    face: Face  # of blanks
    measures: dict[Face, Callable[[str], float]] = field(default_factory=dict[Face, Callable[[str], float]])

    def width(self, word: Word) -> float:
        """Return how wide a word is, in points."""
        return sum(self._measure(face)(text) for face, text in word)

    def _measure(self, face: Face) -> Callable[[str], float]:
        if face not in self.measures:
            self.measures[face] = measure(face.font, face.size(self.size))
        return self.measures[face]


def fit(written: Sequence[Letters], areas: Sequence[Area], look: Look) -> Fitted | None:
    """Return the words set, or none when they do not fit; the first font is that of the blanks."""
    words = list(_words(written))
    ways = [(scale, False) for scale in _SAME_BOX] + [(scale, True) for scale in _MORE_LINES]
    for scale, with_more in ways:
        size = round(look.size * scale, 2)
        if scale < 1 and size < SMALLEST:
            continue
        found = _set(words, areas, _Try(size, scale, with_more, written[0][0]))
        if found is not None:
            return Fitted(size, look, tuple(found))
    return None


def _words(written: Sequence[Letters]) -> Iterator[Word]:
    """Yield the words of a text whose stretches have their fonts."""
    word: list[Letters] = []
    for font, text in written:
        for place, part in enumerate(text.split(" ")):
            if place and word:
                yield tuple(word)
                word = []
            if part:
                word.append((font, part))
    if word:
        yield tuple(word)


def _runs(words: Sequence[Word], blank: Face) -> tuple[Letters, ...]:
    """Return a line as stretches of one font each; blanks are of the paragraph's own."""
    runs: list[Letters] = []
    for place, word in enumerate(words):
        for font, text in (*(((blank, " "),) if place else ()), *word):
            if runs and runs[-1][0] == font:
                runs[-1] = font, runs[-1][1] + text
            else:
                runs.append((font, text))
    return tuple(runs)


def _set(words: Sequence[Word], areas: Sequence[Area], way: _Try) -> list[Set] | None:
    done: list[Set] = []
    words = list(words)
    place = 0
    for rank, area in enumerate(areas):
        is_alone = len(area.lines) == 1
        for line in range(_capacity(area, way)):
            if place == len(words):
                return done
            indent = area.indent if rank == 0 and line == 0 and area.align in {"left", "justify"} else 0.0
            left, right = _span(area, is_alone=is_alone)
            room = right - left - indent + _SLACK
            _cut(words, place, room, way)
            taken, width = _taken(words, place, room, way)
            if not taken:
                return None
            is_last = place + taken == len(words)
            run = words[place : place + taken]
            base = area.lines[0].base + line * _leading(area, way)
            done.append(_placed(area, (left + indent, right), base, run, width, way, is_last=is_last))
            place += taken
    return done if place == len(words) else None


def _leading(area: Area, way: _Try) -> float:
    return area.leading * way.scale


def _capacity(area: Area, way: _Try) -> int:
    height = area.lines[-1].base - area.lines[0].base + (area.more * area.leading if way.with_more else 0)
    return 1 + int((height + 0.15 * area.leading) / _leading(area, way))


def _span(area: Area, *, is_alone: bool) -> tuple[float, float]:
    """Return from where to where a line may run: the box; for a line alone, the room it has as it is aligned."""
    if not is_alone:
        return area.left, area.right
    first, last = area.room
    match area.align:
        case "centre":
            half = min((area.left + area.right) / 2 - first, last - (area.left + area.right) / 2)
            return (area.left + area.right) / 2 - half, (area.left + area.right) / 2 + half
        case "right":
            return first, area.right
        case _:
            return area.left, last


def _cut(words: list[Word], place: int, room: float, way: _Try) -> None:
    """Cut an address that is longer than a line, where such are cut; words are never."""
    if len(words[place]) > 1 or way.width(words[place]) <= room:
        return
    [(font, word)] = words[place]
    cuts = [match.end() for match in _CUTS.finditer(word) if way.width(((font, word[: match.end()]),)) <= room]
    if cuts and cuts[-1] < len(word):
        words[place : place + 1] = [((font, word[: cuts[-1]]),), ((font, word[cuts[-1] :]),)]


def _taken(words: Sequence[Word], place: int, room: float, way: _Try) -> tuple[int, float]:
    """Return how many words stand on a line, and how wide they are."""
    blank = way.width(((way.face, " "),))
    width = 0.0
    taken = 0
    for word in words[place:]:
        more = way.width(word) + (blank if taken else 0)
        if width + more > room:
            break
        width += more
        taken += 1
    return taken, width


def _placed(
    area: Area, span: tuple[float, float], base: float, run: Sequence[Word], width: float, way: _Try, *, is_last: bool
) -> Set:
    left, right = span
    x, stretch = left, 0.0
    blanks = len(run) - 1
    if area.align == "right":
        x = right - width
    elif area.align == "centre":
        x = (left + right - width) / 2
    elif width > right - left:
        stretch = (right - left - width) / blanks if blanks else 0.0
    elif area.align == "justify" and not is_last and blanks:
        wanted = (right - left - width) / blanks
        stretch = wanted if wanted <= _STRETCHED * way.size else 0.0
    box = x, base - 0.8 * way.size, x + width + stretch * blanks, base + 0.22 * way.size
    return Set(area.page, x, base, _runs(run, way.face), stretch, box)
