"""Documents that browser tests give, made here: the words asked for are drawn in an ink of their own, to be found again.

A picture of the page then tells by itself where the words are, whatever turned, tilted, shrank or scrolled it.
"""

import io
from email.message import EmailMessage
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from pypdfium2 import PdfDocument
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.documents.parsing.makers import R, docx, package, paragraph, relations
from tests.documents.parsing.pdf.making import column, made

SIZE: Final = (420.0, 300.0)  # points: half a page, to be quick
ASKED: Final = "La préfète a reçu à l'hôtel de ville les maîtres d'œuvre du chantier naval le 14 février 2024."
_AROUND: Final = (
    "Le présent arrêté fixe les horaires des bureaux et la tenue des registres de la commune. Les agents "
    "vérifient chaque semaine que les pages restent lisibles."
)
_AFTER: Final = "Le budget de la bibliothèque municipale reste celui de l'année passée, sans aucun changement."
_INK: Final = (0.0, 0.1, 0.75)
_SHEET: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _column(canvas: Canvas, x: float, letters: int, size: float, *texts: str) -> None:
    top = 40.0
    for text in texts:
        canvas.setFillColorRGB(*(_INK if text == ASKED else (0, 0, 0)))
        top = column(canvas, text, x, top, letters, size) + size


def _page(canvas: Canvas) -> None:
    _column(canvas, 40, 58, 12, _AROUND, ASKED, _AFTER)


def _columns(canvas: Canvas) -> None:
    _column(canvas, 30, 32, 10, _AROUND, _AFTER, _AROUND)
    _column(canvas, 225, 32, 10, _AFTER, ASKED, _AFTER)


def _picture(page: bytes, angle: float) -> Image.Image:
    """Return a page as a scanner gives it: tilted, with its dust."""
    document = PdfDocument(page)
    drawn = document[0].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    turned = drawn.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    dust = np.random.default_rng(1).normal(0, 8, (turned.height, turned.width, 1))
    return Image.fromarray(np.clip(np.asarray(turned, np.float64) + dust, 0, 255).astype(np.uint8))


def scan(angle: float = 0) -> bytes:
    """Return a PDF of a picture, without any text."""
    picture = _picture(made(_page, size=SIZE), angle)
    return made(lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, *SIZE), size=SIZE)


def rotated() -> bytes:
    """Return a page that its file says to turn by a quarter."""
    document = PdfDocument(made(_page, size=SIZE))
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def two_columns() -> bytes:
    return made(_columns, size=SIZE)


def sheet(*rows: tuple[str, ...]) -> bytes:
    """Return a workbook of one sheet, "Budget"."""
    cells = [
        "".join(f'<c r="{"ABC"[at]}{line}" t="inlineStr"><is><t>{cell}</t></is></c>' for at, cell in enumerate(row))
        for line, row in enumerate(rows, 1)
    ]
    data = "".join(f'<row r="{line}">{cell}</row>' for line, cell in enumerate(cells, 1))
    book = f'<workbook {_SHEET} {R}><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets></workbook>'
    return package(
        "xlsx",
        {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(rId1=("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f"<worksheet {_SHEET}><sheetData>{data}</sheetData></worksheet>",
        },
    )


def mail(body: str, attached: str) -> bytes:
    """Return a message that carries a word-processor document."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@exemple.fr", "bob@exemple.fr", "Contrat d’entretien"
    message.set_content(body)
    kind = {"maintype": "application", "subtype": "octet-stream", "filename": "contrat d’entretien.docx"}
    message.add_attachment(docx(paragraph(attached)), **kind)
    return message.as_bytes()


def found_again(screenshot: bytes) -> tuple[float, float]:
    """Return, of a picture of the screen, the share of the asked ink that is lit, and the share of lit ink that is asked.

    Raise AssertionError when the asked words, or any light, are out of sight.
    """
    red, green, blue = np.asarray(Image.open(io.BytesIO(screenshot)).convert("RGB")).astype(int).transpose(2, 0, 1)
    asked = blue - red > 32
    other = (np.maximum(red, green) < 80) & (abs(red - blue) < 28)
    lit = _closed((red - blue > 25) & (green - blue > 15) & (red > 180))
    assert asked.sum() > 200, "the asked words are out of sight"
    assert lit.sum() > 200, "nothing is lit"
    under = (asked & lit).sum()
    return float(under / asked.sum()), float(under / max(1, (lit & (asked | other)).sum()))


def _closed(light: NDArray[np.bool_], reach: int = 9) -> NDArray[np.bool_]:
    """Fill what letters hide of the light, without making it larger."""
    grown = Image.fromarray((light * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(reach))
    return np.asarray(grown.filter(ImageFilter.MinFilter(reach))) > 0
