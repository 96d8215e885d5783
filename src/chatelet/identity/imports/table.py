"""Reading a table whatever wrote it: UTF-8, UTF-16 or Windows-1252, separated by semicolons, commas or tabulations.

Lines are read as they come: the file is in memory once, as bytes.
"""

import codecs
import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from chatelet.identity.imports.errors import TableColumns, TableTooLong, TableUnreadable
from chatelet.identity.imports.schemas import Problem, ProblemCode
from chatelet.identity.names import sort_key

Encoding = Literal["utf-8", "utf-16", "windows-1252"]
Separator = Literal[";", ",", "\t"]
MOST_LINES: Final = 200_000
_MOST_TOLD: Final = 1_000
_LONGEST_CELL: Final = 2_000
_CHUNK: Final = 1 << 20
_SEPARATORS: Final[tuple[Separator, ...]] = (";", "\t", ",")
_CODECS: Final[dict[str, Encoding]] = {"utf-8-sig": "utf-8", "utf-8": "utf-8", "cp1252": "windows-1252"}


class _Reader(Protocol):
    """A reader of the standard library, which tells how far it is in the file."""

    @property
    def line_num(self) -> int:
        """Lines of the file read so far."""
        ...

    def __next__(self) -> list[str]:
        """Return the cells of the next line."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: its number in the file, its cells by column, without spaces around them."""

    number: int
    cells: Mapping[str, str]
    has_more: bool

    def text(self, column: str) -> str:
        """Return a cell; empty when the table has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is understood; `lines` is read once."""

    encoding: Encoding
    separator: Separator
    columns: frozenset[str]
    ignored: tuple[str, ...]
    lines: Iterator[Line]


@dataclass(slots=True)
class Problems:
    """What is wrong so far: all lines are counted, the first problems are told."""

    told: list[Problem] = field(default_factory=list[Problem])
    refused: set[int] = field(default_factory=set[int])
    _known: set[tuple[int, str, str]] = field(default_factory=set[tuple[int, str, str]])

    def add(self, line: int, column: str, code: ProblemCode) -> None:
        """Refuse a line, once for each reason."""
        self.refused.add(line)
        if len(self.told) < _MOST_TOLD and (line, column, code) not in self._known:
            self._known.add((line, column, code))
            self.told.append(Problem(line=line, column=column, code=code))

    def in_order(self) -> list[Problem]:
        """Return what is told, by line."""
        return sorted(self.told, key=lambda one: one.line)


def read_table(data: bytes, names: Mapping[str, str], required: Collection[str]) -> Table:
    """Find how the file is written, and read its header by the names that `names` knows (without case nor accents).

    Raises `TableUnreadable`, `TableColumns`; reading lines raises `TableUnreadable`, `TableTooLong`.
    """
    codec = _codec(data)
    separator = _separator(data, codec)
    text = io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    header = _next(reader)
    if header is None:
        raise TableUnreadable(reason="empty")
    columns = [names.get(sort_key(name)) for name in header]
    known = [column for column in columns if column is not None]
    for column in known:
        if known.count(column) > 1:
            raise TableColumns(column=column, reason="twice")
    for column in required:
        if column not in known:
            raise TableColumns(column=column, reason="missing")
    ignored = tuple(name.strip()[:60] for name, column in zip(header, columns, strict=True) if column is None)
    encoding = _CODECS.get(codec, "utf-16")
    return Table(encoding, separator, frozenset(known), ignored, _lines(reader, columns))


def _codec(data: bytes) -> str:
    if not data.strip():
        raise TableUnreadable(reason="empty")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        codec = "utf-8-sig"
    elif b"\0" in data[:_CHUNK]:
        codec = "utf-16-le" if data[1:_CHUNK:2].count(0) >= data[0:_CHUNK:2].count(0) else "utf-16-be"
    else:
        codec = "utf-8" if _reads(data, "utf-8") else "cp1252"
    if not _reads(data, codec):
        raise TableUnreadable(reason="encoding")
    return codec


def _reads(data: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(data: bytes, codec: str) -> Separator:
    """Return the one that the header has most of."""
    header = io.TextIOWrapper(io.BytesIO(data[:_CHUNK]), encoding=codec, errors="replace").readline()
    if "\0" in header:
        raise TableUnreadable(reason="binary")
    return max(_SEPARATORS, key=header.count)


def _lines(reader: _Reader, columns: list[str | None]) -> Iterator[Line]:
    width, read = len(columns), 0
    while True:
        number = reader.line_num + 1
        cells = _next(reader)
        if cells is None:
            return
        if not any(cells):
            continue
        read += 1
        if read > MOST_LINES:
            raise TableTooLong(most=MOST_LINES)
        named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name is not None}
        yield Line(number, named, has_more=any(cells[width:]))


def _next(reader: _Reader) -> list[str] | None:
    try:
        cells = reader.__next__()
    except StopIteration:
        return None
    except csv.Error:
        raise TableUnreadable(reason="quotes", line=reader.line_num) from None
    if any("\0" in cell or len(cell) > _LONGEST_CELL for cell in cells):
        raise TableUnreadable(reason="binary", line=reader.line_num)
    return cells
