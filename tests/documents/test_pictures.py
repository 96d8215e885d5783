"""Images of every kind are opened upright, in 8 bits, one page each unless they are really several."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chatelet.documents import pictures
from chatelet.documents.pages import PageNotDrawn, picture_of, render_page
from chatelet.documents.parsing.document import Status
from tests.documents.ocr.scanning import FRENCH, distance, drawn
from tests.documents.parsing.makers import read

HEIC = (Path(__file__).parent / "photo.heic").read_bytes()


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _page() -> Image.Image:
    return Image.fromarray(drawn())


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    return _saved(_page().rotate(90, expand=True), "JPEG", quality=90, exif=exif.tobytes(), dpi=(200, 200))


def _deep() -> bytes:
    return _saved(Image.fromarray(drawn().astype(np.uint16) * 257), "PNG", dpi=(200, 200))


def _inked() -> bytes:
    return _saved(_page().convert("RGB").convert("CMYK"), "JPEG", quality=92, dpi=(200, 200))


def _clear() -> bytes:
    grey = drawn()
    ink = np.zeros((*grey.shape, 4), np.uint8)
    ink[:, :, 3] = 255 - grey
    return _saved(Image.fromarray(ink), "PNG", dpi=(200, 200))


def _moving() -> bytes:
    frames = [Image.new("RGB", _page().size, "white")] * 3
    return _saved(_page().convert("RGB"), "WEBP", save_all=True, append_images=frames, lossless=True)


@pytest.mark.parametrize(
    ("make", "name"),
    [(_turned, "a.jpg"), (_deep, "a.png"), (_inked, "a.jpg"), (_clear, "a.png"), (_moving, "a.webp")],
)
def test_the_words_are_read_whatever_the_image_is_made_of(make: Callable[[], bytes], name: str) -> None:
    document = read(make(), name)
    assert (document.report.status, document.report.pages) == (Status.READ, 1)
    assert distance(" ".join(document.text.split()), FRENCH) < 0.06 * len(FRENCH)


def test_each_frame_of_a_tiff_is_a_page() -> None:
    second = Image.new("L", _page().size, 255)
    data = _saved(_page(), "TIFF", save_all=True, append_images=[second, _page()], dpi=(200, 200))
    document = read(data, "télécopie.tif")
    assert (document.report.pages, len(document.pages)) == (3, 3)
    assert document.text.count("cerises") == 2
    assert render_page(data, 3, width_px=200).startswith(b"RIFF")
    with pytest.raises(PageNotDrawn):
        render_page(data, 4, width_px=200)


def test_heic_is_read_and_drawn() -> None:
    document = read(HEIC, "IMG_0001.HEIC")
    assert document.report.status is Status.READ
    assert "208 000 €" in document.text
    with Image.open(io.BytesIO(render_page(HEIC, 1, width_px=280))) as drawn_page:
        assert drawn_page.size == (280, 100)
        red = np.asarray(drawn_page.convert("RGB"))[85, 260].astype(int)
    assert red[0] > 150 > 90 > red[1]


@pytest.mark.parametrize("data", [HEIC, _turned(), _deep(), _inked(), _moving()])
def test_what_a_model_looks_at_is_a_small_jpeg_without_a_word_beside(data: bytes) -> None:
    picture = picture_of(data, 1, longest=300)
    assert picture.startswith(b"\xff\xd8\xff")
    assert b"Exif" not in picture
    with Image.open(io.BytesIO(picture)) as image:
        assert max(image.size) == 300
        assert image.size[0] > image.size[1]
        assert pictures.upright(image).size == image.size
