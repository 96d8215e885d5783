"""What a draft says, as sentences, and the few searches that cover it: in words of its own. Pure.

A search is made of the words of one sentence that tell it from the others; each next one takes the sentence that brings
most of what no search has yet.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.knowledge.analysis import as_written, terms_of
from chatelet.knowledge.languages import language_of
from chatelet.knowledge.sentences import sentences_of

MOST_STATEMENTS: Final = 400
MOST_SEARCHES: Final = 5
_WORDS: Final = 7  # of a search: sources ask for nearly all of them
_SHORTEST: Final = 40
_LONGEST: Final = 600
_LEAST_TERMS: Final = 4
_CALL: Final = re.compile(r"\s*\[[^\[\]]{1,200}\]|\s*\([^()]{0,200}\b(?:1[4-9]|20)\d{2}[a-z]?\b[^()]{0,80}\)")
_HEADING: Final = re.compile(r"(?m)^([^\n]{1,80}[^\s.!?…:;,])\n(?=[A-ZÀ-ÝŒ«])")  # a title, not the line of a page
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
_FILLING: Final = frozenset(  # what any draft says of itself
    term
    for language, words in (
        (
            "fr",
            "article étude travail travaux proposons présentons montrons étudions résultat résultats approche nouvelle",
        ),
        ("en", "paper study work propose proposes present show shows results approach new novel recent using based"),
    )
    for term in terms_of(words, language)
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The sentences of a draft that say something, in order, and what to look for."""

    statements: tuple[str, ...]
    searches: tuple[str, ...]


def outline_of(body: str) -> Outline:
    """Return the outline of a body; empty when it says nothing."""
    language = language_of(body[:20_000])
    apart = _HEADING.sub(r"\1\n\n", body)
    said = [" ".join(_CALL.sub("", apart[start:end]).split()) for start, end in sentences_of(apart)]
    kept = [one for one in dict.fromkeys(said) if _SHORTEST <= len(one) <= _LONGEST]
    with_terms = [(one, terms) for one in kept if len(terms := _terms(one, language_of(one, language))) >= _LEAST_TERMS]
    statements = with_terms[:MOST_STATEMENTS]
    return Outline(tuple(one for one, _terms in statements), _searches(statements))


def _terms(said: str, language: str) -> list[str]:
    return [term for term in terms_of(said, language) if _LETTERS.search(term) and term not in _FILLING]


def _searches(statements: Sequence[tuple[str, list[str]]]) -> tuple[str, ...]:
    count = Counter(term for _said, terms in statements for term in set(terms))
    common = max(len(statements), 1)
    # What is said twice or thrice is the subject; what is said everywhere, or once, is less.
    weight = {term: math.log1p(times) * math.log((common + 1) / times + 1) for term, times in count.items()}
    done: set[str] = set()
    found: list[str] = []
    for _place in range(MOST_SEARCHES):
        gains = [_gain(terms, weight, done) for _said, terms in statements]
        if max(gains, default=0.0) <= 0:
            break
        said, terms = statements[gains.index(max(gains))]
        best = sorted(dict.fromkeys(terms), key=lambda term: (term in done, -weight[term]))[:_WORDS]
        done.update(best)
        ordered = [term for term in dict.fromkeys(terms) if term in best]
        found.append(" ".join(as_written(said, ordered)))
    return tuple(dict.fromkeys(found))


def _gain(terms: Sequence[str], weight: dict[str, float], done: set[str]) -> float:
    new = sorted((weight[term] for term in set(terms) if term not in done), reverse=True)[:_WORDS]
    return sum(new) if len(new) >= _LEAST_TERMS else 0.0
