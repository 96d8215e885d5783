"""BM25, written once for the indexes that score by themselves.

Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the inverse
document frequency that is never negative. A title's terms are counted with the text's, `TITLE_WEIGHT` times each.
"""

import math
from collections import Counter

from chatelet.knowledge.analysis import terms_of
from chatelet.knowledge.engines.contract import TITLE_WEIGHT
from chatelet.knowledge.passages import IndexedPassage


def rarity(passages: int, holding: int) -> float:
    """Return the inverse document frequency of a term that `holding` of `passages` hold."""
    return math.log(1 + (max(passages, holding) - holding + 0.5) / (holding + 0.5))


def counted_terms(passage: IndexedPassage) -> tuple[dict[str, int], int]:
    """Return how often each term counts in a passage, and the passage's length in terms."""
    named = terms_of(passage.named, passage.language)
    body = terms_of(passage.text, passage.language)
    counts = Counter(body)
    for term in named:
        counts[term] += TITLE_WEIGHT
    return dict(counts), len(named) + len(body)
