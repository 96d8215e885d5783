"""Fields of a DOCX: which results are words to write (a link, a contents table), which are computed (a page, a date).

Complex fields run across runs and paragraphs: the state lives as long as the part is read.
"""

from dataclasses import dataclass, field

from chatelet.documents.rebuilding.inline import Item, Leaf, Wrap
from chatelet.documents.rebuilding.xml_splice import Node

_WORDS = {"HYPERLINK", "TOC", "INDEX", "FORMTEXT", "QUOTE", "TOA", "RD", "TC", "XE"}


@dataclass(slots=True, eq=False)
class Field:
    """A complex field that has begun."""

    instruction: str = ""
    in_result: bool = False
    leaves: list[Leaf] = field(default_factory=list[Leaf])

    @property
    def has_words(self) -> bool:
        """Tell whether its result is written by somebody."""
        return is_words(self.instruction)


@dataclass(slots=True)
class Fields:
    """The fields open at a place, outer first, and what each leaf of theirs is: (field, its role)."""

    opened: list[Field] = field(default_factory=list[Field])
    roles: dict[int, tuple[Field, str]] = field(default_factory=dict[int, tuple[Field, str]])

    @property
    def is_computed(self) -> bool:
        """Tell whether what stands here is no word: an instruction, or a computed result."""
        return any(not one.in_result or not one.has_words for one in self.opened)

    def mark(self, leaf: Leaf, node: Node) -> None:
        """Take a `fldChar`."""
        kind = node.get("fldCharType")
        if kind == "begin":
            self.opened.append(Field())
        if not self.opened:
            return
        self.roles[id(leaf)] = (self.opened[-1], kind)
        if kind == "separate":
            self.opened[-1].in_result = True
        elif kind == "end":
            self.opened.pop()

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self.opened and not self.opened[-1].in_result:
            self.opened[-1].instruction += text

    def fold(self, items: list[Item]) -> list[Item]:
        """Make one thing of each field that begins and ends among these items."""
        if not self.roles:
            return items
        found: list[Item] = []
        starts: dict[int, int] = {}
        middles: dict[int, int] = {}
        for item in items:
            found.append(item)
            role = self.roles.get(id(item)) if isinstance(item, Leaf) else None
            if role is None:
                continue
            one, kind = role
            if kind == "begin":
                starts[id(one)] = len(found) - 1
            elif kind == "separate":
                middles[id(one)] = len(found)
            elif kind == "end" and id(one) in starts:
                first = starts.pop(id(one))
                found[first:] = [_folded(one, found[first:], middles.get(id(one), first) - first)]
        return found


def is_words(instruction: str) -> bool:
    """Tell whether a field's result is written by somebody."""
    return instruction.strip().partition(" ")[0].upper() in _WORDS


def _folded(one: Field, items: list[Item], middle: int) -> Item:
    leaves = [item for item in items if isinstance(item, Leaf)]
    opening = [item for item in items[:middle] if isinstance(item, Leaf)]
    first, last = leaves[0], leaves[-1]
    if one.has_words and middle and len(opening) == middle:
        return Wrap(items[middle:-1], first.start, opening[-1].end, last.start, last.end, opening, [last])
    return Leaf(_shown(items), first.start, last.end, is_fixed=True, parts=_flat(items))


def _shown(items: list[Item]) -> str:
    return "".join(item.text if isinstance(item, Leaf) else _shown(item.items) for item in items)


def _flat(items: list[Item]) -> list[Leaf]:
    """Return the leaves to write a fixed thing from; a wrap inside is written from its own bytes."""
    return [item if isinstance(item, Leaf) else Leaf("", item.start, item.end, is_fixed=True) for item in items]
