"""CSV and TSV: cells of words, each where it stands; numbers, dates, identifiers, separators and quoting stay.

A cell is quoted when it was, and when its new words need it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from chatelet.documents.parsing.csv_tables import separator_of
from chatelet.documents.rebuilding.characters import characters
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.pieces import Run
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import Span, segments_of, spliced

_ADDRESS: Final = re.compile(r"^(?:https?://|www\.|mailto:)\S+$|^[^\s@]+@[^\s@]+\.[^\s@]+$", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_CODE: Final = re.compile(r"^[A-Z0-9][A-Z0-9._/-]*\d[A-Z0-9._/-]*$|^[\w.-]+[_/\\][\w./\\-]*$|^[\w-]+\.\w{2,4}$")
_UUID: Final = re.compile(r"^[0-9a-f-]{16,}$", re.IGNORECASE)
_DATE: Final = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?$")
_CONSTANT: Final = re.compile(r"^(?:true|false|null|none|nan|n/a|vrai|faux)$", re.IGNORECASE)


_FORMULA: Final = ("=", "+", "-", "@", "\t")


class _TableFormat:
    """A table in text."""

    kind = "csv"

    def segments(self, data: bytes) -> list[Segment]:
        """Return the cells that hold something."""
        return segments_of(list(self._spans(characters(data).text)))

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the table with other words."""
        told = characters(data)
        result = spliced(told.text, list(self._spans(told.text)), replacements, {})
        left_out = remarks(options, changed=result.changed, can_write=told.can_write(result.text))
        return Rebuilt(told.written(result.text), self.kind, result.replaced, left_out)

    def _spans(self, text: str) -> Iterator[Span]:
        start = 0
        if text.startswith("sep=") and len(text) > 5:
            start = text.find("\n") + 1
        return _cells(text, "\t" if self.kind == "tsv" else separator_of(text[start:]), start)


class CsvFormat(_TableFormat):
    """Values separated by commas, semicolons, tabulations or bars."""


class TsvFormat(_TableFormat):
    """Values separated by tabulations."""

    kind = "tsv"


def _cells(text: str, separator: str, start: int) -> Iterator[Span]:
    sign = re.escape(separator)
    cell = re.compile(rf'"(?P<quoted>(?:[^"]|"")*+)"(?=[{sign}\r\n]|\Z)|(?P<bare>[^{sign}\r\n]++)')
    for found in cell.finditer(text, start):
        group = found.lastgroup or "bare"
        value = found[group]
        if not value.strip():
            continue
        words = value.replace('""', '"') if group == "quoted" else value
        guarded = not words.startswith(_FORMULA)
        write: Callable[[str], str] = partial(_written, separator=separator if group == "bare" else "", guarded=guarded)
        run = Run(Piece("text", words), *found.span(group))
        yield Span([run], Part.CELL, locked=not _is_words(words), write=write)


def _is_words(value: str) -> bool:
    """Tell words from numbers, dates, addresses and identifiers."""
    told = value.strip()
    if not _WORDS.search(told):
        return False
    return not any(pattern.match(told) for pattern in (_ADDRESS, _CODE, _UUID, _DATE, _CONSTANT))


def _written(words: str, *, separator: str, guarded: bool) -> str:
    """Return words as a cell; without a separator, as the inside of a cell that is quoted."""
    if guarded and words.startswith(_FORMULA):
        words = f"'{words}"  # a sheet would run it
    if not separator:
        return words.replace('"', '""')
    if any(sign in words for sign in (separator, '"', "\r", "\n")):
        return '"' + words.replace('"', '""') + '"'
    return words
