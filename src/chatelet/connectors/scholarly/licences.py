"""Licences under which a work may be reused, in one writing: `cc-by-4.0`, `cc-by`, `cc0`."""

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)(?:/(\d\.\d))?|publicdomain/(zero|mark))", re.IGNORECASE
)
_WRITTEN: Final = re.compile(r"cc[ -]?(0|by(?:[ -](?:nc|nd|sa))*)(?:[ -](\d\.\d))?", re.IGNORECASE)


def licence_of(told: str | None) -> str | None:
    """Return the Creative Commons licence that an address or a name says; None for any other."""
    if not told:
        return None
    if found := _ADDRESS.search(told):
        if found[3]:
            return "cc0" if found[3].lower() == "zero" else "public-domain"
        return f"cc-{found[1].lower()}" + (f"-{found[2]}" if found[2] else "")
    if found := _WRITTEN.fullmatch(told.strip()):
        name = "cc0" if found[1] == "0" else "cc-" + found[1].lower().replace(" ", "-")
        return name + (f"-{found[2]}" if found[2] else "")
    return None


def named(told: str | None) -> str | None:
    """Return the licence in our writing, or as it was told."""
    return licence_of(told) or (told.strip() if told and told.strip() else None)
