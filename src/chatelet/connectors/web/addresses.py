"""The address of a page in one form, so that two engines that name it name the same; and its site, for people."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING: Final = re.compile(
    r"(?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|igshid|xtor|at_(?:medium|campaign)|yclid|_ga|ref_src)", re.IGNORECASE
)
_LONGEST: Final = 2_000


def same_form(address: str) -> str | None:
    """Return an http(s) address without fragment nor tracking; None for what is not one."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https"} or not host or parts.username is not None or len(address) > _LONGEST:
        return None
    name = f"[{host}]" if ":" in host else host
    place = name if port in {None, 80 if scheme == "http" else 443} else f"{name}:{port}"
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not tracks(key)]
    query = parts.query if len(kept) == parts.query.count("&") + bool(parts.query) else urlencode(kept)
    return urlunsplit((scheme, place, parts.path or "/", query, ""))


def tracks(parameter: str) -> bool:
    """Tell whether a parameter only follows people about."""
    return _TRACKING.fullmatch(parameter) is not None


def site_of(address: str) -> str:
    """Return the host of an address, as shown to people and matched with lists: without port nor `www.`."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")
