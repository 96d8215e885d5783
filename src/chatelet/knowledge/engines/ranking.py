"""BM25, written once for the indexes that score by themselves.

Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the inverse
document frequency that is never negative. A title's terms are counted with the text's, `TITLE_WEIGHT` times each.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from chatelet.knowledge.analysis import terms_of
from chatelet.knowledge.engines.contract import LENGTH_SHARE, SATURATION, TITLE_WEIGHT
from chatelet.knowledge.passages import IndexedPassage


def rarity(passages: int, holding: int) -> float:
    """Return the inverse document frequency of a term that `holding` of `passages` hold."""
    return math.log(1 + (max(passages, holding) - holding + 0.5) / (holding + 0.5))


def score(counts: Sequence[int], rarity: Sequence[float], length: int, mean_length: float) -> float:
    """Return the BM25 score of a passage that holds each term so many times."""
    shortness = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / mean_length)
    return sum(
        rare * count * (SATURATION + 1) / (count + shortness)
        for count, rare in zip(counts, rarity, strict=True)
        if count
    )


def weighed_terms(passage: IndexedPassage) -> tuple[list[str], int]:
    """Return the terms of a passage, those of its title last and as often as they count, and its length in terms."""
    named = terms_of(passage.named, passage.language)
    body = terms_of(passage.text, passage.language)
    return body + named * TITLE_WEIGHT, len(named) + len(body)


def counted_terms(passage: IndexedPassage) -> tuple[dict[str, int], int]:
    """Return how often each term counts in a passage, and the passage's length in terms."""
    terms, length = weighed_terms(passage)
    return dict(Counter(terms)), length


@lru_cache(maxsize=200_000)
def number_of(term: str) -> int:
    """Return a term as the 32-bit number it is indexed by: two terms in some thousand millions share theirs."""
    return int.from_bytes(blake2b(term.encode(), digest_size=4).digest(), "big", signed=True)
