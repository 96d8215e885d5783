"""Fonts for words set again: those that every reader of PDF has for Latin letters, an embedded one for others.

Helvetica, Times and Courier have the metrics of Arial, Times New Roman and Courier New, which most documents use. What
they lack (other alphabets in part) is looked for in the embedded font of `composing.pdf`.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from chatelet.documents.composing.pdf import register_fonts
from chatelet.documents.rebuilding.in_place.survey import Look

_STANDARD: Final = {
    "sans": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "serif": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    "mono": ("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
}
_EMBEDDED: Final = ("Vera", "Vera-Bold", "Vera-Italic", "Vera-BoldItalic")
# Neither has them: the ordinary ones say the same, and do not break either.
_INSTEAD: Final = str.maketrans(
    {
        "\u202f": "\u00a0",
        "\u2009": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "–",
        "\u2217": "*",
        "\u00ad": "",
        "\u200b": "",
    }
)


def settable(text: str) -> str:
    """Return the text with characters that fonts have."""
    return text.translate(_INSTEAD)


def font_for(look: Look, text: str) -> str | None:
    """Return the name of a font that has all the letters of a text; none when no font here does."""
    rank = look.bold + 2 * look.italic
    if _is_latin(text):
        return _STANDARD[look.family][rank]
    name = _EMBEDDED[rank]
    known = _glyphs(name)
    return name if all(ord(letter) in known for letter in text) else None


def measure(font: str, size: float) -> Callable[[str], float]:
    """Return what tells how wide a word is, in points."""
    width: Any = import_module("reportlab.pdfbase.pdfmetrics").stringWidth
    known: dict[str, float] = {}

    def measured(word: str) -> float:
        found = known.get(word)
        if found is None:
            found = known[word] = float(width(word, font, size))
        return found

    return measured


def _is_latin(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4)
def _glyphs(name: str) -> frozenset[int]:
    register_fonts()
    metrics: Any = import_module("reportlab.pdfbase.pdfmetrics")
    return frozenset(code for code, glyph in metrics.getFont(name).face.charToGlyph.items() if glyph)
