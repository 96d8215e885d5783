"""Bytes to characters for formats that do not tell their encoding: Unicode when it is, else what Windows wrote."""

import codecs
import re

from chatelet.documents.parsing.outcome import unsupported

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNUSED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# Frequent French letters in the two encodings that share no byte for them: Mac OS Roman is known by their absence.
_FRENCH_CP1252 = re.compile(rb"[\xe0\xe2\xe7\xe8\xe9\xea\xee\xf4\xf9\xfb]")
_FRENCH_MAC = re.compile(rb"[\x88\x89\x8d\x8e\x8f\x90\x94\x99\x9d\x9e]")


def is_text(data: bytes) -> bool:
    """Tell whether bytes are characters of some encoding, from their beginning."""
    sample = data[:_SAMPLE]
    if encoding_of_mark(sample) or _wide(sample):
        return True
    return len(_CONTROL.findall(sample)) <= len(sample) // 1000


def decoded(data: bytes, declared: str = "") -> str:
    """Return the characters. What the file declares is believed when it decodes; lines end with a line feed."""
    return told(data, declared)[0].replace("\r\n", "\n").replace("\r", "\n")


def told(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the characters as they are, and the encoding that they are in."""
    for name in _candidates(data, declared):
        try:
            return data.decode(name), name
        except (UnicodeError, LookupError):
            continue
    raise unsupported("encoding_unknown")


def encoding_of_mark(data: bytes) -> str | None:
    """Return the encoding told by a byte order mark."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _candidates(data: bytes, declared: str) -> list[str]:
    mark = encoding_of_mark(data)
    if mark:
        return [mark]
    wide = _wide(data[:_SAMPLE])
    if wide:
        return [wide]
    told = [declared] if declared and declared.lower() not in {"us-ascii", "ascii", "iso-8859-1", "latin-1"} else []
    return [*told, "utf-8", *_one_byte(data)]


def _one_byte(data: bytes) -> list[str]:
    if _UNUSED_IN_CP1252.search(data):
        mac = len(_FRENCH_MAC.findall(data)) > 2 * len(_FRENCH_CP1252.findall(data))
        return ["mac-roman"] if mac else ["latin-1"]
    return ["cp1252"]


def _wide(sample: bytes) -> str | None:
    """Find UTF-16 without a mark by its zeros: one byte in two, for Latin letters."""
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        name = "utf-16-le"
    elif even > half * 0.4 and odd < half * 0.05:
        name = "utf-16-be"
    else:
        return None
    text = sample[: len(sample) & ~1].decode(name, "replace")
    return (
        name
        if sum(character < " " and character not in "\t\r\n\f" for character in text) <= len(text) // 1000
        else None
    )
