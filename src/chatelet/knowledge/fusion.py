"""Lexical and dense scores made one, never worse than the better of the two (docs/adr/0023).

    lexical share of the best · dense between the least and the best of the candidates
    score = (1 - weight) x lexical + weight x dense

`weight` is not a setting: it turns with the evidence. When some passage holds the question's rare words, words are
trusted and vectors only decide between near ones. When none does (another language, other words for the same thing),
vectors carry. Ranks are not fused: they forget how much better the first one was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SAME_WORDS: Final = 0.2  # weight of vectors when the words of the question are found
OTHER_WORDS: Final = 0.95  # and when they are not
_FOUND_SHARE: Final = 0.45  # of the question's rarity, held by one passage: its words are found
_LOST_SHARE: Final = 0.25
_FOREIGN_PENALTY: Final = 0.15  # another language shares names and figures only: more of them is needed


@dataclass(frozen=True, slots=True)
class Scored:
    """The two scores of one candidate; `cosine` None without a vector. `foreign`: not in the question's language."""

    lexical: float
    cosine: float | None
    foreign: bool = False


def weight_of(coverage: float, *, foreign: bool) -> float:
    """Return the share of vectors, from the `coverage` of the question by its best lexical passage (0 to 1)."""
    shift = _FOREIGN_PENALTY if foreign else 0.0
    lost = (_FOUND_SHARE + shift - coverage) / (_FOUND_SHARE - _LOST_SHARE)
    return SAME_WORDS + (OTHER_WORDS - SAME_WORDS) * min(1.0, max(0.0, lost))


def fuse(candidates: Sequence[Scored], weight: float) -> list[float]:
    """Return one score from 0 to 1 for each candidate."""
    cosines = [candidate.cosine for candidate in candidates if candidate.cosine is not None]
    best_lexical = max((candidate.lexical for candidate in candidates), default=0.0)
    if not cosines:
        weight, least, spread = 0.0, 0.0, 1.0
    else:
        least = min(cosines)
        spread = max(cosines) - least or 1.0
    if best_lexical <= 0:
        weight = 1.0
    return [
        (1 - weight) * (candidate.lexical / best_lexical if best_lexical > 0 else 0.0)
        + weight * (0.0 if candidate.cosine is None else (candidate.cosine - least) / spread)
        for candidate in candidates
    ]
