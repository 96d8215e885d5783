"""Tables are read cell by cell, whether lines are drawn around the cells or not."""

from reportlab.pdfgen.canvas import Canvas

from chatelet.documents.parsing.document import ParsedDocument, Table
from tests.documents.parsing.pdf.making import ARTICLE, HEIGHT, column, kinds, made, read, rows

DATA = [
    ["Ministère", "Agents", "Crédits"],
    ["Culture", "12 480", "3 914 M€"],
    ["Justice", "91 200", "10 084 M€"],
    ["Intérieur", "298 114", "-1,5 M€"],
]


def cells(document: ParsedDocument, table: Table) -> list[list[str]]:
    grid: dict[int, list[str]] = {}
    for cell in table.cells:
        grid.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return [grid[row] for row in sorted(grid)]


def test_a_drawn_table_between_two_paragraphs() -> None:
    def page(canvas: Canvas) -> None:
        top = column(canvas, ARTICLE, 60, 80, 85)
        canvas.grid([60, 200, 300, 420], [HEIGHT - top - 20 * index for index in range(5)])
        for number, row in enumerate(DATA):
            for x, value in zip((66, 206, 306), row, strict=True):
                canvas.drawString(x, HEIGHT - top - 14 - 20 * number, value)
        column(canvas, "Après le tableau. " + ARTICLE, 60, top + 110, 85)

    document = read(made(page))

    (table,) = document.tables
    assert cells(document, table) == DATA
    assert document.text[table.start : table.end].splitlines()[1] == "Culture | 12 480 | 3 914 M€"
    assert [cell.header for cell in table.cells[:4]] == [True, True, True, False]
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_a_cell_over_several_columns_and_lines() -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 680, 640):
            canvas.line(60, y, 360, y)
        for x in (60, 360):
            canvas.line(x, 700, x, 640)
        canvas.line(210, 680, 210, 640)
        canvas.drawString(66, 686, "Dépenses de 2024")
        rows(canvas, ["Achats de", "matériel"], 66, HEIGHT - 668)
        rows(canvas, ["1 200 €"], 216, HEIGHT - 668)

    document = read(made(page))

    (table,) = document.tables
    first = table.cells[0]
    assert (first.columns, document.text[first.start : first.end]) == (2, "Dépenses de 2024")
    assert cells(document, table)[1] == ["Achats de matériel", "1 200 €"]


def test_a_table_without_lines() -> None:
    def page(canvas: Canvas) -> None:
        top = column(canvas, ARTICLE, 60, 80, 85)
        for number, row in enumerate(DATA):
            for x, value in zip((60, 220, 340), row, strict=True):
                canvas.drawString(x, HEIGHT - top - 25 - 16 * number, value)

    document = read(made(page))

    (table,) = document.tables
    assert cells(document, table) == DATA


def test_prose_items_and_a_list_of_contents_are_no_tables() -> None:
    def page(canvas: Canvas) -> None:
        top = column(canvas, ARTICLE * 2, 60, 80, 85)
        for index in range(4):
            canvas.drawString(60, HEIGHT - top - 20 - 14 * index, f"{index + 1}.")
            canvas.drawString(85, HEIGHT - top - 20 - 14 * index, "une règle de la liste")
        for index in range(4):
            canvas.drawString(60, HEIGHT - top - 100 - 14 * index, f"Partie {index + 1} " + "." * 60 + f" {index + 3}")

    document = read(made(page))

    assert document.tables == []
    assert len(kinds(document, "list_item")) == 4
    assert [line for line in document.text.splitlines() if line.startswith("Partie 2")] == [
        "Partie 2 " + "." * 60 + " 4"
    ]
