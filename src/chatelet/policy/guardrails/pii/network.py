"""IP addresses of machines, not versions, paragraphs, masks nor the loop."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address
from typing import Final

from chatelet.policy.guardrails.spans import Span

_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_V4: Final = re.compile(rf"(?<![\w.])(?<!\d,){_OCTET}(?:\.{_OCTET}){{3}}(?![\w-])(?!\.\d)")
_V6: Final = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:|::)[0-9A-Fa-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])")
_MAY_BE_V4: Final = re.compile(r"\d\.\d{1,3}\.\d{1,3}\.\d")
_MAY_BE_V6: Final = re.compile(r":[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:")
_NUMBERED: Final = re.compile(
    r"(?:\bv(?:ersions?)?|\bver|release|noyau|kernel|article|§|chapitre|section|chapter|paragraphe|build|firmware|\bOID"
    r"|masque|mask|norme|annexe|\bpoint|==|>=|~=)\W{0,4}$",
    re.IGNORECASE,
)
_NOBODY: Final = ("0.", "127.", "255.")


def find_ips(text: str) -> Iterator[Span]:
    """Give the addresses."""
    for found in _V4.finditer(text) if _MAY_BE_V4.search(text) else ():
        if not found[0].startswith(_NOBODY) and not _NUMBERED.search(text, max(0, found.start() - 20), found.start()):
            yield Span(found.start(), found.end(), "ip")
    if "::" in text or _MAY_BE_V6.search(text):
        for found in _V6.finditer(text):
            if _is_v6(found[0]):
                yield Span(found.start(), found.end(), "ip")


def _is_v6(written: str) -> bool:
    try:
        IPv6Address(written)
    except AddressValueError:
        return False
    return sum(bool(group) for group in written.split(":")) > 2
