"""From a page to its scan: drawn at a resolution, then spoilt; and how many characters of it were read wrongly."""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from chatelet.documents.parsing.pdf import hidden, pdfium
from chatelet.documents.parsing.pdf.reader import read_pdf

Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class Spoiling:
    """What a scanner or a telephone does to a page."""

    dpi: int
    degrees: float = 0.0
    grain: float = 0.0
    blur: float = 0.0
    shadow: float = 0.0
    levels: int = 256


SPOILT = {
    "clean, 200 dpi": Spoiling(200),
    "two levels, tilted 2°, 300 dpi": Spoiling(300, degrees=2.0, levels=2),
    "grain and blur, tilted -1°, 150 dpi": Spoiling(150, degrees=-1.0, grain=10, blur=0.5),
    "shadow, 200 dpi": Spoiling(200, degrees=0.4, grain=5, blur=0.6, shadow=0.5),
}


def drawn_page(data: bytes, index: int, dpi: int) -> Grey:
    """Return a page of a PDF in grey levels."""
    document = pdfium.Document(data)
    page = document.page(index)
    assert page is not None
    picture = hidden.picture(page, round(page.width * dpi / 72), round(page.height * dpi / 72))
    page.close()
    document.close()
    return picture


def spoilt(picture: Grey, way: str) -> bytes:
    """Return the picture as a PNG, spoilt; the same at each call."""
    how = SPOILT[way]
    image = Image.fromarray(picture)
    if how.degrees:
        image = image.rotate(how.degrees, Image.Resampling.BICUBIC, fillcolor=255)
    if how.blur:
        image = image.filter(ImageFilter.GaussianBlur(how.blur))
    values = np.asarray(image, dtype=np.float32)
    if how.shadow:
        down, across = np.mgrid[0 : values.shape[0], 0 : values.shape[1]]
        values = values * (1 - how.shadow * (down / values.shape[0] + across / values.shape[1]) / 2)
    if how.grain:
        values = values * 0.94 + np.random.default_rng(7).normal(6, how.grain, values.shape)
    if how.levels == 2:
        values = np.where(values < 150, 0, 255)
    out = io.BytesIO()
    Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).save(out, "PNG", dpi=(how.dpi, how.dpi))
    return out.getvalue()


def pages_of(files: Sequence[str]) -> Iterator[tuple[str, bytes, int, str]]:
    """Yield pages of PDF files: name, PDF, index, own text. `file.pdf:3,5` is its third and fifth pages."""
    for given in files:
        path, _, wanted = given.partition(":")
        data = Path(path).read_bytes()
        document = read_pdf(data, recognise=None)
        chosen = {int(one) for one in wanted.split(",")} if wanted else {page.number for page in document.pages}
        for page in document.pages:
            if page.number in chosen:
                text = document.text[page.start : page.end]
                yield f"{Path(path).stem}:{page.number}", data, page.number - 1, text


def errors(told: str, read: str) -> float:
    """Return the character errors: edits from one text to the other, over the length of what should be read."""
    a, b = _folded(told), _folded(read)
    return distance(a, b) / max(1, len(a))


def _folded(text: str) -> str:
    """Make spaces, apostrophes, quotes and dashes equal."""
    text = unicodedata.normalize("NFKC", text)
    for signs, one in (("’ʼ‘´`", "'"), ("“”", '"'), ("‐‑–—", "-")):
        text = re.sub(f"[{signs}]", one, text)
    return " ".join(text.split())


def distance(a: str, b: str) -> int:
    """Return Levenshtein's distance, a row at a time."""
    letters = np.array([ord(letter) for letter in b], dtype=np.int32)
    steps = np.arange(len(b) + 1, dtype=np.int32)
    row = steps.copy()
    for index, letter in enumerate(a, start=1):
        new = np.empty_like(row)
        new[0] = index
        np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)), out=new[1:])
        row = np.minimum.accumulate(new - steps) + steps
    return int(row[-1])
