"""From the base of a declared server and a path to the address asked: never another origin, never a way upwards."""

import re
from typing import Final
from urllib.parse import unquote

from yarl import URL

_FORBIDDEN_IN_PATH: Final = ("//", "..", "\\", "?", "#", "@")
# What a path and a query are made of once encoded (RFC 3986).
_IN_PATH: Final = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*"
_TARGET: Final = re.compile(rf"/{_IN_PATH}(?:\?[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*)?")


def joined(base: str, path: str) -> URL:
    """Return the address of a path under the base. Raises `ValueError`."""
    if not path.startswith("/") or any(mark in path for mark in _FORBIDDEN_IN_PATH):
        raise ValueError(f"not a plain path: {path!r}")
    address = URL(base.rstrip("/") + path)
    if address.origin() != URL(base).origin():
        raise ValueError("the path leaves the endpoint's origin")
    return address


def exact(base: str, target: str) -> URL:
    """Return the address of a path and query on the base's origin, sent as they are written. Raises `ValueError`."""
    path = target.partition("?")[0]
    if not _TARGET.fullmatch(target) or path.startswith("//"):
        raise ValueError(f"not an encoded target: {target!r}")
    if any(part in {".", ".."} for part in unquote(path).replace("\\", "/").split("/")):
        raise ValueError(f"not a plain path: {target!r}")
    return URL(str(URL(base).origin()) + target, encoded=True)
