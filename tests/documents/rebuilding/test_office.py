"""What is given back, opened by LibreOffice: without repair, changes accepted and rejected there, its pages compared."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import docx as word
import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from chatelet.documents.composing import markdown, styled
from chatelet.documents.composing.blocks import Document, Publication
from chatelet.documents.composing.styled import StyleKind
from chatelet.documents.composing.writing import write
from chatelet.documents.rebuilding.contract import Options
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.rebuilding.giving import changed, segments
from tests.documents.rebuilding.office_files import KINDS, SENTENCE, docx_file, office_files
from tests.fakes import office
from tests.fakes.office import NotOpened, Office
from tests.writing.drafting.style_files import open_letterhead, word_letterhead

pytestmark = pytest.mark.servers
_SCALE = 1.5
_OUTSIDE = 3  # of 255: how much a pixel outside the boxes of text may differ after a translation of equal lengths
_AROUND = 4  # points around those boxes
_TRACK = Options(mark_ai=False, track=True, at="2026-11-22T10:00:00Z")


@pytest.fixture(scope="module")
def writer() -> Iterator[Office]:
    with office.running() as started:
        yield started


def _swapped(text: str) -> str:
    """Write other words of the same width: in each word, the letters in the other order."""
    return " ".join(one[::-1] if one.isalpha() else one for one in text.split(" "))


@pytest.fixture(scope="module")
def files(writer: Office) -> dict[str, bytes]:
    return office_files(writer)


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = " ".join(document[page].get_textpage().get_text_bounded() for page in range(len(document)))
    document.close()
    return " ".join(found.split())


def _pixels(pdf: bytes) -> list[NDArray[np.int16]]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.render(scale=_SCALE).to_numpy().astype(np.int16) for page in document]
    document.close()
    return found


def _without_text(pdf: bytes, pixels: list[NDArray[np.int16]]) -> None:
    """Blank the boxes of text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    for page, drawn in zip(document, pixels, strict=True):
        text, height = page.get_textpage(), page.get_height()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            rows = slice(max(0, int((height - top - _AROUND) * _SCALE)), int((height - bottom + _AROUND) * _SCALE) + 1)
            drawn[rows, max(0, int((left - _AROUND) * _SCALE)) : int((right + _AROUND) * _SCALE) + 1] = 0
    document.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_given_back_opens_without_repair_and_shows_the_new_words(
    writer: Office, files: dict[str, bytes], kind: str
) -> None:
    data = files[kind]
    given = changed(kind, data, str.upper, Options(language="en", visible_mark="Written by a machine"))
    shown = _text(writer.pdf(given.data, kind))
    for one in segments(kind, data):
        if not one.locked and one.part in {"body", "heading", "cell"} and len(one.text) > 3:
            assert one.text.upper().split()[0] in shown


_DOCUMENT = Document(
    "Le rapport", "fr", datetime(2026, 11, 22, tzinfo=UTC),
    markdown.read(
        "## Moyens\n\nLe **service** instruit *la demande*.\n\n- une puce\n\n1. un rang\n\n| Poste | Coût |\n|---|---|\n| A | 3 |"
    ),
    "Ada", mark_ai=True,
)  # fmt: skip
_WORDS_MADE = ("Le rapport", "Moyens", "Le service instruit la demande.", "une puce", "un rang", "Poste")


