"""An answer without a model: the sentence that answers best, word for word.

    passages found -> their sentences -> words of the question it holds, how close together, how near its vector is
    -> the best sentence of the best passages, or nothing when nothing fits

A quote is a slice of the passage, so it is verbatim by construction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.knowledge.analysis import terms_of
from chatelet.knowledge.fit import fits
from chatelet.knowledge.passages import IndexedPassage
from chatelet.knowledge.proximity import proximity
from chatelet.knowledge.search import Hit
from chatelet.knowledge.sentences import sentences_of

READ_PASSAGES: Final = 8
_NEARNESS: Final = 0.6  # weight of the sentence's cosine
_CLOSENESS: Final = 0.1  # of its words' proximity
_AROUND: Final = 0.2  # of what the sentences beside it hold

Vectors = Callable[[Sequence[str]], Sequence[Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of a passage: `quote` is exactly `passage.text[start:end]`."""

    passage: IndexedPassage
    start: int
    end: int
    score: float

    @property
    def quote(self) -> str:
        """The sentence, word for word."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Sentence:
    hit: Hit
    start: int
    end: int
    held: float  # of the question's rarity, closeness counted
    cosine: float | None


def extract(
    hits: Sequence[Hit], rarity: Mapping[str, float], vector: Sequence[float] | None, vectors: Vectors | None
) -> Extract | None:
    """Return the best sentence, None when nothing fits. `vectors` makes those of sentences, None without embeddings."""
    best: tuple[float, _Sentence] | None = None
    for hit in hits[:READ_PASSAGES]:
        sentences = _sentences(hit, rarity, vector, vectors)
        for place, sentence in enumerate(sentences):
            beside = [sentences[other].held for other in (place - 1, place + 1) if 0 <= other < len(sentences)]
            near = _NEARNESS * (sentence.cosine or 0.0)
            score = hit.score + sentence.held + near + _AROUND * max(beside, default=0.0)
            if best is None or score > best[0]:
                best = (score, sentence)
    if best is None:
        return None
    score, chosen = best
    hit = chosen.hit
    if not fits(hit.coverage, (chosen.cosine, hit.reasons.cosine), abroad=hit.abroad):
        return None
    return Extract(hit.passage, chosen.start, chosen.end, score)


def _sentences(
    hit: Hit, rarity: Mapping[str, float], vector: Sequence[float] | None, vectors: Vectors | None
) -> list[_Sentence]:
    passage = hit.passage
    places = sentences_of(passage.text)
    cosines: list[float | None] = [None] * len(places)
    if vector is not None and vectors is not None and places:
        made = vectors([passage.text[start:end] for start, end in places])
        cosines = [_cosine(vector, sentence) for sentence in made]
    return [
        _Sentence(hit, start, end, _held(passage, start, end, rarity), cosine)
        for (start, end), cosine in zip(places, cosines, strict=True)
    ]


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


def _held(passage: IndexedPassage, start: int, end: int, rarity: Mapping[str, float]) -> float:
    whole = sum(rarity.values())
    if not whole:
        return 0.0
    terms = terms_of(passage.text[start:end], passage.language)
    rare = sum(rarity[term] for term in rarity.keys() & set(terms))
    return (rare + _CLOSENESS * proximity(terms, rarity)) / whole
