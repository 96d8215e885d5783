"""The name a person gave to a file: shown, never used as a path (TA-073). Stored names are generated elsewhere."""

import re
import unicodedata

from chatelet.documents.parsing.invisible import clean

LONGEST = 200
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")
_UNNAMED = "document"


def display_name(given: str) -> str:
    """Return the last part of the name, made of visible characters on one line, at most `LONGEST` characters.

    Traversal, drive letters, NUL and control characters, marks of direction, names that a system reserves and dots or
    spaces at the ends are gone; the extension survives shortening.
    """
    visible = unicodedata.normalize("NFC", clean(given.replace("\x00", "")).text)
    visible = re.sub(r"[\u200e\u200f\u061c\ud800-\udfff]", "", visible)
    last = re.split(r"[/\\\u2044\u2215\u29f5\uff0f\uff3c]", visible)[-1]
    last = re.sub(r"[\s]+", " ", last.replace("\u2028", " ").replace("\u2029", " ")).strip(" .") if last else ""
    last = re.sub(r'[<>:"|?*]', "_", last)
    if _RESERVED.match(last):
        last = f"_{last}"
    return _shortened(last) or _UNNAMED


def extension_of(name: str) -> str:
    """Return the extension in lower case without its dot, empty when the name has none."""
    found = _EXTENSION.search(display_name(name))
    return found[1].lower() if found else ""


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    found = _EXTENSION.search(name)
    ending = found[0] if found else ""
    return name[: LONGEST - len(ending) - 1].rstrip(" .") + "…" + ending
