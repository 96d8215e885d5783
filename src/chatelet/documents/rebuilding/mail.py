"""Messages: the subject and the bodies, as text and as HTML; headers, attachments and signatures byte for byte.

A body that changes is carried as it was (quoted-printable, base64); its headers change when it needs another encoding.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.documents.parsing.outcome import NotRead, unsupported
from chatelet.documents.rebuilding.characters import Characters, characters
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.html import declared, page_rebuilt
from chatelet.documents.rebuilding.html_spans import page_spans
from chatelet.documents.rebuilding.mime import Entity, entities, header_added, header_place, header_words
from chatelet.documents.rebuilding.parts import Replacements, each, numbered
from chatelet.documents.rebuilding.pieces import Run, has_words
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import Span, Spliced, spliced
from chatelet.documents.rebuilding.text import text_rebuilt, text_spans

_ENCRYPTED: Final = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNED: Final = "multipart/signed"
_CHARSET: Final = re.compile(rb"charset\s*=\s*(?:\"[^\"]*\"|[^\s;]+)", re.IGNORECASE)
_Edit = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class _Text:
    """Words of a message: a body, or the subject."""

    entity: Entity
    told: Characters
    place: tuple[int, int] | None = None  # of the subject

    @property
    def is_page(self) -> bool:
        return self.place is None and self.entity.kind == "text/html"

    def spans(self) -> list[Span]:
        """Return its words."""
        if self.place is not None:
            return _subject(self.told.text)
        return page_spans(self.told.text) if self.is_page else list(text_spans(self.told.text))

    def rebuilt(self, own: Replacements, options: Options) -> Spliced:
        """Return it with other words."""
        if self.place is not None:
            return spliced(self.told.text, _subject(self.told.text), own, {})
        if self.is_page:
            return page_rebuilt(self.told.text, own, options)
        return text_rebuilt(self.told.text, own, options)


class MailFormat:
    """A message."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the subject's and the bodies' words."""
        return numbered([text.spans() for text in _texts(data)])

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the message with other words."""
        texts = list(_texts(data))
        counts = [len(text.spans()) for text in texts]
        results = each(counts, replacements, options, lambda place, own, wishes: texts[place].rebuilt(own, wishes))
        is_changed = any(result.changed for result in results)
        line_end = b"\r\n" if b"\r\n" in data[:4096] else b"\n"
        edits: list[_Edit] = []
        for text, result in zip(texts, results, strict=True):
            if result.text != text.told.text:
                edits += _edits(data, text, result.text, line_end)
        whole = entities(data)[0]
        if is_changed and options.mark_ai:
            edits.append(header_added(data, whole, b"X-AI-Generated: true", line_end))
        left_out = list(remarks(options, changed=is_changed, marks_ai=True, highlights=True))
        if is_changed and any(entity.kind == _SIGNED for entity in entities(data)):
            left_out.append("signature_broken")
        return Rebuilt(_edited(data, edits), "eml", len(replacements), left_out)


def _texts(data: bytes) -> Iterator[_Text]:
    whole, *_rest = found = entities(data)
    if whole.kind in _ENCRYPTED:
        raise unsupported("mail_encrypted")
    place = header_place(data, whole, "Subject")
    if place is not None:
        yield _Text(whole, Characters(whole.subject, "utf-8"), place)
    for entity in found:
        if entity.kind not in {"text/plain", "text/html"} or entity.is_attachment:
            continue
        content = entity.content(data)
        told = None if content is None else _characters(content, entity)
        if told is not None:
            yield _Text(entity, told)


def _characters(content: bytes, entity: Entity) -> Characters | None:
    said = entity.charset or (declared(content) if entity.kind == "text/html" else "")
    try:
        return characters(content, said)
    except NotRead:
        return None


def _subject(words: str) -> list[Span]:
    span = Span([Run(Piece("text", words), 0, len(words))], Part.TITLE)
    return [span] if has_words(span.runs) else []


def _edits(data: bytes, text: _Text, words: str, line_end: bytes) -> Iterator[_Edit]:
    entity = text.entity
    if text.place is not None:
        yield *text.place, header_words(words, "Subject", line_end)
        return
    told = text.told
    content = told.referred(words, is_declared=bool(entity.charset)) if text.is_page else told.written(words)
    is_new = told.text.isascii() and not content.isascii() and entity.charset in {"", "us-ascii", "ascii"}
    if not text.is_page and (is_new or not told.can_write(words)):
        yield from _with_charset(data, entity, line_end)
    is_quoted = entity.needs_quoting(data, content)
    if is_quoted:
        carried = header_place(data, entity, "Content-Transfer-Encoding")
        line = b"Content-Transfer-Encoding: quoted-printable"
        yield (*carried, b"quoted-printable") if carried else header_added(data, entity, line, line_end)
    yield entity.body, entity.end, entity.carried(content, line_end, is_quoted=is_quoted)


def _with_charset(data: bytes, entity: Entity, line_end: bytes) -> Iterator[_Edit]:
    """Yield what says that a body is now in UTF-8."""
    place = header_place(data, entity, "Content-Type")
    if place is None:
        yield header_added(data, entity, b"Content-Type: text/plain; charset=utf-8", line_end)
        return
    value = data[slice(*place)]
    said = _CHARSET.sub(b"charset=utf-8", value) if _CHARSET.search(value) else value + b"; charset=utf-8"
    yield *place, said


def _edited(data: bytes, edits: list[_Edit]) -> bytes:
    out = bytearray()
    place = 0
    for start, end, content in sorted(edits, key=lambda edit: edit[:2]):
        out += data[place:start]
        out += content
        place = end
    return bytes(out + data[place:])
