"""Stems: what words of one family share, so that a question about « lois » finds « loi ».

French: the light stemmer of J. Savoy ("A stemming procedure and stopword list for general French corpora", JASIS 1999;
light rules, 2006) on words already without accents: it takes less away than Snowball's, and ranks better
(docs/adr/0022). English: Snowball. Other languages: as they are.
"""

from functools import lru_cache
from typing import Any, Final

import snowballstemmer

_SUFFIXES: Final = (  # (suffix, what takes its place, the word is longer than), the first that fits
    ("issement", "ir", 9),
    ("issant", "ir", 8),
    ("ement", "", 6),
    ("ficatrice", "fier", 11),
    ("ficateur", "fier", 10),
    ("catrice", "quer", 9),
    ("cateur", "quer", 8),
    ("atrice", "er", 8),
    ("ateur", "er", 7),
    ("trice", "teur", 6),
    ("ieme", "", 5),
    ("teuse", "ter", 7),
    ("teur", "ter", 6),
    ("euse", "eu", 5),
    ("ere", "er", 8),
    ("ive", "if", 5),
    ("folle", "fou", 4),
    ("molle", "mou", 4),
    ("nnelle", "n", 7),
    ("nnel", "n", 6),
    ("ete", "et", 4),
    ("ique", "", 8),
    ("esse", "", 8),
    ("inage", "", 7),
    ("isation", "", 9),
    ("isateur", "", 9),
    ("ation", "", 8),
    ("ition", "", 8),
)
_IRREGULAR: Final = {
    "travaux": "travail",
    "baux": "bail",
    "vitraux": "vitrail",
    "coraux": "corail",
    "emaux": "email",
    "soupiraux": "soupirail",
    "yeux": "oeil",
    "cieux": "ciel",
}
_LONG_ENOUGH: Final = 4
_KEPT_WORDS: Final = 200_000  # of each language, as most words of a text were met before

_snowball: Any = snowballstemmer.stemmer("english")  # pyright: ignore[reportUnknownMemberType]


@lru_cache(maxsize=_KEPT_WORDS)
def stem_french(word: str) -> str:
    """Return the stem of a folded French word."""
    word = _without_ending(_without_plural(_IRREGULAR.get(word, word)))
    if len(word) <= _LONG_ENOUGH:
        return word
    for letter in "ere":
        word = word.removesuffix(letter)
    return word[:-1] if len(word) > _LONG_ENOUGH and word[-1] == word[-2] else word


@lru_cache(maxsize=_KEPT_WORDS)
def stem_english(word: str) -> str:
    """Return the stem of a folded English word."""
    return str(_snowball.stemWord(word))


def _without_plural(word: str) -> str:
    if len(word) > 5 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2] + "l"
    if len(word) > 3 and word.endswith("x"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _without_ending(word: str) -> str:
    for suffix, instead, shortest in _SUFFIXES:
        if len(word) > shortest and word.endswith(suffix):
            return word[: -len(suffix)] + instead
    return word
