"""A model that takes notes by a rule: it repeats passages with their numbers, then adds what nobody said."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdfium2

from chatelet.documents.composing.blocks import Document, PageBreak, Paragraph, words
from chatelet.documents.composing.writing import write
from tests.fakes.model_server import Script
from tests.writing.translator import Translator

INVENTED = "Le ministre a promis 900 000 euros de plus [1]."
PAGES = (
    "Le conseil s’est réuni le 12 mars 2024 à Lyon. Le budget de 250 000 euros a été adopté à l’unanimité.",
    "La directrice Marie Dupont présentera le calendrier des travaux avant le 30 juin 2024.",
    "Le restaurant administratif restera fermé pendant les travaux de rénovation du bâtiment principal.",
)


@dataclass
class Summarising(Translator):
    """`failing` answers come first, whatever is asked."""

    failing: list[str] = field(default_factory=list)

    def script_for(self, body: dict[str, Any]) -> Script:
        asked = str(body["messages"][-1]["content"])
        if self.failing:
            return replace(self.default, say=self.failing.pop(0))
        passages = re.findall(r"^\[(\d+)\] ([^\n]*)", asked, re.MULTILINE)
        if passages:
            said = [*(f"- {text} [{number}]" for number, text in passages), f"- {INVENTED}"]
            return replace(self.default, say="\n".join(said))
        notes = [*re.findall(r"^- ([^\n]*)", asked, re.MULTILINE), INVENTED]
        return replace(self.default, say=shaped(str(body["messages"][0]["content"]), notes))


def shaped(wanted: str, notes: list[str]) -> str:
    """Notes in the form that is asked for."""
    if "note de synthèse" in wanted:
        return "\n\n".join(["## Objet", "## Constats", *notes, "## Enjeux"])
    if "Compare les documents" in wanted:
        return "\n\n".join(["## Ce qui change", *notes, "## Ce qui est commun"])
    if "tableau Markdown" in wanted:
        rows = [f"| Le conseil | {note} | – |" for note in notes]
        return "\n".join(["| Acteur | Position | Arguments |", "|---|---|---|", *rows])
    if "une page" in wanted or "un seul paragraphe" in wanted:
        return " ".join(notes)
    if "trois phrases" in wanted:
        return "\n".join(notes[-3:])
    return "\n".join(f"- {note}" for note in notes)


def pdf(*pages: str) -> bytes:
    """A PDF of as many pages."""
    blocks: list[Paragraph | PageBreak] = []
    for page in pages:
        blocks += [PageBreak(), Paragraph(words(page))] if blocks else [Paragraph(words(page))]
    return write(Document("Compte rendu", "fr", datetime(2024, 3, 12, tzinfo=UTC), tuple(blocks)), "pdf")


def blank_pdf() -> bytes:
    """A PDF of one page, on which there is nothing."""
    document, out = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(595, 842)
    document.save(out)
    document.close()
    return out.getvalue()
