"""Damaged PDF: each is refused with a reason, or given back as a file that opens with all its pages."""

import io
import random
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt
from chatelet.documents.rebuilding.opening import format_of

_FORM = format_of("pdf")
_OPTIONS = {kind: Options(language="en", pdf_as=kind) for kind in ("pdf", "docx", "odt")}


def _pdf() -> bytes:
    styles, out = getSampleStyleSheet(), io.BytesIO()
    words = "Le service rend le document dans sa forme, avec ses titres et ses listes, pour 1 250 euros. " * 3
    story = [Paragraph("Le rapport", styles["Title"]), Paragraph(words, styles["BodyText"]), PageBreak()]
    SimpleDocTemplate(out, pagesize=A4, pageCompression=0).build([*story, Paragraph(words, styles["BodyText"])])
    return out.getvalue()


DATA = _pdf()


def _given(data: bytes, kind: str = "pdf") -> Rebuilt:
    told = {
        one.number: [Piece("text", "Other words.") if piece.kind == "text" else piece for piece in one.pieces]
        for one in _FORM.segments(data)
        if not one.locked
    }
    return _FORM.rebuild(data, told, _OPTIONS[kind])


def _pages(data: bytes) -> list[bool]:
    """Say of each page whether it can be drawn."""
    document, drawn = pypdfium2.PdfDocument(data), list[bool]()
    for number in range(len(document)):
        try:
            document[number].render(scale=0.2)
        except pypdfium2.PdfiumError:
            drawn.append(False)
        else:
            drawn.append(True)
    document.close()
    return drawn


def _holds(data: bytes) -> None:
    """Given back, it opens and has the pages that it had; else it says why it cannot be."""
    try:
        rebuilt = _given(data)
    except NotRead:
        return
    if rebuilt.kind == "pdf":
        before, after = _pages(data), _pages(rebuilt.data)
        assert len(after) == len(before)
        assert all(now or not was for was, now in zip(before, after, strict=True)), "what was drawn still is"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short(share: float) -> None:
    _holds(DATA[: int(len(DATA) * share)])


@pytest.mark.parametrize("seed", range(12))
def test_bytes_changed_anywhere(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(DATA)
    for _ in range(30):
        data[chance.randrange(len(data))] = chance.randrange(256)
    _holds(bytes(data))


def _without_reference(data: bytes) -> bytes:
    return data[: data.rindex(b"startxref")] + b"startxref\n0\n%%EOF"


def _changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(DATA)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def _instructions(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Contents"] = pikepdf.Stream(pdf, content)

    return change


def _no_fonts(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/Resources"]["/Font"]


def _no_contents(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/Contents"]


def _no_box(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/MediaBox"] = pikepdf.Array([0, 0, 0, 0])


@pytest.mark.parametrize(
    "data",
    [
        _without_reference(DATA),
        _changed(_no_fonts),
        _changed(_no_contents),
        _changed(_no_box),
        _changed(_instructions(b"BT /F1 12 Tf 72 700 Td (Le mot) Tj Q Q Q ET ET")),
        _changed(_instructions(b"q q q BT /F9 12 Tf (sans police) Tj")),
        _changed(_instructions(b"BT /F1 nul Tf [(a) (b] TJ << /a >> BDC EMC EMC")),
        _changed(_instructions(b"BI /W 9 /H 9 ID " + bytes(range(256)))),
        _changed(_instructions(b"/X1 Do " * 500)),
        b"%PDF-1.7\n" + b"<<" * 5_000,
        DATA + DATA,
    ],
    ids=[
        "xref",
        "fonts",
        "contents",
        "box",
        "unbalanced",
        "no font",
        "operands",
        "inline image",
        "forms",
        "deep",
        "twice",
    ],
)
def test_a_structure_that_is_broken(data: bytes) -> None:
    _holds(data)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_what_is_left_of_a_page_is_given_as_a_document(kind: str) -> None:
    broken = _changed(_instructions(b"BT /F1 12 Tf 72 700 Td (Le mot de la fin) Tj Q Q ET"))
    assert _given(broken, kind).kind == kind
