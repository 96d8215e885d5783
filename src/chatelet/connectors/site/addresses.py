"""Addresses of a site: what is the same page, what lies within the bounds, and the path that an entry gets.

A target is the path and query of the origin, encoded in one form; no fragment, no trace of who came from where.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from chatelet.connectors.paths import path_of
from chatelet.kernel.outbound import origin_of

LONGEST_TARGET: Final = 1_000
_SAFE: Final = "/!$&'()*+,;=:@~-._"
_SAFE_IN_QUERY: Final = _SAFE + "?"
_TRACES: Final = re.compile(
    r"(?:utm_\w*|fbclid|gclid|msclkid|mc_[ce]id|_ga|pk_\w*|mtm_\w*|phpsessid|jsessionid|sid|sessionid)(?:=.*)?",
    re.IGNORECASE,
)
_SESSION: Final = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
EXTENSIONS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    f"{_OFFICE}wordprocessingml.document": "docx",
    f"{_OFFICE}presentationml.presentation": "pptx",
    f"{_OFFICE}spreadsheetml.sheet": "xlsx",
    f"{_OPEN}text": "odt",
    f"{_OPEN}presentation": "odp",
    f"{_OPEN}spreadsheet": "ods",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
}
_UNSAID: Final = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/force-download"})
_ALSO: Final = {"html": ("html", "htm", "xhtml")}
# What no page is: not asked for.
_NEVER: Final = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|ico|bmp|tiff?|css|m?js|json|map|woff2?|ttf|eot|mp[34]|m4[av]|webm|og[gv]|wav|avi"
    r"|mov|zip|gz|tgz|7z|rar|tar|exe|dmg|iso|apk|ics|vcf|rss|atom|xml|docm|xlsm)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """One origin, and a path of it below which everything is; empty for all of it."""

    origin: str
    prefix: str

    def target(self, base: str, href: str) -> str | None:
        """Return the target that a link of the page `base` names; None when it leads out of bounds."""
        address = self.same_origin(base, href)
        if address is None:
            return None
        path = unquote(address.partition("?")[0]).strip("/")
        inside = not self.prefix or path == self.prefix or path.startswith(f"{self.prefix}/")
        return address if inside else None

    def same_origin(self, base: str, href: str) -> str | None:
        """Return the target that a link names, anywhere on the origin; None when it is elsewhere or no address."""
        written = re.sub(r"[\t\r\n]", "", href).strip()
        if len(written) > LONGEST_TARGET or "\\" in written or "\ufffd" in written:
            return None
        try:
            parts = urlsplit(urljoin(self.origin + base, written))
            if parts.scheme not in {"http", "https"} or parts.username is not None:
                return None
            if origin_of(f"{parts.scheme}://{parts.netloc}/") != self.origin:
                return None
            return _normal(parts.path, parts.query)
        except ValueError:
            return None


def _normal(path: str, query: str) -> str | None:
    """Return path and query in their one form; None when the path leads upwards or is not one."""
    path = _encoded(_SESSION.sub("", path), _SAFE) or "/"
    decoded = unquote(path)
    if path.startswith("//") or any(part in {".", ".."} for part in decoded.replace("\\", "/").split("/")):
        return None
    kept = [part for part in query.split("&") if part and not _TRACES.fullmatch(part)]
    target = f"{path}?{_encoded('&'.join(kept), _SAFE_IN_QUERY)}" if kept else path
    return target if len(target) <= LONGEST_TARGET else None


def _encoded(text: str, safe: str) -> str:
    """Encode what is not, and leave the escapes that are there, in upper case."""
    escaped = quote(_BAD_ESCAPE.sub("%25", text), safe=safe + "%")
    return re.sub(r"%[0-9a-f]{2}", lambda found: found[0].upper(), escaped, flags=re.IGNORECASE)


def is_worth_asking(target: str) -> bool:
    """Tell whether a target may be a page or a document: no picture by its name, no turning in circles."""
    path = target.partition("?")[0]
    parts = [part for part in path.split("/") if part]
    return not _NEVER.search(path) and all(parts.count(part) <= 3 for part in set(parts))


def extension_of(target: str, content_type: str) -> str | None:
    """Return the extension of what was answered; None for a kind that is not read."""
    if content_type in EXTENSIONS:
        return EXTENSIONS[content_type]
    written = unquote(target.partition("?")[0]).rpartition("/")[2].rpartition(".")[2].lower()
    return written if content_type in _UNSAID and written in set(EXTENSIONS.values()) - {"html"} else None


def likely_extension(target: str) -> str:
    """Return the extension that a target would have, when it did not answer."""
    return extension_of(target, "") or "html"


def entry_path(target: str, extension: str) -> str:
    """Return the path of the entry of a page: that of its address, readable, with the extension of its kind."""
    path, _, query = target.partition("?")
    names = [_readable(part) for part in path.split("/") if part]
    if path.endswith("/"):
        names.append("index")
    name = names.pop()
    if query:
        name = f"{name}?{_readable(query).replace('/', '%2F')}.{extension}"
    elif name.rpartition(".")[2].lower() not in _ALSO.get(extension, (extension,)) or "." not in name:
        name = f"{name}.{extension}"
    return path_of((*names, name)) or distinguished(f"page.{extension}", target)


def distinguished(path: str, target: str) -> str:
    """Return a path of the same kind that only this target has."""
    stem, _, extension = path.rpartition(".")
    return f"{stem[:900]}-{hashlib.sha256(target.encode()).hexdigest()[:12]}.{extension}"


def _readable(part: str) -> str:
    """Return a part decoded where it can be a name, else as it is written."""
    decoded = unquote(part, errors="replace")
    return decoded if path_of((decoded,)) and "\ufffd" not in decoded else part
