"""One part of an OpenDocument file walked: where each paragraph stands, what is inside it, what must stay."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.rebuilding.contract import Part, Piece
from chatelet.documents.rebuilding.inline import layout_of
from chatelet.documents.rebuilding.odf_runs import OdfFormats, OdfWriting, items_of
from chatelet.documents.rebuilding.ooxml_package import set_attribute
from chatelet.documents.rebuilding.rewriting import rewrite
from chatelet.documents.rebuilding.segmenting import Remark, Walk
from chatelet.documents.rebuilding.tracking import track
from chatelet.documents.rebuilding.xml_splice import Node, Scan, escaped

PLACE_OF_CHANGES: Final = b"<!--chatelet: changes-->"
_MARGINS: Final = frozenset(
    {"header", "header-first", "header-left", "footer", "footer-first", "footer-left", "region-left", "region-center"}
)
_CODE: Final = ("Preformatted", "Source", "Code", "Verbatim", "Listing")
_PARTS: Final = {"annotation": Part.COMMENT, "note": Part.NOTE, "notes": Part.NOTE, "table-cell": Part.CELL}
_BOXES: Final = {"text-box", "custom-shape", "rect"}
_TEXT_UNITS: Final = frozenset({"style", "p", "h", "title", "desc"})
_WATCHED: Final = _MARGINS | {
    "body", "text", "presentation", "spreadsheet", "automatic-styles", "tracked-changes", "bibliography", "table",
    "table-cell", "annotation", "notes", "text-box", "custom-shape", "rect", "page", "frame",
}  # fmt: skip
_MARK_FRAME: Final = (
    b'<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    b' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" svg:width="20cm" svg:height="0.8cm"'
    b' svg:x="1cm" svg:y="0.2cm"><draw:text-box>%s</draw:text-box></draw:frame>'
)


@dataclass(slots=True)
class OdfReader:
    """Reads `content.xml`, or the headers and footers of `styles.xml`."""

    walk: Walk
    writing: OdfWriting
    formats: OdfFormats
    kind: str
    kept: set[str] = field(default_factory=set[str])
    is_margins: bool = False
    has_changes: bool = False
    pages: int = 0
    path: list[Node] = field(default_factory=list[Node])
    names: list[str] = field(default_factory=list[str])
    last_page: int = 0  # of a presentation that is to show the mark
    watched: frozenset[str] = _WATCHED
    units: frozenset[str] = _TEXT_UNITS  # in a spreadsheet, cells too

    def __post_init__(self) -> None:
        if self.kind == "ods" and not self.is_margins:
            self.units = _TEXT_UNITS | {"table-cell"}

    def enter(self, scan: Scan, node: Node) -> None:
        """Note where paragraphs stand."""
        name = node.name
        above = self.names[-1] if self.names else ""
        self.names.append(name)
        self.path.append(node)
        if (name, above) in {("page", "presentation"), ("table", "spreadsheet")}:
            self.pages += 1
            self.walk.place.page = self.pages
        elif name == "text" and above == "body" and self._records:
            place = scan.inner(node)
            scan.replace(place, place, PLACE_OF_CHANGES)
        elif name == "notes" and above == "page":
            self._mark_slide(scan, node.start)
        elif name == "tracked-changes" and self._records:
            self.has_changes = True

    def leave(self, scan: Scan, node: Node) -> None:
        """Write what goes at the end of an element."""
        self.names.pop()
        self.path.pop()
        name, place = node.name, node.inner_end
        if self.walk.replacements is None:
            return
        if name == "automatic-styles":
            self._add_styles(scan, node)
        elif name == "tracked-changes" and self._records:
            scan.append(node, PLACE_OF_CHANGES)
        elif name == "text" and self.names[-1:] == ["body"] and self.walk.options.visible_mark:
            scan.append(node, self._mark())
        elif name == "page":
            self._mark_slide(scan, place)

    def unit(self, scan: Scan, node: Node) -> None:
        """Take a style, a paragraph, a cell, or the words that stand for an image."""
        if node.name == "style":
            self.formats.learn(node)
        elif "tracked-changes" in self.names or (self.is_margins and not _MARGINS.intersection(self.names)):
            return
        elif node.name == "table-cell":
            self._cell(scan, node)
        elif node.name in {"title", "desc"}:
            self._alternative(scan, node)
        else:
            self._paragraph(scan, node, self._part())

    @property
    def _records(self) -> bool:
        return (
            self.walk.options.track
            and self.kind == "odt"
            and not self.is_margins
            and self.walk.replacements is not None
        )

    def _part(self) -> Part:
        if self.is_margins:
            return Part.HEADER
        for name in reversed(self.names):
            if name in _PARTS:
                return _PARTS[name]
            if name in _BOXES:
                return self._shape()
        return Part.BODY

    def _shape(self) -> Part:
        """Tell a slide's title and its outline from other boxes."""
        kinds = [node.get("class") for node in self.path if node.name in {"frame", "custom-shape"}]
        if "notes" in self.names:
            return Part.NOTE
        if "title" in kinds or "subtitle" in kinds:
            return Part.HEADING
        return Part.BODY if "outline" in kinds else Part.BOX

    def _paragraph(self, scan: Scan, node: Node, part: Part) -> tuple[str, str]:
        """Take a paragraph and what stands in it; return its words, what is fixed too, as they were and will be."""
        self.writing.prefix = node.tag.encode()[:-1]
        layout = layout_of(items_of(scan, node, self.formats))
        given: Sequence[Piece] | None = None
        unsure = False
        if layout.has_words:
            family = self.formats.family(node.get("style-name"))
            locked = "bibliography" in self.names or self._is_locked(family)
            locked = locked or (bool(self.kept) and _seen(layout.pieces).strip() in self.kept)
            is_heading = part is Part.BODY and (node.name == "h" or "Title" in family)
            kind = Part.HEADING if is_heading else part
            can_track = self._records and part is not Part.COMMENT
            given, unsure = self.walk.take(
                layout.pieces, part=kind, locked=locked, can_track=can_track or self.kind != "odt"
            )
        for inner in node.children:
            self._inside(scan, inner, Part.BOX)
        if given is not None:
            self.writing.unsure = unsure
            span = (scan.inner(node), node.inner_end)
            if not self._records or part is Part.COMMENT or tuple(given) == layout.pieces:
                rewrite(scan, self.writing, layout, given, span, unsure=unsure)
            elif not track(scan, self.writing, layout, given, span):
                self.walk.remark(Remark.NOT_TRACKED)
                self.walk.replaced -= 1
        old = _seen(layout.pieces)
        return old, old if given is None else _seen(given)

    def _is_locked(self, family: list[str]) -> bool:
        return any(name in self.formats.hidden or name.startswith(_CODE) for name in family)

    def _inside(self, scan: Scan, node: Node, part: Part) -> None:
        """Look for the notes, comments and boxes that an element holds."""
        part = _PARTS.get(node.name, part)
        if node.name in {"p", "h"}:
            self._paragraph(scan, node, part)
        elif node.name in {"title", "desc"} and not node.tag.startswith("text:"):
            self._alternative(scan, node)
        else:
            for inner in node.children:
                self._inside(scan, inner, part)

    def _alternative(self, scan: Scan, node: Node) -> None:
        text = "" if node.is_empty else scan.text(scan.inner(node), node.inner_end)
        if not text.strip() or node.children:
            return
        can_track = self.kind != "odt"
        given, _unsure = self.walk.take((Piece("text", text),), part=Part.ALTERNATIVE, can_track=can_track)
        if given is not None:
            words = "".join(piece.text for piece in given)
            scan.replace(scan.inner(node), node.inner_end, escaped(words))

    def _cell(self, scan: Scan, cell: Node) -> None:
        """Take a cell that holds words: its paragraphs, and the value that says them again."""
        is_words = cell.get("value-type") == "string" and not cell.get("formula")
        before, after = list[str](), list[str]()
        for inner in cell.children:
            if inner.name in {"p", "h"}:
                if is_words:
                    old, new = self._paragraph(scan, inner, Part.CELL)
                    before.append(old)
                    after.append(new)
            else:
                self._inside(scan, inner, Part.BOX)
        if before != after and cell.get("string-value"):
            set_attribute(scan, cell, "string-value", "\n".join(after))

    def _add_styles(self, scan: Scan, node: Node) -> None:
        styles = self.writing.styles()
        if styles and (self.walk.replacements or self.walk.options.unsure):
            scan.append(node, styles)

    def _mark_slide(self, scan: Scan, place: int) -> None:
        """Say on the last slide that a machine wrote, once."""
        if self.last_page and self.pages == self.last_page:
            scan.replace(place, place, _MARK_FRAME % self._mark())
            self.last_page = 0

    def _mark(self) -> bytes:
        space = self.writing.prefix
        return b"<%sp>%s</%sp>" % (space, escaped(self.walk.options.visible_mark or ""), space)


def _seen(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
