"""Which of the passages found are given to a model: the best ones, without twins, and not all from one document.

A text that stands in ten versions of a form would fill the context ten times: a passage that says nearly the same words
as one already chosen is left out. A document gives at most its share while others have something to say.
"""

from collections.abc import Sequence
from typing import Final

from chatelet.knowledge.analysis import terms_of
from chatelet.knowledge.search import Hit

_TWINS: Final = 0.8  # share of common terms (Jaccard) from which two passages are the same
_SHARE: Final = 0.6  # of the places, for one document while others wait


def select(hits: Sequence[Hit], places: int) -> list[Hit]:
    """Return at most `places` of `hits`, in the same order."""
    chosen: list[tuple[Hit, frozenset[str]]] = []
    waiting: list[tuple[Hit, frozenset[str]]] = []
    most = max(1, round(places * _SHARE))
    for hit in hits:
        if len(chosen) == places:
            break
        words = frozenset(terms_of(hit.passage.text, hit.passage.language))
        if any(_alike(words, other) for _, other in (*chosen, *waiting)):
            continue
        same = sum(one.passage.document_id == hit.passage.document_id for one, _ in chosen)
        (chosen if same < most else waiting).append((hit, words))
    kept = [hit for hit, _ in (*chosen, *waiting[: places - len(chosen)])]
    return [hit for hit in hits if hit in kept]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _TWINS * len(one | other)
