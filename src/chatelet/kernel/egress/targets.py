"""One parse of an address that nobody declared: strict enough that no other parser reads another host in it (TA-061).

    scheme://host[:port][/path][?query][#fragment]

The answer holds exactly what is then contacted: nothing reads the text a second time. Whatever two parsers could
disagree on (user names, backslashes, odd numbers, invisible characters) is refused, with the rule that refused it.
"""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import quote, unquote, urljoin

from chatelet.kernel.egress.addresses import Address
from chatelet.kernel.egress.hosts import read_host
from chatelet.kernel.egress.reasons import AddressRefused, Reason

PORTS: Final = frozenset({80, 443, 8000, 8080, 8443})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 8_192
_DECODINGS: Final = 3
_SHAPE: Final = re.compile(r"(?P<scheme>[A-Za-z]+)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(#.*)?")
_AUTHORITY: Final = re.compile(r"(?P<host>\[[^\[\]]*\]|[^\[\]:]+)(?::(?P<port>[0-9]*))?")
_SMUGGLED: Final = re.compile(r"%00|%0d%0a", re.IGNORECASE)
_SMUGGLED_IN_PATH: Final = re.compile(r"%(25)*0[0ad]", re.IGNORECASE)
_LED_TO: Final = re.compile(r"(?:^|[=&?/;])((?:https?|gopher|file|dict)://[^\s&#]*)", re.IGNORECASE)
_KEPT_IN_PATH: Final = "/%:@!$&'()*+,;=~-._"
_KEPT_IN_QUERY: Final = _KEPT_IN_PATH + '?[]|^{}`"'


@dataclass(frozen=True, slots=True)
class Target:
    """What will be contacted, and nothing else. `address` is set when the host was written as one."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    path: str
    address: Address | None
    is_declared: bool = False

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port left out when it is the scheme's own."""
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    @property
    def url(self) -> str:
        """The whole address in its one form, without fragment."""
        return self.origin + self.path

    @property
    def name(self) -> str:
        """The host as TLS and resolvers name it: without brackets."""
        return self.host.strip("[]")


_NOWHERE: Final[frozenset[str]] = frozenset()


def read(text: str, inside: frozenset[str] = _NOWHERE) -> Target:
    """Return what an address leads to. `inside` are exact origins, allowed as declared. Raises `AddressRefused`."""
    target = _read(text, inside)
    if not target.is_declared:
        _check_led_to(text)
    return target


def redirected(target: Target, location: str, inside: frozenset[str] = _NOWHERE) -> Target:
    """Return where a redirect leads, by the same parse. Raises `AddressRefused`."""
    _check_characters(location)
    found = read(urljoin(target.url, location), inside)
    if target.scheme == "https" and found.scheme == "http":
        raise AddressRefused(Reason.DOWNGRADE)
    return found


def _read(text: str, inside: frozenset[str] = _NOWHERE) -> Target:
    _check_characters(text)
    shape = _SHAPE.fullmatch(text)
    if shape is None or (scheme := shape["scheme"].lower()) not in _DEFAULT_PORTS:
        raise AddressRefused(Reason.SCHEME)
    authority, path, query = shape["authority"], shape["path"], shape["query"] or ""
    if "@" in authority:
        raise AddressRefused(Reason.USERINFO)
    if not path and "@" in text:
        raise AddressRefused(Reason.AMBIGUOUS)  # http://a?@b and http://a#@b: some read b
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise AddressRefused(Reason.ODD_IPV6 if "[" in authority or authority.count(":") > 1 else Reason.HOST)
    is_declared = f"{scheme}://{authority}" in inside
    host, address = (parts["host"], _address_of(parts["host"])) if is_declared else read_host(parts["host"])
    port = _read_port(parts["port"], scheme, is_any=is_declared)
    if _SMUGGLED_IN_PATH.search(path) or _SMUGGLED.search(query):
        raise AddressRefused(Reason.CONTROL_CHARACTER)
    sent = quote(path or "/", safe=_KEPT_IN_PATH) + quote(query, safe=_KEPT_IN_QUERY)
    return Target("https" if scheme == "https" else "http", host, port, sent, address, is_declared)


def _address_of(declared: str) -> Address | None:
    """Return the address that a declared host is, None for a name: what an administrator wrote is not judged."""
    try:
        return ip_address(declared.strip("[]"))
    except ValueError:
        return None


def _read_port(written: str | None, scheme: str, *, is_any: bool) -> int:
    if written is None:
        return _DEFAULT_PORTS[scheme]
    if not written or written.startswith("0") or len(written) > 5 or not (is_any or int(written) in PORTS):
        raise AddressRefused(Reason.PORT)
    return int(written)


def _check_characters(text: str) -> None:
    if len(text) > _LONGEST:
        raise AddressRefused(Reason.TOO_LONG)
    if "\\" in text:
        raise AddressRefused(Reason.BACKSLASH)
    if text.isascii() and text.isprintable() and " " not in text:
        return
    for character in text:
        reason = _REFUSED_KINDS.get(unicodedata.category(character))
        if reason is not None:
            raise AddressRefused(reason)


_REFUSED_KINDS: Final = {
    "Cc": Reason.CONTROL_CHARACTER,
    "Cs": Reason.CONTROL_CHARACTER,
    "Cn": Reason.CONTROL_CHARACTER,
    "Co": Reason.INVISIBLE,
    "Cf": Reason.INVISIBLE,
    "Zs": Reason.WHITESPACE,
    "Zl": Reason.WHITESPACE,
    "Zp": Reason.WHITESPACE,
}


def _check_led_to(text: str) -> None:
    """Refuse an address that asks its host to lead to one inside: `…/redirect?url=http://127.0.0.1/`."""
    after = text.split("://", maxsplit=1)[1]
    for _ in range(_DECODINGS):
        for found in _LED_TO.finditer(after):
            _check_one_led_to(found[1])
        decoded = unquote(after)
        if decoded == after:
            return
        after = decoded


_INSIDE: Final = frozenset(
    {
        Reason.ODD_IPV4,
        Reason.INTERNAL_NAME,
        Reason.METADATA,
        Reason.HIDDEN_ADDRESS,
        Reason.UNSPECIFIED,
        Reason.LOOPBACK,
        Reason.PRIVATE,
        Reason.LINK_LOCAL,
        Reason.SHARED,
        Reason.TRANSLATED,
    }
)


def _check_one_led_to(address: str) -> None:
    try:
        _read(address)
    except AddressRefused as refused:
        if refused.reason in _INSIDE or not address.lower().startswith("http"):
            raise AddressRefused(Reason.LEADS_INSIDE) from None
