"""ODS: sheets as pages, cells by the text the spreadsheet shows; repeated cells once each, within limits."""

from collections.abc import Iterator

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.odf import open_odf
from chatelet.documents.parsing.odf_styles import OdfStyles
from chatelet.documents.parsing.odf_text import OdfText
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.sheets import Sheet
from chatelet.documents.parsing.xml import Node, attribute, local, whole

_ROWS_IN = {"table-header-rows", "table-rows", "table-row-group"}
_MOST_REPEATED = 1_000  # of a cell or a row that holds something
_OUT_OF_SIGHT = {"collapse", "filter"}


def read_ods(source: Source) -> ParsedDocument:
    """Read a spreadsheet."""
    draft = Draft("ods", source.limits)
    archive, root, styles = open_odf(source, draft)
    tables = [
        element for body in root.iter() if local(body) == "spreadsheet" for element in body if local(element) == "table"
    ]
    for table in tables[: source.limits.pages]:
        with draft.page(attribute(table, "name")):
            _sheet(table, styles, OdfText(archive, draft, styles)).write(draft)
            _read_shapes(table, OdfText(archive, draft, styles))
    return draft.document()


def _sheet(table: Node, styles: OdfStyles, texts: OdfText) -> Sheet:
    sheet = Sheet(attribute(table, "name"), attribute(table, "style-name") in styles.unseen)
    _hide_columns(sheet, table)
    row = 0
    for element, is_header in _rows(table):
        cells = list(_cells(sheet, element, texts))
        repeated = _repeated(element, "number-rows-repeated")
        for more in range(min(repeated, _MOST_REPEATED) if cells else 0):
            if attribute(element, "visibility") in _OUT_OF_SIGHT:
                sheet.hidden_rows.add(row + more)
            for column, text, wide, high in cells:
                sheet.cells.append(GridCell(row + more, column, text, high, wide, is_header))
            if len(sheet.cells) > texts.draft.limits.cells:
                return sheet
        row += repeated
    return sheet


def _cells(sheet: Sheet, row: Node, texts: OdfText) -> Iterator[tuple[int, str, int, int]]:
    column = 0
    for element in row:
        repeated = _repeated(element, "number-columns-repeated")
        if local(element) == "table-cell":
            text = texts.lines(element)
            sheet.formulas += 1 if attribute(element, "formula") else 0
            wide, high = (_repeated(element, f"number-{side}-spanned") for side in ("columns", "rows"))
            for more in range(min(repeated, _MOST_REPEATED) if text.strip() else 0):
                yield column + more, text, wide, high
        column += repeated


def _hide_columns(sheet: Sheet, table: Node) -> None:
    column = 0
    for element in table.iter():
        if local(element) == "table-column":
            repeated = _repeated(element, "number-columns-repeated")
            if attribute(element, "visibility") in _OUT_OF_SIGHT:
                sheet.hidden_columns.update(range(column, min(column + repeated, 16_384)))
            column += repeated


def _rows(table: Node, *, is_header: bool = False) -> Iterator[tuple[Node, bool]]:
    for element in table:
        if local(element) == "table-row":
            yield element, is_header
        elif local(element) in _ROWS_IN:
            yield from _rows(element, is_header=is_header or local(element) == "table-header-rows")


def _read_shapes(table: Node, texts: OdfText) -> None:
    for element in table:
        if local(element) == "shapes":
            for shape in element:
                texts.draft.block(BlockKind.PARAGRAPH, texts.lines(shape))


def _repeated(element: Node, name: str) -> int:
    return max(1, whole(attribute(element, name), 1))
