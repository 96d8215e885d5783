"""The article of a page of the web: trafilatura finds its text, and what of the page is not in it is left out.

The page is still written by `html_text`: its headings, tables and hidden text are what they are, and quotations are
positions in that text. An uploaded page is not read so: there, nothing that was said may be missing.
"""

import contextlib
import re
import unicodedata
from dataclasses import dataclass, field
from importlib import import_module
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chatelet.documents.parsing.html_text import INLINE, SILENT, is_data, is_unseen

_LIBRARY = "trafilatura"  # imported only where pages of the web are read
_LARGEST = 1_000_000  # characters of HTML without its scripts; above, the search for an article costs too much
_MOST_SEARCHED = 1_000_000_000  # letters gone through for blocks that are not where they are expected
_LEAST = 140  # characters of an article; below, the page is something else, and is read as any page
_SHARE = 0.5  # of the article that must be found again in the page
_LITTLE = 3  # an article of less than one part in so many is not what the page is about
_NEAR = 60  # letters that the library may have left out between two parts of a block
_NOT_WORDS = re.compile(r"[\W_]+")
_AHEAD = 4_000  # letters: how far from the last block the next one is looked for first
_LONG = 40  # letters: a block that stands where it stands by no chance
_NOTES = {"doc-footnote", "doc-footnotes", "doc-endnote", "doc-endnotes"}
_NAMED_NOTE = re.compile(r"(?:^|[-_ ])(?:(?:foot|end)?notes?|references|fn|ftn|cite_note)(?:$|[-_ :\d])", re.IGNORECASE)


class Around(NamedTuple):
    """The elements that are not of the article (None: it is hardly there), and the letters of all that is shown."""

    left_out: frozenset[int] | None
    size: int


def warm() -> None:
    """Import the library, which takes longer than a page. Without it, pages are read as any page."""
    with contextlib.suppress(Exception):  # raised here, it would be the end of the reader of every file
        import_module(_LIBRARY)


def article_of(text: str, parser: LexborHTMLParser) -> str:
    """Return the letters and digits of a page's article, nothing between them; empty when none is found."""
    if len(text) > _LARGEST:
        scripts = sum(len(node.text() or "") for node in parser.css("script, style"))
        if len(text) - scripts > _LARGEST:
            return ""
    with contextlib.suppress(Exception):  # whatever a page makes the library do, it is read as any page
        found: str | None = import_module(_LIBRARY).extract(text, fast=True, include_comments=False)
        return _bare(found or "")
    return ""


def around(article: str, root: LexborNode, hidden: frozenset[str], skipped: frozenset[int]) -> Around:
    """Tell which elements of `root` are not of the article, by identity, none when the page is about more than it."""
    if len(article) < _LEAST:
        return Around(None, 0)
    page = _Page(article, hidden, skipped)
    page.look(root)
    blocks = page.blocks
    size = sum(one.size for one in blocks)
    if sum(one.size for one in blocks if one.is_found) < _SHARE * len(article):
        return Around(None, size)
    left = [one for one in blocks if not (one.is_found or one.is_kept)]
    rest = sum(one.size for one in left)
    if _LITTLE * (size - rest) < size and 2 * sum(one.linked for one in left) < rest:
        return Around(frozenset(), size)
    return Around(frozenset(one.identity for one in left), size)


@dataclass(slots=True)
class _Block:
    """A block that holds no other, or a table of data whole; sizes in letters and digits."""

    identity: int
    size: int
    linked: int
    is_found: bool
    is_kept: bool = False  # though it was not found

    @property
    def is_links(self) -> bool:
        return 2 * self.linked > self.size


@dataclass(slots=True)
class _Said:
    """What an element says outside the blocks it holds, cut where elements begin and end."""

    pieces: list[str] = field(default_factory=list[str])
    linked: int = 0


