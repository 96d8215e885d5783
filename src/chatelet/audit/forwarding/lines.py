"""One row of the journal as one syslog message (RFC 5424), framed by its length (RFC 5425, 4.3).

    LENGTH SP <PRI>1 TIME HOST chatelet - EVENT [meta sequenceId="…"] {the row, as an export writes it}

Facility 13 (log audit). MSG is JSON in printable ASCII: line breaks, escape codes and bidirectional marks that an
intruder put in a row stand there escaped, and forge nothing. Rows of `link` and `seal` are lines of an export: put in
order between a header and an end, `chatelet audit verify --export` verifies what the collector holds.
"""

from datetime import UTC, datetime
from typing import Final

from chatelet.audit import export
from chatelet.audit.rows import LinkRow, SealRow

_FACILITY: Final = 13
_SEVERITIES: Final = {"done": 6, "refused": 4, "failed": 3}
_NOTICE: Final = 5
_LONGEST_ID: Final = 32
_LARGEST_SEQUENCE: Final = 2**31 - 1  # RFC 5424, 7.3.1: then again from 1
NIL: Final = "-"


def frame(row: LinkRow | SealRow, host: str) -> bytes:
    """Return the bytes that carry a row; `host` is the service's own name."""
    message = _header(row, host).encode("ascii") + b" " + _json(row)
    return b"%d %s" % (len(message), message)


def _json(row: LinkRow | SealRow) -> bytes:
    return export.line(row).removesuffix(b"\n").replace(b"\x7f", b"\\u007f")


def _header(row: LinkRow | SealRow, host: str) -> str:
    name = _printable(host, 255)
    if isinstance(row, SealRow):
        return f"<{_FACILITY * 8 + _NOTICE}>1 {_time(row.sealed_at)} {name} chatelet - journal.seal -"
    event = row.event
    severity = _SEVERITIES.get(event.result, _NOTICE) if event else _NOTICE
    moment, kind = (_time(event.occurred_at), _printable(event.name, _LONGEST_ID)) if event else (NIL, NIL)
    sequence = (row.seq - 1) % _LARGEST_SEQUENCE + 1
    return f'<{_FACILITY * 8 + severity}>1 {moment} {name} chatelet - {kind} [meta sequenceId="{sequence}"]'


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if 1 < moment.year < 9999 else NIL


def _printable(text: str, most: int) -> str:
    """Return a header's word: nothing that ends it, whatever stands in the row."""
    return "".join(one if "!" <= one <= "~" else "?" for one in text[:most]) or NIL
