"""Lexical and dense scores made one, never worse than the better of the two (docs/adr/0023).

    lexical, as a share of the best · cosine, between the least and the best of the candidates
    score = (1 - weight) x lexical + weight x dense

`weight` is not a setting: it turns with the evidence of each question. While some passage holds its rare words, words
are trusted and vectors only decide between near ones. When none does, or when vectors see a passage much nearer than
the one that shares most words (above all in another language), vectors carry. Ranks are not fused: they forget how
much better the first one was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SAME_WORDS: Final = 0.15  # weight of vectors when the words of the question are found
OTHER_WORDS: Final = 0.95  # and when they are not
_LOST_BELOW: Final = 0.3  # share of the question's rarity that one passage must hold for words to be trusted at all
_LOST_RANGE: Final = 0.1
_NEARER: Final = 0.2  # how much nearer (in cosine) vectors must see another passage…
_NEARER_ABROAD: Final = 0.15  # … in another language, where words can only be names and figures
_NEARER_BY_COVERAGE: Final = 0.3  # … and the more, the more words were found
_NEARER_BY_COVERAGE_ABROAD: Final = 0.15
_NEARER_RANGE: Final = 0.15


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells words from vectors.

    `coverage`: share (0 to 1) of the question's rarity held by the passage that its words choose. `nearer`: how much
    greater the best cosine is than that passage's. `abroad`: the passage that vectors choose is in another language.
    """

    coverage: float
    nearer: float
    abroad: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """The two scores of one candidate; `cosine` None without a vector."""

    lexical: float
    cosine: float | None


def weight_of(evidence: Evidence) -> float:
    """Return the share of vectors in the score."""
    least, by_coverage = (
        (_NEARER_ABROAD, _NEARER_BY_COVERAGE_ABROAD) if evidence.abroad else (_NEARER, _NEARER_BY_COVERAGE)
    )
    turned = max(
        (_LOST_BELOW - evidence.coverage) / _LOST_RANGE,
        (evidence.nearer - least - by_coverage * evidence.coverage) / _NEARER_RANGE,
    )
    return SAME_WORDS + (OTHER_WORDS - SAME_WORDS) * min(1.0, max(0.0, turned))


def fuse(candidates: Sequence[Scored], weight: float) -> list[float]:
    """Return one score from 0 to 1 for each candidate; what has no vector, or no word in common, has 0 for it."""
    cosines = [candidate.cosine for candidate in candidates if candidate.cosine is not None]
    most = max((candidate.lexical for candidate in candidates), default=0.0)
    least = min(cosines, default=0.0)
    spread = max(cosines, default=0.0) - least
    if not cosines:
        weight = 0.0
    elif most <= 0:
        weight = 1.0
    return [
        (1 - weight) * _share(candidate.lexical, most)
        + weight * (0.0 if candidate.cosine is None else _share(candidate.cosine - least, spread))
        for candidate in candidates
    ]


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
