"""Pages drawn from our own sentences, each with its text in reading order.

What is drawn by a `Pen` is both drawn and noted, in the order of the calls: the order in which a person reads.
"""

import io
import itertools
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
_FOLDER = Path(__file__).parent
FRENCH = (_FOLDER / "french.txt").read_text("utf-8").split("\n")[:-1]
ENGLISH = (_FOLDER / "english.txt").read_text("utf-8").split("\n")[:-1]


class Pen:
    """Draws on one page and notes what it drew. Places are points from the top left corner."""

    def __init__(self, canvas: Canvas, sentences: list[str], start: int = 0) -> None:
        self.canvas = canvas
        self.said: list[str] = []
        self._next = itertools.islice(itertools.cycle(sentences), start, None)

    def prose(self, sentences: int) -> str:
        """Return the next sentences."""
        return " ".join(itertools.islice(self._next, sentences))

    def line(
        self, text: str, x: float, y: float, size: float = 10, font: str = "Times-Roman", by: str = "left"
    ) -> None:
        """Write one line: at its left, its centre or its right."""
        self.said.append(text)
        self._place(text, x, y, size, font, by)

    def _place(self, text: str, x: float, y: float, size: float, font: str, by: str) -> None:
        self.canvas.setFont(font, size)
        draw = {"left": self.canvas.drawString, "centre": self.canvas.drawCentredString}
        draw.get(by, self.canvas.drawRightString)(x, HEIGHT - y, text)

    def column(
        self, text: str, x: float, y: float, width: float, size: float = 10, font: str = "Times-Roman",
        leading: float = 1.22, *, justified: bool = True, indent: float = 0.0, until: float = HEIGHT,
    ) -> tuple[float, str]:  # fmt: skip
        """Write a paragraph in lines of a width, down to a level; return where it ends and what was left over."""
        words, lines, line = text.split(), list[list[str]](), list[str]()
        for word in words:
            room = width - (indent if not lines else 0.0)
            if line and stringWidth(" ".join([*line, word]), font, size) > room:
                lines.append(line)
                line = []
            line.append(word)
        lines.append(line)
        written: list[str] = []
        for index, line in enumerate(lines):
            if y > until:
                self.said.append(" ".join(written))
                return y, " ".join(word for rest in lines[index:] for word in rest)
            shift = indent if index == 0 else 0.0
            self._justify(line, x + shift, y, width - shift, size, font, wide=justified and index < len(lines) - 1)
            written += line
            y += leading * size
        self.said.append(" ".join(written))
        return y, ""

    def _justify(
        self, line: list[str], x: float, y: float, width: float, size: float, font: str, *, wide: bool
    ) -> None:
        spaces = len(line) - 1
        gap = (width - sum(stringWidth(word, font, size) for word in line)) / spaces if wide and spaces else 0.0
        gap = gap or stringWidth(" ", font, size)
        self.canvas.setFont(font, size)
        for word in line:
            self.canvas.drawString(x, HEIGHT - y, word)
            x += stringWidth(word, font, size) + gap

    def columns(
        self, count: int, left: float, right: float, top: float, bottom: float, gutter: float, size: float = 10,
        font: str = "Times-Roman", paragraph: int = 3,
    ) -> None:  # fmt: skip
        """Fill columns with paragraphs, that go on from one column to the next."""
        width = (right - left - (count - 1) * gutter) / count
        rest = ""
        for index in range(count):
            x, y = left + index * (width + gutter), top
            while y < bottom:
                carried = bool(rest)
                y, rest = self.column(
                    rest or self.prose(paragraph), x, y, width, size, font, until=bottom, indent=0 if carried else size
                )
        if rest:
            self.said[-1] = self.said[-1].rstrip()

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a plot without words."""
        canvas = self.canvas
        canvas.setFillGray(0.85)
        canvas.rect(x, HEIGHT - y - height, width, height, fill=1, stroke=1)
        canvas.setFillGray(0.35)
        for index, share in enumerate((0.3, 0.55, 0.8, 0.45, 0.65)):
            canvas.rect(x + (0.1 + 0.17 * index) * width, HEIGHT - y - height, 0.1 * width, share * height, fill=1)
        canvas.setFillGray(0)

    def upright(self, text: str, x: float, y: float, size: float = 12) -> None:
        """Write up a margin."""
        self.said.append(text)
        self.canvas.saveState()
        self.canvas.translate(x, HEIGHT - y)
        self.canvas.rotate(90)
        self.canvas.setFont("Times-Roman", size)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def cells(
        self, rows: list[list[str]], x: float, y: float, widths: list[float], size: float, *, lines: bool
    ) -> float:
        """Write a table, with its lines or without."""
        step = 1.6 * size
        for row in rows:
            place = x
            for text, width in zip(row, widths, strict=True):
                self.line(text, place + 3, y + 1.1 * size, size)
                if lines:
                    self.canvas.rect(place, HEIGHT - y - step, width, step)
                place += width
            y += step
        return y


def _letter(pen: Pen) -> None:
    pen.line("Direction des affaires générales", 60, 70, 11, "Times-Bold")
    pen.line("Lyon, le 12 mars 2024", 535, 110, 11, by="right")
    pen.line("Objet : demande de pièces complémentaires", 60, 150, 11, "Times-Bold")
    pen.line("Madame, Monsieur,", 60, 185, 11)
    y = 205.0
    for _ in range(4):
        y = pen.column(pen.prose(3), 60, y, 475, 11)[0] + 8
    pen.line("La cheffe du bureau,", 380, y + 20, 11)
    pen.line("Anne LEFÈVRE", 380, y + 90, 11)


def _two(pen: Pen) -> None:
    pen.columns(2, 50, 545, 70, 760, 18, 10)


def _article(pen: Pen) -> None:
    pen.line("Reading again what was stored: a study of forty-one villages", WIDTH / 2, 80, 16, "Times-Bold", "centre")
    pen.line("Ann Smith, Paul Martin and Jane Dubois", WIDTH / 2, 105, 11, "Times-Roman", "centre")
    pen.line("Institute of Public Records, Lyon", WIDTH / 2, 120, 10, "Times-Italic", "centre")
    pen.column("Abstract. " + pen.prose(3), 90, 150, 415, 9)
    pen.line("1 Introduction", 50, 225, 12, "Times-Bold")
    left_bottom = 760.0
    y, rest = 243.0, ""
    while y < left_bottom:
        y, rest = pen.column(pen.prose(3), 50, y, 240, 10, until=left_bottom, indent=10)
    y = pen.column(rest, 305, 228, 240, 10)[0] if rest else 228
    y += 8
    pen.line("2 Method", 305, y + 4, 12, "Times-Bold")
    y += 22
    while y < left_bottom:
        y, _ = pen.column(pen.prose(2), 305, y, 240, 10, until=left_bottom, indent=10)


def _three(pen: Pen) -> None:
    pen.columns(3, 45, 550, 60, 780, 12, 8.5, paragraph=2)


def _three_titled(pen: Pen) -> None:
    pen.line("Recueil des actes administratifs", WIDTH / 2, 70, 20, "Helvetica-Bold", "centre")
    pen.line("Supplément du mois de juin", WIDTH / 2, 95, 12, "Helvetica", "centre")
    pen.columns(3, 45, 550, 130, 780, 16, 9, "Helvetica", paragraph=2)


def _figure(pen: Pen) -> None:
    y = 70.0
    while y < 420:
        y, _ = pen.column(pen.prose(2), 50, y, 240, 10, until=420, indent=10)
    pen.picture(60, 450, 220, 150)
    pen.column("Figure 1. Share of the answers received in each of the five groups.", 50, 622, 240, 9)
    y = 665.0
    while y < 760:
        y, _ = pen.column(pen.prose(2), 50, y, 240, 10, until=760)
    y = 70.0
    while y < 760:
        y, _ = pen.column(pen.prose(3), 305, y, 240, 10, until=760, indent=10)


def _table(pen: Pen, *, lines: bool) -> None:
    y = 70.0
    while y < 330:
        y, _ = pen.column(pen.prose(2), 50, y, 240, 10, until=330, indent=10)
    rows = [["Groupe", "Villes", "Villages"], ["Premier", "1 204", "318"], ["Deuxième", "986", "275"],
            ["Troisième", "1 051", "402"], ["Ensemble", "3 241", "995"]]  # fmt: skip
    y = pen.cells(rows, 55, 360, [90, 70, 70], 10, lines=lines)
    pen.column("Tableau 1. Réponses reçues par groupe.", 50, y + 16, 240, 9)
    y += 44
    while y < 760:
        y, _ = pen.column(pen.prose(2), 50, y, 240, 10, until=760)
    y = 70.0
    while y < 760:
        y, _ = pen.column(pen.prose(3), 305, y, 240, 10, until=760, indent=10)


def _stamped(pen: Pen) -> None:
    y = 80.0
    pen.line("Décision du 18 juin portant délégation de signature", 80, y, 13, "Times-Bold")
    y += 24
    for number in range(1, 8):
        y = pen.column(f"Article {number}. – {pen.prose(2)}", 80, y, 460, 11)[0] + 8
    pen.upright("Archives départementales, 2004.04906", 40, 560)


def _noted(pen: Pen) -> None:
    pen.line("Revue des collectivités, n° 12", 50, 45, 9, "Times-Italic")
    pen.columns(2, 50, 545, 75, 680, 20, 10)
    pen.line("184", WIDTH / 2, 800, 9, by="centre")


def _mixed(pen: Pen) -> None:
    pen.columns(2, 50, 545, 70, 300, 18, 10)
    pen.line("Dispositions communes aux deux parties", WIDTH / 2, 345, 15, "Times-Bold", "centre")
    pen.column(pen.prose(2), 50, 370, 495, 10)
    pen.columns(2, 50, 545, 430, 740, 18, 10)


def _listed(pen: Pen) -> None:
    pen.line("ORDRE DU JOUR", WIDTH / 2, 80, 14, "Helvetica-Bold", "centre")
    y = 115.0
    for number in range(1, 9):
        pen.line(f"{number}.", 60, y, 11, "Helvetica")
        text = pen.prose(1)
        y = pen.column(text, 85, y, 450, 11, "Helvetica", justified=False)[0] + 4
    pen.line("Pièces à joindre :", 60, y + 10, 11, "Helvetica")
    y += 30
    for text in ("une copie de la décision ;", "les justificatifs des dépenses ;", "le procès-verbal de la séance ;"):
        pen.line(f"- {text}", 75, y, 11, "Helvetica")
        y += 16
    pen.line("Le président,", 80, y + 40, 11, "Helvetica")
    pen.line("Le secrétaire,", 360, y + 40, 11, "Helvetica")
    pen.line("Paul MARTIN", 80, y + 100, 11, "Helvetica")
    pen.line("Jeanne DUBOIS", 360, y + 100, 11, "Helvetica")


def _form(pen: Pen) -> None:
    pen.line("Demande d'aide au logement", WIDTH / 2, 80, 16, "Helvetica-Bold", "centre")
    y = 130.0
    told = [("Nom", "DURAND"), ("Prénom", "Éloïse"), ("Né(e) le", "14 février 1987"), ("Commune", "Saint-Étienne"),
            ("Téléphone", "04 77 12 34 56"), ("Montant demandé", "1 250 €")]  # fmt: skip
    for name, value in told:
        pen.line(f"{name} :", 70, y, 11, "Helvetica-Bold")
        pen.line(value, 220, y, 11, "Helvetica")
        y += 24
    y += 10
    for _ in range(3):
        y = pen.column(pen.prose(2), 70, y, 455, 10.5, "Helvetica")[0] + 8
    pen.canvas.rect(330, HEIGHT - y - 110, 195, 90)
    pen.line("Signature du demandeur", 340, y + 36, 10, "Helvetica")


PAGES: dict[str, tuple[list[str], Callable[[Pen], None]]] = {
    "letter": (FRENCH, _letter),
    "two columns": (FRENCH, _two),
    "article": (ENGLISH, _article),
    "three columns": (ENGLISH, _three),
    "three columns, title": (FRENCH, _three_titled),
    "figure in a column": (ENGLISH, _figure),
    "table in a column": (FRENCH, lambda pen: _table(pen, lines=True)),
    "table without lines": (FRENCH, lambda pen: _table(pen, lines=False)),
    "stamp in the margin": (FRENCH, _stamped),
    "header and number": (FRENCH, _noted),
    "columns, title, columns": (ENGLISH, _mixed),
    "list and signatures": (FRENCH, _listed),
    "form": (FRENCH, _form),
}


def drawn(name: str) -> tuple[bytes, str]:
    """Return a page as a PDF, and its text in reading order."""
    sentences, draw = PAGES[name]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    pen = Pen(canvas, sentences, list(PAGES).index(name))
    draw(pen)
    canvas.showPage()
    canvas.save()
    return out.getvalue(), "\n".join(pen.said)
