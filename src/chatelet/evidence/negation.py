"""Does a sentence deny what its passage says, or say what it denies? Compared clause by clause, French and English.

Two clauses are compared only when nearly all the words of one are in the other: "les agents peuvent partir" and "les
agents ne peuvent pas partir". Where any clause of the passage says the same with the same polarity, nothing is wrong:
silence is better than a false alarm.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.evidence.elements import elements_of
from chatelet.kernel.text import fold

_CLAUSE: Final = re.compile(
    r"[.;:!?,\n()]+|\b(?:mais|cependant|toutefois|sauf|hormis|but|however|except|unless)\b", re.IGNORECASE
)
_FRENCH: Final = re.compile(
    r"\bn(?:e\b|['’]\w+)(?:\W+\w+){0,4}?\W+(?:pas|plus|jamais|point|guere|rien|personne|ni|aucune?s?|nullement)\b"
    r"|\b(?:aucune?|nul(?:le)?)\b(?:\W+\w+){1,4}?\W+n(?:e\b|['’])|\b(?:jamais|rien|personne)\W+n(?:e\b|['’])"
    r"|\bne (?:peut|peuvent|saurait|sauraient|pourra|pourront)\b(?!.*\bqu[e'’])|\bnon\b|\bpas d[e'’]"
)
_ENGLISH: Final = re.compile(r"\b(?:not|never|nor|neither|cannot|none|nobody|nothing|no)\b|n['’]t\b")
_LEAST_WORDS: Final = 2
_NEARLY_ALL, _HALF = 0.8, 0.5  # of the words of the shorter clause, of the longer one
_SIGNS: Final = frozenset(
    "pas plus jamais point guere rien person nullem aucun aucune never cannot none nobody nothin neithe".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The content words of a clause, and whether it denies them."""

    words: frozenset[str]
    denies: bool


def contradicts(statement: str, held: Sequence[Clause]) -> bool:
    """Tell whether a clause of the sentence has its like among those of the passages, always of opposite polarity."""
    return any(_is_reversed(said, held) for said in clauses_of(statement))


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Return the clauses that have enough words to be compared."""
    found = (_clause(fold(piece)) for piece in _CLAUSE.split(text) if piece)
    return tuple(one for one in found if len(one.words) >= _LEAST_WORDS)


def _is_reversed(said: Clause, held: Sequence[Clause]) -> bool:
    like = [one for one in held if _alike(said.words, one.words)]
    return bool(like) and all(one.denies != said.denies for one in like)


def _alike(said: frozenset[str], held: frozenset[str]) -> bool:
    fewer, more = sorted((len(said), len(held)))
    return len(said & held) >= max(_NEARLY_ALL * fewer, _HALF * more)


def _clause(text: str) -> Clause:
    signs = len(_FRENCH.findall(text)) or len(_ENGLISH.findall(text))
    return Clause(elements_of(text).words - _SIGNS, denies=signs % 2 == 1)
