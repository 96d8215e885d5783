"""Reading a body: from bytes to a declared shape, or to the error that names the parameter."""

import re
from typing import Final, TypeVar

import msgspec

from chatelet.chat.v1.errors import InvalidParameter

_Shape = TypeVar("_Shape")
_PLACE: Final = re.compile(r"^(?P<reason>.*?)(?: - at `(?P<place>[^`]*)`)?$", re.DOTALL)
_LONGEST_REASON: Final = 200


def read(raw: bytes, shape: type[_Shape]) -> _Shape:
    """Return the body. What it does not declare is dropped here, and goes no further. Raises `InvalidParameter`."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        told = _PLACE.match(str(error))
        reason, place = (told["reason"], told["place"]) if told else (str(error), None)
        field = (place or "$").removeprefix("$").lstrip(".") or _named(reason)
        raise InvalidParameter(field=field, reason=reason[:_LONGEST_REASON]) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError):
        raise InvalidParameter(field="body", reason="the body is not JSON") from None


def _named(reason: str) -> str:
    found = re.search(r"field `(\w+)`", reason)
    return found[1] if found else "body"
