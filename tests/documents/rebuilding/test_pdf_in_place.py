"""A PDF comes back as a PDF: the words of each paragraph are gone, others stand in the same box, all else is untouched."""

import io
import re
from collections.abc import Callable

import numpy as np
import pikepdf
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image as Drawn
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    Image,
    ListFlowable,
    ListItem,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from chatelet.documents.composing.blocks import AI_PROPERTY
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.reader import read_file
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt
from chatelet.documents.rebuilding.opening import format_of

_FORM = format_of("pdf")
_LONG = "Le service rend le document dans sa forme, avec ses titres, ses listes et ses tableaux, pour 1 250 euros. " * 4
_SMALL = (160, 80)  # points: recognition takes no time
_SCALE = 2.0
_OUTSIDE = 2  # of 255: how much a pixel outside the boxes of text may differ
_AROUND = 3.0  # points around those boxes, for the edges of letters
_NEAR = 2.0  # points between where words stood and where others stand


def _picture() -> bytes:
    out = io.BytesIO()
    Drawn.effect_noise((60, 30), 80).convert("RGB").save(out, "PNG")
    return out.getvalue()


def _made(*story: Flowable) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title="Le rapport annuel").build(list(story))
    return out.getvalue()


def _style(**told: object) -> ParagraphStyle:
    return ParagraphStyle("x", parent=getSampleStyleSheet()["BodyText"], **told)


def _report() -> bytes:
    styles = getSampleStyleSheet()
    lines = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("BACKGROUND", (0, 0), (-1, 0), "lightgrey")])
    table = Table([["Poste", "Montant"], ["Personnel", "1200"], ["Achats", "300"]], colWidths=[160, 80], style=lines)
    linked = Paragraph('Le guide est sur <a href="https://exemple.fr/guide">cette page</a>.', _style())
    items = [ListItem(Paragraph(f"La ligne {rank} de la liste", _style())) for rank in ("une", "deux")]
    return _made(
        Paragraph("Le rapport annuel", styles["Title"]),
        Paragraph("Les moyens", styles["Heading1"]),
        Paragraph(_LONG, _style(fontName="Times-Roman", alignment=TA_JUSTIFY, textColor="navy")),
        linked,
        ListFlowable(items, bulletType="bullet"),
        Image(io.BytesIO(_picture()), 120, 60),
        table,
        PageBreak(),
        Paragraph("Les projets", styles["Heading1"]),
        Paragraph(_LONG, _style()),
    )


def _english(text: str) -> str:
    """Write other words of the same length, figures as they are."""
    return re.sub(r"[^\W\d_]+", lambda match: ("Zq" + "en" * 9)[: len(match[0])], text)


def _given(data: bytes, change: Callable[[str], str] = _english, options: Options | None = None) -> Rebuilt:
    told = {
        one.number: [Piece("text", change(piece.text)) if piece.kind == "text" else piece for piece in one.pieces]
        for one in _FORM.segments(data)
        if not one.locked
    }
    return _FORM.rebuild(data, told, options or Options(language="en", pdf_as="pdf", mark_ai=False))


def _read(data: bytes) -> ParsedDocument:
    return read_file(data, "rapport.pdf")


def _pixels(data: bytes, page: int) -> NDArray[np.int16]:
    document = pypdfium2.PdfDocument(data)
    drawn = document[page].render(scale=_SCALE, draw_annots=False).to_numpy().astype(np.int16)
    document.close()
    return drawn


