"""Pictures of pages, for the panel of citations: drawn in the reader's process, like everything that opens a file.

Boxes of words are in points from the top left corner of the page as displayed: multiply by `width_px` over the page's
width to draw them over the picture. Also the pictures that models look at: made anew from the pixels alone, so that
nothing that a camera wrote beside them goes along.
"""

import io

import numpy as np
from PIL import Image

from chatelet.documents import pictures
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.parsing.pdf import pdfium

_WIDEST = 4_000
_NARROWEST = 64
_TALLEST = 12_000
_QUALITY = 82
_SEEN_QUALITY = 88


class PageNotDrawn(Exception):
    """The page is not there, or its file cannot be opened."""


def render_page(data: bytes, number: int, *, width_px: int, limits: Limits = DEFAULT) -> bytes:
    """Return a page (from 1) of a PDF or of an image as WebP, `width_px` wide; raise `PageNotDrawn`."""
    width = min(max(width_px, _NARROWEST), _WIDEST)
    picture = _of_pdf(data, number, width) if _is_pdf(data) else _of_image(data, number, width, limits)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()


def picture_of(data: bytes, number: int, *, longest: int, limits: Limits = DEFAULT) -> bytes:
    """Return a page (from 1) of a PDF or of an image as a JPEG whose longer side is at most `longest` pixels."""
    side = min(max(longest, _NARROWEST), _WIDEST)
    picture = _of_pdf(data, number, side, within=True) if _is_pdf(data) else _frame(data, number, limits, side)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=_SEEN_QUALITY)
    return out.getvalue()


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _of_pdf(data: bytes, number: int, width: int, *, within: bool = False) -> Image.Image:
    """Draw a page `width` pixels wide; `within`: so that its longer side is that."""
    document = pdfium.Document(data)
    if not document.opened:
        raise PageNotDrawn
    try:
        page = document.page(number - 1) if 0 < number <= len(document) else None
        if page is None:
            raise PageNotDrawn
        try:
            tall = page.height / page.width if within and page.width > 0 else 1.0
            return _drawn(page, max(1, round(width / max(1.0, tall))))
        finally:
            page.close()
    finally:
        document.close()


def _drawn(page: pdfium.Page, width: int) -> Image.Image:
    if page.width <= 0 or page.height <= 0:
        raise PageNotDrawn
    height = min(max(1, round(width * page.height / page.width)), _TALLEST)
    rows, stride = page.bitmap(width, height, grey=False)
    blue_first = np.frombuffer(rows, np.uint8).reshape(height, stride)[:, : width * 3].reshape(height, width, 3)
    return Image.fromarray(np.ascontiguousarray(blue_first[:, :, ::-1]))


def _of_image(data: bytes, number: int, width: int, limits: Limits) -> Image.Image:
    picture = _frame(data, number, limits, max(width, _TALLEST)).convert("RGB")
    height = min(max(1, round(width * picture.height / picture.width)), _TALLEST)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _frame(data: bytes, number: int, limits: Limits, side: int) -> Image.Image:
    """Return a frame of an image, upright; a JPEG is decoded no larger than twice `side`, to spare memory."""
    try:
        with pictures.opened(data) as image:
            if not 0 < number <= pictures.pages_of(image) or image.width * image.height > limits.pixels:
                raise PageNotDrawn
            image.seek(number - 1)
            image.draft("RGB", (2 * side, 2 * side))
            return pictures.upright(image)
    except (*pictures.BROKEN, Image.DecompressionBombError) as failure:
        raise PageNotDrawn from failure
