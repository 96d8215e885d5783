"""Scans made by the tests: a page whose words are known, drawn, spoilt as scanners do, without its text."""

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.pdf import hidden, pdfium
from tests.documents.parsing.pdf.making import column, made

SIZE = (420.0, 300.0)  # points: half a page, to be quick
FRENCH = (
    "L'été dernier, la préfète a reçu à l'hôtel de ville les maîtres d'œuvre du chantier naval. Où étaient les "
    "bâches prévues ? Le curé, déçu, n'a vu que des bœufs et un garçon naïf qui mâchait des cerises sucrées. "
    "Les crédits ouverts s'élèvent à 208 000 € pour l'année 2024, soit 12,5 % de plus qu'en 2023."
)


def page(canvas: Canvas) -> None:
    column(canvas, FRENCH, 40, 60, 62, 12)


def drawn(dpi: float = 200) -> NDArray[np.uint8]:
    """Return the page's picture, two levels only."""
    document = pdfium.Document(made(page, size=SIZE))
    opened = document.page(0)
    assert opened is not None
    picture = hidden.picture(opened, round(SIZE[0] * dpi / 72), round(SIZE[1] * dpi / 72))
    opened.close()
    document.close()
    return np.where(picture < 150, 0, 255).astype(np.uint8)


def tilted(picture: NDArray[np.uint8], angle: float) -> NDArray[np.uint8]:
    image = Image.fromarray(picture).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(1).normal(0, 12, picture.shape)
    return np.clip(np.asarray(image, np.float64) + noise, 0, 255).astype(np.uint8)


def png(picture: NDArray[np.uint8], dpi: float = 200) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def scan(
    picture: NDArray[np.uint8], layer: Sequence[str] = (), size: tuple[float, float] = SIZE, stamp: str = ""
) -> bytes:
    """Return a PDF of one picture, with an invisible layer of lines and a stamp that is seen, when they are given."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.fromarray(picture)), 0, 0, *size)
        canvas.drawString(200, 20, stamp)
        text = canvas.beginText(40, size[1] - 60)
        text.setFont("Helvetica", 12)
        text.setLeading(15)
        text.setTextRenderMode(3)
        for line in layer:
            text.textLine(line)
        canvas.drawText(text)

    return made(draw, size=size)


def pages(count: int, size: tuple[float, float] = SIZE) -> bytes:
    """Return a PDF of as many pages, each the same picture without any text."""
    picture = ImageReader(Image.fromarray(drawn()))
    return made(*[lambda canvas: canvas.drawImage(picture, 0, 0, *size)] * count, size=size)


def distance(a: str, b: str) -> int:
    """Return how many characters must change to pass from one text to the other."""
    row = list(range(len(b) + 1))
    for index, x in enumerate(a, start=1):
        new = [index]
        for place, y in enumerate(b, start=1):
            new.append(min(row[place] + 1, new[-1] + 1, row[place - 1] + (x != y)))
        row = new
    return row[-1]


def errors(document: ParsedDocument) -> float:
    """Return the share of wrong characters."""
    read = " ".join(document.text.replace("’", "'").split())
    return distance(FRENCH, read) / len(FRENCH)
