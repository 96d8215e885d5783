"""The marks of a written text as its language sets them, by code: no model is asked.

French: narrow no-break spaces before ; : ! ? and inside « », curved apostrophes, figures that no line cuts.
English: none before these marks, “ ” in the place of « ». What is protected is still out of the text here, so that
addresses and code are safe.
"""

import re
from typing import Final

from chatelet.kernel.typography import FrenchSpacing

_NARROW: Final = "\u202f"
_GLUED: Final = re.compile(r"(?<=[\w»)\]⟧%€])([;!?]+)(?=\s|$|[»)\]⟦])")
_GLUED_COLON: Final = re.compile(r"(?<=[\w»)\]⟧%€]):(?=\s|$)")
_STRAIGHT: Final = re.compile(r'"([^"\n]{1,400})"')
_THOUSANDS: Final = re.compile(r"(?<![\d.,/-])(?<!\d[ \u00a0\u202f])[1-9]\d{0,2}(?: \d{3})+(?![\d/-]| \d)")
_UNIT: Final = re.compile(r"(?<=\d) (?=[€%]|[kM]€|euros?\b)")
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w|⟦)")
_BEFORE_MARK: Final = re.compile(r"[ \u00a0\u202f]+(?=[;:!?%](?:\s|$|[)\]”\"⟦]))")
_FRENCH_QUOTES: Final = re.compile(r"«[ \u00a0\u202f]*([^«»]*?)[ \u00a0\u202f]*»")


def polish(text: str, language: str) -> str:
    """Return the text as its language sets it."""
    if language == "fr":
        return _french(text)
    return _english(text) if language == "en" else text


def _french(text: str) -> str:
    text = _STRAIGHT.sub(f"«{_NARROW}\\1{_NARROW}»", text)
    text = _GLUED.sub(f"{_NARROW}\\1", text)
    text = _GLUED_COLON.sub(f"{_NARROW}:", text)
    text = _APOSTROPHE.sub("’", text)
    text = _THOUSANDS.sub(lambda found: found[0].replace(" ", _NARROW), text)
    text = _UNIT.sub("\u00a0", text)
    spacing = FrenchSpacing()
    return spacing.feed(text) + spacing.flush()


def _english(text: str) -> str:
    return _BEFORE_MARK.sub("", _FRENCH_QUOTES.sub("“\\1”", text))
