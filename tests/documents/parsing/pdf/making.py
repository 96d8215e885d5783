"""PDF files written by the tests: words placed exactly where a test wants them."""

import io
import textwrap
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.parsing.pdf.reader import read_pdf

WIDTH, HEIGHT = A4
LEADING = 1.25

ARTICLE = (
    "Le présent décret fixe les conditions dans lesquelles les administrations publient les documents qu'elles "
    "produisent ou reçoivent dans le cadre de leurs missions de service public. Les agents chargés de cette "
    "publication vérifient que les pages sont lisibles et que chaque citation renvoie au passage exact. "
)
REPORT = (
    "The committee met three times during the winter and heard the representatives of every region. Its members "
    "agreed that the figures given by the ministry were right, and that the method deserved to be published. "
)


def made(*draw: Callable[[Canvas], object], size: tuple[float, float] = A4, **options: object) -> bytes:
    """Return a PDF of one page per drawing function."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True, **options)
    for page in draw:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data: bytes, limits: Limits = DEFAULT) -> ParsedDocument:
    """Read without recognition."""
    return read_pdf(data, recognise=None, limits=limits)


def column(
    canvas: Canvas, text: str, x: float, top: float, letters: int, size: float = 10, font: str = "Helvetica"
) -> float:
    """Write a text in lines of so many letters, from `top` (points from the top of the page); return where it ends."""
    lines = textwrap.wrap(text, letters)
    return rows(canvas, lines, x, top, size, font)


def rows(
    canvas: Canvas, lines: Sequence[str], x: float, top: float, size: float = 10, font: str = "Helvetica"
) -> float:
    """Write lines one under the other; return where the next would stand."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, canvas._pagesize[1] - top, line)
        top += LEADING * size
    return top


def kinds(document: ParsedDocument, kind: str) -> list[str]:
    """Return the texts of all blocks of a kind."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def in_order(text: str, *expected: str) -> bool:
    """Tell whether strings come in a text in this order."""
    place = 0
    for string in expected:
        found = text.find(string, place)
        if found < 0:
            return False
        place = found + len(string)
    return True
