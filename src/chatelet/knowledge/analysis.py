"""Words of a text as they are compared: the same for a passage and for the question that looks for it.

    fold case, accents, ligatures -> words, elisions cut (« l'eau » is « eau ») -> stop words out -> stems
    and beside them each compound identifier, whole

Everything is done here, in Python, so that every index ranks the same whatever its own analysis knows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from chatelet.knowledge import stop_words
from chatelet.knowledge.identifiers import compounds_of
from chatelet.knowledge.languages import ENGLISH, FRENCH
from chatelet.knowledge.stemming import stem_english, stem_french

ANALYSIS_VERSION: Final = 1  # of what is indexed; an index made by another is made again
LONGEST_TERM: Final = 64

_WORD: Final = re.compile(r"[^\W_]+")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_QUESTION_WORDS: Final = 64  # a whole page pasted as a question is read up to here: its rarest words decide anyway


@dataclass(frozen=True, slots=True)
class Language:
    """What is taken out, and what is cut off."""

    stop_words: frozenset[str]
    stem: Callable[[str], str]


def _as_it_is(word: str) -> str:
    return word


_LANGUAGES: Final = {
    FRENCH: Language(stop_words.FRENCH, stem_french),
    ENGLISH: Language(stop_words.ENGLISH, stem_english),
}
_ANY: Final = Language(frozenset(), _as_it_is)


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """Return one lower-case character without its accent; length may differ (ligatures)."""
    decomposed = unicodedata.normalize("NFKD", character.translate(_LIGATURES))
    return "".join(part for part in decomposed if not unicodedata.combining(part)).lower()


def plain(text: str) -> str:
    """Return `text` in lower case, without accents nor ligatures."""
    lowered = text.lower()
    return lowered if lowered.isascii() else "".join(map(_plain, lowered))


def words_of(text: str) -> list[str]:
    """Return the words as they are written, but for case and accents."""
    return _WORD.findall(plain(text))


def terms_of(text: str, language: str) -> list[str]:
    """Return the terms of `text` in order, stop words left out; an identifier comes right before its parts."""
    chosen = _LANGUAGES.get(language, _ANY)
    folded = plain(text)
    compounds = list(compounds_of(folded))
    terms: list[str] = []
    following = 0
    for match in _WORD.finditer(folded):
        while following < len(compounds) and compounds[following][0] <= match.start():
            terms.append(compounds[following][1][:LONGEST_TERM])
            following += 1
        word = match[0]
        if word not in chosen.stop_words:
            terms.append((chosen.stem(word) if word.isalpha() else word)[:LONGEST_TERM])
    return terms


def question_terms(text: str, language: str) -> list[str]:
    """Return the terms to look for, each once; the words themselves when all of them are stop words."""
    found = list(dict.fromkeys(terms_of(text, language)))
    return (found or list(dict.fromkeys(words_of(text))))[:_QUESTION_WORDS]


def as_written(text: str, terms: Iterable[str]) -> list[str]:
    """Return, for these terms, the words of `text` that they stand for, each once; another term stands for itself."""
    written: dict[str, str] = {}
    for match in _WORD.finditer(text):
        for language in (FRENCH, ENGLISH, ""):
            for term in terms_of(match[0], language):
                written.setdefault(term, match[0])
    return list(dict.fromkeys(written.get(term, term) for term in terms))
