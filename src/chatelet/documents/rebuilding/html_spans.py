"""The words of a page by offsets: blocks are segments, tags inside a line are marks, what is no word stays.

Scripts, styles, code, formulas and whatever says `translate="no"` are never touched. A line that is code throughout is
shown locked, for context.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.rebuilding.contract import Part, Piece
from chatelet.documents.rebuilding.pieces import BLANK, Pieces, Run, has_words
from chatelet.documents.rebuilding.splicing import Span
from chatelet.documents.rebuilding.tags import VOID, Attribute, Tag, tags

_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite data dfn del em font i ins label mark meter nobr output q rb rp rt rtc ruby s"
    " small span strike strong sub sup time tt u".split()
)
_STILL: Final = frozenset(
    "code kbd samp var svg math object canvas audio video picture map select".split()
)  # in a line
_SILENT: Final = frozenset("script style template noembed noframes iframe xmp textarea".split())
_PICTURES: Final = frozenset("object audio video picture map".split())  # which may say words in their attributes
_LOCKED: Final = frozenset({"pre", "listing", "plaintext"})
_FIXED: Final = {
    **dict.fromkeys(("wbr", "input", "area", "embed", "source", "track"), ""),
    "br": "\n",
    "img": "[image]",
}
_PARTS: Final = {
    **{f"h{level}": Part.HEADING for level in range(1, 7)},
    **dict.fromkeys(("td", "th"), Part.CELL),
    **dict.fromkeys(("header", "footer"), Part.HEADER),
    "aside": Part.BOX,
}
_ENDED_BY: Final = {  # elements whose end is not always written, by what begins next
    "li": frozenset({"li"}),
    "option": frozenset({"option"}),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th"})),
    "tr": frozenset({"tr", "td", "th"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
}
_SHOWN: Final = ("alt", "title", "placeholder", "aria-label", "summary", "label")
_BUTTONS: Final = frozenset({"submit", "button", "reset"})
_TOLD: Final = frozenset(
    {"description", "keywords", "og:title", "og:description", "twitter:title", "twitter:description"}
)
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_ADDRESS: Final = re.compile(r"(?:https?|mailto|ftp):|www\.", re.IGNORECASE)


def escaped(text: str) -> str:
    """Return words as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def page_spans(source: str) -> list[Span]:
    """Return the words of a page, in the order of the source."""
    page = _Page(source)
    page.read()
    return page.spans


@dataclass(slots=True)
class _Open:
    """An element whose end has not come."""

    name: str
    language: str | None  # around it


