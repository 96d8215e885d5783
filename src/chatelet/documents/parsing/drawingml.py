"""Text of drawings in office files (DrawingML): paragraphs, tables, charts and diagrams, of slides and of sheets."""

from collections.abc import Iterator

from chatelet.documents.parsing.draft import GridCell
from chatelet.documents.parsing.omml import linear
from chatelet.documents.parsing.ooxml import child
from chatelet.documents.parsing.xml import Node, attribute, local, text_of, whole

_WIDEST = 1_000


def paragraphs(body: Node | None) -> Iterator[tuple[str, int, bool]]:
    """Yield (text, depth from 0, whether a bullet is said to stand before it) for each paragraph of a text body."""
    for element in body if body is not None else ():
        if local(element) == "p":
            properties = child(element, "pPr")
            level = "" if properties is None else attribute(properties, "lvl")
            marked = properties is not None and any(local(inner) in {"buChar", "buAutoNum"} for inner in properties)
            text = paragraph_text(element)
            if text.strip():
                yield text.strip(), whole(level), marked


def paragraph_text(paragraph: Node) -> str:
    """Return a paragraph's text on its lines, equations on one."""
    found: list[str] = []
    for element in paragraph:
        name = local(element)
        if name in {"r", "fld"}:
            found.append(text_of(child(element, "t")))
        elif name == "br":
            found.append("\n")
        elif name == "AlternateContent":
            chosen = child(element, "Choice")
            found.append("" if chosen is None else linear(chosen))
        elif name in {"m", "oMath", "oMathPara"}:
            found.append(linear(element))
    return "".join(found)


def plain(body: Node | None) -> str:
    """Return the text of all the paragraphs of a text body."""
    return "\n".join(text for text, _depth, _marked in paragraphs(body))


def table_cells(table: Node) -> list[GridCell]:
    """Return the cells of a table of a slide; a cell that a merged one covers is left out."""
    cells: list[GridCell] = []
    first = child(table, "tblPr")
    has_header = first is not None and attribute(first, "firstRow") == "1"
    for row, line in enumerate(element for element in table if local(element) == "tr"):
        for column, cell in enumerate(element for element in line if local(element) == "tc"):
            if attribute(cell, "hMerge") not in {"1", "true"} and attribute(cell, "vMerge") not in {"1", "true"}:
                text = plain(child(cell, "txBody"))
                wide, high = _span(cell, "gridSpan"), _span(cell, "rowSpan")
                cells.append(GridCell(row, column, text, high, wide, has_header and row == 0))
    return cells


def chart_cells(chart: Node) -> tuple[str, list[GridCell]]:
    """Return a chart's title and its figures, one row for each category."""
    title = next((element for element in chart.iter() if local(element) == "title"), None)
    series = [element for element in chart.iter() if local(element) == "ser"]
    cells: list[GridCell] = []
    for column, one in enumerate(series, 1):
        cells.append(GridCell(0, column, " ".join(_cached(child(one, "tx")).values()), header=True))
        for part, at in (("cat", 0), ("xVal", 0), ("val", column), ("yVal", column)):
            if at or column == 1:
                cells += [GridCell(row + 1, at, text) for row, text in _cached(child(one, part)).items()]
    words = "" if title is None else " ".join(text_of(element) for element in title.iter() if local(element) == "t")
    return words, sorted(cells, key=lambda cell: (cell.row, cell.column))


def diagram_lines(data: Node) -> list[str]:
    """Return the texts of a diagram (SmartArt), in the order of its data."""
    found = (plain(element) for element in data.iter() if local(element) == "t" and len(element))
    return [text for text in found if text.strip()]


def _cached(element: Node | None) -> dict[int, str]:
    found: dict[int, str] = {}
    for point in element.iter() if element is not None else ():
        if local(point) == "pt" and attribute(point, "idx"):
            found[whole(attribute(point, "idx"))] = text_of(child(point, "v"))
    return found


def _span(cell: Node, name: str) -> int:
    return max(1, min(whole(attribute(cell, name), 1), _WIDEST))
