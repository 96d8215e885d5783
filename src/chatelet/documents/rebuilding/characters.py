"""The characters of a file and the way back: the same encoding and mark, so that what was not changed is byte for byte.

An encoding that does not give the same bytes back is refused; one that cannot write the new words gives way to UTF-8.
"""

import codecs
from dataclasses import dataclass
from typing import Final

from chatelet.documents.parsing.encodings import told
from chatelet.documents.parsing.outcome import unsupported

_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Characters:
    """The text of a file without its mark, and how it was written."""

    text: str
    encoding: str
    mark: bytes = b""

    def can_write(self, text: str) -> bool:
        """Tell whether the encoding has all these characters."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def written(self, text: str) -> bytes:
        """Return the bytes of a text in this encoding; in UTF-8 when it lacks a character."""
        if self.can_write(text):
            return self.mark + text.encode(self.encoding)
        mark = codecs.BOM_UTF8 if self.mark else b""
        return mark + text.encode("utf-8", "replace")

    def referred(self, text: str, *, is_declared: bool = True) -> bytes:
        """Return the bytes of a markup in this encoding, what it lacks as numeric references.

        One that declares no encoding, and needed none, needs none.
        """
        encoding = self.encoding if is_declared or self.mark or not self.text.isascii() else "ascii"
        return self.mark + text.encode(encoding, "xmlcharrefreplace")


def characters(data: bytes, declared: str = "") -> Characters:
    """Return the characters of a file. Raises `NotRead` when they would not give the same bytes back."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _verified(data, mark, _decoded(data[len(mark) :], encoding), encoding)
    text, encoding = told(data, declared)
    return _verified(data, b"", text, encoding)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise unsupported("encoding_unknown") from error


def _verified(data: bytes, mark: bytes, text: str, encoding: str) -> Characters:
    try:
        same = mark + text.encode(encoding) == data
    except UnicodeError:
        same = False
    if not same:
        raise unsupported("encoding_unknown")
    return Characters(text, encoding, mark)
