"""Random tokens (sessions, invitations, installation secret): given once to a person, stored as a SHA-256.

A plain hash is enough because a token has 256 bits of chance; passwords, which people choose, go through `passwords`.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

LONGEST_TOKEN: Final = 100
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Token:
    """`text` goes to the person and nowhere else, `hash` to the database."""

    text: str
    hash: bytes

    def __repr__(self) -> str:
        return "Token(…)"


def new_token() -> Token:
    """Draw a token; its text is safe in an address and a cookie."""
    text = secrets.token_urlsafe(_TOKEN_BYTES)
    return Token(text=text, hash=hash_token(text))


def hash_token(text: str) -> bytes:
    """Return what is stored for `text`; any text has a hash, so nothing a caller sends reaches SQL as it is."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
