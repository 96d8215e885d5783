"""The journal as a file: one JSON object a line, header first, end last, so that it is verified far from the database.

Every line is ASCII: what stands in a tampered row (line breaks, escape codes, bidirectional marks) cannot forge a line.
"""

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec

from chatelet.audit.errors import ExportUnreadable
from chatelet.audit.rows import End, Header, Row

_FORMAT: Final = 1
_decoder = msgspec.json.Decoder(Header | Row | End)


def line(row: Header | Row | End) -> bytes:
    """Return one line of an export."""
    raw = msgspec.json.encode(row)
    if not raw.isascii():
        raw = json.dumps(msgspec.to_builtins(row), ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return raw + b"\n"


@contextmanager
def opened(path: Path) -> Generator[tuple[Header, Iterator[Row]]]:
    """Open an export: its header, and its rows read one by one. Raises `ExportUnreadable`, also while reading."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ExportUnreadable(file=path.name, line=0, reason=type(error).__name__) from None
    with file:
        first = _decode(path, 1, file.readline())
        if not isinstance(first, Header) or first.format != _FORMAT:
            raise ExportUnreadable(file=path.name, line=1, reason="header")
        yield first, _rows(path, file)


def _rows(path: Path, file: IO[bytes]) -> Iterator[Row]:
    count = 0
    for number, raw in enumerate(file, start=2):
        row = _decode(path, number, raw)
        if isinstance(row, End):
            if row.rows != count or file.read(1):
                raise ExportUnreadable(file=path.name, line=number, reason="end")
            return
        if isinstance(row, Header):
            raise ExportUnreadable(file=path.name, line=number, reason="header")
        count += 1
        yield row
    raise ExportUnreadable(file=path.name, line=count + 1, reason="cut_short")


def _decode(path: Path, number: int, raw: bytes) -> Header | Row | End:
    """Read a line that is written exactly as `line` writes it: base64 alone has several spellings of the same bytes."""
    try:
        row = _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise ExportUnreadable(file=path.name, line=number, reason="row") from None
    if line(row) != raw:
        raise ExportUnreadable(file=path.name, line=number, reason="row")
    return row
