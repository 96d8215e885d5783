"""What a request says of who sends it, before anything is checked: a session's cookie, an API key, a directory's token.

    /v1       keys only: another site can make a browser send a cookie, never a key
    /scim/v2  tokens of directories only, in `Authorization`
    else      the session's cookie only

Two credentials at once are refused, whichever they are: two readers of one request must never differ about who sent
it (TA-008). No query parameter, no other header.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from chatelet.identity.errors import AmbiguousCredentials, NotSignedIn

COOKIE: Final = "__Host-chatelet"
_COOKIE_START: Final = f"{COOKIE}=".encode()
Door = Literal["page", "api", "directory"]
Kind = Literal["session", "key", "directory"]
_PREFIXES: Final[dict[Door, str]] = {"api": "/v1", "directory": "/scim/v2"}
_TAKEN: Final[dict[Door, frozenset[str]]] = {
    "page": frozenset({"cookie"}),
    "api": frozenset({"bearer", "x-api-key"}),
    "directory": frozenset({"bearer"}),
}
_OPENED: Final[dict[Door, Kind]] = {"page": "session", "api": "key", "directory": "directory"}


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential as it came. For a key: what it asks (`chat` of /v1/chat/…), from where, for which web origin."""

    kind: Kind
    text: str = field(repr=False)
    address: str | None = None
    origin: str | None = None
    route: str = ""


def door_of(path: str) -> Door:
    """Tell which door an address is behind."""
    for door, prefix in _PREFIXES.items():
        if path == prefix or path.startswith(f"{prefix}/"):
            return door
    return "page"


def read(headers: Iterable[tuple[bytes, bytes]], path: str, address: str | None) -> Credential | None:
    """Return the one credential of a request, None when it has none.

    Raises `AmbiguousCredentials`, and `NotSignedIn` for a credential shown at the wrong door.
    """
    door = door_of(path)
    shown, origin = _shown(headers)
    if len(shown) > 1:
        raise AmbiguousCredentials
    if not shown:
        return None
    [(header, text)] = shown
    if header not in _TAKEN[door]:
        raise NotSignedIn
    if door != "api":
        return Credential(_OPENED[door], text)
    return Credential("key", text, address, origin, path.removeprefix("/v1/").partition("/")[0])


def _shown(headers: Iterable[tuple[bytes, bytes]]) -> tuple[list[tuple[str, str]], str | None]:
    """Return every credential with the header it came in, and the web origin."""
    shown: list[tuple[str, str]] = []
    origin = None
    for name, value in headers:
        if name == b"cookie":
            shown += [("cookie", text) for text in _cookies(value)]
        elif name == b"authorization":
            scheme, _, rest = value.strip().partition(b" ")
            if scheme.lower() == b"bearer":
                shown.append(("bearer", rest.strip().decode("latin-1")))
        elif name == b"x-api-key":
            shown.append(("x-api-key", value.strip().decode("latin-1")))
        elif name == b"origin":
            origin = value.decode("latin-1")
    return shown, origin


def _cookies(header: bytes) -> list[str]:
    """Return every value of our cookie in a header, however often it stands there."""
    if _COOKIE_START not in header:
        return []
    pairs = [pair.strip() for pair in header.split(b";")]
    return [pair[len(_COOKIE_START) :].decode("latin-1") for pair in pairs if pair.startswith(_COOKIE_START)]
