"""XLSX: sheets as pages, cells by the values people see; hidden sheets, rows and columns flagged, formulas counted.

workbook -> shared strings, formats -> each sheet, row by row -> merged cells -> comments and drawings
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.drawingml import chart_cells, plain
from chatelet.documents.parsing.number_formats import built_in, shown
from chatelet.documents.parsing.ooxml import Package, Relation, child
from chatelet.documents.parsing.progress import tell
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.sheets import Sheet
from chatelet.documents.parsing.xml import Node, attribute, local, stream, text_of, whole

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_MOST_MERGES = 20_000


@dataclass(slots=True)
class _Workbook:
    """What all the sheets share."""

    package: Package
    draft: Draft
    strings: list[str] = field(default_factory=list[str])
    formats: list[str] = field(default_factory=list[str])
    is_1904: bool = False
    cells: int = 0


def read_xlsx(source: Source) -> ParsedDocument:
    """Read a workbook."""
    draft = Draft("xlsx", source.limits)
    package = Package(Archive(source.data, source.budget), source.limits, draft)
    main = package.main_part()
    package.tell_of_code()
    draft.title = package.title()
    root = package.part(main)
    properties = child(root, "workbookPr")
    is_1904 = properties is not None and attribute(properties, "date1904") in {"1", "true"}
    book = _Workbook(package, draft, is_1904=is_1904)
    relations = {relation.identifier: relation for relation in package.relations(main)}
    _read_shared(book, relations.values())
    sheets = [element for element in root.iter() if local(element) == "sheet"]
    for number, element in enumerate(sheets[: source.limits.pages], 1):
        tell(number, len(sheets))
        identifier = next((value for key, value in element.items() if key.endswith("}id")), "")
        relation = relations.get(identifier)
        if relation is not None and relation.kind in {"worksheet", "chartsheet"}:
            _read_sheet(book, relation.target, element)
    return draft.document()


def _read_shared(book: _Workbook, relations: Iterable[Relation]) -> None:
    archive = book.package.archive
    for relation in relations:
        if relation.is_external or relation.target not in archive:
            continue
        if relation.kind == "sharedStrings":
            for event, element in stream(archive.read(relation.target), book.package.limits):
                if event == "end" and local(element) == "si":
                    book.strings.append(_rich(element))
                    element.clear()
        elif relation.kind == "styles":
            book.formats = _formats(book.package.part(relation.target))


def _formats(root: Node) -> list[str]:
    declared = {
        attribute(element, "numFmtId"): attribute(element, "formatCode")
        for element in root.iter()
        if local(element) == "numFmt"
    }
    used = child(root, "cellXfs")
    identifiers = [attribute(element, "numFmtId") for element in (used if used is not None else ())]
    return [declared.get(one) or built_in(whole(one)) for one in identifiers]


def _rich(element: Node) -> str:
    """Return a string's text; phonetic guides are not shown."""
    found: list[str] = []
    for inner in element:
        if local(inner) == "t":
            found.append(inner.text or "")
        elif local(inner) == "r":
            found.append(text_of(child(inner, "t")))
    return "".join(found)


def _read_sheet(book: _Workbook, part: str, listed: Node) -> None:
    name = attribute(listed, "name")
    sheet = Sheet(name, attribute(listed, "state") in {"hidden", "veryHidden"})
    with book.draft.page(name):
        if part in book.package.archive:
            _read_rows(book, sheet, book.package.archive.read(part))
        sheet.write(book.draft)
        _read_beside(book, part, is_hidden=sheet.is_hidden)


def _read_rows(book: _Workbook, sheet: Sheet, data: bytes) -> None:
    merges, row = list[str](), -1
    for event, element in stream(data, book.package.limits):
        name = local(element)
        if event == "start" and name == "row":
            given = attribute(element, "r")
            row = whole(given, row + 2) - 1
            if attribute(element, "hidden") in {"1", "true"}:
                sheet.hidden_rows.add(row)
        elif event == "end" and name == "row":
            _read_cells(book, sheet, row, element)
            element.clear()
        elif event == "end" and name == "col" and attribute(element, "hidden") in {"1", "true"}:
            first, last = (whole(attribute(element, side)) for side in ("min", "max"))
            sheet.hidden_columns.update(range(first - 1, min(last, 16_384)))
        elif event == "end" and name == "mergeCell" and len(merges) < _MOST_MERGES:
            merges.append(attribute(element, "ref"))
    _merge(sheet, merges)


def _read_cells(book: _Workbook, sheet: Sheet, row: int, line: Node) -> None:
    column = -1
    for element in line:
        place = _place(element.get("r", ""))
        column = place[1] if place else column + 1
        text = _value(book, sheet, element)
        if text.strip():
            book.cells += 1
            if book.cells > book.package.limits.cells:
                book.draft.leave_out("too_many_cells", most=book.package.limits.cells)
                return
            sheet.cells.append(GridCell(row, column, text))


def _value(book: _Workbook, sheet: Sheet, cell: Node) -> str:
    kind, raw = cell.get("t", ""), ""
    for element in cell:
        name = local(element)
        if name == "v":
            raw = element.text or ""
        elif name == "is":
            raw = _rich(element)
        elif name == "f":
            sheet.formulas += 1
    if kind == "s":
        index = whole(raw, len(book.strings))
        return book.strings[index] if index < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
    if kind in {"str", "e", "d", "inlineStr"} or not raw:
        return raw
    style = cell.get("s", "")
    index = whole(style)
    code = book.formats[index] if index < len(book.formats) else "General"
    return shown(raw, code, is_1904=book.is_1904)


def _merge(sheet: Sheet, merges: list[str]) -> None:
    anchors = {(cell.row, cell.column): cell for cell in sheet.cells}
    for reference in merges:
        first, _, last = reference.partition(":")
        begin, end = _place(first), _place(last)
        cell = anchors.get(begin) if begin else None
        if cell is not None and begin and end:
            cell.rows, cell.columns = end[0] - begin[0] + 1, end[1] - begin[1] + 1


def _place(reference: str) -> tuple[int, int] | None:
    """Return (row, column) from 0 of a reference such as `B12`."""
    found = _PLACE.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _read_beside(book: _Workbook, part: str, *, is_hidden: bool) -> None:
    """Read the comments, text boxes and charts of a sheet."""
    package, draft = book.package, book.draft
    for root in package.related(part, "comments"):
        authors = [text_of(element) for element in root.iter() if local(element) == "author"]
        for comment in root.iter():
            if local(comment) == "comment":
                at = whole(attribute(comment, "authorId"), len(authors))
                author = authors[at] if at < len(authors) else None
                text = child(comment, "text")
                draft.block(BlockKind.COMMENT, "" if text is None else _rich(text), author=author)
    for relation in package.relations(part):
        if relation.kind == "drawing" and not relation.is_external:
            _read_drawing(book, relation.target, is_hidden=is_hidden)


def _read_drawing(book: _Workbook, part: str, *, is_hidden: bool) -> None:
    root = book.package.optional(part)
    for body in root.iter() if root is not None else ():
        if local(body) == "txBody":
            book.draft.block(BlockKind.PARAGRAPH, plain(body), hidden=is_hidden)
    for chart in book.package.related(part, "chart"):
        title, cells = chart_cells(chart)
        book.draft.block(BlockKind.CAPTION, title, hidden=is_hidden)
        book.draft.table(cells, hidden=is_hidden)
