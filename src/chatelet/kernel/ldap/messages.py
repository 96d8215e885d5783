"""The messages of LDAP (RFC 4511): requests written, answers read. Paging is RFC 2696, StartTLS RFC 4511, 4.14."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Literal

from chatelet.kernel.ldap import ber
from chatelet.kernel.ldap.ber import LdapMalformed

Scope = Literal["base", "one", "subtree"]
_SCOPES: Final[dict[Scope, int]] = {"base": 0, "one": 1, "subtree": 2}
_BIND, _BOUND, _UNBIND, _SEARCH, _ENTRY, _DONE, _REFERENCE = 0x60, 0x61, 0x42, 0x63, 0x64, 0x65, 0x73
_EXTENDED, _EXTENDED_DONE, _CONTROLS = 0x77, 0x78, 0xA0
_START_TLS: Final = b"1.3.6.1.4.1.1466.20037"
_PAGED: Final = b"1.2.840.113556.1.4.319"
_VERSION: Final = 3


class Code(IntEnum):
    """The result codes that mean something here."""

    SUCCESS = 0
    SIZE_LIMIT_EXCEEDED = 4
    NO_SUCH_OBJECT = 32
    INVALID_CREDENTIALS = 49
    BUSY = 51
    UNAVAILABLE = 52


@dataclass(frozen=True, slots=True)
class Result:
    """How a request ended. `told` is the server's own sentence: for reading its codes, never shown."""

    code: int
    told: str = field(default="", repr=False)
    cookie: bytes = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the directory. Attributes by their name in lower case, without options; values are bytes."""

    dn: str
    attributes: Mapping[str, Sequence[bytes]]

    def texts(self, attribute: str) -> list[str]:
        """Return the values that are texts."""
        found: list[str] = []
        for value in self.attributes.get(attribute.lower(), ()):
            try:
                found.append(value.decode())
            except UnicodeDecodeError:
                continue
        return found

    def text(self, attribute: str) -> str:
        """Return the first value that is a text; empty when there is none."""
        return next(iter(self.texts(attribute)), "")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; `filter` in bytes (`filters.encode`). `most`: 0 is all; `page`: 0 is all at once."""

    base: str
    filter: bytes
    attributes: tuple[str, ...]
    scope: Scope = "subtree"
    most: int = 0
    page: int = 0


Answer = Result | Entry | None


def bind(identifier: int, dn: str, password: str) -> bytes:
    """Write a simple bind. An empty password would be no proof at all (RFC 4513, 5.1.2): raise `ValueError`."""
    if not dn or not password:
        raise ValueError("a name and a password are needed: without either, a bind proves nothing")
    secret = ber.octets(password.encode(), 0x80)
    return _message(identifier, ber.sequence(ber.integer(_VERSION), ber.octets(dn.encode()), secret, tag=_BIND))


def search(identifier: int, wanted: Search, cookie: bytes, seconds: int) -> bytes:
    """Write a search; with a page size, what follows `cookie`."""
    body = ber.sequence(
        ber.octets(wanted.base.encode()),
        ber.integer(_SCOPES[wanted.scope], ber.ENUMERATED),
        ber.integer(0, ber.ENUMERATED),
        ber.integer(wanted.most),
        ber.integer(seconds),
        ber.FALSE,
        wanted.filter,
        ber.sequence(*(ber.octets(name.encode()) for name in wanted.attributes)),
        tag=_SEARCH,
    )
    if not wanted.page:
        return _message(identifier, body)
    value = ber.sequence(ber.integer(wanted.page), ber.octets(cookie))
    control = ber.sequence(ber.octets(_PAGED), ber.TRUE, ber.octets(value))
    return _message(identifier, body, ber.sequence(control, tag=_CONTROLS))


def start_tls(identifier: int) -> bytes:
    """Write a request for TLS on this connection."""
    return _message(identifier, ber.sequence(ber.octets(_START_TLS, 0x80), tag=_EXTENDED))


def unbind(identifier: int) -> bytes:
    """Write a farewell."""
    return _message(identifier, ber.element(_UNBIND, b""))


def read(message: bytes) -> tuple[int, Answer]:
    """Read the content of a message: whose answer, and what; None for a referral, which is not followed."""
    parts = list(ber.elements(message))
    if len(parts) < 2 or parts[0][0] != ber.INTEGER:
        raise LdapMalformed("message")
    identifier, (tag, body) = ber.number(parts[0][1]), parts[1]
    if tag == _ENTRY:
        return identifier, _entry(body)
    if tag == _REFERENCE:
        return identifier, None
    if tag in (_BOUND, _DONE, _EXTENDED_DONE):
        controls = parts[2][1] if len(parts) > 2 and parts[2][0] == _CONTROLS else b""
        return identifier, _result(body, controls)
    raise LdapMalformed("answer")


def _message(identifier: int, *parts: bytes) -> bytes:
    return ber.sequence(ber.integer(identifier), *parts)


def _entry(body: bytes) -> Entry:
    parts = list(ber.elements(body))
    if len(parts) != 2:
        raise LdapMalformed("entry")
    attributes: dict[str, list[bytes]] = {}
    for _, one in ber.elements(parts[1][1]):
        pair = list(ber.elements(one))
        if len(pair) != 2:
            raise LdapMalformed("attribute")
        name = pair[0][1].decode("ascii", "replace").lower().partition(";")[0]
        attributes.setdefault(name, []).extend(value for _, value in ber.elements(pair[1][1]))
    return Entry(_text(parts[0][1]), attributes)


def _result(body: bytes, controls: bytes) -> Result:
    parts = list(ber.elements(body))
    if len(parts) < 3 or parts[0][0] != ber.ENUMERATED:
        raise LdapMalformed("result")
    return Result(ber.number(parts[0][1]), parts[2][1].decode("utf-8", "replace")[:500], _cookie(controls))


def _cookie(controls: bytes) -> bytes:
    """Return where the next page begins; empty when there is none."""
    for _, control in ber.elements(controls):
        parts = list(ber.elements(control))
        if parts and parts[0][1] == _PAGED:
            _, value = next(ber.elements(parts[-1][1]), (0, b""))
            inside = list(ber.elements(value))
            return inside[1][1] if len(inside) == 2 else b""
    return b""


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise LdapMalformed("text") from None