def _outside(before: bytes, after: bytes, page: int) -> int:
    """Return the largest difference of a pixel that is in the box of no word, before or after."""
    first, second = _pixels(before, page), _pixels(after, page)
    for document in (_read(before), _read(after)):
        for word in document.pages[page].words:
            top, bottom = ((word.top - _AROUND) * _SCALE, (word.bottom + _AROUND) * _SCALE)
            left, right = ((word.left - _AROUND) * _SCALE, (word.right + _AROUND) * _SCALE)
            first[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = 0
            second[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = 0
    return int(np.abs(first - second).max())


def _edges(document: ParsedDocument, page: int) -> list[tuple[float, float, float]]:
    """Return left, right and base of each line of a page."""
    lines: dict[int, list[float]] = {}
    for word in document.pages[page].words:
        found = lines.setdefault(round(word.bottom / 3), [word.left, word.right, word.bottom])
        found[0], found[1] = min(found[0], word.left), max(found[1], word.right)
    return sorted((bottom, left, right) for left, right, bottom in lines.values())


def test_other_words_stand_where_the_old_ones_stood_and_these_are_gone() -> None:
    data = _report()
    rebuilt = _given(data)
    assert (rebuilt.kind, dict(rebuilt.kept)) == ("pdf", {})
    before, after = _read(data), _read(rebuilt.data)
    raw = pypdfium2.PdfDocument(rebuilt.data)
    text = "".join(raw[page].get_textpage().get_text_bounded() for page in range(len(raw)))
    for gone in ("rapport", "moyens", "service", "tableaux", "Personnel", "projets", "liste"):
        assert gone not in text
    assert len(before.pages) == len(after.pages) == 2
    for page in range(2):
        old, new = _edges(before, page), _edges(after, page)
        for (base, left, _), (other_base, other_left, _) in zip(old[:3], new[:3], strict=True):
            assert abs(base - other_base) < _NEAR
            assert abs(left - other_left) < 12 * _NEAR  # a centred title of another width begins elsewhere
        assert max(right for _, _, right in new) <= max(right for _, _, right in old) + _NEAR
    assert [cell.row for table in after.tables for cell in table.cells] == [0, 0, 1, 1, 2, 2]


def test_figures_and_what_is_no_word_stay() -> None:
    data = _report()
    after = _read(_given(data).data)
    assert "1200" in after.text
    assert "300" in after.text
    assert after.text.count("1 250") == _read(data).text.count("1 250") == 8


def test_outside_of_the_boxes_of_text_the_picture_of_the_page_is_the_same() -> None:
    data = _report()
    rebuilt = _given(data)
    assert [_outside(data, rebuilt.data, page) <= _OUTSIDE for page in range(2)] == [True, True]
    assert np.abs(_pixels(data, 0) - _pixels(rebuilt.data, 0)).max() > 100  # inside, it is another


def test_the_same_words_give_the_same_file() -> None:
    data = _report()
    assert _given(data, change=lambda text: text).data == data


def test_links_stay_and_the_document_says_what_it_is() -> None:
    data = _report()
    options = Options(language="en", pdf_as="pdf", visible_mark="Written by a machine", unsure=frozenset({1}))
    rebuilt = _given(data, options=options)
    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Keywords"]) == f"{AI_PROPERTY}=true"
        assert str(pdf.docinfo["/Title"]) == _english("Le rapport annuel")
        kinds = [str(note.Subtype) for note in pdf.pages[0].Annots]
        [link] = [note for note in pdf.pages[0].Annots if note.Subtype == "/Link"]
        assert str(link.A.URI) == "https://exemple.fr/guide"
        assert "/Highlight" in kinds
    assert "Written by a machine" in _read(rebuilt.data).text
    assert rebuilt.left_out == ["pdf_styles_merged"] or rebuilt.left_out == []


def test_longer_words_are_set_smaller_and_never_under_six_points() -> None:
    data = _made(Paragraph(_LONG, _style(fontSize=10, leading=12)), Paragraph("La fin", _style(spaceBefore=2)))
    rebuilt = _given(data, change=lambda text: text + " " + text[: len(text) // 4] if len(text) > 90 else text)
    assert not rebuilt.kept
    heights = {round((word.bottom - word.top) / 1.02, 1) for word in _read(rebuilt.data).pages[0].words}
    assert min(heights) < 10
    assert min(heights) >= 6.9  # 0.7 of the size


def test_words_that_do_not_fit_stay_as_they_were_and_are_told() -> None:
    data = _made(Paragraph(_LONG, _style(fontSize=7, leading=8)), Paragraph("Une fin courte", _style(fontSize=7)))
    rebuilt = _given(data, change=lambda text: _english(text) * 4 if len(text) > 90 else "An ending")
    assert dict(rebuilt.kept) == {0: "no_room"}
    assert rebuilt.replaced == 1
    text = " ".join(_read(rebuilt.data).text.split())
    assert "Le service rend le document dans sa forme" in text
    assert "An ending" in text


@pytest.mark.parametrize("align", [TA_RIGHT, TA_CENTER])
def test_what_was_set_right_or_centred_still_is(align: int) -> None:
    address = "Mairie de Villeneuve<br/>12, rue des Écoles du Bourg<br/>Bureau du courrier"
    data = _made(Paragraph(_LONG, _style()), Paragraph(address, _style(alignment=align)))
    before, after = _edges(_read(data), 0), _edges(_read(_given(data).data), 0)
    for lines in (before[-3:], after[-3:]):
        places = [right if align == TA_RIGHT else (left + right) / 2 for _, left, right in lines]
        assert max(places) - min(places) < _NEAR


def test_colour_weight_and_family_are_kept() -> None:
    data = _made(Paragraph("Une phrase grasse", _style(fontName="Times-Bold", textColor="red")))
    rebuilt = _given(data)
    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        names = {str(font.BaseFont) for font in pdf.pages[0].resources["/Font"].values()}
        assert "/Times-Bold" in names
        shown = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0])).decode("latin-1")
    assert "1 0 0 rg" in shown


def test_bold_and_italic_inside_a_paragraph_are_marks_of_its_segment_and_stay() -> None:
    words = "Le service <b>rend le document</b> dans sa forme, avec <i>ses titres</i>, ses listes et ses tableaux. "
    data = _made(Paragraph(words + _LONG, _style(alignment=TA_JUSTIFY)))
    [segment] = _FORM.segments(data)
    marked = [(piece.kind, piece.number) for piece in segment.pieces if piece.kind != "text"]
    assert marked == [("open", 1), ("close", 1), ("open", 2), ("close", 2)]
    rebuilt = _given(data)
    assert "pdf_styles_merged" not in rebuilt.left_out
    [after] = _FORM.segments(rebuilt.data)
    found = {
        before.number: (piece.text.strip(), _english(piece.text.strip()))
        for before, piece in zip(segment.pieces, segment.pieces[1:], strict=False)
        if before.kind == "open"
    }
    given = {
        before.number: piece.text.strip()
        for before, piece in zip(after.pieces, after.pieces[1:], strict=False)
        if before.kind == "open"
    }
    assert given == {number: written for number, (_, written) in found.items()}
    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        names = {str(font.BaseFont) for font in pdf.pages[0].resources["/Font"].values()}
    assert {"/Helvetica", "/Helvetica-Bold", "/Helvetica-Oblique"} <= names
    assert _outside(data, rebuilt.data, 0) <= _OUTSIDE


def _off(words: str) -> str:
    """Set raised and lowered letters as word processors do."""
    return words.replace("<super>", '<super rise="3.3" size="6">').replace("<sub>", '<sub rise="1.2" size="6">')


_OFF_THE_LINE = _off(
    "Le CO<sub>2</sub> sur 12 m<super>2</super> du 1<super>er</super> rapport<super>3</super>, puis H<sub>2</sub>O est "
    "<b>bu</b> au XX<super>e</super> siècle. "
)


def _marked(data: bytes) -> list[str]:
    """Return what stands between marks, in order."""
    [segment] = _FORM.segments(data)
    return [
        piece.text for before, piece in zip(segment.pieces, segment.pieces[1:], strict=False) if before.kind == "open"
    ]


def test_letters_raised_or_lowered_are_marks_and_stay_off_the_line() -> None:
    data = _made(Paragraph(_OFF_THE_LINE + _LONG, _style()))
    assert _marked(data) == ["2", "2", "er", "3", "2", "bu", "e"]
    rebuilt = _given(data)
    assert rebuilt.kept == {}
    assert _marked(rebuilt.data) == ["2", "2", _english("er"), "3", "2", _english("bu"), _english("e")]


def test_small_letters_on_the_line_and_one_size_of_capitals_are_no_marks() -> None:
    small = 'Le service <font size="6">rend</font> le document, avec ses titres et ses listes.'
    assert _marked(_made(Paragraph(small, _style()))) == []
    lines = Paragraph(_LONG, _style()), Paragraph(_LONG, _style(fontSize=6, leading=7))
    assert all(not run.number for one in _FORM.segments(_made(*lines)) for run in one.pieces)


def test_beyond_what_a_model_carries_the_raised_and_lowered_stay_before_the_bold() -> None:
    chemistry = " ".join(f"<b>gaz</b> numéro {number} du CO<sub>2</sub>" for number in range(9))
    assert _marked(_made(Paragraph(_off(chemistry), _style()))) == ["2"] * 9


def test_a_mark_that_moved_is_set_where_it_is_now() -> None:
    data = _made(Paragraph("Le service <b>rend</b> le document, puis il le range.", _style()))
    moved = [Piece("open", "", 1), Piece("text", "Given"), Piece("close", "", 1), Piece("text", ", the paper is kept.")]
    rebuilt = _FORM.rebuild(data, {0: moved}, Options(language="en", pdf_as="pdf", mark_ai=False))
    [after] = _FORM.segments(rebuilt.data)
    assert after.text == "Given, the paper is kept."
    assert after.pieces[0].kind == "open", "bold begins the line"


def _drawn(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _lines(canvas: Canvas, top: float = 700) -> None:
    for rank in range(4):
        canvas.drawString(72, top - 14 * rank, "Le service rend le document dans sa forme, avec ses titres.")


def test_a_scan_is_told_and_comes_back_as_it_is() -> None:
    def scan(canvas: Canvas) -> None:
        canvas.setPageSize(_SMALL)
        canvas.drawImage(ImageReader(io.BytesIO(_picture())), 0, 0, *_SMALL)
        text = canvas.beginText(20, 40)
        text.setTextRenderMode(3)
        text.textLine("Le service rend le document dans sa forme, avec ses titres.")
        canvas.drawText(text)
        canvas.showPage()
        canvas.setPageSize(A4)
        _lines(canvas)

    data = _drawn(scan)
    rebuilt = _given(data)
    assert rebuilt.kind == "pdf"
    assert np.array_equal(_pixels(data, 0), _pixels(rebuilt.data, 0))
    assert set(rebuilt.kept.values()) <= {"page_kept"}
    assert "Le service" not in _read(rebuilt.data).text.split("\n\n")[-1]


def test_a_turned_page_is_left_as_it_is() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.translate(0, -900)  # level as it is shown
        _lines(canvas)
        canvas.showPage()
        canvas.setPageRotation(0)
        _lines(canvas)

    data = _drawn(turned)
    rebuilt = _given(data)
    assert "page_kept" in rebuilt.kept.values()
    assert np.array_equal(_pixels(data, 0), _pixels(rebuilt.data, 0))


def test_writing_inside_a_drawing_is_left_as_it_is() -> None:
    def drawn(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        _lines(canvas)
        canvas.endForm()
        canvas.doForm("stamp")

    rebuilt = _given(_drawn(drawn))
    assert (rebuilt.kind, "pdf_not_in_place" in rebuilt.left_out) == (
        "docx",
        True,
    )  # no page takes any: a Word document


def test_what_shows_kept_words_too_stays_whole() -> None:
    def mixed(canvas: Canvas) -> None:
        _lines(canvas)
        text = canvas.beginText(72, 500)
        text.textOut("Le total des aides versées est de ")  # the pen is then where the amount begins
        text.textOut("1200")
        canvas.drawText(text)

    rebuilt = _given(_drawn(mixed), change=lambda text: "Other words here" if "total" not in text else text)
    assert "Le total des aides versées est de 1200" in " ".join(_read(rebuilt.data).text.split())


def test_letters_that_no_font_here_has_leave_the_words_as_they_were() -> None:
    data = _made(Paragraph(_LONG, _style()), Paragraph("Une phrase courte", _style()))
    rebuilt = _given(data, change=lambda text: "日本語の文" if len(text) < 50 else text.upper())
    assert dict(rebuilt.kept) == {1: "no_font"}


def test_words_of_the_outline_follow_their_headings() -> None:
    def with_outline(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(72, 760, "Les moyens")
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Les moyens", "a")
        canvas.setFont("Helvetica", 10)
        _lines(canvas)

    rebuilt = _given(_drawn(with_outline))
    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        assert str(pdf.Root.Outlines.First.Title) == _english("Les moyens")
