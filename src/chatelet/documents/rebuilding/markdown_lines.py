"""Lines of Markdown: which blocks they make, and where the words of each stand.

Nothing is rendered: a block is the list of stretches of the source that hold its words, prefixes of quotations, lists
and continued lines left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["paragraph", "heading", "cell", "note", "locked"]
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PREFIX: Final = re.compile(r"(?:[ \t]*>[ \t]?)*")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?")
_TERM: Final = re.compile(r"[ \t]*:[ \t]+")
_HEADING: Final = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)")
_HEADING_END: Final = re.compile(r"[ \t]*(?:[ \t]#+)?[ \t]*(?:\{[^{}]*\})?[ \t]*$")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE: Final = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})([^`]*)$")
_COLONS: Final = re.compile(r"[ \t]*:{3,}.*$")  # divisions of Pandoc and others
_DIVIDER: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_NOTE: Final = re.compile(r"[ \t]*\[\^[^\]]{1,80}\]:[ \t]*")
_REFERENCE: Final = re.compile(r" {0,3}\[[^\]]{1,200}\]:[ \t]*\S")
_ADMONITION: Final = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?)[ \t]|[ \t]*\[![A-Za-z]+\][ \t]*$")
_MATHS: Final = re.compile(r"[ \t]*(\$\$|\\\[)")
_HTML: Final = re.compile(r"[ \t]*</?(?:[A-Za-z][\w-]*)(?:\s[^<>]*)?/?>[ \t]*$|[ \t]*<[!?]")
_RAW: Final = re.compile(r"[ \t]*<(script|style|pre|textarea)\b", re.IGNORECASE)
_FRONT: Final = re.compile(
    r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?=[^\r\n]*[:=#])(?:[^\r\n]*(?:\r\n|\r|\n))*?"
    r"(?:\1|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)"
)
_IMPORT: Final = re.compile(r"(?:import|export)[ \t].*(?:from[ \t]|=).*$")
_PIPE: Final = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class Block:
    """Words that are one: the stretches of the source that hold them, line by line."""

    kind: Kind
    places: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int  # without its end
    after: int
    quote: str
    text: str  # after the signs of quotation

    @property
    def at(self) -> int:
        """Where the text begins."""
        return self.start + len(self.quote)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def front_matter(source: str) -> int:
    """Return where the fields that stand before the text end."""
    found = _FRONT.match(source[:100_000])
    return found.end() if found else 0


def blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a text that hold words, and code, locked."""
    lines = list(_lines(source, front_matter(source)))
    return _Reading(source, lines).read()


def _lines(source: str, start: int) -> Iterator[_Line]:
    while start < len(source):
        found = _LINE.match(source, start)
        whole = found[0] if found else source[start:]
        bare = whole.rstrip("\r\n")
        prefix = _PREFIX.match(bare)
        quote = prefix[0] if prefix else ""
        yield _Line(start, start + len(bare), start + len(whole), quote, bare[len(quote) :])
        start += len(whole) or 1


