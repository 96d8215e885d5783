"""DOCX: the body in reading order; notes, comments, changes, hidden text, headers and footers apart.

package -> styles and lists -> headers -> body (paragraphs, tables, boxes) -> footers -> notes and comments
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.docx_paragraph import read_paragraph
from chatelet.documents.parsing.docx_styles import Style, Styles, styles_of
from chatelet.documents.parsing.docx_table import grid_of, is_layout
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.ooxml import Package
from chatelet.documents.parsing.paragraph import Paragraph
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.xml import Node, attribute, grandchildren, local

_HOLDERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "body", "txbxContent"}
_NOTE_KINDS = {"footnotes": BlockKind.FOOTNOTE, "endnotes": BlockKind.FOOTNOTE, "comments": BlockKind.COMMENT}


@dataclass(slots=True)
class _Reading:
    """One document being read."""

    package: Package
    draft: Draft
    styles: Styles
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def read_docx(source: Source) -> ParsedDocument:
    """Read a document of Word or of whoever writes its format."""
    draft = Draft("docx", source.limits)
    package = Package(Archive(source.data, source.budget), source.limits, draft)
    main = package.main_part()
    package.tell_of_code()
    reading = _Reading(package, draft, styles_of(package, main))
    draft.title = package.title()
    _read_margins(reading, main, "header", BlockKind.PAGE_HEADER)
    for element in grandchildren(package.archive.read(main), source.limits):
        _read_container(reading, [element])
    _read_margins(reading, main, "footer", BlockKind.PAGE_FOOTER)
    _read_notes(reading, main)
    return draft.document()


def _read_container(reading: _Reading, container: Iterable[Node]) -> None:
    for element in container:
        name = local(element)
        if name == "p":
            _add_paragraph(reading, element)
        elif name == "tbl":
            _add_table(reading, element)
        elif name in _HOLDERS:
            _read_container(reading, element)
        elif name == "altChunk":
            reading.draft.leave_out("part_left_out", part="altChunk")


def _add_paragraph(reading: _Reading, element: Node) -> None:
    style = reading.styles.of(element)
    paragraph = read_paragraph(element, is_hidden=style.is_hidden)
    number = reading.styles.number(style) if paragraph.text.strip() or paragraph.asides() else ""
    text = paragraph.text.strip(" \n")
    if text.strip():
        reading.draft.block(_kind(style, paragraph), f"{number} {text}" if number else text, level=_level(style))
    _add_asides(reading, paragraph)


def _kind(style: Style, paragraph: Paragraph) -> BlockKind:
    name = style.name.lower()
    if style.level:
        return BlockKind.HEADING
    if name == "title":
        return BlockKind.TITLE
    if name == "caption":
        return BlockKind.CAPTION
    if paragraph.has_equation and not paragraph.has_words:
        return BlockKind.FORMULA
    return BlockKind.LIST_ITEM if style.list_id not in {"", "0"} else BlockKind.PARAGRAPH


def _level(style: Style) -> int:
    return style.level or (style.depth + 1 if style.list_id not in {"", "0"} else 0)


def _add_asides(reading: _Reading, paragraph: Paragraph) -> None:
    paragraph.add_asides(reading.draft)
    reading.notes += paragraph.notes
    for box in paragraph.boxes:
        _read_container(reading, box)


def _add_table(reading: _Reading, table: Node) -> None:
    if is_layout(table):
        for cell in table.iter():
            if local(cell) == "tc":
                _read_container(reading, cell)
                return
    cells, paragraphs = grid_of(table, reading.styles)
    reading.draft.table(cells)
    for paragraph in paragraphs:
        _add_asides(reading, paragraph)


def _read_margins(reading: _Reading, main: str, name: str, kind: BlockKind) -> None:
    seen: set[str] = set()
    for root in reading.package.related(main, name):
        text = _plain(root)
        if text.strip() and text not in seen:
            seen.add(text)
            reading.draft.block(kind, text)


def _read_notes(reading: _Reading, main: str) -> None:
    texts: dict[tuple[str, str], tuple[str, str | None]] = {}
    for name in _NOTE_KINDS:
        for root in reading.package.related(main, name):
            for element in root:
                if local(element) in {"footnote", "endnote", "comment"} and not attribute(element, "type"):
                    author = attribute(element, "author") or None
                    texts[(name, attribute(element, "id"))] = (_plain(element), author)
    for name, identifier in dict.fromkeys(reading.notes):
        text, author = texts.get((name, identifier), ("", None))
        reading.draft.block(_NOTE_KINDS[name], text, author=author)


def _plain(root: Node) -> str:
    """Return the body's text of all the paragraphs inside."""
    lines = [read_paragraph(element).text for element in root.iter() if local(element) == "p"]
    return "\n".join(line for line in lines if line.strip())
