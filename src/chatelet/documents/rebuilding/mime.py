"""The parts of a message and where they stand, so that one part is written again and the others stay byte for byte."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

_HEADERS_END: Final = re.compile(rb"\r?\n(?=\r?\n)|\Z")
_DEEPEST: Final = 20
_MOST: Final = 500
_UNBEARABLE: Final = (ValueError, AttributeError, TypeError, LookupError, OverflowError)
_WIDTH: Final = 76


@dataclass(frozen=True, slots=True)
class Entity:
    """A part: its headers from `start` to `headers_end` (the last line's end left out), its body to `end`."""

    message: EmailMessage
    start: int
    headers_end: int
    body: int
    end: int

    @property
    def kind(self) -> str:
        """Its type."""
        try:
            return self.message.get_content_type()
        except _UNBEARABLE:
            return "application/octet-stream"

    @property
    def is_attachment(self) -> bool:
        """Tell a file that comes with the message."""
        try:
            return self.message.get_content_disposition() == "attachment" or bool(self.message.get_filename())
        except _UNBEARABLE:
            return True

    @property
    def charset(self) -> str:
        """The encoding that it declares."""
        try:
            return str(self.message.get_content_charset() or "")
        except _UNBEARABLE:
            return ""

    @property
    def transfer(self) -> str:
        """How its bytes are carried."""
        try:
            return str(self.message.get("content-transfer-encoding", "7bit")).strip().lower()
        except _UNBEARABLE:
            return "7bit"

    @property
    def subject(self) -> str:
        """Its subject, decoded; empty when it cannot be."""
        try:
            return str(self.message.get("subject", ""))
        except _UNBEARABLE:
            return ""

    def content(self, data: bytes) -> bytes | None:
        """Return the bytes that it carries; nothing when they cannot be found, or would not be carried the same."""
        raw = data[self.body : self.end]
        if self.transfer == "quoted-printable":
            return quopri.decodestring(raw)
        if self.transfer != "base64":
            return raw
        try:
            return base64.b64decode(raw, validate=False)
        except (binascii.Error, ValueError):
            return None

    def carried(self, content: bytes, line_end: bytes, *, is_quoted: bool = False) -> bytes:
        """Return other bytes as they are carried here; `is_quoted`: as quoted-printable from now on."""
        if self.transfer == "base64":
            coded = base64.b64encode(content)
            lines = [coded[place : place + _WIDTH] for place in range(0, len(coded), _WIDTH)]
            return line_end.join(lines) + line_end
        if self.transfer == "quoted-printable" or is_quoted:
            lines = content.split(line_end)
            return line_end.join(binascii.b2a_qp(line).replace(b"=\n", b"=" + line_end) for line in lines)
        return content

    def needs_quoting(self, data: bytes, content: bytes) -> bool:
        """Tell bytes that a part carried as they are cannot hold, and did not before."""
        return self.transfer in {"7bit", ""} and not content.isascii() and data[self.body : self.end].isascii()


def entities(data: bytes) -> list[Entity]:
    """Return the message and all its parts, outermost first; messages inside it are left alone."""
    return list(_entities(data, 0, len(data), 0))[:_MOST]


def _entities(data: bytes, start: int, end: int, depth: int) -> Iterator[Entity]:
    entity = _entity(data, start, end)
    yield entity
    if depth >= _DEEPEST or not entity.kind.startswith("multipart/"):
        return
    boundary = _boundary(entity)
    if not boundary:
        return
    line = re.compile(rb"(?:\r?\n|(?<=\n))--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    begun: int | None = None
    for found in line.finditer(data, entity.body, end):
        if begun is not None:
            yield from _entities(data, begun, found.start(), depth + 1)
        if found[1]:
            return
        begun = min(end, found.end() + (2 if data[found.end() : found.end() + 2] == b"\r\n" else 1))
    if begun is not None and begun < end:
        yield from _entities(data, begun, end, depth + 1)


def _entity(data: bytes, start: int, end: int) -> Entity:
    if data[start : start + 1] in {b"\n", b"\r"}:  # no headers at all
        headers_end, body = start, start + (2 if data[start : start + 2] == b"\r\n" else 1)
    else:
        found = _HEADERS_END.search(data, start, end)
        headers_end = found.end() if found else end
        blank = re.compile(rb"\r?\n").match(data, headers_end, end)
        body = blank.end() if blank else end
    message = BytesParser(policy=policy.default).parsebytes(data[start:headers_end] + b"\n\n", headersonly=True)
    return Entity(message, start, headers_end, min(body, end), end)


def _boundary(entity: Entity) -> bytes:
    try:
        return str(entity.message.get_boundary() or "").encode("ascii", "replace")
    except _UNBEARABLE:
        return b""


def header_place(data: bytes, entity: Entity, name: str) -> tuple[int, int] | None:
    """Return where the value of a header stands, folded lines included, blanks around left out."""
    value = rb"[ \t]*:[ \t]*((?:[^\r\n]*)(?:\r?\n[ \t]+[^\r\n]*)*)"
    header = re.compile(rb"(?:^|(?<=\n))" + re.escape(name.encode()) + value, re.IGNORECASE)
    found = header.search(data, entity.start, entity.headers_end)
    return found.span(1) if found else None


def header_added(data: bytes, entity: Entity, line: bytes, line_end: bytes) -> tuple[int, int, bytes]:
    """Return the edit that adds a header after the others."""
    place = entity.headers_end
    before = b"" if place == entity.start or data[place - 1 : place] == b"\n" else line_end
    return place, place, before + line + line_end


def header_words(words: str, name: str, line_end: bytes) -> bytes:
    """Return words as the value of a header."""
    plain = " ".join(words.split())
    if plain.isascii() and len(plain) + len(name) < _WIDTH:
        return plain.encode()
    return Header(plain, "utf-8", header_name=name).encode(linesep=line_end.decode()).encode("ascii", "replace")