@dataclass(slots=True)
class _Reading:
    source: str
    lines: list[_Line]
    place: int = 0
    _open: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    _kind: Kind = "paragraph"
    _depth: int = 0  # of the signs of quotation around the paragraph being read
    _in_list: bool = False

    def read(self) -> Iterator[Block]:
        """Yield the blocks, in order."""
        while self.place < len(self.lines):
            line = self.lines[self.place]
            self.place += 1
            yield from self._next(line)
        yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        places, self._open = self._open, []
        kind, self._kind = self._kind, "paragraph"
        if places:
            yield Block(kind, places)

    def _next(self, line: _Line) -> Iterator[Block]:
        if self._open and line.quote.count(">") > self._depth:
            yield from self._flush()
        if line.is_blank:
            yield from self._flush()
            return
        if not self._open and not line.text[0].isspace() and not _ITEM.match(line.text):
            self._in_list = False
        shielded = self._shielded(line)
        if shielded is not None:
            yield from self._flush()
            yield from shielded
        elif self._open and _UNDERLINE.match(line.text):
            self._kind = "heading"
            yield from self._flush()
        elif _is_still(line.text):
            yield from self._flush()
        elif heading := _HEADING.match(line.text):
            yield from self._flush()
            yield from self._heading(line, heading.end())
        elif self._is_table(line):
            yield from self._flush()
            yield from self._table(line)
        else:
            yield from self._words(line)

    def _shielded(self, line: _Line) -> list[Block] | None:
        """Pass over code, formulas, scripts and comments; nothing when the line begins none of them."""
        text = line.text
        marker = _ITEM.match(text)
        inside = text[marker.end() :] if marker else text
        if fence := _FENCE.match(inside):
            return self._until(line, re.compile(rf"[ \t]*{re.escape(fence[1][0])}{{{len(fence[1])},}}[ \t]*$"))
        if maths := _MATHS.match(inside):
            end = re.escape("$$" if maths[1] == "$$" else "\\]")
            is_whole = re.search(end, inside[maths.end() :]) is not None
            return [self._locked(line, line)] if is_whole else self._until(line, re.compile(rf".*{end}"))
        if raw := _RAW.match(inside):
            return self._through(line, re.compile(rf"</{raw[1]}\s*>", re.IGNORECASE))
        if inside.lstrip().startswith("<!--"):
            return self._through(line, re.compile("-->"))
        is_indented = not self._open and not self._in_list and (text.startswith(("    ", "\t")))
        if is_indented and not marker and not _NOTE.match(text):
            return [self._locked(line, line)]
        return None

    def _until(self, first: _Line, end: re.Pattern[str]) -> list[Block]:
        last = first
        while self.place < len(self.lines):
            last = self.lines[self.place]
            self.place += 1
            if end.match(last.text):
                break
        return [self._locked(first, last)]

    def _through(self, first: _Line, end: re.Pattern[str]) -> list[Block]:
        """Pass over what may end on its first line; nothing of it is shown."""
        last = first
        while not end.search(last.text) and self.place < len(self.lines):
            last = self.lines[self.place]
            self.place += 1
        return []

    def _locked(self, first: _Line, last: _Line) -> Block:
        return Block("locked", [(first.at, last.end)])

    def _heading(self, line: _Line, begins: int) -> Iterator[Block]:
        end = _HEADING_END.search(line.text, begins)
        stop = end.start() if end else len(line.text)
        if stop > begins:
            yield Block("heading", [(line.at + begins, line.at + stop)])

    def _is_table(self, line: _Line) -> bool:
        if self.place >= len(self.lines) or "|" not in line.text:
            return False
        following = self.lines[self.place].text
        return "|" in following and "-" in following and _DIVIDER.match(following) is not None

    def _table(self, line: _Line) -> Iterator[Block]:
        yield from self._row(line)
        self.place += 1
        while self.place < len(self.lines) and "|" in self.lines[self.place].text:
            yield from self._row(self.lines[self.place])
            self.place += 1

    def _row(self, line: _Line) -> Iterator[Block]:
        begins = 0
        for stop in [*(found.start() for found in _PIPE.finditer(line.text)), len(line.text)]:
            if line.text[begins:stop].strip():
                yield Block("cell", [(line.at + begins, line.at + stop)])
            begins = stop + 1

    def _words(self, line: _Line) -> Iterator[Block]:
        text, begins = line.text, 0
        marker = _NOTE.match(text) or _ITEM.match(text) or _TERM.match(text)
        if marker:
            yield from self._flush()
            self._kind = "note" if _NOTE.match(text) else "paragraph"
            self._in_list = True
            begins = self._nested(text, marker.end())
            if heading := _HEADING.match(text, begins):
                yield from self._heading(line, heading.end())
                return
        begins += len(text[begins:]) - len(text[begins:].lstrip())
        if begins < len(text):
            self._depth = line.quote.count(">") if not self._open else self._depth
            self._open.append((line.at + begins, line.end))

    def _nested(self, text: str, begins: int) -> int:
        """Pass over the markers of lists inside the first line of an item, and signs of quotation."""
        while (inner := _ITEM.match(text, begins) or re.compile(r">[ \t]?").match(text, begins)) and inner[0]:
            begins = inner.end()
        return begins


def _is_still(text: str) -> bool:
    """Tell a line without words of its own: rules, definitions of links, tags alone, divisions."""
    patterns = (_RULE, _REFERENCE, _HTML, _COLONS, _ADMONITION, _IMPORT)
    return any(pattern.match(text) for pattern in patterns) and not _NOTE.match(text)
