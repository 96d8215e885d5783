"""Tables are read cell by cell, whether lines are drawn around the cells or not."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from chatelet.documents.parsing.document import ParsedDocument, Table
from chatelet.documents.parsing.layout import tables
from chatelet.documents.parsing.layout.lines import runs
from chatelet.documents.parsing.layout.words import Word
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


def test_the_fields_of_a_form_are_read_one_by_one() -> None:
    told = [
        ("Nom :", "DURAND"),
        ("Née le :", "14 février 1987"),
        ("Montant demandé :", "1 250 €"),
        ("Observations :", ""),
    ]

    def plain(canvas: Canvas) -> None:
        for number, (label, value) in enumerate(told):
            canvas.drawString(60, HEIGHT - 100 - 24 * number, label)
            canvas.drawString(260, HEIGHT - 100 - 24 * number, value)
        column(canvas, ARTICLE, 60, 240, 85)

    def drawn(canvas: Canvas) -> None:
        canvas.grid([60, 200, 420], [HEIGHT - 90 - 24 * index for index in range(5)])
        plain(canvas)

    for page in (plain, drawn):
        document = read(made(page))
        assert document.tables == []
        fields = kinds(document, "metadata") or document.text.splitlines()[:4]
        assert [" ".join(field.split()) for field in fields][:3] == [f"{label} {value}" for label, value in told[:3]]
        assert "Nom : DURAND\n" in document.text


def test_row_headings_with_a_colon_do_not_make_a_form_of_figures() -> None:
    figures = [["", "2023", "2024", "2025"], ["Hommes :", "12", "14", "15"], ["Femmes :", "11", "13", "16"]]

    def page(canvas: Canvas) -> None:
        for number, row in enumerate([*figures, ["Ensemble :", "23", "27", "31"]]):
            for x, value in zip((60, 220, 300, 380), row, strict=True):
                canvas.drawString(x, HEIGHT - 100 - 16 * number, value)

    (table,) = read(made(page)).tables
    assert len(table.cells) == 16


def test_lines_of_prose_that_formulas_stretch_are_no_rows() -> None:
    told = [
        ("considérons le journal composé de trois requêtes", "L = (a, b, c)", "et résumons"),
        ("ce journal en ne gardant que les références", "a + b", "communes à"),
        ("toutes les requêtes, nous obtenons alors", "q = a", "puis selon les"),
        ("fréquences de ces requêtes, nous obtenons", "r = b + c", "pour finir."),
    ]

    words = [
        Word(word, (x + 30.0 * place, 100.0 + 14 * number, x + 30.0 * place + 26, 110.0 + 14 * number), 10, number)
        for number, row in enumerate(told)
        for x, cell in zip((60, 340, 520), row, strict=True)
        for place, word in enumerate(cell.split())
    ]
    assert [grid for grid, _ in tables.aligned(runs(words)) if grid is not None] == []
    listed = [Word(word.text.upper(), word.box, 10, word.order) for word in words]  # nothing goes on with a capital
    assert [grid for grid, _ in tables.aligned(runs(listed)) if grid is not None] != []


def test_the_words_of_a_drawing_are_no_table() -> None:
    told = {60: "Boisson", 130: "toutes", 220: "Date", 300: "2008", 380: "Pays", 460: "tous"}

    def page(canvas: Canvas) -> None:
        for number, places in enumerate([(60, 220, 380), (130, 300), (60, 300, 460), (130, 380)]):
            for x in places:
                canvas.drawString(x, HEIGHT - 100 - 14 * number, told[x])

    assert read(made(page)).tables == []


def test_a_comment_of_code_whose_lines_begin_with_a_star_is_no_table() -> None:
    lines = ["This file is part of", "recorded in the version", "its first location is", "the one that follows"]
    ends = ["a project held by those", "control history kept at", "written on the line of", "in all of its copies"]

    def page(canvas: Canvas) -> None:
        for number, (line, end) in enumerate(zip(lines, ends, strict=True)):
            for x, words in ((60, "*"), (110, line), (300, end)):
                canvas.drawString(x, HEIGHT - 100 - 14 * number, words)

    document = read(made(page))
    assert document.tables == []
    assert "|" not in document.text


def test_small_writing_is_a_note_only_under_larger_writing() -> None:
    def usual(note: str) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            column(canvas, ARTICLE * 4, 60, 80, 90, 11)
            rows(canvas, [note], 60, 760, 8)

        return page

    def small(canvas: Canvas) -> None:
        """An annex, all of it in small writing: its numbered paragraphs are its body."""
        top = 80.0
        for number in range(1, 12):
            top = column(canvas, f"({number}) {ARTICLE}", 60, top, 110, 8) + 8

    document = read(
        made(usual("(1) Une note sur les sources."), usual("(2) Voir l'annexe."), usual("(3) Ibidem."), small)
    )
    notes = [block for block in document.blocks if block.kind == "footnote"]
    assert [block.page for block in notes] == [1, 2, 3]