@dataclass(slots=True)
class _Page:
    """The blocks of a page in order, each looked for in the article from where the last was found."""

    article: str
    hidden: frozenset[str]
    skipped: frozenset[int]
    blocks: list[_Block] = field(default_factory=list[_Block])
    _cursor: int = 0
    _searched: int = 0
    _body: int = 0  # letters that are no note
    _found: int = 0
    _waiting: list[_Block] = field(default_factory=list[_Block])  # notes, nothing found around them yet

    def look(self, node: LexborNode, *, in_link: bool = False, is_note: bool = False) -> _Said:
        """Judge the blocks inside an element; return what it says itself, which is all when it holds no block."""
        said = _Said()
        body, found, waiting = self._body, self._found, len(self._waiting)
        articles: list[tuple[int, int]] = []
        for inner in node.iter(include_text=True):
            if inner.is_text_node:
                if piece := _bare(inner.text_content or ""):
                    said.pieces.append(piece)
                    said.linked += len(piece) if in_link else 0
            elif inner.is_element_node and inner.mem_id not in self.skipped:
                begins = len(self.blocks)
                self._inner(inner, said, in_link=in_link, is_note=is_note)
                if inner.tag == "article" and len(self.blocks) > begins:
                    articles.append((begins, len(self.blocks)))
        if len(articles) > 1:
            self._keep_articles(articles)
        if self._body > body:  # notes go with the text right around them
            if 2 * (self._found - found) >= self._body - body:
                for note in self._waiting[waiting:]:
                    note.is_kept = not note.is_links
            del self._waiting[waiting:]
        return said

    def _inner(self, node: LexborNode, said: _Said, *, in_link: bool, is_note: bool) -> None:
        name = node.tag or ""
        if name in SILENT or name == "br" or is_unseen(node, self.hidden):  # what is not seen is told, not left out
            return
        before = len(self.blocks)
        if name in INLINE or ":" in name:
            own = self.look(node, in_link=in_link or name == "a", is_note=is_note)
            said.pieces += own.pieces
            said.linked += own.linked
        elif name == "table" and is_data(node):  # whole: without one of its cells, a row says something else
            self.look(node, in_link=in_link, is_note=is_note)
            self._join(node, before, is_note=is_note)
        else:
            is_note = is_note or _is_note(node, name)
            own = self.look(node, in_link=in_link, is_note=is_note)
            if own.pieces and len(self.blocks) == before:
                self._judge(node, own, is_note=is_note)

    def _judge(self, node: LexborNode, said: _Said, *, is_note: bool) -> None:
        words = "".join(said.pieces)
        block = _Block(node.mem_id, len(words), said.linked, is_found=self._is_in(words, said.pieces))
        self.blocks.append(block)
        self._found += block.size if block.is_found else 0
        if not is_note:
            self._body += block.size
        elif not block.is_found:
            self._waiting.append(block)

    def _join(self, table: LexborNode, first: int, *, is_note: bool) -> None:
        cells = self.blocks[first:]
        if cells:
            size, found = sum(one.size for one in cells), sum(one.size for one in cells if one.is_found)
            whole = _Block(table.mem_id, size, sum(one.linked for one in cells), is_found=2 * found > size)
            self.blocks[first:] = [whole]
            if is_note and not whole.is_found:
                self._waiting.append(whole)

    def _keep_articles(self, articles: list[tuple[int, int]]) -> None:
        """Keep what stands beside an article that was found, under the same element, unless it is mostly links."""
        parts = [self.blocks[begins:ends] for begins, ends in articles]
        found = [2 * sum(one.size for one in part if one.is_found) >= sum(one.size for one in part) for part in parts]
        for part, is_found in zip(parts, found, strict=True):
            linked, size = sum(one.linked for one in part), sum(one.size for one in part)
            if any(found) and not is_found and 2 * linked <= size:
                for one in part:
                    one.is_kept = not one.is_links

    def _is_in(self, words: str, pieces: list[str]) -> bool:
        at = self.article.find(words, self._cursor, self._cursor + _AHEAD + len(words))
        if at >= 0:
            self._cursor = at + len(words)
            return True
        if self._searched > _MOST_SEARCHED:
            return False
        self._searched += len(self.article)
        at = self.article.find(words)
        if at >= 0:
            self._cursor = at + len(words) if len(words) >= _LONG else self._cursor
            return True
        if len(pieces) < 2 or (at := self.article.find(longest := max(pieces, key=len))) < 0:
            return False
        reach = len(words) + _NEAR  # the library leaves out dates, labels and some formulas inside a sentence
        near = self.article[max(0, at - reach) : at + len(longest) + reach]
        return 2 * sum(len(piece) for piece in pieces if piece in near) > len(words)


def _is_note(node: LexborNode, name: str) -> bool:
    if name in {"figure", "figcaption"}:
        return True
    attributes = node.attributes
    if (attributes.get("role") or "") in _NOTES:
        return True
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return len(named) > 1 and _NAMED_NOTE.search(named) is not None


def _bare(text: str) -> str:
    """Return letters and digits in one form; composed first: alone, an accent is no letter."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFC", text)).casefold()
