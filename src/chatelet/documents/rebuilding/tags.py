"""The tags of a page and where they stand: HTML and XHTML as they are written, whatever is wrong with them.

No tree is built: a page is given back by offsets, and what a browser would mend stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW: Final = frozenset("script style textarea title xmp iframe noembed noframes".split())
_LONGEST: Final = 100_000
_TOKEN: Final = re.compile(
    r"<!--(?:>|->|.*?(?:-->|--!>|\Z))"
    r"|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<[!?](?:[^>\[]|\[[^\]]*\])*+>"
    r"|</?(?P<name>[A-Za-z][^\s/>]*+)"
    rf"""(?P<rest>(?:[^>"']++|"[^"]{{0,{_LONGEST}}}+"|'[^']{{0,{_LONGEST}}}+')*+)>"""
    r"|</?(?P<broken>[A-Za-z][^\s/>]*+)(?P<remains>[^>]*+)>",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""",
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute's value and its place, quotes left out; `quote` is empty for a bare value."""

    value: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, or (without a name) a comment, a declaration, a processing instruction."""

    name: str  # in lower case
    start: int
    end: int
    is_end: bool
    is_empty: bool  # <br/>
    rest: str
    rest_at: int

    @property
    def has_attributes(self) -> bool:
        """Tell whether something follows the name."""
        return bool(self.rest) and not self.rest.isspace()

    def attributes(self) -> dict[str, Attribute]:
        """Return the attributes by name in lower case; the first one counts."""
        found: dict[str, Attribute] = {}
        for match in _ATTRIBUTE.finditer(self.rest):
            group = match.lastindex or 1
            if group == 1:
                attribute = Attribute("", self.rest_at + match.end(), self.rest_at + match.end(), "")
            else:
                start, end = match.span(group)
                quote = {2: '"', 3: "'"}.get(group, "")
                attribute = Attribute(match[group], self.rest_at + start, self.rest_at + end, quote)
            found.setdefault(match[1].lower(), attribute)
        return found


def tags(source: str) -> Iterator[Tag]:
    """Yield the tags; what stands inside scripts, styles and the like is passed over."""
    place = 0
    while found := _TOKEN.search(source, place):
        tag = _tag(found)
        yield tag
        place = tag.end
        if tag.name in RAW and not tag.is_end and not tag.is_empty:
            close = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(source, place)
            place = close.start() if close else len(source)


def _tag(found: re.Match[str]) -> Tag:
    name = found["name"] or found["broken"] or ""
    group = "rest" if found["name"] else "remains"
    rest = found[group] or ""
    at = found.start(group) if name else found.end()
    is_end = found[0].startswith("</")
    return Tag(name.lower(), found.start(), found.end(), is_end, rest.rstrip().endswith("/"), rest, at)
