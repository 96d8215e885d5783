"""Strings of a workbook (`si`, `is`, a comment's `text`): plain words, or runs of several formats."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.parsing.xml import whole
from chatelet.documents.rebuilding.contract import Options, Part
from chatelet.documents.rebuilding.inline import Item, Leaf, layout_of
from chatelet.documents.rebuilding.rewriting import rewrite
from chatelet.documents.rebuilding.segmenting import Walk
from chatelet.documents.rebuilding.xml_splice import Node, Scan, escaped

_LAST_ROW: Final = 1_048_574
_UNSURE: Final = "FFC00000"  # a string has no highlight: its words are dark red


@dataclass(slots=True)
class CellWriting:
    """Writes strings. Cells have no language; a line of a cell is a character, and stays one."""

    options: Options
    unsure: bool = False

    def write(self, scan: Scan, leaf: Leaf, text: str) -> None:
        """Replace a leaf's words in place; a plain string that is unsure becomes a run of its own."""
        node = leaf.node
        assert node is not None
        if self.unsure and leaf.holder is None:
            scan.replace(node.start, node.end, self.run(scan, leaf, text, is_new=True))
        elif node.is_empty:
            scan.replace(node.start, node.end, _text(node, text))
        else:
            scan.replace(leaf.start, leaf.end, escaped(text))
            if text != text.strip() and node.get("space") != "preserve":
                at = node.start + 1 + len(node.tag.encode())
                scan.replace(at, at, b' xml:space="preserve"')

    def dress(self, scan: Scan, leaf: Leaf, *, is_new: bool) -> None:
        """Colour a run that is unsure; plain strings are coloured as they are written."""
        node, run = leaf.node, leaf.holder
        assert node is not None
        if not self.unsure:
            return
        if run is not None:
            properties = run.child("rPr")
            start, end = (scan.inner(run),) * 2 if properties is None else (properties.start, properties.end)
            scan.replace(start, end, self._properties(scan, run))
        elif not is_new:
            scan.replace(node.start, node.end, self.run(scan, leaf, leaf.text, is_new=False))

    def run(self, scan: Scan, like: Leaf, text: str, *, is_new: bool) -> bytes:  # noqa: ARG002
        """Return a run of that format."""
        node, run = like.node, like.holder
        assert node is not None
        if run is None:
            space = node.tag.encode()[:-1]
            properties = b'<%srPr><%scolor rgb="%s"/></%srPr>' % (space, space, _UNSURE.encode(), space)
            return b"<%sr>%s%s</%sr>" % (space, properties, _text(node, text), space)
        head = scan.raw(run.start, scan.inner(run)) + self._properties(scan, run)
        return head + _text(node, text) + scan.raw(run.inner_end, run.end)

    def lone(self, scan: Scan, leaf: Leaf) -> bytes:
        """Return a fixed thing; strings hold none."""
        return scan.edited(leaf.start, leaf.end)

    def _properties(self, scan: Scan, run: Node) -> bytes:
        properties, space = run.child("rPr"), run.tag.encode()[:-1]
        if not self.unsure:
            return b"" if properties is None else scan.raw(properties.start, properties.end)
        own = [] if properties is None else [one for one in properties.children if one.name != "color"]
        first = [one for one in own if one.name in _BEFORE_COLOR]
        color = b'<%scolor rgb="%s"/>' % (space, _UNSURE.encode())
        parts = [scan.raw(one.start, one.end) for one in first] + [color]
        parts += [scan.raw(one.start, one.end) for one in own if one.name not in _BEFORE_COLOR]
        return b"<%srPr>%s</%srPr>" % (space, b"".join(parts), space)


_BEFORE_COLOR: Final = {"rFont", "charset", "family", "b", "i", "strike", "outline", "shadow", "condense", "extend"}


@dataclass(slots=True)
class CellReader:
    """Reads the strings of a part. `pages`: of each by its number; `kept`: words that must stay."""

    walk: Walk
    writing: CellWriting
    units: frozenset[str]
    part: Part
    pages: Mapping[int, int]
    kept: set[str]
    mark: str | None = None  # a sentence for a row of its own, after the last one of a sheet
    watched: frozenset[str] = frozenset({"row", "sheetData"})
    count: int = field(default=-1)
    row: int = 0

    def enter(self, scan: Scan, node: Node) -> None:  # noqa: ARG002
        """Count rows."""
        if node.name == "row":
            self.row = whole(node.get("r"), self.row + 1)

    def leave(self, scan: Scan, node: Node) -> None:
        """Say after the last row that a machine wrote."""
        if node.name == "sheetData" and self.mark and self.row < _LAST_ROW:
            w, row = node.tag.encode()[: -len("sheetData")], self.row + 2
            text = b'<%st xml:space="preserve">%s</%st>' % (w, escaped(self.mark), w)
            cell = b'<%sc r="A%d" t="inlineStr"><%sis>%s</%sis></%sc>' % (w, row, w, text, w, w)
            scan.append(node, b'<%srow r="%d">%s</%srow>' % (w, row, cell, w))

    def unit(self, scan: Scan, node: Node) -> None:
        """Take a string."""
        self.count += 1
        layout = layout_of(_items(scan, node))
        if not layout.has_words:
            return
        if self.pages:
            self.walk.place.page = self.pages.get(self.count)
        words = "".join(piece.text for piece in layout.pieces if piece.kind == "text").strip()
        given, unsure = self.walk.take(layout.pieces, part=self.part, locked=words in self.kept)
        if given is not None:
            self.writing.unsure = unsure
            guides = next((one for one in node.children if one.name in {"rPh", "phoneticPr"}), None)
            span = (scan.inner(node), guides.start if guides is not None else node.inner_end)
            rewrite(scan, self.writing, layout, given, span, unsure=unsure)


def _items(scan: Scan, node: Node) -> list[Item]:
    items: list[Item] = []
    for child in node.children:
        if child.name == "t":
            items.append(_leaf(scan, child, None))
        elif child.name == "r":
            words = child.child("t")
            if words is not None:
                items.append(_leaf(scan, words, child))
    return items


def _leaf(scan: Scan, words: Node, run: Node | None) -> Leaf:
    properties = run.child("rPr") if run is not None else None
    key = b"" if properties is None else scan.raw(properties.start, properties.end)
    first = scan.inner(words)
    text = "" if words.is_empty else scan.text(first, words.inner_end)
    return Leaf(text, first, words.inner_end, key, holder=run, node=words)


def _text(node: Node, text: str) -> bytes:
    tag = node.tag.encode()
    return b'<%s xml:space="preserve">%s</%s>' % (tag, escaped(text), tag)