@pytest.mark.parametrize("form", ["docx", "odt"])
@pytest.mark.parametrize("letterhead", [False, True])
@pytest.mark.parametrize("published", [False, True])
def test_what_is_made_anew_opens_without_repair(
    writer: Office, form: StyleKind, letterhead: bool, published: bool
) -> None:
    document = _DOCUMENT
    if published:
        document = replace(document, publication=Publication("Texte généré, relu.", "Ada"))
    style = {"docx": word_letterhead, "odt": open_letterhead}[form](place=True) if letterhead else None
    made = styled.write(document, form, style) if style else write(document, form)
    shown = _text(writer.pdf(made, form))
    assert [words for words in _WORDS_MADE if words not in shown] == []
    assert ("Laboratoire d’essai" in shown) == letterhead
    assert ("Texte généré, relu." in shown) == published


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_what_a_pdf_becomes_opens_without_repair(writer: Office, form: Literal["docx", "odt"]) -> None:
    paper = writer.pdf(docx_file("DejaVu Sans"), "docx")
    options = Options(language="en", pdf_as=form, visible_mark="Written by a machine", unsure=frozenset({0}))
    given = changed("pdf", paper, str.upper, options)
    assert given.kind == form
    pdf = writer.pdf(given.data, form)
    shown = _text(pdf)
    for words in ("LE RAPPORT ANNUEL", "UN MOT EN GRAS", "LA LIGNE DEUX", "MONTANT", "Written by a machine"):
        assert words in shown
    document = pypdfium2.PdfDocument(pdf)
    drawn = [one for page in document for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    document.close()
    assert len(drawn) == 1, "the picture is there"
    bold = [segment for segment in segments("pdf", pdf) if "EN GRAS" in segment.text]
    assert [piece.kind for piece in bold[0].pieces if piece.kind != "text"][:2] == ["open", "close"]


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_raised_and_lowered_letters_of_a_pdf_are_shown_so_there(writer: Office, form: Literal["docx", "odt"]) -> None:
    made, out = word.Document(), io.BytesIO()
    line = made.add_paragraph("Le CO")
    line.add_run("2").font.subscript = True
    line.add_run(" sur 12 m")
    line.add_run("2").font.superscript = True
    line.add_run(f". {SENTENCE}")
    made.save(out)
    given = changed("pdf", writer.pdf(out.getvalue(), "docx"), str.upper, Options(language="en", pdf_as=form))
    [again] = [one for one in segments("pdf", writer.pdf(given.data, form)) if "CO" in one.text]
    marked = [(one.kind, one.text) for one in again.pieces][:8]
    assert [text for kind, text in marked if kind == "text"][:4] == ["LE CO", "2", " SUR 12 M", "2"]


def test_a_file_that_is_broken_is_not_opened(writer: Office) -> None:
    data = docx_file()
    with pytest.raises(NotOpened):
        writer.pdf(data[: len(data) // 2], "docx")


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_changes_accepted_and_rejected_there_give_the_new_and_the_old_words(
    writer: Office, files: dict[str, bytes], kind: str
) -> None:
    def other(text: str) -> str:
        return text.replace("instruit la", "examine chaque").replace("ligne", "longue ligne").replace("en gras", "en")

    data = files[kind]
    old = writer.decided(data, kind, "accept")
    assert sum("instruit" in one for one in old) >= 1
    given = changed(kind, data, other, _TRACK)
    assert given.data != data
    assert writer.decided(given.data, kind, "reject") == old
    assert writer.decided(given.data, kind, "accept") == [other(text) for text in old]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_give_the_same_pages(writer: Office, files: dict[str, bytes], kind: str) -> None:
    data = files[kind]
    form = format_of(kind)
    pieces = {one.number: one.pieces for one in form.segments(data)}
    same = form.rebuild(data, pieces, Options(language="en")).data
    before, after = _pixels(writer.pdf(data, kind)), _pixels(writer.pdf(same, kind))
    assert len(before) == len(after)
    assert [int(np.abs(one - other).max()) for one, other in zip(before, after, strict=True)] == [0] * len(before)


@pytest.mark.parametrize("kind", ["docx", "odt", "ods", "xlsx"])
def test_words_of_the_same_length_leave_all_else_of_the_pages(
    writer: Office, files: dict[str, bytes], kind: str
) -> None:
    data = files[kind]
    first = writer.pdf(data, kind)
    second = writer.pdf(changed(kind, data, _swapped).data, kind)
    assert _text(first) != _text(second)
    before, after = _pixels(first), _pixels(second)
    assert len(before) == len(after)
    for pdf in (first, second):
        for pixels in (before, after):
            _without_text(pdf, pixels)
    assert max(int(np.abs(one - other).max()) for one, other in zip(before, after, strict=True)) <= _OUTSIDE
