"""Drafts as researchers write them, in every format: a body that calls, a list, what follows it."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from chatelet.connectors.scholarly.record import Record
from chatelet.documents.composing import blocks, docx, odt
from tests.connectors.scholarly.works import ALL
from tests.writing.manuscripts.styles import Style

INVENTED = (
    "Marchetti, P., & Olivares, C. (2021). Attention mechanisms for the dating of notarial archives. "
    "Journal of Imaginary Records, 4(2), 11–29. https://doi.org/10.5555/imaginary.2021.4",
    "Delacroix-Fontaine, É. (2019). Une sociologie des guichets disparus : enquête dans trois préfectures fictives. "
    "Revue des services introuvables, 7(1), 45–62.",
)
AFTER = ("Annexe A", "Un tableau de 2020, Dupont, A. (2020), qui n'est pas de la liste.")


def entries(style: Style, works: Sequence[Record] = ALL, invented: Sequence[str] = INVENTED) -> list[str]:
    """Return a list of references in one style: the works, the invented ones among them."""
    lines = [style(one) for one in works]
    for place, line in zip((3, len(lines) - 2), invented, strict=False):
        lines.insert(place, line)
    return lines


def _document(body: Sequence[str], listed: Sequence[str], heading: str, *, ordered: bool) -> blocks.Document:
    said = blocks.words
    items: list[blocks.Block] = (
        [blocks.Items(tuple(said(one) for one in listed), ordered=True)]
        if ordered
        else [blocks.Paragraph(said(one)) for one in listed]
    )
    held = [
        blocks.Heading(1, said("Introduction")), *(blocks.Paragraph(said(one)) for one in body),
        blocks.Heading(1, said(heading)), *items, blocks.Heading(1, said(AFTER[0])), blocks.Paragraph(said(AFTER[1])),
    ]  # fmt: skip
    return blocks.Document("Brouillon", "fr", datetime(2026, 1, 5, tzinfo=UTC), tuple(held))


def as_docx(body: Sequence[str], listed: Sequence[str], heading: str = "Références", *, ordered: bool = False) -> bytes:
    """Return the draft as Word writes it."""
    return docx.write(_document(body, listed, heading, ordered=ordered))


def as_odt(body: Sequence[str], listed: Sequence[str], heading: str = "Bibliographie") -> bytes:
    """Return the draft as LibreOffice writes it."""
    return odt.write(_document(body, listed, heading, ordered=False))


def as_pdf(
    body: Sequence[str], listed: Sequence[str], *, indent: float = 0, gap: float = 0, columns: int = 1,
    heading: str = "References", marked: bool = False,
) -> bytes:  # fmt: skip
    """Return the draft as a page is set: a hanging indent, a gap between entries, columns; `marked`: the body is."""
    written = io.BytesIO()
    width, height = A4
    each = (width - 100 - 20 * (columns - 1)) / columns
    frames = [Frame(50 + at * (each + 20), 50, each, height - 100, 0, 0, 0, 0) for at in range(columns)]
    document = BaseDocTemplate(written, pagesize=A4, pageTemplates=[PageTemplate(frames=frames)])
    size = 9 if columns > 1 else 10.5
    plain = ParagraphStyle("plain", fontName="Times-Roman", fontSize=size, leading=size * 1.25, spaceAfter=6)
    title = ParagraphStyle("title", fontName="Times-Bold", fontSize=13, leading=17, spaceBefore=10, spaceAfter=4)
    entry = ParagraphStyle("entry", parent=plain, leftIndent=indent, firstLineIndent=-indent, spaceAfter=gap)
    flow: list[Flowable] = [
        Paragraph("Introduction", title),
        *(Paragraph(one if marked else escape(one), plain) for one in body),
    ]
    flow += [Paragraph(heading, title), *(Paragraph(escape(one), entry) for one in listed)]
    flow += [Paragraph(AFTER[0], title), Paragraph(escape(AFTER[1]), plain)]
    document.build(flow)
    return written.getvalue()
