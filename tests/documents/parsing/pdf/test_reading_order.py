"""A page is read as a person reads it: column after column, without what runs beside the body."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.documents.parsing.pdf.making import ARTICLE, HEIGHT, REPORT, WIDTH, column, in_order, kinds, made, read, rows


def test_two_columns_under_a_title_are_read_one_after_the_other() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 80, "Publication of public documents across all the regions")
        column(canvas, "First column. " + ARTICLE * 3, 60, 130, 46)
        column(canvas, "Second column. " + REPORT * 3, 310, 130, 46)

    document = read(made(page))

    assert kinds(document, "title") == ["Publication of public documents across all the regions"]
    body = kinds(document, "paragraph")
    assert body[0].startswith("First column.")
    assert "Second column." not in body[0]
    assert in_order(document.text, "First column.", "passage exact.", "Second column.", "to be published.")


def test_three_narrow_columns_whose_lines_nearly_touch() -> None:
    starts = ("Alpha begins. ", "Beta begins. ", "Gamma begins. ")

    def page(canvas: Canvas) -> None:
        for index, start in enumerate(starts):
            column(canvas, start + REPORT * 4, 45 + index * 172, 80, 40, 8.5)

    document = read(made(page))

    places = [document.text.index(start.strip()) for start in starts]
    assert places == sorted(places)
    for start, end in zip(places, [*places[1:], len(document.text)], strict=True):
        assert document.text[start:end].count("The committee met three times during the winter") == 4


def test_a_full_width_line_between_columns_parts_what_is_above_from_what_is_below() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, "Upper left. " + REPORT, 60, 80, 44)
        column(canvas, "Upper right. " + REPORT, 310, 80, 44)
        rows(
            canvas,
            ["A sentence that runs over both columns of the page, from the left edge to the right edge of it."],
            60,
            250,
        )
        column(canvas, "Lower left. " + REPORT, 60, 290, 44)
        column(canvas, "Lower right. " + REPORT, 310, 290, 44)

    text = read(made(page)).text

    assert in_order(text, "Upper left.", "Upper right.", "A sentence that runs over", "Lower left.", "Lower right.")


def test_headers_footers_and_numbers_stand_beside_the_body() -> None:
    words = (ARTICLE * 12).split()
    parts = [" ".join(words[index * 150 : (index + 1) * 150]) for index in range(3)]

    def numbered(number: int) -> object:
        def page(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, HEIGHT - 40, "Ministère des essais - Rapport annuel")
            column(canvas, parts[number - 1], 60, 90, 95, 11)
            canvas.setFont("Helvetica", 8)
            canvas.drawCentredString(WIDTH / 2, 40, f"Page {number} sur 3")

        return page

    document = read(made(*(numbered(number) for number in (1, 2, 3))))

    assert kinds(document, "page_header") == ["Ministère des essais - Rapport annuel"] * 3
    assert kinds(document, "page_footer") == [f"Page {number} sur 3" for number in (1, 2, 3)]
    seam = " ".join(words[147:153])
    assert seam in document.text  # the sentence goes on from page 1 to page 2, nothing between
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert all(a.end <= b.start for a, b in zip(document.pages, document.pages[1:], strict=False))


def test_the_same_words_at_the_head_of_two_pages_are_not_a_header() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, REPORT * 2, 60, 60, 95, 11)

    document = read(made(page, page))

    assert kinds(document, "page_header") == []
    assert document.text.count("The committee met three times") == 4


def test_words_cut_at_the_end_of_a_line_are_joined_and_keep_two_boxes() -> None:
    lines = [
        "La publication régulière des documents administra-",
        "tifs est une obligation que les services peut-",
        "être oublient, comme le rappelle Jean-",
        "Paul dans son rapport sur les docu-",
        "ments de la direction interministérielle.",
    ]
    document = read(made(lambda canvas: rows(canvas, lines, 60, 80)))

    assert "documents administratifs est" in document.text
    assert "services peut-être oublient" in document.text
    assert "Jean-Paul dans" in document.text
    start = document.text.index("administratifs")
    pieces = [word for word in document.pages[0].words if start <= word.start < start + len("administratifs")]
    assert [document.text[word.start : word.end] for word in pieces] == ["administra", "tifs"]
    assert pieces[0].top < pieces[1].top
    assert pieces[0].left > pieces[1].left


@pytest.mark.parametrize(
    ("written", "expected"), [("e\u0301t\u00e9", "été"), ("\ufb01n", "fin"), ("of\ufb01ce", "office")]
)
def test_accents_are_composed_and_ligatures_opened(written: str, expected: str) -> None:
    from chatelet.documents.parsing.pdf.characters import clean

    assert clean(written) == expected


def test_a_stamp_written_upwards_is_put_aside() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, ARTICLE * 2, 90, 80, 80)
        canvas.saveState()
        canvas.translate(40, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Dépôt 2024-117 du 3 mars")
        canvas.restoreState()

    document = read(made(page))

    assert kinds(document, "page_header") == ["Dépôt 2024-117 du 3 mars"]
    assert "Dépôt" not in " ".join(kinds(document, "paragraph"))


def test_footnotes_headings_items_and_code_are_told_apart() -> None:
    def page(canvas: Canvas) -> None:
        rows(canvas, ["Rapport sur les archives"], 60, 80, 20, "Helvetica-Bold")
        rows(canvas, ["1.1 Contexte"], 60, 120, 14, "Helvetica-Bold")
        top = column(canvas, ARTICLE, 60, 150, 90, 11)
        top = rows(canvas, ["\u2022 une première règle ;", "\u2022 une deuxième règle."], 75, top + 8, 11)
        top = rows(canvas, ["def lire(page):", "    return page.texte"], 60, top + 12, 10, "Courier")
        top = column(canvas, REPORT * 2, 60, top + 12, 90, 11)
        rows(canvas, ["1 Une note sur les sources, écrite plus petit."], 60, 760, 8)

    document = read(made(page))

    assert kinds(document, "title") == ["Rapport sur les archives"]
    assert kinds(document, "heading") == ["1.1 Contexte"]
    assert kinds(document, "list_item") == ["\u2022 une première règle ;", "\u2022 une deuxième règle."]
    assert kinds(document, "code") == ["def lire(page):\n    return page.texte"]
    assert kinds(document, "footnote") == ["1 Une note sur les sources, écrite plus petit."]
    assert document.title == "Rapport sur les archives"


def test_a_formula_on_its_own_line_is_apart_from_prose() -> None:
    def page(canvas: Canvas) -> None:
        top = column(canvas, REPORT, 60, 80, 90)
        top = rows(canvas, ["a + 8 = 12 / b"], 250, top + 15)
        column(canvas, REPORT, 60, top + 15, 90)

    assert kinds(read(made(page)), "formula") == ["a + 8 = 12 / b"]
