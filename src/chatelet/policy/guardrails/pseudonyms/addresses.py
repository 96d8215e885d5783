"""Postal addresses: number, way, postcode and town, each with its stand-in, for an answer may name one alone."""

import re
from typing import Final

from chatelet.policy.guardrails.pseudonyms.stock import TOWNS, WAYS

_PARTS: Final = re.compile(
    r"\s*(?P<number>\d{1,4}(?:\s?(?:bis|ter|quater|[a-fA-F]))?)?[\s,]*(?P<way>[^,\n]+?)"
    r"(?:[\s,–-]*(?P<rest>[^,]*?)[\s,]*(?P<code>\d{2} ?\d{3})\s+(?P<town>[^\d,\n][^\n]*?))?\s*",
    re.DOTALL,
)


def parts(address: str) -> tuple[str, str, str]:
    """Return the way with its number, the postcode with its town, the town alone; "" for what is not there."""
    found = _PARTS.fullmatch(address)
    if found is None:
        return "", "", ""
    way = f"{found['number']} {found['way']}" if found["number"] else found["way"]
    town, code = found["town"] or "", found["code"] or ""
    return way, f"{code} {town}" if town else "", town


def stand_in(original: str, number: int) -> str:
    """Return the `number`-th address that is nowhere: no postcode begins with 99 for a town."""
    way = WAYS[number % len(WAYS)]
    street = f"{number % 89 + 7} rue {way}"
    if number >= len(WAYS):
        street = f"{number + 7} rue {way}"
    if not parts(original)[2]:
        return street
    town = TOWNS[number % len(TOWNS)]
    return f"{street}, 99{100 + number % 900:03d} {town if number < len(TOWNS) else f'{town}-{number}'}"
