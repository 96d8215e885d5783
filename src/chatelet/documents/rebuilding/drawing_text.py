"""Text of drawings (DrawingML, `a:p`) of slides, sheets, charts, diagrams: paragraphs as items, and their writing."""

import re
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.rebuilding.contract import Options, Part, Piece
from chatelet.documents.rebuilding.inline import Item, Leaf, layout_of
from chatelet.documents.rebuilding.ooxml_package import set_attribute
from chatelet.documents.rebuilding.rewriting import rewrite
from chatelet.documents.rebuilding.segmenting import Walk
from chatelet.documents.rebuilding.word_writing import one_line
from chatelet.documents.rebuilding.xml_splice import Node, Scan, attribute_span, escaped, quoted

_UNSEEN: Final = re.compile(rb"\s(?:lang|altLang|dirty|err|smtClean|smtId|noProof|bmk|kern|spc)=\"[^\"]*\"")
_NOTHING: Final = re.compile(rb"<(?:\w+:)?rPr\s*(?:/>|></(?:\w+:)?rPr>)$")
_AFTER_HIGHLIGHT: Final = {
    "uLnTx", "uLn", "uFillTx", "uFill", "latin", "ea", "cs", "sym", "hlinkClick", "hlinkMouseOver", "rtl", "extLst",
}  # fmt: skip
_YELLOW: Final = b'<%shighlight><%ssrgbClr val="FFFF00"/></%shighlight>'


@dataclass(slots=True)
class DrawingWriting:
    """Writes in the drawings of one file."""

    options: Options
    unsure: bool = False
    _dressed: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def write(self, scan: Scan, leaf: Leaf, text: str) -> None:
        """Replace a leaf's words in place."""
        node = leaf.node
        assert node is not None
        if node.is_empty:
            tag = node.tag.encode()
            scan.replace(node.start, node.end, b"<%s>%s</%s>" % (tag, escaped(one_line(text)), tag))
        else:
            scan.replace(leaf.start, leaf.end, escaped(one_line(text)))

    def dress(self, scan: Scan, leaf: Leaf, *, is_new: bool) -> None:
        """Set a run's language and highlight, once for each run."""
        run = leaf.holder
        assert run is not None
        language = self.options.language if is_new else None
        if (run.start, run.end) in self._dressed or not (language or self.unsure):
            return
        self._dressed.add((run.start, run.end))
        properties = run.child("rPr")
        start, end = (scan.inner(run),) * 2 if properties is None else (properties.start, properties.end)
        scan.replace(start, end, self._properties(scan, run, language))

    def run(self, scan: Scan, like: Leaf, text: str, *, is_new: bool) -> bytes:
        """Return a run of that format."""
        run, node = like.holder, like.node
        assert run is not None
        assert node is not None
        language = self.options.language if is_new else None
        tag = node.tag.encode()
        content = b"<%s>%s</%s>" % (tag, escaped(one_line(text)), tag)
        head = scan.raw(run.start, scan.inner(run)) + self._properties(scan, run, language)
        return head + content + scan.raw(run.inner_end, run.end)

    def lone(self, scan: Scan, leaf: Leaf) -> bytes:
        """Return a fixed thing: here they all stand between runs."""
        return scan.edited(leaf.start, leaf.end)

    def _properties(self, scan: Scan, run: Node, language: str | None) -> bytes:
        properties, prefix = run.child("rPr"), run.tag.rpartition(":")
        space = (prefix[0] + prefix[1]).encode()
        if properties is None:
            if not (language or self.unsure):
                return b""
            tag, parts = b"<%srPr>" % space, list[tuple[str, bytes]]()
        else:
            tag = scan.raw(properties.start, scan.inner(properties))
            tag = tag[:-2].rstrip() + b">" if properties.is_empty else tag
            parts = [(inner.name, scan.raw(inner.start, inner.end)) for inner in properties.children]
        if language:
            tag = _with_language(tag, space, language)
        if self.unsure:
            parts = [part for part in parts if part[0] != "highlight"]
            at = next((at for at, part in enumerate(parts) if part[0] in _AFTER_HIGHLIGHT), len(parts))
            parts.insert(at, ("highlight", _YELLOW % ((space,) * 3)))
        inside = b"".join(raw for _name, raw in parts)
        return tag + inside + b"</%srPr>" % space if inside else tag[:-1] + b"/>"


def _with_language(tag: bytes, space: bytes, language: str) -> bytes:
    span = attribute_span(tag, "lang")
    if span is not None:
        return tag[: span[0]] + b'"%s"' % quoted(language) + tag[span[1] :]
    name = b"<%srPr" % space
    return name + b' lang="%s"' % quoted(language) + tag[len(name) :]


