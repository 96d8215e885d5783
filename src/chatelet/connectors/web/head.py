"""What the head of a page says of it: title, site, day, author, language, whether it is paid for.

Found by patterns that take linear time on any text, in the first half megabyte: no tree is built here. All of it is the
page's own word: shown as such, never believed more than the rest.
"""

import html
import re
from dataclasses import dataclass
from typing import Final

from chatelet.connectors.web.dates import day_of

_READ: Final = 512 * 1024
_TAG: Final = re.compile(r"<(meta|html|time)\b([^<>]{0,3000})>", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^<>]{0,300}>([^<]{0,1000})", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""(?<![\w:-])(name|property|itemprop|content|lang|datetime|http-equiv)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
_JSON_DAY: Final = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,40})"')
_JSON_AUTHOR: Final = re.compile(
    r'"author"\s*:\s*[\[{\s]{0,8}(?:"@type"\s*:\s*"\w{1,40}"\s*,\s*)?"name"\s*:\s*"([^"\\]{2,120})"'
)
_PAID: Final = re.compile(r'"isAccessibleForFree"\s*:\s*"?false"?', re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}")
_DAYS: Final = (
    "article:published_time", "datepublished", "date", "dc.date", "dcterms.issued", "dcterms.created",
    "citation_publication_date", "pubdate", "dc.date.issued", "article:modified_time",
)  # fmt: skip
_AUTHORS: Final = ("author", "article:author", "dc.creator", "citation_author", "dcterms.creator")
_TITLES: Final = ("og:title", "citation_title", "dc.title")


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself; empty where it is silent."""

    title: str = ""
    author: str = ""
    published: str | None = None
    language: str | None = None
    paid: bool = False


def read_head(text: str) -> Head:
    """Read the beginning of a page."""
    text = text[:_READ]
    said: dict[str, str] = {}
    language, first_time = "", ""
    for tag in _TAG.finditer(text):
        name, given = tag[1].lower(), _attributes(tag[2])
        if name == "html":
            language = language or given.get("lang", "")
        elif name == "time":
            first_time = first_time or given.get("datetime", "")
        elif key := given.get("property") or given.get("name") or given.get("itemprop"):
            said.setdefault(key.lower(), given.get("content", ""))
    found = _TITLE.search(text)
    own = html.unescape(found[1]) if found else ""
    days = (*(said.get(name) for name in _DAYS), _first(_JSON_DAY, text), first_time)
    return Head(
        title=_line(_said(said, _TITLES) or own, 300),
        author=_author(_said(said, _AUTHORS) or _first(_JSON_AUTHOR, text)),
        published=next((day for one in days if (day := day_of(one)) is not None), None),
        language=code[0].lower() if (code := _LANGUAGE.match(language)) else None,
        paid=_PAID.search(text) is not None,
    )


def _attributes(written: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(written):
        given.setdefault(found[1].lower(), html.unescape(found[2] or found[3] or found[4] or "").strip())
    return given


def _said(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _author(written: str) -> str:
    """Return a name; an address of a profile is none."""
    return "" if "://" in written else _line(written, 120)


def _line(written: str, most: int) -> str:
    return " ".join("".join(char for char in written if char.isprintable() or char.isspace()).split())[:most]
