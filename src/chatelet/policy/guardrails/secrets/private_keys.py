"""Private keys as files: PEM, OpenSSH, PGP, PuTTY, WireGuard. Public keys and certificates are no secrets."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.spans import Span

_BEGIN: Final = re.compile(r"-----BEGIN ((?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?)-----")
_BODY: Final = re.compile(r"(?:\\n|\\r|[A-Za-z0-9+/=\s:,().\-\"'])*")
_LONGEST: Final = 8_000
_PUTTY: Final = re.compile(
    r"PuTTY-User-Key-File-\d: \S{3,30}[^\0]{0,4000}?Private-MAC: ?[0-9a-f]{10,64}|PuTTY-User-Key-File-\d: \S{3,30}"
)
_WIREGUARD: Final = re.compile(r"(?<=PrivateKey = )[A-Za-z0-9+/]{42,43}=|(?<=PrivateKey=)[A-Za-z0-9+/]{42,43}=")


def find_private_keys(text: str) -> Iterator[Span]:
    """Give the keys from their first line to the last, or as far as they go."""
    if "PRIVATE KEY" in text:
        for found in _BEGIN.finditer(text):
            closing = f"-----END {found[1]}-----"
            end = text.find(closing, found.end(), found.end() + _LONGEST)
            if end >= 0 and len(text[found.end() : end].strip(" .…\n")) > 20:
                yield Span(found.start(), end + len(closing), "private_key")
            elif (
                end < 0
                and (body := _BODY.match(text, found.end(), found.end() + _LONGEST))
                and len(body[0].strip()) > 40
            ):
                yield Span(found.start(), body.end(), "private_key")
    if "PuTTY-User-Key-File" in text:
        yield from (Span(found.start(), found.end(), "private_key") for found in _PUTTY.finditer(text))
    if "PrivateKey" in text:
        yield from (Span(found.start(), found.end(), "private_key") for found in _WIREGUARD.finditer(text))
