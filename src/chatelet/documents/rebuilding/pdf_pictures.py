"""The pictures of a PDF as they are displayed: drawn with what stands over them, and where they stand on their page.

What is under the text of a page (a background, the scan of a page that was recognised) is no picture of the document.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

from chatelet.documents.parsing.document import Page
from chatelet.documents.parsing.pdf import drawings, pdfium

_LEAST: Final = 24.0  # points: smaller ones are ornaments
_BACKGROUND: Final = 0.85  # of the page
_WORDED: Final = 0.3  # of the page's words: more are text over it
_SCALE: Final = 150 / 72  # pixels to a point
_MOST: Final = 300
_MOST_BYTES: Final = 40 * 1024 * 1024
_MOST_OBJECTS: Final = 20_000
_FEW_COLOURS: Final = 4_096
_QUALITY: Final = 88

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, encoded; its box in points from the top left corner of the page as displayed."""

    page: int
    box: Box
    data: bytes
    extension: str


def pictures(data: bytes, pages: list[Page]) -> Iterator[Picture]:
    """Yield the pictures of pages that have a text of their own."""
    document = pdfium.Document(data)
    if not document.opened:
        return
    count, size, seen = 0, 0, set[bytes]()
    try:
        for told in pages:
            for picture in _of_page(document, told) if told.source == "text" else ():
                count, size = count + 1, size + len(picture.data)
                if count > _MOST or size > _MOST_BYTES:
                    return
                if picture.data not in seen:  # a logo on each page is one
                    seen.add(picture.data)
                    yield picture
    finally:
        document.close()


def _of_page(document: pdfium.Document, told: Page) -> Iterator[Picture]:
    page = document.page(told.number - 1)
    if page is None:
        return
    try:
        for found in drawings.read(page, _MOST_OBJECTS).pictures:
            box = _within(found.box, page)
            if _is_picture(box, page, told):
                content, extension = _encoded(_drawn(page, box))
                yield Picture(told.number, box, content, extension)
    finally:
        page.close()


def _within(box: Box, page: pdfium.Page) -> Box:
    left, top, right, bottom = box
    return max(0.0, left), max(0.0, top), min(page.width, right), min(page.height, bottom)


def _is_picture(box: Box, page: pdfium.Page, told: Page) -> bool:
    left, top, right, bottom = box
    if right - left < _LEAST or bottom - top < _LEAST:
        return False
    if (right - left) * (bottom - top) > _BACKGROUND * page.width * page.height:
        return False
    inside = sum(
        left < (word.left + word.right) / 2 < right and top < (word.top + word.bottom) / 2 < bottom
        for word in told.words
    )
    return inside <= _WORDED * len(told.words)


def _drawn(page: pdfium.Page, box: Box) -> Image.Image:
    whole = round(page.width * _SCALE), round(page.height * _SCALE)
    left, top, right, bottom = (round(side * _SCALE) for side in box)
    rows, stride = page.bitmap(*whole, grey=False, part=(left, top, right, bottom))
    return Image.frombuffer("RGB", (right - left, bottom - top), rows, "raw", "BGR", stride, 1)


def _encoded(image: Image.Image) -> tuple[bytes, str]:
    out = io.BytesIO()
    if image.getcolors(_FEW_COLOURS) is not None:
        image.save(out, "PNG", optimize=True)
        return out.getvalue(), "png"
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), "jpeg"
