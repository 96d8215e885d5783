"""Writes PDF with reportlab: embedded fonts that carry French, an outline, page numbers, tables over several pages.

reportlab is imported when a document is written, not before: it is heavy, and few processes write any.
"""

import io
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, assert_never

from chatelet.documents.composing.blocks import (
    AI_NOTICE,
    AI_PROPERTY,
    Block,
    Document,
    Grid,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Words,
    plain,
)
from chatelet.documents.composing.package import escaped

MEDIA: Final = "application/pdf"
_MARGIN: Final = 56.7  # points: 2 cm
_WIDTH: Final = 595.28 - 2 * _MARGIN
_FONT: Final = "Vera"
_FILES: Final = {"Vera": "Vera", "Vera-Bold": "VeraBd", "Vera-Italic": "VeraIt", "Vera-BoldItalic": "VeraBI"}
# The fonts have no narrow no-break space: the ordinary one says the same, and does not break either.
_SPACES: Final = str.maketrans({"\u202f": "\u00a0", "\u2009": " ", "\u2011": "-"})


def write(document: Document) -> bytes:
    """Return the file."""
    register_fonts()
    platypus: Any = import_module("reportlab.platypus")
    written = io.BytesIO()
    foot = _Foot(document)
    template = platypus.SimpleDocTemplate(
        written,
        pagesize=(595.28, 841.89),
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=document.title,
        author=document.author,
        creator="Châtelet",
        subject=AI_NOTICE[document.language] if document.mark_ai else "",
        keywords="; ".join([f"{AI_PROPERTY}=true"] * document.mark_ai + [f"{a}={b}" for a, b in document.properties]),
        lang=document.language,
        invariant=1,
    )
    styles = _styles()
    flow: list[Any] = [platypus.Paragraph(_plain(document.title), styles["title"])]
    for number, block in enumerate(document.body):
        flow += _flowables(platypus, styles, block, number)
    template.build(flow, onFirstPage=foot.draw, onLaterPages=foot.draw)
    return written.getvalue()


class _Foot:
    """What each page ends with; and, once, the document's properties."""

    def __init__(self, document: Document) -> None:
        self._title = _fit(document.title)
        self._notice = document.notice

    def draw(self, canvas: Any, template: Any) -> None:
        """Write the foot of the page."""
        canvas.saveState()
        canvas.setFont(_FONT, 7.5)
        canvas.setFillGray(0.35)
        middle = 595.28 / 2
        canvas.drawCentredString(middle, _MARGIN * 0.55, f"{self._title} — {template.page}")
        if self._notice:
            canvas.drawCentredString(middle, _MARGIN * 0.75, self._notice)
        canvas.restoreState()


def _flowables(platypus: Any, styles: dict[str, Any], block: Block, number: int) -> list[Any]:
    match block:
        case Heading(level, words):
            # Never alone at the foot of a page; keeping it with what follows would move whole tables.
            return [platypus.CondPageBreak(70), _heading(platypus, styles[f"h{level}"], words, level, number)]
        case Paragraph(words):
            return [platypus.Paragraph(_markup(words), styles["body"])]
        case Items():
            return [_list(platypus, styles, block)]
        case Grid():
            return [_table(platypus, styles, block), platypus.Spacer(1, 8)]
        case PageBreak():
            return [platypus.PageBreak()]
        case _:
            assert_never(block)


def _heading(platypus: Any, style: Any, words: Words, level: int, number: int) -> Any:
    """Return a heading that writes itself in the outline when it is drawn."""
    shown, key = _fit(plain(words)), f"h{number}"
    base: Any = platypus.Paragraph

    def draw(self: Any) -> None:
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(shown, key, level=level - 1, closed=level > 1)
        base.draw(self)

    return type("OutlinedHeading", (base,), {"draw": draw})(_markup(words), style)


def _list(platypus: Any, styles: dict[str, Any], block: Items) -> Any:
    items = [platypus.ListItem(platypus.Paragraph(_markup(words), styles["item"])) for words in block.items]
    kind: dict[str, Any] = {"bulletType": "1", "bulletFormat": "%s."} if block.ordered else {"bulletType": "bullet"}
    return platypus.ListFlowable(items, bulletFontName=_FONT, bulletFontSize=8, leftIndent=16, spaceAfter=6, **kind)


def _table(platypus: Any, styles: dict[str, Any], grid: Grid) -> Any:
    head = [platypus.Paragraph(_markup(words), styles["head"]) for words in grid.header]
    rows = [[platypus.Paragraph(_markup(words), styles["cell"]) for words in row] for row in grid.rows]
    table = platypus.LongTable(
        [head, *rows], colWidths=[share * _WIDTH for share in grid.shares], repeatRows=1, splitInRow=1
    )
    grey: Any = import_module("reportlab.lib.colors").Color
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.4, grey(0.7, 0.7, 0.7)),
            ("BACKGROUND", (0, 0), (-1, 0), grey(0.92, 0.92, 0.96)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *((side, (0, 0), (-1, -1), 3) for side in ("TOPPADDING", "BOTTOMPADDING", "LEFTPADDING", "RIGHTPADDING")),
        ]
    )
    return table


def _markup(words: Words) -> str:
    parts: list[str] = []
    for run in words:
        text = _plain(run.text).replace("\n", "<br/>")
        text = f"<i>{text}</i>" if run.italic else text
        parts.append(f"<b>{text}</b>" if run.bold else text)
    return "".join(parts)


def _plain(text: str) -> str:
    return escaped(text.translate(_SPACES))


def _fit(text: str) -> str:
    return text.translate(_SPACES)[:110]


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the embedded fonts known to reportlab, by their names."""
    metrics: Any = import_module("reportlab.pdfbase.pdfmetrics")
    fonts: Any = import_module("reportlab.pdfbase.ttfonts")
    folder = Path(str(import_module("reportlab").__file__)).parent / "fonts"
    for name, file in _FILES.items():
        metrics.registerFont(fonts.TTFont(name, str(folder / f"{file}.ttf")))
    metrics.registerFontFamily(_FONT, *_FILES)


def _styles() -> dict[str, Any]:
    made: Any = import_module("reportlab.lib.styles").ParagraphStyle
    bold = "Vera-Bold"
    headings = {
        f"h{level}": made(f"h{level}", fontName=bold, fontSize=size, leading=size * 1.3, spaceBefore=before,
                          spaceAfter=5)
        for level, size, before in ((1, 14, 16), (2, 11.5, 12), (3, 10, 9), (4, 9, 8))
    }  # fmt: skip
    return headings | {
        "title": made("title", fontName=bold, fontSize=18, leading=24, spaceAfter=16),
        "body": made("body", fontName=_FONT, fontSize=9, leading=13, spaceAfter=6),
        "item": made("item", fontName=_FONT, fontSize=9, leading=12.5, spaceAfter=2),
        "cell": made("cell", fontName=_FONT, fontSize=7.5, leading=10),
        "head": made("head", fontName=bold, fontSize=7.5, leading=10),
    }
