"""Activation codes: for paper. 140 bits in Crockford's base 32, seven groups of four, read without mistake.

O is read as 0, I and L as 1, U as V; case, spaces and dashes do not count. Kept as a SHA-256 only: like any random
token of this size, it needs no slow hash.
"""

import secrets
from typing import Final

from chatelet.identity.tokens import Token, hash_token

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS: Final = 7
_GROUP: Final = 4
_READ: Final = str.maketrans("OILU", "011V")
LONGEST_CODE: Final = 100


def new_code() -> Token:
    """Draw a code; its text is for the person it is printed for and nowhere else."""
    signs = [secrets.choice(_SIGNS) for _ in range(_GROUPS * _GROUP)]
    groups = ("".join(signs[place : place + _GROUP]) for place in range(0, len(signs), _GROUP))
    text = "-".join(groups)
    return Token(text=text, hash=hash_code(text))


def hash_code(text: str) -> bytes:
    """Return what is stored for a code, however it was typed."""
    kept = "".join(sign for sign in text.upper() if sign.isalnum())
    return hash_token(f"activation:{kept.translate(_READ)}")