@dataclass(slots=True)
class _Page:
    source: str
    spans: list[Span] = field(default_factory=list[Span])
    _pieces: Pieces = field(default_factory=Pieces)
    _attributes: list[Span] = field(default_factory=list[Span])
    _stack: list[_Open] = field(default_factory=list[_Open])
    _place: int = 0
    _part: Part = Part.BODY
    _language: str | None = None

    def read(self) -> None:
        """Read to the end."""
        following = tags(self.source)
        for tag in following:
            self._text(tag.start)
            self._place = tag.end
            if tag.name and self._is_still(tag):
                self._pass_over(tag, following)
            elif tag.name:
                self._tag(tag)
            else:
                self._aside(tag)
        self._text(len(self.source))
        self._flush()

    def _text(self, end: int) -> None:
        if end > self._place:
            raw = self.source[self._place : end]
            self._pieces.text(_SPACES.sub(" ", html.unescape(raw) if "&" in raw else raw), self._place, end)
            self._place = end

    def _aside(self, tag: Tag) -> None:
        """Pass over a comment: it stays, at its place among the words."""
        if self._pieces:
            self._pieces.fixed("", tag.start, tag.end)

    def _tag(self, tag: Tag) -> None:
        self._told(tag)
        if tag.name in _FIXED:
            self._pieces.fixed(_FIXED[tag.name], tag.start, tag.end)
        elif tag.name in _INLINE or ":" in tag.name:
            self._inline(tag)
        else:
            self._flush()
            self._block(tag)

    def _inline(self, tag: Tag) -> None:
        if tag.is_end:
            self._pieces.close(tag.name, tag.start, tag.end)
        elif tag.is_empty:
            self._pieces.fixed("", tag.start, tag.end)
        else:
            self._pieces.open(tag.name, tag.start, tag.end)

    def _block(self, tag: Tag) -> None:
        if tag.name == "title" and not tag.is_end and not tag.is_empty:
            self._title(tag)
        elif tag.is_end:
            self._end(tag.name)
        elif tag.name not in VOID and not tag.is_empty:
            ended = _ENDED_BY.get(tag.name, frozenset[str]())
            while self._stack and (self._stack[-1].name == "p" or self._stack[-1].name in ended):
                self._language = self._stack.pop().language
            self._stack.append(_Open(tag.name, self._language))
            self._language = _language_of(tag) or self._language
        self._part = next((_PARTS[one.name] for one in reversed(self._stack) if one.name in _PARTS), Part.BODY)

    def _end(self, name: str) -> None:
        for place in range(len(self._stack) - 1, max(-1, len(self._stack) - 200), -1):
            if self._stack[place].name == name:
                self._language = self._stack[place].language
                del self._stack[place:]
                return

    def _title(self, tag: Tag) -> None:
        """Read a title, which holds no markup."""
        close = re.compile(r"</title(?=[\s/>])", re.IGNORECASE).search(self.source, tag.end)
        self._text(close.start() if close else len(self.source))
        self._part = Part.TITLE
        self._flush()

    def _is_still(self, tag: Tag) -> bool:
        if tag.is_end or tag.name in VOID or tag.is_empty or tag.name == "title":
            return False
        if tag.name in _STILL or tag.name in _LOCKED or tag.name in _SILENT:
            return True
        if "translate" not in tag.rest:
            return False
        attributes = tag.attributes()
        told = attributes.get("translate")
        classes = attributes.get("class")
        return (told is not None and told.value.strip().lower() == "no") or (
            classes is not None and "notranslate" in classes.value.split()
        )

    def _pass_over(self, tag: Tag, following: Iterator[Tag]) -> None:
        """Go to the end of an element that stays: a fixed piece in a line, a locked segment elsewhere."""
        is_inline = tag.name in _INLINE or tag.name in _STILL or tag.name in _SILENT
        if not is_inline:
            self._flush()
        self._told(tag)
        depth, end = 1, len(self.source)
        inner_end = end
        for inner in following:
            if tag.name in _PICTURES:
                self._told(inner)
            if inner.name == tag.name and not inner.is_empty:
                depth += -1 if inner.is_end else 1
            if not depth:
                inner_end, end = inner.start, inner.end
                break
        self._place = end
        shown = _plain(self.source[tag.end : inner_end]) if tag.name not in _SILENT | {"svg"} else ""
        if is_inline:
            self._pieces.fixed(shown, tag.start, end)
        elif shown:
            piece = Piece("fixed", shown, 1)
            self.spans.append(Span([Run(piece, tag.start, end)], self._part, locked=True, language=self._language))

    def _told(self, tag: Tag) -> None:
        """Find the words that an element says in its attributes."""
        if tag.is_end or not tag.has_attributes or tag.name in _SILENT:
            return
        attributes = tag.attributes()
        names: list[str] = list(_SHOWN) if tag.name not in {"meta", "link"} else []
        if tag.name == "meta" and _TOLD & {_value(attributes, "name"), _value(attributes, "property")}:
            names.append("content")
        if tag.name == "input" and _value(attributes, "type") in _BUTTONS:
            names.append("value")
        for name in names:
            attribute = attributes.get(name)
            if attribute is not None and any(map(str.isalpha, attribute.value)):
                self._attribute(name, attribute)

    def _attribute(self, name: str, attribute: Attribute) -> None:
        words = html.unescape(attribute.value)
        if _ADDRESS.match(words):
            return
        part = Part.ALTERNATIVE if name in {"alt", "title", "aria-label"} else Part.BODY
        span = Span([Run(Piece("text", words), attribute.start, attribute.end)], part, language=self._language)
        span.write = {'"': _quoted, "'": _quoted_simply}.get(attribute.quote, _with_quotes)
        self._attributes.append(span)

    def _flush(self) -> None:
        runs = self._pieces.taken(self.source)
        if runs and any(run.piece.text.strip(BLANK) for run in runs):
            is_locked = not has_words(runs)
            self.spans.append(Span(runs, self._part, is_locked, self._language, write=escaped))
        self.spans += self._attributes
        self._attributes = []


def _plain(source: str) -> str:
    """Return what is shown of an element that stays."""
    return _SPACES.sub(" ", html.unescape(re.sub(r"<[^>]*>", "", source[:2_000]))).strip()[:200]


def _value(attributes: dict[str, Attribute], name: str) -> str:
    attribute = attributes.get(name)
    return "" if attribute is None else attribute.value.strip().lower()


def _language_of(tag: Tag) -> str | None:
    if "lang" not in tag.rest.lower():
        return None
    attributes = tag.attributes()
    found = attributes.get("lang") or attributes.get("xml:lang")
    return found.value.strip() or None if found is not None else None


def _quoted(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def _quoted_simply(text: str) -> str:
    return escaped(text).replace("'", "&#39;")


def _with_quotes(text: str) -> str:
    return f'"{_quoted(text)}"'
