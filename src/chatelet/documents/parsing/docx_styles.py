"""What a DOCX says apart from its text: which styles are headings, which lists have which numbers."""

import re
from dataclasses import dataclass, field

from chatelet.documents.parsing.numbering import Counters, Level
from chatelet.documents.parsing.ooxml import Package, child, is_on
from chatelet.documents.parsing.xml import Node, attribute, local, whole

_HEADING = re.compile(r"(?:heading|titre|überschrift)\s*([1-9])$", re.IGNORECASE)
_BODY_LEVEL = 9


@dataclass(slots=True)
class Style:
    """A paragraph or character style, its parents followed."""

    name: str = ""
    level: int = 0  # of a heading, from 1
    list_id: str = ""
    depth: int = 0
    is_hidden: bool = False


@dataclass(slots=True)
class Styles:
    """Styles and lists of one document."""

    styles: dict[str, Style] = field(default_factory=dict[str, Style])
    lists: dict[str, tuple[str, list[Level]]] = field(default_factory=dict[str, tuple[str, list[Level]]])
    starts: dict[str, dict[int, int]] = field(default_factory=dict[str, dict[int, int]])
    counters: Counters = field(default_factory=Counters)

    def of(self, paragraph: Node) -> Style:
        """Return the style of a paragraph, with what it says itself."""
        properties = child(paragraph, "pPr")
        base = self.styles.get(_value(properties, "pStyle"), Style())
        style = Style(base.name, base.level, base.list_id, base.depth, base.is_hidden)
        _apply(style, properties)
        return style

    def number(self, style: Style) -> str:
        """Return the number or bullet shown before a paragraph of a list; empty outside lists."""
        if not style.list_id or style.list_id == "0":
            return ""
        name, levels = self.lists.get(style.list_id, ("", []))
        for depth, value in self.starts.pop(style.list_id, {}).items():
            self.counters.restart(name, depth, value)
        return self.counters.next(name, levels, style.depth)


def styles_of(package: Package, part: str) -> Styles:
    """Read the styles and the lists of a document."""
    found = Styles()
    for root in package.related(part, "styles"):
        _read_styles(found, root)
    for root in package.related(part, "numbering"):
        _read_lists(found, root)
    return found


def _read_styles(found: Styles, root: Node) -> None:
    elements = {attribute(element, "styleId"): element for element in root if local(element) == "style"}
    for identifier in elements:
        chain, seen = list[Node](), set[str]()
        current = identifier
        while current in elements and current not in seen:
            seen.add(current)
            chain.append(elements[current])
            current = _value(elements[current], "basedOn")
        style = Style()
        for element in reversed(chain):
            _inherit(style, element)
        found.styles[identifier] = style


def _inherit(style: Style, element: Node) -> None:
    style.name = _value(element, "name")
    heading = _HEADING.match(style.name)
    if heading:
        style.level = int(heading[1])
    _apply(style, child(element, "pPr"))
    if child(element, "rPr", "vanish") is not None:
        style.is_hidden = is_on(child(element, "rPr", "vanish"))


def _apply(style: Style, properties: Node | None) -> None:
    outline = child(properties, "outlineLvl")
    if outline is not None:
        level = whole(attribute(outline, "val"), _BODY_LEVEL)
        style.level = 0 if level >= _BODY_LEVEL else level + 1
    numbered = child(properties, "numPr")
    if numbered is not None:
        style.list_id = _value(numbered, "numId") or style.list_id
        style.depth = whole(_value(numbered, "ilvl"), style.depth)


def _read_lists(found: Styles, root: Node) -> None:
    abstract = {attribute(element, "abstractNumId"): element for element in root if local(element) == "abstractNum"}
    for element in root:
        if local(element) == "num":
            name = _value(element, "abstractNumId")
            identifier = attribute(element, "numId")
            levels = [_level(level) for level in abstract.get(name, ()) if local(level) == "lvl"]
            found.lists[identifier] = (name, levels)
            starts = {
                whole(attribute(inner, "ilvl"), 0): whole(_value(inner, "startOverride"), 1)
                for inner in element
                if local(inner) == "lvlOverride" and child(inner, "startOverride") is not None
            }
            if starts:
                found.starts[identifier] = starts


def _level(element: Node) -> Level:
    style = _value(element, "numFmt") or "decimal"
    pattern = child(element, "lvlText")
    return Level(style, "" if pattern is None else attribute(pattern, "val"), whole(_value(element, "start"), 1))


def _value(element: Node | None, name: str) -> str:
    found = child(element, name)
    return "" if found is None else attribute(found, "val")
