"""Do two texts disagree? On a figure said of the same thing, or because one denies what the other says. By code.

Sentences are compared when they share most of their content words. A figure conflicts with one of the same unit; two
years conflict only where nothing else is counted: "5 % in 2023" and "6 % in 2024" agree. Silence is better than a false
alarm; what a model proposes is looked at with a `share` that is less strict, never taken at its word.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from chatelet.evidence.elements import elements_of
from chatelet.evidence.negation import clauses_of
from chatelet.kernel.text import fold

Kind = Literal["figure", "negation"]
STRICT: Final = 0.6
PROPOSED: Final = 0.3
_LEAST_SHARED: Final = 2
_SENTENCE: Final = re.compile(r"(?<!\d)[.;!?](?!\d)|[.;!?](?=\s|$)|\n")
_NUMBER: Final = re.compile(r"(?<![\w.,])(\d+(?:[ \u202f\u00a0.,']\d+)*)[ \u202f\u00a0]*(%|€|[a-z°]+)?")
_NUMBERS: Final = {
    2: "deux two", 3: "trois three", 4: "quatre four", 5: "cinq five", 6: "six", 7: "sept seven", 8: "huit eight",
    9: "neuf nine", 10: "dix ten", 11: "onze eleven", 12: "douze twelve", 13: "treize thirteen", 15: "quinze fifteen",
    20: "vingt twenty", 30: "trente thirty", 40: "quarante forty", 50: "cinquante fifty", 60: "soixante sixty",
    100: "cent hundred",
}  # fmt: skip
_WORDS: Final = {word: str(number) for number, words in _NUMBERS.items() for word in words.split()}
_SPELLED: Final = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b(?!-)")
_UNIT: Final = 4  # letters by which two forms of a unit are the same: an, ans; euro, euros
_SAME: Final = {"€": "euro", "year": "an", "years": "an", "ans": "an", "annee": "an", "annees": "an", "day": "jour",
                "days": "jour", "jours": "jour", "month": "mois", "months": "mois", "pour": "%"}  # fmt: skip


_COUNTED: Final = frozenset({*_SAME.values(), "mois", "sema", "week", "heur", "hour", "minu", "euro", "ares", "mill"})


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: frozenset[str]
    figures: frozenset[tuple[str, str]]  # unit, figure
    years: frozenset[str]


def conflict_of(first: str, second: str, *, share: float = STRICT) -> Kind | None:
    """Return in what two texts disagree, None when nothing tells."""
    ours, theirs = _sentences(first), _sentences(second)
    if any(_differ(one, other) for one in ours for other in theirs if _alike(one.words, other.words, share)):
        return "figure"
    return "negation" if _denies(first, second, share) else None


def lacks_figure(statement: str, text: str) -> bool:
    """Tell whether a sentence counts years, days, euros… in figures or in words that a text does not count."""
    held = {figure for one in _sentences(text) for _unit, figure in one.figures}
    said = {pair for one in _sentences(statement) for pair in one.figures}
    return any(unit in _COUNTED and figure not in held for unit, figure in said)


def _differ(one: _Sentence, other: _Sentence) -> bool:
    if one.years and other.years and not one.years & other.years:
        return not one.figures and not other.figures
    units = {unit for unit, _figure in one.figures} & {unit for unit, _figure in other.figures}
    return any(not _of(unit, one) & _of(unit, other) for unit in units)


def _of(unit: str, one: _Sentence) -> set[str]:
    return {figure for named, figure in one.figures if named == unit}


def _denies(first: str, second: str, share: float) -> bool:
    """Tell whether a clause of one has its like in the other, always of opposite polarity."""
    for said in clauses_of(first):
        like = [held for held in clauses_of(second) if _alike(said.words, held.words, max(share, PROPOSED * 2))]
        if like and all(held.denies != said.denies for held in like):
            return True
    return False


def _alike(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    shared = len(one & other)
    return shared >= _LEAST_SHARED and shared >= share * min(len(one), len(other))


def _sentences(text: str) -> list[_Sentence]:
    return [_sentence(piece) for piece in _SENTENCE.split(text) if piece.strip()]


def _sentence(text: str) -> _Sentence:
    folded = _SPELLED.sub(lambda found: _WORDS[found[1]], fold(text))
    figures: set[tuple[str, str]] = set()
    years: set[str] = set()
    for found in _NUMBER.finditer(folded):
        held = sorted(elements_of(found[1]).figures)
        if not held:
            continue
        unit = found[2] or ""
        if held[0].isdigit() and 1800 <= int(held[0]) <= 2100 and unit not in _SAME and unit != "%":
            years.add(held[0])
        else:
            figures.add((_SAME.get(unit, unit[:_UNIT]), held[0]))
    units = {unit for unit, _figure in figures}
    words = frozenset(word for word in elements_of(folded).words if word[:_UNIT] not in units)
    return _Sentence(words, frozenset(figures), frozenset(years))
