"""Boxes stand on the words of the page as displayed, whatever its rotation: checked on the drawn page itself."""

import io

import numpy as np
import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from chatelet.documents.pages import PageNotDrawn, render_page
from chatelet.documents.parsing.document import ParsedDocument
from tests.documents.parsing.pdf.making import ARTICLE, HEIGHT, column, in_order, made, read


def ink(data: bytes, document: ParsedDocument, width: int = 900) -> tuple[float, float]:
    """Return how much of the page's ink lies in the boxes of words, and the share of boxes that hold ink."""
    picture = np.asarray(Image.open(io.BytesIO(render_page(data, 1, width_px=width))).convert("L")) < 128
    page = document.pages[0]
    scale = width / page.width
    inside = np.zeros_like(picture)
    filled = 0
    for word in page.words:
        place = np.s_[
            int(word.top * scale) : int(word.bottom * scale) + 2, int(word.left * scale) : int(word.right * scale) + 2
        ]
        inside[place] = True
        filled += bool(picture[place].any())
    return float((picture & inside).sum() / picture.sum()), filled / len(page.words)


def page(canvas: Canvas) -> None:
    column(canvas, ARTICLE * 2, 60, 80, 80, 11)


def turned(data: bytes, rotation: int) -> bytes:
    document = PdfDocument(data)
    document[0].set_rotation(rotation)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_follow_the_rotation_of_the_page(rotation: int) -> None:
    data = turned(made(page), rotation)
    document = read(data)

    held, filled = ink(data, document)
    assert held > 0.97
    assert filled == 1.0
    assert document.pages[0].rotation == rotation
    assert (document.pages[0].width < document.pages[0].height) == (rotation % 180 == 0)
    assert in_order(document.text, "Le présent décret fixe", "passage exact. Le présent", "passage exact.")


def test_a_page_written_sideways_is_read_along_its_lines() -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.translate(0, HEIGHT)
        canvas.rotate(-90)
        canvas.setFont("Helvetica", 11)
        for index, line in enumerate(
            ("Une ligne écrite de haut en bas,", "puis une deuxième ligne,", "et une troisième.")
        ):
            canvas.drawString(60, 500 - index * 15, line)

    data = made(sideways)
    document = read(data)

    held, filled = ink(data, document)
    assert (held > 0.97, filled) == (True, 1.0)
    assert in_order(document.text, "de haut en bas,", "puis une deuxième ligne,", "et une troisième.")


def test_every_word_box_points_to_its_own_characters() -> None:
    document = read(made(page))

    words = [document.text[word.start : word.end] for word in document.pages[0].words]

    assert " ".join(words) == " ".join(document.text.split())


def test_a_page_that_is_not_there_is_not_drawn() -> None:
    with pytest.raises(PageNotDrawn):
        render_page(made(page), 2, width_px=300)
    with pytest.raises(PageNotDrawn):
        render_page(b"neither", 1, width_px=300)


def test_an_image_is_drawn_as_its_camera_held_it() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    Image.new("RGB", (400, 200), "white").save(out, "JPEG", exif=exif)

    drawn = Image.open(io.BytesIO(render_page(out.getvalue(), 1, width_px=100)))

    assert drawn.size == (100, 200)
