"""XML changed in place: expat tells where each element stands, and only the bytes of an edit are written anew.

pieces of a part -> expat (bounded, no document type) -> units: small trees of elements with their places, one at a time
                 -> edits (start, end, bytes) -> the same bytes with those edits

Nothing is ever serialised: declarations, prefixes, attribute order, white space and entities stay as they are. A part
is read through a window, so that what is held is one unit (a paragraph, a cell), not the part.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, Protocol
from xml.parsers import expat

from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import damaged, refused, unsupported

Edit = tuple[int, int, bytes]
_PIECE: Final = 64 * 1024
_MOST_NODES: Final = 200_000  # elements of one unit
_TAG: Final = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_NO_TEXT: Final = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_CHARACTERS: Final = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ENTITY: Final = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(\w+));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node:
    """An element of a unit: `start`..`end` is all of it; `inner_end` is where its end tag begins."""

    __slots__ = ("attributes", "children", "end", "inner_end", "is_empty", "name", "start", "tag")

    def __init__(self, tag: str, name: str, attributes: dict[str, str], start: int) -> None:
        self.tag = tag
        self.name = name
        self.attributes = attributes
        self.start = start
        self.end = self.inner_end = start
        self.is_empty = False  # written `<x/>`
        self.children: list[Node] = []

    def child(self, name: str) -> "Node | None":
        """Return the first child of that local name."""
        for inner in self.children:
            if inner.name == name:
                return inner
        return None

    def get(self, name: str) -> str:
        """Return the attribute of that local name, empty when absent."""
        for key, value in self.attributes.items():
            if key == name or key.endswith(":" + name):
                return value
        return ""


class Reader(Protocol):
    """Who reads a part: elements named in `watched` are told as they open and close, those in `units` come whole."""

    watched: frozenset[str]
    units: frozenset[str]

    def enter(self, scan: "Scan", node: Node) -> None:
        """Take the beginning of a watched element, which has no children."""
        ...

    def leave(self, scan: "Scan", node: Node) -> None:
        """Take the end of a watched element: `inner_end` is known, `end` is not."""
        ...

    def unit(self, scan: "Scan", node: Node) -> None:
        """Take a whole element."""
        ...


class Scan:
    """One part being read, and written where `out` is given."""

    def __init__(self, reader: Reader, limits: Limits, out: Callable[[bytes], None] | None = None) -> None:
        self._reader, self._limits, self._out = reader, limits, out
        self._window, self._base = bytearray(), 0
        self._edits: list[Edit] = []
        self._open: list[Node] = []
        self._watched: list[Node] = []
        self._depth = self._nodes = self._last = 0
        self._locals: dict[str, str] = {}
        self.is_changed = False
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartDoctypeDeclHandler = _refuse_document_type
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def run(self, pieces: Iterable[bytes]) -> None:
        """Read a whole part. Raises `NotRead`."""
        try:
            for large in _in_utf8(pieces):
                for place in range(0, len(large), _PIECE):
                    piece = large[place : place + _PIECE]
                    self._window += piece
                    self._parser.Parse(piece, False)  # noqa: FBT003
                    self._flush(self._open[0].start if self._open else self._last)
            self._parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            raise damaged("xml_damaged") from error
        self._flush(self._base + len(self._window))

    def raw(self, start: int, end: int) -> bytes:
        """Return the bytes between two places of the current unit."""
        return bytes(self._window[start - self._base : end - self._base])

    def edited(self, start: int, end: int) -> bytes:
        """Return the bytes between two places with the edits already asked for there, which are taken back."""
        inside = [edit for edit in self._edits if start <= edit[0] and edit[1] <= end]
        if not inside:
            return self.raw(start, end)
        taken = set(map(id, inside))
        self._edits = [edit for edit in self._edits if id(edit) not in taken]
        return self._applied(start, end, inside)

    def inner(self, node: Node) -> int:
        """Return where a start tag ends."""
        if node.is_empty:
            return node.end
        found = _TAG.match(self._window, node.start - self._base)
        assert found is not None
        return found.end() + self._base

    def text(self, start: int, end: int) -> str:
        """Return the characters written between two places."""
        return text_of(self._window[start - self._base : end - self._base])

    def replace(self, start: int, end: int, content: bytes) -> None:
        """Ask for other bytes between two places; the same place twice inserts in the order of asking."""
        self._edits.append((start, end, content))
        self.is_changed = True

    def append(self, node: Node, content: bytes) -> None:
        """Ask for bytes at the end of a watched element that ends; one written `<x/>` is opened."""
        place = node.inner_end
        if node.start >= self._base:
            found = _TAG.match(self._window, node.start - self._base)
            if found is not None and found.end() + self._base == place and found[0].endswith(b"/>"):
                self.replace(node.start, place, found[0][:-2] + b">" + content + b"</%s>" % node.tag.encode())
                return
        self.replace(place, place, content)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        start = self._last = self._parser.CurrentByteIndex
        name = self._locals.get(tag)
        if name is None:
            name = self._locals[tag] = tag.rpartition(":")[2]
        self._depth += 1
        if self._depth > self._limits.nesting:
            raise refused("nested_too_deeply", most=self._limits.nesting)
        if self._open or name in self._reader.units:
            node = Node(tag, name, attributes, start)
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)
            self._nodes += 1
            if self._nodes > _MOST_NODES:
                raise refused("unit_too_large", most=_MOST_NODES)
        elif name in self._reader.watched:
            node = Node(tag, name, attributes, start)
            self._watched.append(node)
            self._reader.enter(self, node)

    def _end(self, tag: str) -> None:
        place = self._parser.CurrentByteIndex
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            self._close(node, place)
            if not self._open:
                self._reader.unit(self, node)
                self._nodes = 0
            self._last = place
            return
        self._last = place
        if self._locals[tag] in self._reader.watched:
            node = self._watched.pop()
            node.inner_end = place
            self._reader.leave(self, node)

    def _close(self, node: Node, place: int) -> None:
        window, at = self._window, place - self._base
        node.inner_end = place
        if not node.children and window.endswith(b"/>", 0, at):
            found = _TAG.match(window, node.start - self._base)
            if found is not None and found.end() == at:
                node.is_empty, node.end = True, place
                return
        node.end = window.index(b">", at) + 1 + self._base

    def _flush(self, upto: int) -> None:
        size = upto - self._base
        if size <= 0:
            return
        if self._out is not None:
            edits = [edit for edit in self._edits if edit[1] <= upto]
            self._edits = [edit for edit in self._edits if edit[1] > upto]
            self._out(self._applied(self._base, upto, edits) if edits else bytes(self._window[:size]))
        del self._window[:size]
        self._base = upto

    def _applied(self, start: int, end: int, edits: list[Edit]) -> bytes:
        found, place = list[bytes](), start
        for first, last, content in sorted(edits, key=lambda edit: edit[:2]):
            found += (self.raw(place, first), content)
            place = last
        found.append(self.raw(place, end))
        return b"".join(found)


def text_of(raw: bytes | bytearray) -> str:
    """Return the characters that XML text writes, line ends made one."""
    if b"<" in raw:
        raw = _NO_TEXT.sub(b"", raw)
        raw = _CHARACTERS.sub(lambda found: found[1].replace(b"&", b"&amp;"), raw)
    text = raw.decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name, "")
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def escaped(text: str) -> bytes:
    """Return text as XML writes it; what XML 1.0 forbids is dropped."""
    text = _ILLEGAL.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;").encode()


def quoted(text: str) -> bytes:
    """Return text as the value of an attribute between double quotes."""
    return escaped(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


def attribute_span(tag: bytes, name: str) -> tuple[int, int] | None:
    """Return where an attribute's value stands in a start tag, quotes included; the prefix is free."""
    pattern = rb"\s(?:[\w.-]+:)?" + re.escape(name.encode()) + rb"\s*=\s*(\"[^\"]*\"|'[^']*')"
    found = re.search(pattern, tag)
    return found.span(1) if found else None


def _refuse_document_type(_name: str, _system: str | None, _public: str | None, _internal: bool) -> None:  # noqa: FBT001
    raise refused("xml_document_type")


def _in_utf8(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Yield the part; one in another encoding is refused, not rewritten: office programs write UTF-8 alone."""
    for number, piece in enumerate(pieces):
        if number == 0 and (piece[:2] in {b"\xff\xfe", b"\xfe\xff"} or _other_encoding(piece)):
            raise unsupported("encoding_unknown")
        yield piece


def _other_encoding(piece: bytes) -> bool:
    found = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", piece)
    return found is not None and found[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
