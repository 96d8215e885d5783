"""Names of a place to the paths of entries, and back: one form, whatever the place (folder, bucket, WebDAV, site).

A path is parts between '/', none empty, '.' or '..', without control characters; a name that cannot be one is left out.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Final

from chatelet.connectors.contract import EntryGone

LONGEST_PATH: Final = 1_024
DEEPEST: Final = 64
_UNTOLD: Final = frozenset({"Cc", "Cs"})
_LEFT_OUT: Final = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "$recycle.bin", "system volume information"})
_LEFT_OUT_TOO: Final = frozenset({"lost+found", "__macosx", "@eadir", "#recycle", "#snapshot"})
_BEGINNINGS: Final = (".", "~$")
_ENDINGS: Final = ("~", ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".swp", ".bak")


def is_told(name: str) -> bool:
    """Tell whether a name is one that people gave: neither hidden, nor temporary, nor a system's own."""
    lower = name.lower()
    if lower in _LEFT_OUT or lower in _LEFT_OUT_TOO:
        return False
    return not (lower.startswith(_BEGINNINGS) or lower.endswith(_ENDINGS))


def is_part(name: str) -> bool:
    """Tell whether a name can be one part of a path."""
    if name in {"", ".", ".."} or "/" in name:
        return False
    return name.isprintable() or not any(unicodedata.category(char) in _UNTOLD for char in name)


def path_of(parts: Iterable[str]) -> str | None:
    """Return the path of these names; None when one cannot be a part, or all are too long or too many."""
    names = tuple(parts)
    path = "/".join(names)
    if not names or len(names) > DEEPEST or len(path) > LONGEST_PATH:
        return None
    return path if all(is_part(name) for name in names) else None


def parts_of(path: str) -> tuple[str, ...]:
    """Return the names of a path. Raises `EntryGone`: no listing ever told such a path."""
    parts = tuple(path.split("/"))
    if path_of(parts) is None:
        raise EntryGone
    return parts


def mark_of(*said: object) -> str:
    """Return a mark of what a place says of a version, of at most 200 characters."""
    told = "|".join("" if one is None else str(one) for one in said)
    if len(told) <= 200 and is_part(told.replace("/", "-")):
        return told
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
