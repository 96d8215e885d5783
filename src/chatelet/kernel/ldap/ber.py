"""Basic encoding rules, the subset that LDAP uses (RFC 4511, 5.1): definite lengths, one-byte tags."""

from collections.abc import Iterator
from typing import Final

INTEGER: Final = 0x02
OCTETS: Final = 0x04
ENUMERATED: Final = 0x0A
SEQUENCE: Final = 0x30
TRUE: Final = b"\x01\x01\xff"
FALSE: Final = b"\x01\x01\x00"
_LONGEST_LENGTH: Final = 4


class LdapMalformed(Exception):
    """The other side sent bytes that are no LDAP, or more than is read."""


def element(tag: int, content: bytes) -> bytes:
    """Write one element."""
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + length.to_bytes(size, "big") + content


def integer(value: int, tag: int = INTEGER) -> bytes:
    """Write a number that is not negative."""
    return element(tag, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(value: bytes, tag: int = OCTETS) -> bytes:
    """Write bytes."""
    return element(tag, value)


def sequence(*parts: bytes, tag: int = SEQUENCE) -> bytes:
    """Write elements inside one."""
    return element(tag, b"".join(parts))


def elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Read the elements that stand one after the other: (tag, content). Raises `LdapMalformed`."""
    at, end = 0, len(data)
    while at < end:
        if at + 2 > end:
            raise LdapMalformed("truncated")
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            if not 0 < size <= _LONGEST_LENGTH or at + size > end:
                raise LdapMalformed("length")
            length = int.from_bytes(data[at : at + size], "big")
            at += size
        if at + length > end:
            raise LdapMalformed("truncated")
        yield tag, data[at : at + length]
        at += length


def number(content: bytes) -> int:
    """Read a number; raise `LdapMalformed`."""
    if not 0 < len(content) <= 8:
        raise LdapMalformed("number")
    return int.from_bytes(content, "big", signed=True)
