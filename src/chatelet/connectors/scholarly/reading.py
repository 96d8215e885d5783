"""JSON of a service read as it comes: a list where a string is expected, a number written as text, nothing at all.

Every function takes any value and never raises, but `decoded`, the one door in.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, cast
from urllib.parse import urlsplit

import msgspec

from chatelet.connectors.scholarly.errors import SourceBroken

Json = Mapping[str, object]
_EMPTY: Final[Json] = {}
_INTEGER: Final = re.compile(r"-?\d{1,15}", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:$|T)", re.ASCII)
_EARLIEST: Final = 1400
_MOST: Final = 20_000


def decoded(body: bytes) -> Json:
    """Return the object of a body. Raises `SourceBroken` when it is not one."""
    try:
        value: object = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise SourceBroken from None
    if not isinstance(value, dict):
        raise SourceBroken
    return cast("Json", value)


def mapping(value: object) -> Json:
    """Return the object, the first of a list of them, or an empty one."""
    if isinstance(value, dict):
        return cast("Json", value)
    if isinstance(value, list) and value:
        return mapping(cast("list[object]", value)[0])
    return _EMPTY


def at(value: object, *names: str) -> object:
    """Return what stands under the names, None where there is nothing."""
    for name in names:
        value = mapping(value).get(name)
    return value


def items(value: object) -> list[object]:
    """Return a list as it is, one value as a list, nothing as an empty one."""
    if value is None:
        return []
    return cast("list[object]", value)[:_MOST] if isinstance(value, list) else [value]


def text(value: object) -> str | None:
    """Return a text, or the first of a list, without blanks around; numbers as they are written."""
    for one in items(value):
        if isinstance(one, str) and (stripped := one.strip()):
            return stripped
        if isinstance(one, int) and not isinstance(one, bool):
            return str(one)
    return None


def texts(value: object) -> list[str]:
    """Return all texts of a list."""
    return [found for one in items(value) if (found := text(one)) is not None]


def number(value: object) -> int | None:
    """Return a whole number, written as one or in text; exports of MongoDB included."""
    match value:
        case bool():
            return None
        case int():
            return value
        case float():
            return int(value) if value.is_integer() and abs(value) < 1e15 else None
        case str():
            return int(value) if _INTEGER.fullmatch(value.strip()) else None
        case dict():
            return number(at(cast("Json", value), "$numberLong") or at(cast("Json", value), "$numberInt"))
        case list():
            return number(cast("list[object]", value)[0]) if value else None
        case _:
            return None


def count(value: object) -> int | None:
    """Return a number that counts."""
    found = number(value)
    return found if found is not None and found >= 0 else None


def boolean(value: object) -> bool | None:
    """Return a truth value, also written `Y`, `N`, `true`, `oui`; None when it is not one."""
    if isinstance(value, bool):
        return value
    written = (text(value) or "").lower()
    if written in {"y", "yes", "true", "oui"}:
        return True
    return False if written in {"n", "no", "false", "non"} else None


def year_of(value: object) -> int | None:
    """Return a year that a work may have been published in; None for what cannot be one."""
    found = number(value)
    if found is None and isinstance(value, str):
        whole = date_of(value)
        found = int(whole[:4]) if whole else None
    return found if found is not None and _EARLIEST <= found <= date.today().year + 2 else None  # noqa: DTZ011 (a year)


def date_of(value: object) -> str | None:
    """Return `YYYY`, `YYYY-MM` or `YYYY-MM-DD` when it is a date of the calendar, None otherwise."""
    found = _DATE.match(text(value) or "")
    if found is None:
        return None
    return date_from(found[1], found[2], found[3])


def date_from(year: object, month: object = None, day: object = None) -> str | None:
    """Return the date that the parts make; parts that cannot be are left out with what follows them."""
    found = year_of(year)
    if found is None:
        return None
    months, days = number(month), number(day)
    if months is None or not 1 <= months <= 12:
        return f"{found:04}" if months is None else None
    if days is None:
        return f"{found:04}-{months:02}"
    try:
        return date(found, months, days).isoformat()
    except ValueError:
        return None


def address(value: object) -> str | None:
    """Return an http(s) address that may be shown as a link."""
    found = text(value)
    if not found or len(found) > 2_000 or any(char.isspace() or ord(char) < 33 for char in found):
        return None
    try:
        parts = urlsplit(found)
        return found if parts.scheme in {"http", "https"} and parts.hostname and parts.username is None else None
    except ValueError:
        return None
