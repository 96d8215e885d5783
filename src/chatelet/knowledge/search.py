"""A search: what was asked, the passages that fit best, and why each of them does.

    terms (analysis) -> candidates (engine: rights, BM25, vectors) -> proximity -> coverage -> fusion -> first `limit`

Everything after the engine is the same for every engine, and pure: the figures of `chatelet eval` are the service's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from chatelet.knowledge.analysis import question_terms, terms_of
from chatelet.knowledge.engines.contract import Candidate, Engine, Found, Question, Scope
from chatelet.knowledge.fit import fits
from chatelet.knowledge.fusion import Evidence, Scored, fuse, weight_of
from chatelet.knowledge.languages import UNKNOWN, language_of
from chatelet.knowledge.passages import IndexedPassage
from chatelet.knowledge.proximity import proximity

DEPTH: Final = 50  # candidates by words, and by vectors
_JUDGED: Final = 3  # best passages by which a search is said to have found something
_READ_AGAIN: Final = 25  # best lexical candidates whose words are read in order


class Mode(StrEnum):
    """Which of the two scores are used."""

    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `vector` made by `model`, or None without embeddings."""

    text: str
    language: str = UNKNOWN
    vector: tuple[float, ...] | None = None
    model: str = ""
    mode: Mode = Mode.HYBRID


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a passage stands where it does: for the retrieval debugger."""

    lexical: float
    proximity: float
    cosine: float | None
    weight: float  # of vectors, from 0 to 1
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    relevance: float | None = None  # as a reranker judges it, where one did


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers, best first; `score` is from 0 to 1 among the candidates of one question."""

    passage: IndexedPassage
    score: float
    coverage: float  # share of the question's rarity that this passage holds
    abroad: bool  # in another language than the question
    reasons: Reasons

    @property
    def fits(self) -> bool:
        """Whether the passage has to do with the question."""
        return fits(self.coverage, (self.reasons.cosine,), abroad=self.abroad)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search gave; `rarity`: how much each term counts; `fits`: whether anything has to do with the question."""

    hits: tuple[Hit, ...]
    rarity: Mapping[str, float]
    fits: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """A candidate once its words were read."""

    candidate: Candidate
    closeness: float = 0.0
    held: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def lexical(self) -> float:
        return self.candidate.lexical + self.closeness


async def search(engine: Engine, asked: Asked, scope: Scope, limit: int) -> Outcome:
    """Return the best passages in scope, and whether the best of them has to do with the question."""
    language, terms = terms_asked(asked)
    vector = asked.vector if asked.mode is not Mode.LEXICAL else None
    found = await engine.candidates(Question(terms, vector, asked.model), scope, max(limit, DEPTH))
    hits = rank(found, terms, language, limit)
    return Outcome(tuple(hits), found.rarity, any(hit.fits for hit in hits[:_JUDGED]))


def terms_asked(asked: Asked) -> tuple[str, tuple[str, ...]]:
    """Return the language of a question, and its terms."""
    language = asked.language if asked.language != UNKNOWN else language_of(asked.text)
    return language, tuple(question_terms(asked.text, language)) if asked.mode is not Mode.DENSE else ()


def rank(found: Found, terms: Sequence[str], language: str, limit: int) -> list[Hit]:
    """Order the candidates."""
    read = _read(found)
    if not read:
        return []
    weight = weight_of(_weigh(read, found, language))
    scores = fuse([Scored(one.lexical, one.candidate.cosine) for one in read], weight)
    order = sorted(range(len(read)), key=lambda place: (-scores[place], read[place].candidate.passage.id))
    return [_hit(read[place], scores[place], weight, terms, found, language) for place in order[:limit]]


def _read(found: Found) -> list[_Read]:
    """Read the words of the best lexical candidates, in order."""
    order = sorted(found.candidates, key=lambda one: (-one.lexical, one.passage.id))
    read = [_read_one(candidate, found) for candidate in order[:_READ_AGAIN] if candidate.lexical > 0]
    return read + [_Read(candidate) for candidate in order[len(read) :]]


def _read_one(candidate: Candidate, found: Found) -> _Read:
    passage = candidate.passage
    terms = terms_of(passage.text, passage.language)
    named = terms_of(passage.named, passage.language) if passage.named else ()
    held = found.rarity.keys() & {*terms, *named}
    return _Read(candidate, proximity(terms, found.rarity), frozenset(held))


def _weigh(read: Sequence[_Read], found: Found, language: str) -> Evidence:
    by_words = max(read, key=lambda one: one.lexical)
    near = [one.candidate for one in read if one.candidate.cosine is not None]
    by_vectors = max(near, key=lambda one: one.cosine or 0.0, default=None)
    coverage = _coverage(by_words, found)
    if by_vectors is None:
        return Evidence(coverage, nearer=0.0, abroad=False)
    nearer = (by_vectors.cosine or 0.0) - (by_words.candidate.cosine or 0.0)
    return Evidence(coverage, nearer, abroad=_differ(by_vectors.passage.language, language))


def _coverage(read: _Read, found: Found) -> float:
    whole = sum(found.rarity.values())
    return sum(found.rarity[term] for term in read.held) / whole if whole else 0.0


def _differ(one: str, other: str) -> bool:
    return UNKNOWN not in {one, other} and one != other


def _hit(read: _Read, score: float, weight: float, terms: Sequence[str], found: Found, language: str) -> Hit:
    passage = read.candidate.passage
    if not read.held and read.candidate.lexical > 0:
        read = _read_one(read.candidate, found)
    reasons = Reasons(
        lexical=read.candidate.lexical,
        proximity=read.closeness,
        cosine=read.candidate.cosine,
        weight=weight,
        matched=tuple(term for term in terms if term in read.held),
        missing=tuple(term for term in terms if term not in read.held),
    )
    return Hit(passage, score, _coverage(read, found), _differ(passage.language, language), reasons)
