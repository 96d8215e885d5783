"""Where words that a model says it copied stand in a text: as they are there, or nowhere.

What is kept is always the slice of the text, so that a quotation is verbatim whatever the model wrote.
"""

from typing import Final

from chatelet.kernel.text import FoldedText, fold

LEAST_WORDS: Final = 4
_AROUND: Final = " ,.;:!?…«»“”\"'"


def place_of(words: str, text: FoldedText) -> tuple[int, int] | None:
    """Return where the words stand, whatever case, accents and spaces; None when they do not, or are too few."""
    wanted = fold(words).strip(_AROUND)
    if len(wanted.split()) < LEAST_WORDS:
        return None
    found = text.find(wanted)
    return found[:2] if found else None
