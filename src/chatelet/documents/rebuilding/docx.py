"""DOCX written back: title, headers, body, footers, notes and comments, paragraph by paragraph.

part -> paragraphs (word_runs) -> segment -> its boxes and the texts of its images -> new words (rewriting, tracking)

A text box is written twice in a file, for recent programs and for old ones: both get the same words. What is deleted by
a tracked change is neither shown nor touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from chatelet.documents.parsing.docx_styles import Styles, styles_of
from chatelet.documents.parsing.ooxml import Package, child
from chatelet.documents.parsing.xml import attribute, local, whole
from chatelet.documents.rebuilding import ooxml_package as ooxml
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.drawing_text import alternative
from chatelet.documents.rebuilding.inline import Layout, layout_of
from chatelet.documents.rebuilding.office_file import OfficeFile, opened
from chatelet.documents.rebuilding.rewriting import rewrite
from chatelet.documents.rebuilding.segmenting import Remark, Walk
from chatelet.documents.rebuilding.tracking import track
from chatelet.documents.rebuilding.word_runs import WordParagraphs, language_of
from chatelet.documents.rebuilding.word_writing import WordWriting
from chatelet.documents.rebuilding.xml_splice import Node, Scan, escaped

_PARTS: Final = (
    ("header", Part.HEADER), ("", Part.BODY), ("footer", Part.HEADER), ("footnotes", Part.NOTE),
    ("endnotes", Part.NOTE), ("comments", Part.COMMENT),
)  # fmt: skip
_CODE: Final = ("code", "source", "verbatim", "html preformatted", "macro text", "listing", "préformaté")
_GONE: Final = {"del", "moveFrom"}
_UNSEEN: Final = {"lang", "noProof"}
_DEEP: Final = {"drawing", "pict", "object", "AlternateContent"}


class Docx:
    """The format of Word, and of whoever writes it."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the words of the file, numbered."""
        walk = Walk()
        _walk(opened(data, walk))
        return walk.segments

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the file with these segments replaced."""
        office = opened(data, Walk(replacements, options))
        _walk(office)
        ooxml.finish(office)
        return office.rebuilt("docx")


def _walk(office: OfficeFile) -> None:
    package = ooxml.package_of(office, "docx")
    main = package.main_part()
    styles = styles_of(package, main)
    office.walk.place.language, plain = _defaults(package, main)
    writing = WordWriting(office.walk.options)
    ooxml.read_title(office)
    for kind, part in _PARTS:
        for name in ooxml.targets(package, main, kind) if kind else (main,):
            office.walk.place.part = part
            office.read(name, _WordReader(office.walk, styles, writing, part, WordParagraphs(plain=plain)))


def _defaults(package: Package, main: str) -> tuple[str | None, frozenset[str]]:
    """Return the language of the whole document, and the character styles that show nothing."""
    language, plain = None, set[str]()
    for root in package.related(main, "styles"):
        told = child(root, "docDefaults", "rPrDefault", "rPr", "lang")
        language = language or (attribute(told, "val") or None if told is not None else None)
        for element in root:
            if local(element) == "style" and attribute(element, "type") == "character":
                properties, parent = child(element, "rPr"), child(element, "basedOn")
                if parent is None and all(
                    local(one) in _UNSEEN for one in (properties if properties is not None else ())
                ):
                    plain.add(attribute(element, "styleId"))
    return language, frozenset(plain)


@dataclass(slots=True)
class _WordReader:
    """Reads one part."""

    walk: Walk
    styles: Styles
    writing: WordWriting
    part: Part
    paragraphs: WordParagraphs
    watched: frozenset[str] = frozenset({"tr", "trPr", "del", "tc", "sdt", "dataBinding", "body", "sectPr"})
    units: frozenset[str] = frozenset({"p"})
    path: list[str] = field(default_factory=list[str])
    gone: int = 0  # depth of the row that a change deletes
    bound: int = 0  # depth of the control filled from elsewhere
    is_marked: bool = False

    def enter(self, scan: Scan, node: Node) -> None:
        """Note where paragraphs stand."""
        name = node.name
        if name == "del" and self.path[-1:] == ["trPr"]:
            self.gone = self.gone or len(self.path) - 1
        elif name == "dataBinding" and self.path[-1:] == ["sdt"]:
            self.bound = self.bound or len(self.path)
        elif name == "sectPr" and self.path == ["body"]:
            self._show_mark(scan, node, node.start)
        self.path.append(name)

    def leave(self, scan: Scan, node: Node) -> None:
        """Note what ends."""
        self.path.pop()
        if len(self.path) < self.gone:
            self.gone = 0
        if len(self.path) < self.bound:
            self.bound = 0
        if node.name == "body" and not self.path:
            self._show_mark(scan, node, node.inner_end)

    def unit(self, scan: Scan, node: Node) -> None:
        """Take a paragraph."""
        if self.gone:
            return
        part = Part.CELL if self.part is Part.BODY and "tc" in self.path else self.part
        self._paragraph(scan, node, part, self.paragraphs)

    def _paragraph(self, scan: Scan, node: Node, part: Part, paragraphs: WordParagraphs) -> None:
        items = paragraphs.items(scan, node)
        layout = layout_of(items) if items else Layout([], [], [], ())
        given: Sequence[Piece] | None = None
        unsure = False
        if layout.has_words:
            part, locked = self._kind(node, part)
            language = language_of(scan, next(layout.leaves()).holder)
            given, unsure = self.walk.take(
                layout.pieces, part=part, locked=locked or bool(self.bound), language=language
            )
        for inner in node.children:
            self._inside(scan, inner)
        if given is not None:
            first = node.child("pPr")
            start = first.end if first is not None else scan.inner(node)
            self.writing.unsure = unsure
            self._write(scan, layout, given, (start, node.inner_end))

    def _write(self, scan: Scan, layout: Layout, given: Sequence[Piece], span: tuple[int, int]) -> None:
        if not self.walk.options.track or tuple(given) == layout.pieces:
            rewrite(scan, self.writing, layout, given, span, unsure=self.writing.unsure)
        elif not track(scan, self.writing, layout, given, span):
            self.walk.remark(Remark.NOT_TRACKED)
            self.walk.replaced -= 1

    def _kind(self, node: Node, part: Part) -> tuple[Part, bool]:
        """Return what a paragraph is by its style, and whether it is locked: code, hidden text."""
        properties = node.child("pPr")
        named = properties.child("pStyle") if properties is not None else None
        style = self.styles.styles.get(named.get("val")) if named is not None else None
        level = style.level if style is not None else 0
        outline = properties.child("outlineLvl") if properties is not None else None
        if outline is not None:
            level = 1 if whole(outline.get("val"), 9) < 9 else 0
        name = style.name.lower() if style is not None else ""
        locked = (style is not None and style.is_hidden) or name.startswith(_CODE)
        is_heading = part is Part.BODY and (level > 0 or name == "title")
        return (Part.HEADING if is_heading else part), locked

    def _inside(self, scan: Scan, node: Node) -> None:
        """Look for the boxes and the images that a run holds."""
        if node.name in _GONE:
            return
        for inner in node.children:
            if inner.name in _DEEP:
                self._drawing(scan, inner)
            elif inner.children and inner.name != "rPr":
                self._inside(scan, inner)

    def _drawing(self, scan: Scan, node: Node) -> None:
        for inner in node.children:
            name = inner.name
            if name == "Fallback":
                self.walk.is_twin = True
                self._drawing(scan, inner)
                self.walk.is_twin = False
            elif name == "Choice":
                self.walk.begin_twins()
                self._drawing(scan, inner)
            elif name == "p" and _is_word(inner):
                self._paragraph(scan, inner, Part.BOX, WordParagraphs(plain=self.paragraphs.plain))
            else:
                if name == "docPr":
                    alternative(self.walk, scan, inner)
                self._drawing(scan, inner)
        if node.name == "AlternateContent":
            self.walk.end_twins()

    def _show_mark(self, scan: Scan, node: Node, place: int) -> None:
        text = self.walk.options.visible_mark
        if text and not self.is_marked and self.walk.replacements is not None:
            scan.replace(place, place, _mark_paragraph(node, text))
        self.is_marked = True


def _is_word(node: Node) -> bool:
    """Tell a paragraph of Word from one of a drawing, by its runs' text."""
    return not node.tag.startswith("a:")


def _mark_paragraph(node: Node, text: str) -> bytes:
    """Return a paragraph in the prefix of an element beside it."""
    w = "".join(node.tag.rpartition(":")[:2]).encode()
    told = b'<%st xml:space="preserve">%s</%st>' % (w, escaped(text), w)
    return b"<%sp><%sr><%srPr><%si/></%srPr>%s</%sr></%sp>" % (w, w, w, w, w, told, w, w)
