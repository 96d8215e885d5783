"""Distinguished names (RFC 4514) and addresses of servers, read strictly; values inside a name stay values."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_SPECIAL: Final = frozenset(',+"\\<>;=')
_TYPE: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)*")
_PAIR: Final = re.compile(rb"\\([0-9A-Fa-f]{2})|\\([ \"#+,;<=>\\])")
_LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class LdapServer:
    """A server of a directory. Never without TLS: from the first byte (`ldaps`), or by StartTLS before anything."""

    host: str
    port: int
    tls_at_once: bool

    @property
    def address(self) -> str:
        """How an administrator writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ldaps' if self.tls_at_once else 'ldap'}://{host}:{self.port}"


def server_at(address: str) -> LdapServer:
    """Read `ldaps://host[:port]` (TLS) or `ldap://host[:port]` (StartTLS); raise `ValueError`."""
    parts = urlsplit(address)
    host, port = parts.hostname, parts.port
    if parts.scheme not in ("ldap", "ldaps") or not host or not address.isprintable() or " " in address:
        raise ValueError("an address ldaps://server or ldap://server is expected")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("an address without path, query nor credentials is expected")
    tls_at_once = parts.scheme == "ldaps"
    return LdapServer(host, port or (636 if tls_at_once else 389), tls_at_once)


def escape_value(text: str) -> str:
    """Write a value inside a name (RFC 4514, 2.4)."""
    signs = ["\\00" if sign == "\0" else f"\\{sign}" if sign in _SPECIAL else sign for sign in text]
    if signs and signs[0] in (" ", "#"):
        signs[0] = f"\\{signs[0]}"
    if signs and signs[-1] == " ":
        signs[-1] = "\\ "
    return "".join(signs)


def parts_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name's parts, nearest first, ready to compare: types and values folded. Raises `ValueError`.

    `OU=Lab, dc=fr` → `(("ou=lab",), ("dc=fr",))`; the elements of `cn=a+uid=b` are sorted.
    """
    if not name.strip() or len(name) > _LONGEST or "\0" in name:
        raise ValueError("a distinguished name is expected")
    return tuple(tuple(sorted(_element(one) for one in _cut(part, "+"))) for part in _cut(name, ","))


def _cut(text: str, separator: str) -> list[str]:
    """Cut at separators that are not escaped."""
    found, start, at = list[str](), 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == separator:
            found.append(text[start:at])
            start = at + 1
        at += 1
    return [*found, text[start:]]


def _element(text: str) -> str:
    kind, equals, value = text.partition("=")
    kind, value = kind.strip(), value.strip() if not value.endswith("\\ ") else value.lstrip()
    if not equals or not _TYPE.fullmatch(kind) or not value:
        raise ValueError("type=value is expected")
    plain = _PAIR.sub(lambda pair: bytes.fromhex(pair[1].decode()) if pair[1] else pair[2], value.encode())
    return f"{kind.lower()}={' '.join(plain.decode('utf-8', 'replace').split()).casefold()}"
