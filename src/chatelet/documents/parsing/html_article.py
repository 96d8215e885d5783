"""The article of a page of the web: trafilatura finds its text, and what of the page is not in it is left out.

The page is still written by `html_text`: its headings, tables and hidden text are what they are, and quotations are
positions in that text. An uploaded page is not read so: there, nothing that was said may be missing.
"""

import contextlib
import re
from collections.abc import Iterator
from importlib import import_module

from selectolax.lexbor import LexborNode

from chatelet.documents.parsing.html_text import INLINE, SILENT, is_unseen

_LIBRARY = "trafilatura"  # imported only where pages of the web are read
_LEAST = 140  # characters of an article; below, the page is something else, and is read as any page
_SHARE = 0.5  # of the article that must be found again in the page
_NOT_WORDS = re.compile(r"[\W_]+")
_HOLDS_BLOCKS = "table, p, div, h1, h2, h3, ul, ol"


def warm() -> None:
    """Import the library, which takes longer than a page."""
    import_module(_LIBRARY)


def article_of(text: str) -> str:
    """Return the letters and digits of a page's article, nothing between them; empty when none is found."""
    with contextlib.suppress(Exception):  # whatever a page makes the library do, it is read as any page
        found: str | None = import_module(_LIBRARY).extract(text, fast=True, include_comments=False)
        return _bare(found or "")
    return ""


def outside(article: str, root: LexborNode, hidden: frozenset[str]) -> frozenset[int] | None:
    """Return the elements of `root` that are not of the article, by identity; None when it is hardly there."""
    if len(article) < _LEAST:
        return None
    left_out: set[int] = set()
    kept = 0
    for block in _innermost(root, hidden):
        words = _bare(block.text(deep=True) or "")
        if _is_in(article, words, block):
            kept += len(words)
        else:
            left_out.add(block.mem_id)
    return frozenset(left_out) if kept >= _SHARE * len(article) else None


def _is_in(article: str, words: str, block: LexborNode) -> bool:
    if words in article:
        return True
    if block.tag != "table":
        return False
    cells = [_bare(cell.text(deep=True) or "") for cell in block.css("td, th")]
    return sum(len(cell) for cell in cells if cell in article) * 2 > len(words)


def _innermost(node: LexborNode, hidden: frozenset[str]) -> Iterator[LexborNode]:
    """Give the blocks that hold no other, tables whole; none that is not seen: that is told, not left out."""
    for inner in node.iter():
        name = inner.tag or ""
        if name in SILENT or is_unseen(inner, hidden):
            continue
        if name == "table" and not inner.css_first(f":is({_HOLDS_BLOCKS}) :is({_HOLDS_BLOCKS})"):
            yield inner
            continue
        deeper = list(_innermost(inner, hidden))
        if deeper or name in INLINE:
            yield from deeper
        else:
            yield inner


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", text).casefold()
