"""Tables of a DOCX: cells with the places they cover, and what their paragraphs hold beside their text."""

from chatelet.documents.parsing.docx_paragraph import read_paragraph
from chatelet.documents.parsing.docx_styles import Styles
from chatelet.documents.parsing.draft import GridCell
from chatelet.documents.parsing.ooxml import child, is_on
from chatelet.documents.parsing.paragraph import Paragraph
from chatelet.documents.parsing.xml import Node, attribute, local, whole

_WIDEST = 1_000


def is_layout(table: Node) -> bool:
    """Tell a table of one cell: a frame drawn around ordinary text."""
    rows = list(_inside(table, "tr"))
    return len(rows) == 1 and len(list(_inside(rows[0], "tc"))) == 1


def grid_of(table: Node, styles: Styles) -> tuple[list[GridCell], list[Paragraph]]:
    """Return the cells row by row, and their paragraphs (for notes, changes and boxes)."""
    cells: list[GridCell] = []
    paragraphs: list[Paragraph] = []
    above: dict[int, GridCell] = {}
    for row, line in enumerate(_inside(table, "tr")):
        column = _span(child(line, "trPr"), "gridBefore", 0)
        is_header = is_on(child(line, "trPr", "tblHeader"))
        for element in _inside(line, "tc"):
            properties = child(element, "tcPr")
            width = _span(properties, "gridSpan", 1)
            text = cell_text(element, styles, paragraphs)
            merged = child(properties, "vMerge")
            if merged is not None and attribute(merged, "val") != "restart" and column in above:
                above[column].rows += 1
                above[column].text = "\n".join(filter(None, (above[column].text, text)))
            else:
                cell = GridCell(row, column, text, columns=width, header=is_header)
                cells.append(cell)
                above[column] = cell
            column += width
    return cells, paragraphs


def cell_text(element: Node, styles: Styles, paragraphs: list[Paragraph]) -> str:
    """Return a cell's text, its lists with their numbers, the tables inside it in one line for each row."""
    lines: list[str] = []
    for inner in element:
        name = local(inner)
        if name == "p":
            style = styles.of(inner)
            paragraph = read_paragraph(inner, is_hidden=style.is_hidden)
            paragraphs.append(paragraph)
            if paragraph.text.strip():
                lines.append(f"{styles.number(style)} {paragraph.text.strip()}".strip())
        elif name == "tbl":
            lines += [
                " / ".join(filter(None, (cell_text(cell, styles, paragraphs) for cell in _inside(row, "tc"))))
                for row in _inside(inner, "tr")
            ]
        elif name in {"sdt", "sdtContent", "customXml", "ins"}:
            lines.append(cell_text(inner, styles, paragraphs))
    return "\n".join(filter(None, lines))


def _inside(element: Node, name: str) -> list[Node]:
    """Return the children of that name, seen through what only wraps them."""
    found: list[Node] = []
    for inner in element:
        if local(inner) == name:
            found.append(inner)
        elif local(inner) in {"sdt", "sdtContent", "customXml"}:
            found += _inside(inner, name)
    return found


def _span(properties: Node | None, name: str, default: int) -> int:
    element = child(properties, name)
    value = "" if element is None else attribute(element, "val")
    return min(whole(value, default), _WIDEST)
