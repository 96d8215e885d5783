"""Entries of a bibliography out of the lines of a page, by what shows where one begins.

    numbers that follow one another · a hanging indent (the first line sticks out) · a wider gap · a line that begins
    with a name after one that ended

Lines are the words of the reader, by their boxes: from left to right, and down.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from chatelet.connectors.scholarly.references import extraction
from chatelet.documents.parsing.document import Block, Page, ParsedDocument, Word

_INDENT: Final = 4.0  # points: less is a ragged scan
_WIDEST_INDENT: Final = 80.0
_COLUMN: Final = 110.0
_GAP: Final = 1.3  # times the usual distance between two lines
_BEGINS: Final = re.compile(
    r"(?:(?:[dlDL]['’]|(?:van|von|der|den|de|du|la|le|Le|La|De|Van|Von|El|Al|Ben)[ -]))*[A-ZÀ-ÖØ-Þ][\w'’‐-]+"
    r"(?:[ -][A-ZÀ-ÖØ-Þ][\w'’‐-]+){0,2}(?:,? [A-ZÀ-ÖØ-Þ]{1,3}\b|, [A-ZÀ-ÖØ-Þ][a-zà-ÿ]+[,. ])"
    r"|(?:[A-ZÀ-ÖØ-Þ]\.[ -]?){1,3}(?:[a-z]{2,3} )?[A-ZÀ-ÖØ-Þ][\w'’-]+"
)
_DATED: Final = re.compile(r"\b(?:1[4-9]|20)\d{2}|\b[sn]\. ?d\.|10\.\d{4,9}/")
_ENDED: Final = re.compile(r"(?:[.)\]»”]|\d|/\S+)$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    height: float
    page: int
    column: int = 0


def entries(document: ParsedDocument, blocks: Sequence[Block]) -> list[str]:
    """Return the entries of a list that stands in these blocks."""
    lines = _in_columns(_lines(document, blocks))
    if not lines:
        return []
    starts = _by_number(lines) or _by_indent(lines) or _by_look(lines)
    cuts = sorted({0, *starts})
    pieces = [lines[one:after] for one, after in zip(cuts, [*cuts[1:], len(lines)], strict=True)]
    return [extraction.unbroken([line.text for line in piece]) for piece in pieces if piece]


def _lines(document: ParsedDocument, blocks: Sequence[Block]) -> list[_Line]:
    found: list[_Line] = []
    for page in document.pages:
        for block in blocks:
            if block.start < page.end and block.end > page.start:
                found += _lines_of(document.text, page, block)
    return found


def _lines_of(text: str, page: Page, block: Block) -> list[_Line]:
    rows: list[list[int]] = []
    words = page.words
    for at, word in enumerate(words):
        if not block.start <= word.start < block.end:
            continue
        before = words[rows[-1][-1]] if rows else None
        beside = before is not None and word.left >= before.left and _overlap(before, word) > 0.4
        if beside:
            rows[-1].append(at)
        else:
            rows.append([at])
    lines: list[_Line] = []
    for row in rows:
        first, last = words[row[0]], words[row[-1]]
        said = " ".join(text[first.start : last.end].split())
        lines.append(_Line(said, first.left, last.right, first.top, first.bottom - first.top, page.number))
    return lines


def _overlap(one: Word, other: Word) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(1.0, min(one.bottom - one.top, other.bottom - other.top))


def _in_columns(lines: Sequence[_Line]) -> list[_Line]:
    """Tell the columns of each page apart by where their lines begin."""
    placed: list[_Line] = []
    for page in dict.fromkeys(line.page for line in lines):
        own = [line for line in lines if line.page == page]
        edges: list[float] = []
        for left in sorted(line.left for line in own):
            if not edges or left - edges[-1] > _COLUMN:
                edges.append(left)
        for line in own:
            column = max(at for at, edge in enumerate(edges) if line.left >= edge)
            placed.append(_Line(line.text, line.left, line.right, line.top, line.height, page, column))
    return placed


def _by_number(lines: Sequence[_Line]) -> list[int]:
    """Return the lines whose numbers follow one another; none unless there are several."""
    starts: list[int] = []
    expected = next((n for line in lines if (n := extraction.number_of(line.text)) is not None), None)
    for at, line in enumerate(lines):
        if expected is not None and extraction.number_of(line.text) == expected:
            starts.append(at)
            expected += 1
    return starts if len(starts) >= 2 and starts[0] == 0 else []


def _by_indent(lines: Sequence[_Line]) -> list[int]:
    """Return the lines that stick out, or that stand in: whichever begin with a name more often."""
    bases = {key: min(one.left for one in lines if (one.page, one.column) == key) for key in _keys(lines)}
    inside = [line.left - bases[line.page, line.column] > _INDENT for line in lines]
    shifts = [
        line.left - bases[line.page, line.column] for line, is_in in zip(lines, inside, strict=True) if is_in
    ]  # fmt: skip
    if not shifts or max(shifts) > _WIDEST_INDENT:
        return []
    out = [at for at, is_in in enumerate(inside) if not is_in]
    into = [at for at, is_in in enumerate(inside) if is_in]
    best = max((out, into), key=lambda some: _share(lines, some))
    return best if _share(lines, best) >= 0.5 else []


def _share(lines: Sequence[_Line], places: Sequence[int]) -> float:
    return sum(_BEGINS.match(lines[at].text) is not None for at in places) / max(1, len(places))


def _by_look(lines: Sequence[_Line]) -> list[int]:
    """Return the lines after a wider gap; without gaps, those that begin with a name after one that ended."""
    steps = [_step(before, line) for before, line in pairwise(lines)]
    known = [step for step in steps if step is not None]
    usual = median(known) if known else 0.0
    closest = min(known, default=0.0)
    wide = [at for at, step in enumerate(steps, 1) if step is not None and step > _GAP * closest and closest > 0]
    if wide and usual and _share(lines, wide) >= 0.5:
        turned = [at for at, step in enumerate(steps, 1) if step is None and _looks(lines, at)]
        return sorted({*wide, *turned})
    found = [0]
    for at in range(1, len(lines)):
        said = " ".join(line.text for line in lines[found[-1] : at])
        if _looks(lines, at) and _DATED.search(said):
            found.append(at)
    return found


def _looks(lines: Sequence[_Line], at: int) -> bool:
    return _BEGINS.match(lines[at].text) is not None and _ENDED.search(lines[at - 1].text) is not None


def _step(before: _Line, line: _Line) -> float | None:
    """Return how far down a line is from the one before, None across columns and pages."""
    same = (before.page, before.column) == (line.page, line.column)
    return line.top - before.top if same and line.top > before.top else None


def _keys(lines: Sequence[_Line]) -> set[tuple[int, int]]:
    return {(line.page, line.column) for line in lines}
