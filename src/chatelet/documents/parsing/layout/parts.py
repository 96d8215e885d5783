"""The parts of a page: lines gathered into paragraphs, items, code, and what each of them looks like."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.layout.columns import Region
from chatelet.documents.parsing.layout.lines import Run, lines

_MARKER = re.compile(
    r"^(?:[•●◦▪■□‣⁃∙·➢➔►✓✔❖◆○\uf0b7\uf0a7\uf0d8-]|[–—]|\(?(?:\d{1,3}[.)°]|[a-z][.)]|[A-Z]\)|[ivx]{1,5}[.)])|\([a-z0-9]{1,3}\))$"
)
_LEADERS = re.compile(r"(?:[.…_·]\s?){5,}\s*[\divxl]{0,5}$")
_ENDED = re.compile(r"[.!?…:;][\"”»)\]’]*\d{0,3}$")
_STRONG_END = re.compile(r"[.!?…:][\"”»)\]’]*\d{0,3}$")


@dataclass
class Part:
    """A block before it has its place in the text. `grid` holds a table's cells; `words` is all that is shown of it."""

    kind: BlockKind
    lines: list[Run]
    page: int
    level: int = 0
    hidden: bool = False
    author: str | None = None
    written: str | None = None  # what has no words on the page: a comment, the value of a field
    grid: "Grid | None" = None
    region: tuple[float, float] = (0.0, 0.0)
    goes_on: bool = False  # overleaf
    continued: bool = False  # from the page before

    @property
    def size(self) -> float:
        """The size of most of its writing."""
        return (
            max((line.size for line in self.lines), default=0.0)
            if len(self.lines) < 3
            else median(line.size for line in self.lines)
        )

    @property
    def characters(self) -> int:
        """How many characters it has."""
        return sum(line.characters for line in self.lines)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def mono(self) -> bool:
        """Whether all of it has letters of one width."""
        return bool(self.lines) and all(line.mono for line in self.lines)

    @property
    def text(self) -> str:
        """Its characters, lines joined by spaces: to look at, not what is written in the document's text."""
        return " ".join(line.text for line in self.lines)

    @property
    def top(self) -> float:
        """Where it begins."""
        return min((line.top for line in self.lines), default=0.0)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max((line.bottom for line in self.lines), default=0.0)


@dataclass
class GridCell:
    """A cell before it has its place in the text."""

    row: int
    column: int
    lines: list[Run]
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass
class Grid:
    """A table's cells, and the frame they fill."""

    cells: list[GridCell] = field(default_factory=list[GridCell])
    rows: int = 0
    columns: int = 0


def marker(line: Run) -> bool:
    """Tell whether a line begins like an item of a list."""
    return len(line.words) > 1 and bool(_MARKER.match(line.words[0].text))


def ended(text: str, *, strongly: bool = False) -> bool:
    """Tell whether a text ends like a sentence."""
    return bool((_STRONG_END if strongly else _ENDED).search(text))


def parts(region: Region, page: int) -> list[Part]:
    """Return the paragraphs of a single column."""
    found = lines(region.runs)
    if not found:
        return []
    leading = _leading(found)
    result: list[list[Run]] = [[found[0]]]
    for index in range(1, len(found)):
        after = found[index + 1] if index + 1 < len(found) else None
        if _begins(result[-1], found[index], after, leading, region):
            result.append([found[index]])
        else:
            result[-1].append(found[index])
    return [Part(_kind(group), group, page, region=(region.left, region.right)) for group in result]


def _leading(found: Sequence[Run]) -> float:
    steps = [b.top - a.top for a, b in itertools.pairwise(found) if 0 < b.top - a.top < 2.2 * a.size]
    return median(steps) if steps else 1.2 * found[0].size


def _kind(group: list[Run]) -> BlockKind:
    if all(line.mono for line in group):
        return BlockKind.CODE
    return BlockKind.LIST_ITEM if marker(group[0]) else BlockKind.PARAGRAPH


def _begins(before: list[Run], line: Run, after: Run | None, leading: float, region: Region) -> bool:
    """Tell whether a line begins a new paragraph."""
    last = before[-1]
    size = max(last.size, line.size)
    step = line.top - last.top
    if last.mono != line.mono:
        return True
    if step > leading + 0.28 * size or step < -size:
        return not (line.mono and step < 3.5 * leading)
    if abs(last.size - line.size) > 0.08 * size and min(last.characters, line.characters) > 3 and _unlike(last, line):
        return True
    if _LEADERS.search(last.text):
        return True
    if line.mono:
        return False
    if last.bold != line.bold and (line.bold or len(before) == 1):
        return _whole_bold_break(last, line, region)
    if marker(line):
        return True
    return _indented(before, line, after, region, size) or _short(last, line, region, size)


def _whole_bold_break(last: Run, line: Run, region: Region) -> bool:
    """Bold to plain is a break unless the bold line fills its column: then its first words only are bold."""
    return line.bold or last.right < region.right - 0.12 * (region.right - region.left) or ended(last.text)


def _indented(before: list[Run], line: Run, after: Run | None, region: Region, size: float) -> bool:
    """Tell whether a line is set in as the first of a paragraph."""
    last = before[-1]
    if marker(before[0]) and line.left > before[0].left - 0.3 * size:
        return line.left < before[0].left + 0.3 * size and ended(last.text, strongly=True)
    inward = line.left - last.left
    if marker(before[0]) and line.left < before[0].left - 0.7 * size:
        return True
    if inward < 0.7 * size or _centred(line, region):
        return False
    if after is not None and after.left < line.left - 0.7 * size:
        return True
    return len(before) > 1 and ended(last.text)


def _short(last: Run, line: Run, region: Region, size: float) -> bool:
    """Tell whether the line before ends a paragraph, by ending far from the column's edge with an end of sentence."""
    if _centred(last, region) and _centred(line, region):
        return False
    room = region.right - last.right
    first = line.words[0]
    if room > first.right - first.left + 0.6 * size and ended(last.text):
        return room > 0.15 * (region.right - region.left)
    return room > 0.5 * (region.right - region.left) and not line.text[:1].islower()


def _centred(line: Run, region: Region) -> bool:
    left, right = line.left - region.left, region.right - line.right
    return left > line.size and abs(left - right) < 0.15 * (region.right - region.left)


def _unlike(last: Run, line: Run) -> bool:
    """Tell whether two lines share no size: small capitals within a sentence are no break."""
    sizes = {round(word.size) for word in last.words}
    return all(round(word.size) not in sizes for word in line.words)
