"""A PDF for the journeys of the desk."""

import io

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from tests.writing.translator import FRENCH

_SENTENCE = FRENCH.capitalize() + "."


def pdf_file() -> bytes:
    """Make two pages: a heading and a paragraph, then a paragraph."""
    styles, out = getSampleStyleSheet(), io.BytesIO()
    body = styles["BodyText"]
    story = [
        Paragraph("Les moyens de la direction", styles["Heading1"]),
        Paragraph(f"{_SENTENCE} Les crédits sont de 1250 euros pour chacun des agents. {_SENTENCE}", body),
        PageBreak(),
        Paragraph(f"{_SENTENCE} La direction compte 12 agents et 3 services.", body),
    ]
    SimpleDocTemplate(out, title="Rapport").build(story)
    return out.getvalue()
