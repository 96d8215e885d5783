"""The `traceparent` header of W3C Trace Context, level 1: `00-<trace, 32 hex>-<span, 16 hex>-<flags>`."""

import re
from typing import Final

_FORM: Final = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?")
_NOTHING: Final = {"0" * 32, "0" * 16}


def read(header: str | None) -> tuple[str, str] | None:
    """Return the trace and the span that a caller says it is in; None without one, or when it is malformed."""
    if header is None or (found := _FORM.fullmatch(header)) is None:
        return None
    version, trace, span, rest = found.groups()
    if version == "ff" or (version == "00" and rest) or {trace, span} & _NOTHING:
        return None
    return trace, span


def write(trace: str, span: str) -> str:
    """Return the header of what is asked within a span that is kept."""
    return f"00-{trace}-{span}-01"
