"""What a change went from and to, in words that the journal may keep.

Figures, days, identifiers and codes are told as they are. A text is never: of those that name nobody and are no secret,
a fingerprint is, so that an older text can be recognised (from a backup, from a file) without being in the journal.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final
from uuid import UUID

from chatelet.audit.vocabulary import Change, Changes

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
_MOST: Final = 32


def seen(row: object, names: Collection[str]) -> dict[str, object]:
    """Return what a row holds, to be compared once it has changed."""
    return {name: getattr(row, name) for name in names}


def between(
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    codes: Collection[str] = (),
    texts: Collection[str] = (),
) -> Changes:
    """Return the fields that differ, with what they were and are.

    `codes` are told as they are, `texts` by a fingerprint; other texts and lists are left out.
    """
    found = [
        Change(field=name, before=_word(before[name], name, codes, texts), after=_word(after[name], name, codes, texts))
        for name in sorted(before)
        if before[name] != after[name]
    ]
    return tuple(one for one in found if (one.before, one.after) != (None, None))[:_MOST]


def fingerprint(value: object) -> str:
    """Return a word that tells two texts, or two lists, apart."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
    return "sha256." + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _word(value: object, name: str, codes: Collection[str], texts: Collection[str]) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case int() | float() | Decimal():
            return format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case str() if name in codes and _CODE.match(value):
            return value
        case _:
            return fingerprint(value) if name in codes or name in texts else None
