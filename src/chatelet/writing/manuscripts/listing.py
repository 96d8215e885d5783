"""Where the list of references of a document is, and its entries: a block each, or lines of a page put together.

A word processor gives a paragraph an entry. A PDF gives paragraphs that the reader joined by their look, which says
little of a bibliography: there the lines are gathered again from the boxes of their words (`pages`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.connectors.scholarly.references import extraction
from chatelet.documents.parsing.document import ASIDE, Block, BlockKind, ParsedDocument
from chatelet.writing.manuscripts import pages

_HEADINGS: Final = frozenset({BlockKind.HEADING, BlockKind.TITLE})
_LONGEST_HEADING: Final = 60


@dataclass(frozen=True, slots=True)
class Parted:
    """The body of a document, its paragraphs apart, and the entries of its list. Without heading: its footnotes."""

    body: str
    entries: tuple[str, ...]
    has_heading: bool


def part(document: ParsedDocument) -> Parted:
    """Part a document."""
    blocks = [one for one in document.blocks if one.kind not in ASIDE and not one.hidden]
    at = _heading(document.text, blocks)
    if at is None:
        notes = [_said(document.text, one) for one in document.blocks if one.kind is BlockKind.FOOTNOTE]
        return Parted(_joined(document.text, blocks), tuple(notes), has_heading=False)
    end = _end(document.text, blocks, at)
    listed = blocks[at + 1 : end]
    first, rest = _split_heading(_said(document.text, blocks[at]))
    body = _joined(document.text, [*blocks[:at], *blocks[end:]])
    has_boxes = any(page.words for page in document.pages)
    entries = pages.entries(document, listed) if has_boxes and listed else _entries(document.text, listed)
    return Parted(f"{first}\n{body}" if first else body, (*rest, *entries), has_heading=True)


def _heading(text: str, blocks: Sequence[Block]) -> int | None:
    """Return the place of the last heading of a bibliography, whatever its style; a contents line has more in it."""
    return next(
        (at for at in range(len(blocks) - 1, -1, -1) if extraction.heads_list(_said(text, blocks[at]).split("\n")[0])),
        None,
    )


def _split_heading(said: str) -> tuple[str, tuple[str, ...]]:
    """Give what stands in the block of the heading, under it."""
    lines = said.split("\n")
    return "", tuple(line for line in lines[1:] if line.strip())


def _end(text: str, blocks: Sequence[Block], at: int) -> int:
    """Return where the list ends: a heading as high as its own, or one of what follows bibliographies."""
    own = blocks[at]
    for place in range(at + 1, len(blocks)):
        one, said = blocks[place], _said(text, blocks[place])
        if len(said) > _LONGEST_HEADING:
            continue
        higher = one.kind in _HEADINGS and own.kind in _HEADINGS and one.level <= own.level
        if extraction.ends_list(said) or (higher and extraction.number_of(said) is None):
            return place
    return len(blocks)


def _entries(text: str, blocks: Iterable[Block]) -> list[str]:
    found: list[str] = []
    for one in blocks:
        said = _said(text, one)
        if one.kind is BlockKind.TABLE:  # a word processor's own list: a number, an entry
            found += [" ".join(line.split(" | ")) for line in said.split("\n")]
        elif one.kind not in _HEADINGS:
            found += extraction.gathered(said)
    return found


def _joined(text: str, blocks: Iterable[Block]) -> str:
    return "\n".join(_said(text, one) for one in blocks)


def _said(text: str, block: Block) -> str:
    return text[block.start : block.end]
