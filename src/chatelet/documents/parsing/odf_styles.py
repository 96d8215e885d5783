"""What an OpenDocument file says apart from its text: hidden styles, numbers of headings and lists, changes."""

import re
from dataclasses import dataclass, field

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.numbering import Counters, Level
from chatelet.documents.parsing.paragraph import Channel
from chatelet.documents.parsing.xml import Node, attribute, local, text_of, whole

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LEVEL_STYLES = {"list-level-style-number", "outline-level-style"}
_BULLETS = {"list-level-style-bullet", "list-level-style-image"}
_SIZE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
_ALMOST_NOTHING = 2  # points
_CHANGES = {"insertion": BlockKind.INSERTION, "deletion": BlockKind.DELETION}


@dataclass(slots=True)
class OdfStyles:
    """Styles of one document. `hidden` names styles whose text is not shown, `unseen` tables or slides not shown."""

    hidden: set[str] = field(default_factory=set[str])
    unseen: set[str] = field(default_factory=set[str])
    parents: dict[str, str] = field(default_factory=dict[str, str])
    lists: dict[str, list[Level]] = field(default_factory=dict[str, list[Level]])
    list_of_style: dict[str, str] = field(default_factory=dict[str, str])
    outline: list[Level] = field(default_factory=list[Level])
    changes: dict[str, tuple[Channel, Node]] = field(default_factory=dict[str, tuple[Channel, Node]])
    counters: Counters = field(default_factory=Counters)

    def is_hidden(self, name: str) -> bool:
        """Tell whether text of that style is out of sight."""
        return name in self.hidden

    def family(self, name: str) -> list[str]:
        """Return a style's name and those of its parents."""
        found: list[str] = []
        while name and name not in found:
            found.append(name)
            name = self.parents.get(name, "")
        return found

    def heading_number(self, level: int) -> str:
        """Return the number shown before the next heading of that level; empty when headings have none."""
        if not self.outline or self.outline[min(level, len(self.outline)) - 1].style == "none":
            return ""
        return self.counters.next(" outline", self.outline, level - 1)

    def read(self, root: Node) -> None:
        """Add the styles of one part."""
        for element in root.iter():
            name = local(element)
            if name == "style":
                self._read_style(element)
            elif name == "list-style":
                self.lists[attribute(element, "name")] = _levels(element)
            elif name == "outline-style":
                self.outline = _levels(element)
            elif name == "changed-region":
                self._read_change(element)

    def _read_style(self, element: Node) -> None:
        name = attribute(element, "name")
        self.parents[name] = attribute(element, "parent-style-name")
        if listed := attribute(element, "list-style-name"):
            self.list_of_style[name] = listed
        for properties in element:
            kind = local(properties)
            if kind == "text-properties" and _is_unseen(properties):
                self.hidden.add(name)
            if (kind == "table-properties" and attribute(properties, "display") == "false") or (
                kind == "drawing-page-properties" and attribute(properties, "visibility") == "hidden"
            ):
                self.unseen.add(name)

    def _read_change(self, region: Node) -> None:
        for change in region:
            kind = _CHANGES.get(local(change))
            if kind:
                author = next((text_of(inner) for inner in change.iter() if local(inner) == "creator"), None)
                self.changes[attribute(region, "id")] = (Channel(kind, author or None), change)


def _is_unseen(properties: Node) -> bool:
    if attribute(properties, "display") == "none":
        return True
    size = attribute(properties, "font-size").removesuffix("pt")
    if _SIZE.fullmatch(size) and float(size) <= _ALMOST_NOTHING:
        return True
    background = attribute(properties, "background-color")
    return attribute(properties, "color").lower() == "#ffffff" and background in {"", "transparent"}


def _levels(element: Node) -> list[Level]:
    levels: list[Level] = []
    for inner in element:
        if local(inner) in _BULLETS:
            levels.append(Level("bullet"))
        elif local(inner) in _LEVEL_STYLES:
            levels.append(_numbered(inner, len(levels)))
    return levels


def _numbered(element: Node, depth: int) -> Level:
    style = _FORMATS.get(attribute(element, "num-format"), "none")
    shown = attribute(element, "display-levels")
    count = min(whole(shown, 1), depth + 1)
    pattern = ".".join(f"%{level + 1}" for level in range(depth + 1 - count, depth + 1)) if style != "none" else ""
    start = attribute(element, "start-value")
    prefix, suffix = attribute(element, "num-prefix"), attribute(element, "num-suffix")
    return Level(style, f"{prefix}{pattern}{suffix}", whole(start, 1))
