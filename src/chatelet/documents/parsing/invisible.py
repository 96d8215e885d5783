"""Characters that nobody sees and a model reads (TA-051): removed, counted, and their message told when they hold one.

Kept, because they change what is seen: the joiners of emoji and of Arabic and Indic scripts, emoji presentation and
flags, marks of direction beside right-to-left letters, variants of ideographs, and every space, French ones included.
"""

import re
import unicodedata
from dataclasses import dataclass

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_MARKS = "\u200e\u200f\u061c"
_SUSPECT = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,8}\U000e007f")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_JOINING = re.compile(
    "[\u0600-\u06ff\u0700-\u08ff\ufb50-\ufdff\ufe70-\ufeff\u0900-\u0dff\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u1800-\u18af\U0001e900-\U0001e95f]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_IDEOGRAPH = re.compile("[\u1800-\u18af\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SKIN = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`message` is what tag characters spelled, in plain letters: shown in the report, never part of the text."""

    text: str
    removed: int = 0
    message: str = ""


def clean(text: str) -> Cleaned:
    """Return the text as it is seen. Line and page breaks become line feeds, what has no character becomes U+FFFD."""
    if not _SUSPECT.search(text):
        return Cleaned(text)
    removed = 0
    flags = {place for flag in _FLAG.finditer(text) for place in range(*flag.span())}

    def seen(match: re.Match[str]) -> str:
        nonlocal removed
        character, place = match[0], match.start()
        if place in flags or _is_kept(text, place):
            return character
        replacement = _REPLACED.get(character, "�" if "\ud800" <= character <= "\udfff" else "")
        removed += 0 if replacement or character in _HARMLESS else 1
        return replacement

    visible = _SUSPECT.sub(seen, text)
    outside = "".join(character for place, character in enumerate(text) if place not in flags)
    return Cleaned(visible, removed, _spelled(outside))


_REPLACED = {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\ufffc": " ", "\ufffd": "\ufffd"}
_HARMLESS = "\u00ad\ufeff\u200b\u2060"  # soft hyphens, byte order marks, places to break a line: in many honest files


def _spelled(text: str) -> str:
    if not any("\U000e0020" <= character <= "\U000e007e" for character in text):
        return ""
    return " ".join("".join(chr(ord(c) - 0xE0000) for c in run) for run in _TAGS.findall(text))[:500]


def _is_kept(text: str, place: int) -> bool:
    character = text[place]
    before = text[place - 1] if place else ""
    after = text[place + 1] if place + 1 < len(text) else ""
    if character == _ZWJ:
        return (_is_emoji(before) and _is_emoji(after)) or bool(_JOINING.match(before))
    if character == _ZWNJ:
        return bool(_JOINING.match(before) and _JOINING.match(after))
    if character in _MARKS:
        return bool(_RIGHT_TO_LEFT.match(before) or _RIGHT_TO_LEFT.match(after))
    if "\ufe00" <= character <= "\ufe0f":
        return _varies(before, character, after)
    if "\U000e0100" <= character <= "\U000e01ef" or "\u180b" <= character <= "\u180f":
        return bool(_IDEOGRAPH.match(before))
    return False


def _varies(before: str, character: str, after: str) -> bool:
    """Tell a selector that changes how the character before it looks from one that carries hidden bytes."""
    if character in "\ufe0e\ufe0f":
        return _is_emoji(before) or (before in "0123456789#*" and before != "" and after == "\u20e3")
    return bool(_IDEOGRAPH.match(before))


def _is_emoji(character: str) -> bool:
    """Tell a symbol, a pictogram or what modifies one (the standard library has no emoji property)."""
    if not character:
        return False
    code = ord(character)
    return character == "\ufe0f" or code in _SKIN or (code > 0xA8 and unicodedata.category(character) in {"So", "Sm"})
