"""Titles and names compared as readers do: without case, accents, punctuation or markup; families before initials."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from chatelet.connectors.scholarly.cleaning import without_latex
from chatelet.connectors.scholarly.record import Author

_SPECIAL: Final = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": " "})
_NOT_WORD: Final = re.compile(r"[\W_]+")
_FORMULA: Final = re.compile(r"\$[^$]+\$")
_MARKUP: Final = re.compile(r"[\^_]|\\(?:math[a-z]{2,4}|text|left|right)\b|\\[,;:!]")
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})
_SHORTEST_TITLE: Final = 12


def folded(text: str) -> str:
    """Return words in lower case, without accents, punctuation or LaTeX, one blank between."""
    text = _FORMULA.sub(lambda found: _MARKUP.sub("", found[0]), text) if "$" in text else text
    plain = without_latex(text.replace("$", " ")) if "\\" in text or "{" in text else text
    decomposed = unicodedata.normalize("NFKD", plain.casefold().translate(_SPECIAL))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare.translate(_SPECIAL)).strip()


def title_key(title: str | None) -> str | None:
    """Return what titles of one work share; None for one too short to tell works apart."""
    if title is None:
        return None
    bare = re.sub(r"^\W*(?:retracted|withdrawn)(?: article)?\W+", "", title, flags=re.IGNORECASE)
    key = folded(bare)
    return key if len(key) >= _SHORTEST_TITLE and " " in key else None


def families(author: Author) -> frozenset[str]:
    """Return what the family name may be, folded: as told, or what the whole name lets be."""
    if author.family is not None:
        return frozenset({folded(author.family)})
    family, comma, _given = author.name.partition(",")
    if comma:
        return frozenset({folded(family)})
    words = [word for word in folded(author.name).split() if word not in _SUFFIXES]
    long = [word for word in words if len(word) > 1]
    if not long:
        return frozenset(words)
    if len(words[-1]) <= 2 and len(long) < len(words):  # initials after: "Liu Q"
        return frozenset({" ".join(long), long[-1], long[0]})
    ends = {" ".join(words[at:]) for at in range(1, len(words))}
    return frozenset(ends | {long[-1], " ".join(words)})


def same_author(one: Author, other: Author) -> bool:
    """Tell whether two names may be of one person: a family name in common."""
    mine, theirs = families(one), families(other)
    if mine & theirs:
        return True
    return any(
        a.split()[-1:] == b.split()[-1:] or a.split()[:1] == b.split()[:1] for a in mine for b in theirs if a and b
    )


def share_author(ours: Sequence[Author], others: Sequence[Author]) -> bool:
    """Tell whether two lists have an author in common; one that is empty says nothing against it."""
    if not ours or not others:
        return True
    return any(same_author(one, other) for one in ours[:10] for other in others[:10])
