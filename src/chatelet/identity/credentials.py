"""What a request says of who sends it, before anything is checked: a session's cookie, or an API key in a header.

    /v1   keys only: another site can make a browser send a cookie, never a key
    else  the session's cookie only

Two credentials at once are refused, whichever they are: two readers of one request must never differ about who sent
it (TA-008). No query parameter, no other header.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from chatelet.identity.errors import AmbiguousCredentials, NotSignedIn

COOKIE: Final = "__Host-chatelet"
_COOKIE_START: Final = f"{COOKIE}=".encode()
Door = Literal["page", "api"]


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential as it came. For a key: what it asks (`chat` of /v1/chat/…), from where, for which web origin."""

    kind: Literal["session", "key"]
    text: str = field(repr=False)
    address: str | None = None
    origin: str | None = None
    route: str = ""


def door_of(path: str) -> Door:
    """Tell which door an address is behind."""
    return "api" if path == "/v1" or path.startswith("/v1/") else "page"


def read(headers: Iterable[tuple[bytes, bytes]], path: str, address: str | None) -> Credential | None:
    """Return the one credential of a request, None when it has none.

    Raises `AmbiguousCredentials`, and `NotSignedIn` for a credential shown at the wrong door.
    """
    door = door_of(path)
    cookies: list[str] = []
    keys: list[str] = []
    origin = None
    for name, value in headers:
        if name == b"cookie":
            cookies += _cookies(value)
        elif name == b"authorization":
            scheme, _, rest = value.strip().partition(b" ")
            if scheme.lower() == b"bearer":
                keys.append(rest.strip().decode("latin-1"))
        elif name == b"x-api-key":
            keys.append(value.strip().decode("latin-1"))
        elif name == b"origin":
            origin = value.decode("latin-1")
    if len(cookies) + len(keys) > 1:
        raise AmbiguousCredentials
    if (keys and door == "page") or (cookies and door == "api"):
        raise NotSignedIn
    if keys:
        return Credential("key", keys[0], address, origin, path.removeprefix("/v1/").partition("/")[0])
    return Credential("session", cookies[0]) if cookies else None


def _cookies(header: bytes) -> list[str]:
    """Return every value of our cookie in a header, however often it stands there."""
    if _COOKIE_START not in header:
        return []
    pairs = [pair.strip() for pair in header.split(b";")]
    return [pair[len(_COOKIE_START) :].decode("latin-1") for pair in pairs if pair.startswith(_COOKIE_START)]
