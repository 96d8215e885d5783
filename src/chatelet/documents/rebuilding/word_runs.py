"""A paragraph of a DOCX as items: words by run, fixed things, links and insertions around them.

Runs that differ only by what nobody sees (language, proofing, spacing left by a converter) have the same key, so that
no word is cut; marks of spelling and of page breaks are no items at all and stay where they are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.rebuilding.inline import Item, Leaf, Wrap, text_leaves
from chatelet.documents.rebuilding.word_fields import Fields, is_words
from chatelet.documents.rebuilding.xml_splice import Node, Scan

_UNSEEN: Final = re.compile(
    rb"<(?:\w+:)?(?:lang|noProof|webHidden|bCs|iCs|szCs|spacing|w|kern|rtl|cs)(?:\s[^>]*)?/>|\s(?:\w+:)?rsid\w*=\"[^\"]*\""
)
_LANGUAGE: Final = re.compile(rb"<(?:\w+:)?lang\s[^>]*?\bval=\"([A-Za-z0-9-]+)\"")
_HIDDEN: Final = re.compile(rb"<(?:\w+:)?vanish(?:\s[^>]*val=\"(?:1|true|on)\"[^>]*)?/>")
_STYLE: Final = re.compile(rb"<(?:\w+:)?rStyle\s[^>]*?\bval=\"([^\"]*)\"[^>]*/>")
_WRAPS: Final = {"hyperlink", "ins", "moveTo", "smartTag", "customXml", "bdo", "dir"}
_GONE: Final = {"del", "moveFrom"}
_SILENT: Final = {"pPr", "proofErr", "lastRenderedPageBreak", "rPr"}
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"}
_HYPHENS: Final = {"noBreakHyphen": "\u2011", "softHyphen": ""}
_DRAWN: Final = {"drawing", "pict", "object", "AlternateContent"}
_CONTROLS: Final = {
    "date", "dropDownList", "comboBox", "checkbox", "citation", "bibliography", "equation", "dataBinding", "picture"
}  # fmt: skip
_IDLE_BOOKMARKS: Final = ("_GoBack", "_Hlk", "OLE_LINK")


@dataclass(slots=True)
class WordParagraphs:
    """Reads the paragraphs of one part, in order: fields and bookmarks go from one to the next."""

    fields: Fields = field(default_factory=Fields)
    plain: frozenset[str] = frozenset()  # character styles that show nothing
    _idle: set[str] = field(default_factory=set[str])
    _keys: dict[bytes, tuple[bytes, bool]] = field(default_factory=dict[bytes, tuple[bytes, bool]])

    def items(self, scan: Scan, paragraph: Node) -> list[Item]:
        """Return what stands in a paragraph."""
        self.fields.roles.clear()
        return self._children(scan, paragraph)

    def _children(self, scan: Scan, node: Node) -> list[Item]:
        items: list[Item] = []
        for child in node.children:
            name = child.name
            if name == "r":
                self._run(scan, child, items)
            elif name in _SILENT:
                continue
            elif name in _WRAPS:
                self._wrap(scan, child, child, items)
            elif name == "sdt":
                self._control(scan, child, items)
            elif name == "fldSimple" and is_words(child.get("instr")) and not self.fields.is_computed:
                self._wrap(scan, child, child, items)
            else:
                items.append(self._other(scan, child))
        return self.fields.fold(items)

    def _wrap(self, scan: Scan, outer: Node, holder: Node, items: list[Item]) -> None:
        inside = self._children(scan, holder)
        if any(True for _leaf in text_leaves(inside)):
            items.append(Wrap(inside, outer.start, scan.inner(holder), holder.inner_end, outer.end, node=outer))
        else:
            shown = "".join(item.text for item in inside if isinstance(item, Leaf))
            items.append(Leaf(shown, outer.start, outer.end, is_fixed=True, is_edge=not shown.strip()))

    def _control(self, scan: Scan, child: Node, items: list[Item]) -> None:
        content, properties = child.child("sdtContent"), child.child("sdtPr")
        is_filled = properties is not None and any(inner.name in _CONTROLS for inner in properties.children)
        if content is None or is_filled or content.is_empty:
            items.append(Leaf(plain_text(scan, child), child.start, child.end, is_fixed=True))
        else:
            self._wrap(scan, child, content, items)

    def _other(self, scan: Scan, child: Node) -> Leaf:
        name = child.name
        leaf = Leaf("", child.start, child.end, is_fixed=True, is_edge=True)
        if name in {"oMath", "oMathPara"}:
            leaf.text, leaf.is_edge = "".join(_texts(scan, child)), False
        elif name == "fldSimple":
            leaf.text, leaf.is_edge = plain_text(scan, child), False
        elif name == "bookmarkStart" and child.get("name").startswith(_IDLE_BOOKMARKS):
            self._idle.add(child.get("id"))
            leaf.is_noise = True
        elif name == "bookmarkEnd" and child.get("id") in self._idle:
            leaf.is_noise = True
        return leaf

    def _run(self, scan: Scan, run: Node, items: list[Item]) -> None:
        key, is_hidden = self._format(scan, run)
        for child in run.children:
            name = child.name
            if name in _SILENT:
                continue
            leaf = Leaf("", child.start, child.end, key, is_fixed=True, is_edge=True, holder=run, node=child)
            if name == "t" or name in _HYPHENS:
                self._words(scan, child, leaf, is_hidden=is_hidden)
            elif name == "fldChar":
                self.fields.mark(leaf, child)
            elif name == "instrText":
                self.fields.instruct(scan.text(scan.inner(child), child.inner_end))
            elif name in _CHARACTERS:
                leaf.text = _CHARACTERS[name]
            elif name in _DRAWN:
                leaf.text = "[image]"
            elif name == "sym":
                leaf.is_edge = False
            items.append(leaf)

    def _words(self, scan: Scan, child: Node, leaf: Leaf, *, is_hidden: bool) -> None:
        if child.name == "t":
            first = scan.inner(child)
            leaf.text = "" if child.is_empty else scan.text(first, child.inner_end)
            if not is_hidden and not self.fields.is_computed:
                leaf.is_fixed = leaf.is_edge = False
                if not child.is_empty:
                    leaf.start, leaf.end = first, child.inner_end
        else:
            leaf.text = _HYPHENS[child.name]
            leaf.is_fixed = is_hidden or self.fields.is_computed
            leaf.is_edge = leaf.is_fixed
        if is_hidden:
            leaf.text = ""

    def _format(self, scan: Scan, run: Node) -> tuple[bytes, bool]:
        """Return what is seen of a run's format, and whether it hides its words."""
        properties = run.child("rPr")
        if properties is None or properties.is_empty:
            return b"", False
        raw = scan.raw(scan.inner(properties), properties.inner_end)
        known = self._keys.get(raw)
        if known is None:
            seen = _UNSEEN.sub(b"", raw).strip()
            named = _STYLE.search(seen)
            if named is not None and named[1].decode("utf-8", "replace") in self.plain:
                seen = seen.replace(named[0], b"").strip()
            known = (seen, _HIDDEN.search(raw) is not None)
            if len(self._keys) < 10_000:
                self._keys[raw] = known
        return known


def language_of(scan: Scan, run: Node | None) -> str | None:
    """Return the language that a run's properties tell."""
    properties = run.child("rPr") if run is not None else None
    found = None if properties is None else _LANGUAGE.search(scan.raw(properties.start, properties.end))
    return found[1].decode() if found else None


def plain_text(scan: Scan, node: Node) -> str:
    """Return the words inside an element, for who looks at them only."""
    return "".join(_texts(scan, node))


def _texts(scan: Scan, node: Node) -> list[str]:
    found: list[str] = []
    walk(node, lambda inner: found.append(scan.text(scan.inner(inner), inner.inner_end)) if _is_text(inner) else None)
    return found


def _is_text(node: Node) -> bool:
    return node.name == "t" and not node.is_empty


def walk(node: Node, visit: Callable[[Node], None]) -> None:
    """Visit an element and all those inside, in order."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        visit(one)
        waiting += reversed(one.children)
