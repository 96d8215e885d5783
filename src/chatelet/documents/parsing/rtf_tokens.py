"""Words of RTF 1.9.1: control words, characters in the code page of their font, Outlook's packing (MS-OXRTFCP)."""

import re
from collections.abc import Iterator

from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import damaged, refused

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_PREBUF = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    b"Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096

Token = tuple[str, str, int | None, bytes]  # kind, word, its number, bytes


def tokens(data: bytes) -> Iterator[Token]:
    """Yield (`word` | `symbol` | `open` | `close` | `byte` | `bytes`, ...) ; binary data is passed over."""
    place = 0
    while match := _TOKEN.match(data, place):
        place = match.end()
        word, number, coded, symbol, brace, text = match.groups()
        if word is not None:
            value = int(number) if number is not None else None
            if word == b"bin" and value:
                place += max(0, value)
            yield "word", word.decode("ascii"), value, b""
        elif coded is not None:
            yield "byte", "", None, bytes([int(coded, 16)])
        elif symbol is not None:
            yield "symbol", symbol.decode("latin-1"), None, b""
        elif brace is not None:
            yield ("open" if brace == b"{" else "close"), "", None, b""
        elif text is not None:
            yield "bytes", "", None, text


def code_page(charset: int, default: str) -> str:
    """Return the encoding of a font's characters."""
    return _CHARSETS.get(charset, default)


def inflated_rtf(packed: bytes, limits: Limits) -> bytes:
    """Unpack the RTF body of a message."""
    if len(packed) < 16:
        raise damaged("file_damaged")
    size, kind = int.from_bytes(packed[4:8], "little"), packed[8:12]
    if kind == b"MELA":
        return packed[16 : 16 + size]
    if kind != b"LZFu":
        raise damaged("file_damaged")
    if size > limits.inflated_bytes:
        raise refused("archive_too_large", megabytes=limits.inflated_bytes // 1024**2)
    return _unpacked(packed, size)


def _unpacked(packed: bytes, size: int) -> bytes:
    window = bytearray(_PREBUF.ljust(_WINDOW, b"\x00"))
    write, place, out = len(_PREBUF), 16, bytearray()
    while place < len(packed) and len(out) < size:
        control = packed[place]
        place += 1
        for bit in range(8):
            if not control >> bit & 1:
                piece = packed[place : place + 1]
                place += 1
            else:
                reference = int.from_bytes(packed[place : place + 2], "big")
                place += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == write:
                    return bytes(out)
                piece = bytes(0)
                for step in range(length):
                    byte = window[(offset + step) % _WINDOW]
                    window[write] = byte
                    write = (write + 1) % _WINDOW
                    out.append(byte)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
                out.append(byte)
    return bytes(out)
