"""What a page says to whoever follows its links: links, base, canonical address, and what it does not want.

Tags are found by patterns that take linear time on any text, and no tree is built: what a page holds is read elsewhere,
in a process of its own.
"""

import html
import re
from dataclasses import dataclass
from typing import Final

READ: Final = 2 * 1024 * 1024  # bytes of a page in which links are looked for
_MOST_LINKS: Final = 5_000
_TAG: Final = re.compile(r"<(a|area|base|frame|iframe|link|meta)\b([^<>]{0,4000})>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""(?<![\w:-])(href|src|rel|name|content|http-equiv)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_HIDDEN: Final = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<template", "</template"))
_VALUED: Final = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. Links are as written, relative to `base` where it is given."""

    links: tuple[str, ...] = ()
    base: str | None = None
    canonical: str | None = None
    noindex: bool = False
    nofollow: bool = False


def read_page(data: bytes, content_type_header: str = "", robots_header: str = "") -> Page:
    """Read the beginning of a page, and the headers that came with it."""
    text = _shown(_decoded(data[:READ], content_type_header))
    links: list[str] = []
    base = canonical = None
    wishes = _wishes(robots_header)
    for tag in _TAG.finditer(text):
        name, said = tag[1].lower(), _attributes(tag[2])
        rel = _words(said.get("rel", ""))
        if name == "meta":
            if said.get("name", "").lower() in {"robots", "chatelet"}:
                wishes |= _words(said.get("content", ""))
            links += _refreshed(said)
        elif name == "base":
            base = base or said.get("href")
        elif name == "link":
            canonical = said.get("href") if "canonical" in rel else canonical
        elif "nofollow" not in rel and len(links) < _MOST_LINKS and (link := said.get("href") or said.get("src")):
            links.append(link)
    noindex, nofollow = bool({"noindex", "none"} & wishes), bool({"nofollow", "none"} & wishes)
    return Page(() if nofollow else tuple(links), base, canonical, noindex, nofollow)


def _wishes(header: str) -> set[str]:
    """Return what `X-Robots-Tag` wants of every reader, or of this one: `noindex, other: nofollow`."""
    wishes: set[str] = set()
    reader = ""
    for part in header.lower().split(","):
        before, colon, after = part.partition(":")
        if colon and before.strip() not in _VALUED:
            reader = before.strip()
        if reader in {"", "chatelet"}:
            wishes |= _words(after if colon else before)
    return wishes


def _refreshed(said: dict[str, str]) -> list[str]:
    """Return where a page sends its readers by itself."""
    if said.get("http-equiv", "").lower() != "refresh":
        return []
    _, found, address = said.get("content", "").partition("=")
    return [address.strip(" '\"")] if found else []


def _attributes(written: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(written):
        said.setdefault(found[1].lower(), html.unescape(found[2] or found[3] or found[4] or "").strip())
    return said


def _words(written: str) -> set[str]:
    return set(re.split(r"[\s,]+", written.lower())) - {""}


def _shown(text: str) -> str:
    """Return the text without comments, programs and styles; what is opened and never closed goes to the end."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals have two lower-case characters: positions would differ
        lower = text
    kept: list[str] = []
    at = 0
    ends = {opening: -1 for opening, _ in _HIDDEN}
    while True:
        for opening, _ in _HIDDEN:
            if ends[opening] < at and ends[opening] != len(text):
                found = lower.find(opening, at)
                ends[opening] = len(text) if found < 0 else found
        opening, closing = min(_HIDDEN, key=lambda pair: ends[pair[0]])
        begins = ends[opening]
        kept.append(text[at:begins])
        if begins == len(text):
            return "".join(kept)
        closed = lower.find(closing, begins + len(opening))
        if closed < 0:
            return "".join(kept)
        at = closed + len(closing)


def _decoded(data: bytes, content_type_header: str) -> str:
    declared = _CHARSET.search(content_type_header.encode("ascii", "replace")) or _CHARSET.search(data[:4096])
    if not declared:
        return data.decode("utf-8", "replace")
    try:
        return data.decode(declared[1].decode("ascii"), "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")
