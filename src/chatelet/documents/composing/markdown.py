"""Reads the part of Markdown that documents are written in: headings, paragraphs, line breaks, lists, tables, bold.

What is not of that part stays as it is written: nothing is lost, nothing is interpreted (no HTML, no link fetched).
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.documents.composing.blocks import (
    Block,
    Grid,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Run,
    Words,
)

_HEADING: Final = re.compile(r"(#{1,4}) +(.+)")
_BULLET: Final = re.compile(r"[-*] +(.+)")
_NUMBER: Final = re.compile(r"\d{1,3}[.)] +(.+)")
_RULE: Final = re.compile(r":?-{3,}:?")
_STYLED: Final = re.compile(r"\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*")
PAGE_BREAK: Final = "\\pagebreak"


def read(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text."""
    return tuple(_blocks(text.splitlines()))


def inline(text: str) -> Words:
    """Return words with their bold and italic runs."""
    runs: list[Run] = []
    at = 0
    for found in _STYLED.finditer(text):
        if found.start() > at:
            runs.append(Run(text[at : found.start()]))
        bold, italic = found.groups()
        runs.append(Run(bold, bold=True) if bold is not None else Run(italic, italic=True))
        at = found.end()
    if at < len(text) or not runs:
        runs.append(Run(text[at:]))
    return tuple(runs)


def _blocks(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        taken, block = _block(lines, at)
        if block is not None:
            yield block
        at += taken


def _block(lines: list[str], at: int) -> tuple[int, Block | None]:
    line = lines[at].strip()
    if not line:
        return 1, None
    if line == PAGE_BREAK:
        return 1, PageBreak()
    if heading := _HEADING.fullmatch(line):
        return 1, Heading(len(heading[1]), inline(heading[2]))
    if _is_table(lines, at):
        return _table(lines, at)
    for pattern, ordered in ((_BULLET, False), (_NUMBER, True)):
        if pattern.fullmatch(line):
            return _items(lines, at, pattern, ordered=ordered)
    return _paragraph(lines, at)


def _is_table(lines: list[str], at: int) -> bool:
    if not lines[at].lstrip().startswith("|") or at + 1 >= len(lines):
        return False
    cells = _cells(lines[at + 1])
    return len(cells) == len(_cells(lines[at])) and all(_RULE.fullmatch(cell) for cell in cells)


def _table(lines: list[str], at: int) -> tuple[int, Block]:
    header = _cells(lines[at])
    end = at + 2
    while end < len(lines) and lines[end].lstrip().startswith("|"):
        end += 1
    rows = [(_cells(line) + [""] * len(header))[: len(header)] for line in lines[at + 2 : end]]
    grid = Grid(tuple(map(inline, header)), tuple(tuple(map(inline, row)) for row in rows))
    return end - at, grid


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _items(lines: list[str], at: int, pattern: re.Pattern[str], *, ordered: bool) -> tuple[int, Block]:
    items: list[str] = []
    end = at
    while end < len(lines) and lines[end].strip():
        if found := pattern.fullmatch(lines[end].strip()):
            items.append(found[1])
        elif lines[end].startswith(" "):
            items[-1] += " " + lines[end].strip()
        else:
            break
        end += 1
    return end - at, Items(tuple(map(inline, items)), ordered=ordered)


def _paragraph(lines: list[str], at: int) -> tuple[int, Block]:
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins_another(lines, end):
        end += 1
    broken = "".join(line.strip() + ("\n" if line.endswith("  ") else " ") for line in lines[at:end])
    return end - at, Paragraph(inline(broken.strip()))


def _begins_another(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    known = (_HEADING, _BULLET, _NUMBER)
    return line == PAGE_BREAK or _is_table(lines, at) or any(pattern.fullmatch(line) for pattern in known)