def items_of(scan: Scan, paragraph: Node) -> list[Item]:
    """Return what stands in a paragraph: runs, breaks, fields, equations."""
    items: list[Item] = []
    for child in paragraph.children:
        if child.name == "r":
            words = child.child("t")
            if words is not None:
                items.append(_leaf(scan, child, words))
        elif child.name in {"br", "fld", "AlternateContent", "m"}:
            items.append(_fixed(scan, child))
    return items


def _leaf(scan: Scan, run: Node, words: Node) -> Leaf:
    key, properties = b"", run.child("rPr")
    if properties is not None:
        key = _UNSEEN.sub(b"", scan.raw(properties.start, properties.end))
        key = b"" if _NOTHING.match(key) else key
    first = scan.inner(words)
    text = "" if words.is_empty else scan.text(first, words.inner_end)
    return Leaf(text, first, words.inner_end, key, holder=run, node=words)


def _fixed(scan: Scan, node: Node) -> Leaf:
    words = node.child("t")
    text = "\n" if node.name == "br" else "[…]"
    if words is not None:
        text = "" if words.is_empty else scan.text(scan.inner(words), words.inner_end)
    return Leaf(text, node.start, node.end, is_fixed=True, is_edge=node.name == "br")


@dataclass(slots=True)
class DrawingReader:
    """Reads a part that holds drawings. `placeholders`: only these are read (the notes of a slide)."""

    walk: Walk
    writing: DrawingWriting
    part: Part = Part.BOX
    placeholders: frozenset[str] | None = None
    mark: bytes | None = None  # a shape that says a machine wrote the words
    watched: frozenset[str] = frozenset({"sp", "ph", "tc", "cNvPr", "spTree", "AlternateContent", "Choice", "Fallback"})
    units: frozenset[str] = frozenset({"p", "text"})
    path: list[str] = field(default_factory=list[str])
    placeholder: str | None = None

    def enter(self, scan: Scan, node: Node) -> None:
        """Note in which shape paragraphs stand; take the text that stands for an image."""
        name = node.name
        self.path.append(name)
        if name == "sp":
            self.placeholder = None
        elif name == "ph":
            self.placeholder = node.get("type") or "obj"
        elif name == "Choice":
            self.walk.begin_twins()
        elif name == "Fallback":
            self.walk.is_twin = True
        elif name == "cNvPr" and self.placeholders is None:
            alternative(self.walk, scan, node)

    def leave(self, scan: Scan, node: Node) -> None:
        """Note what ends."""
        self.path.pop()
        if node.name == "Fallback":
            self.walk.is_twin = False
        elif node.name == "AlternateContent":
            self.walk.end_twins()
        elif node.name == "sp":
            self.placeholder = None
        elif node.name == "spTree" and self.mark:
            scan.replace(node.inner_end, node.inner_end, self.mark)

    def unit(self, scan: Scan, node: Node) -> None:
        """Take a paragraph, or the plain text of a comment."""
        if self.placeholders is not None and self.placeholder not in self.placeholders:
            return
        if node.name == "text":
            plain(self.walk, scan, node, Part.COMMENT)
            return
        layout = layout_of(items_of(scan, node))
        if not layout.has_words:
            return
        holder = next(layout.leaves()).holder
        properties = holder.child("rPr") if holder is not None else None
        language = properties.get("lang") or None if properties is not None else None
        given, unsure = self.walk.take(layout.pieces, part=self._kind(), language=language)
        if given is not None:
            self.writing.unsure = unsure
            first, last = node.child("pPr"), node.child("endParaRPr")
            span = (
                first.end if first is not None else scan.inner(node),
                last.start if last is not None else node.inner_end,
            )
            rewrite(scan, self.writing, layout, given, span, unsure=unsure)

    def _kind(self) -> Part:
        if self.part is not Part.BODY:
            return self.part
        if "tc" in self.path:
            return Part.CELL
        if self.placeholder in {"title", "ctrTitle"}:
            return Part.HEADING
        if self.placeholder in {"ftr", "hdr", "dt"}:
            return Part.HEADER
        return Part.BODY if self.placeholder else Part.BOX


def alternative(walk: Walk, scan: Scan, node: Node) -> None:
    """Take the text that stands for an image."""
    text = node.get("descr")
    if not text.strip():
        return
    given, _unsure = walk.take((Piece("text", text),), part=Part.ALTERNATIVE, can_track=False)
    if given is not None:
        set_attribute(scan, node, "descr", "".join(piece.text for piece in given))


def plain(walk: Walk, scan: Scan, node: Node, part: Part) -> None:
    """Take an element that holds words and nothing else."""
    text = "" if node.is_empty else scan.text(scan.inner(node), node.inner_end)
    if not text.strip() or node.children:
        return
    given, _unsure = walk.take((Piece("text", text),), part=part, can_track=False)
    if given is not None:
        scan.replace(scan.inner(node), node.inner_end, escaped("".join(piece.text for piece in given)))
