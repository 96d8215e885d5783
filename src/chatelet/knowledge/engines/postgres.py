"""The index in PostgreSQL, in the caller's transaction: what is committed is searchable, what is rolled back never was.

    counts in scope -> rarity -> passages that hold the rarest terms -> the best of them, scored exactly
    vectors: one by one in a small scope, by the graph in a large one
    -> both scores of every candidate -> their texts

Ranking every passage that holds any word of the question would read a third of the index for each common word.
Those of rare terms are read; once they are enough, common terms only count in the best of them (docs/adr/0022).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from chatelet.kernel.database import Executor, execute, fetch
from chatelet.knowledge.engines import postgres_statements as sql
from chatelet.knowledge.engines import ranking
from chatelet.knowledge.engines.contract import (
    DEPTH,
    LENGTH_SHARE,
    SATURATION,
    Candidate,
    Found,
    Question,
    Scope,
)
from chatelet.knowledge.engines.postgres_maintenance import COUNTED_EXACTLY
from chatelet.knowledge.engines.postgres_writing import copy_passages, copy_windows
from chatelet.knowledge.passages import IndexedPassage, Window

_READ_PASSAGES: Final = 4_000  # that hold one of the rarest terms: read in the index
_SCORED: Final = 3  # for each passage wanted, the best of them, scored exactly with all terms
_EXACT_WINDOWS: Final = 20_000  # vectors compared one by one: as quick as the graph, and exact
_WINDOWS_OF_A_PASSAGE: Final = 4
_LATE: Final = 50  # one passage in so many may be missing from another index: it was just added
_WINDOWS_ASKED: Final = 2  # of the graph, for each passage wanted: it may give several of one


@dataclass(frozen=True, slots=True)
class _Terms:
    """Those of the question, by name and as numbers; those to read first in a large scope come first."""

    named: list[str]
    numbers: list[int]
    rarity: list[float]
    whole: int  # how many of them are read
    mean_length: float


class PostgresEngine:
    """`vectors` is False where the extension is missing; a scope of at most `exact_up_to` passages is read whole.

    `words` are candidates that another index gave for the question: those that are still here, and in scope, are
    kept; while that index has not as many passages in scope as this one, words are looked for here.
    """

    def __init__(
        self,
        executor: Executor,
        *,
        vectors: bool = True,
        exact_up_to: int = COUNTED_EXACTLY,
        words: Found | None = None,
    ) -> None:
        self._words = words
        self._fresh: dict[UUID, tuple[UUID, UUID]] = {}  # indexed by this very engine, and without vectors yet
        self._executor = executor
        self._vectors = vectors
        self._exact_up_to = exact_up_to

    async def index(self, passages: Sequence[IndexedPassage]) -> None:
        """Add the passages of one or several versions."""
        await copy_passages(self._executor, passages)
        self._fresh |= {one.id: (one.collection_id, one.version_id) for one in passages}

    async def add_windows(self, windows: Sequence[Window], model: str) -> None:
        """Add vectors; nothing where the extension is missing."""
        if self._vectors and windows:
            await copy_windows(self._executor, windows, model, self._fresh)
            for window in windows:
                self._fresh.pop(window.passage_id, None)  # another model's, or the same once more, ask again

    async def delete(self, version_id: UUID) -> None:
        """Remove a version; postings, statistics and vectors follow."""
        await execute(self._executor, sql.DELETE_VERSION, version_id)

    async def move(self, document_id: UUID, shelf_id: UUID) -> None:
        """Change the shelf of a document's passages, terms and vectors; statistics follow by a trigger."""
        for statement in sql.MOVE_DOCUMENT if self._vectors else sql.MOVE_DOCUMENT[:-1]:
            await execute(self._executor, statement, document_id, shelf_id)

    async def neighbours(self, passage: IndexedPassage, scope: Scope, reach: int = 1) -> list[IndexedPassage]:
        """Return the passages before and after."""
        allowed = sorted(scope.shelves)
        rows = await fetch(self._executor, sql.READ_AROUND, passage.version_id, passage.ordinal, reach, allowed)
        return [_passage(row) for row in rows]

    async def candidates(self, question: Question, scope: Scope, depth: int = DEPTH) -> Found:
        """Search what `scope` allows."""
        allowed = sorted(scope.shelves)
        if not allowed:
            return Found(())
        await execute(self._executor, sql.PLAN_EACH)
        passages, length = await self._count_passages(allowed)
        mean_length = max(1.0, length / max(1, passages))
        words = self._words
        if words is not None and passages - (words.passages or 0) <= passages // _LATE:
            terms, scores = _given(words, mean_length), None
            lexical = {one.passage.id: one.lexical for one in words.candidates}
        elif passages <= self._exact_up_to:
            terms, scores = await self._score_all(question.terms, allowed, passages, mean_length)
            lexical = _best(scores, depth)
        else:
            counted = await self._count_terms(question.terms, allowed)
            terms = _plan(question.terms, counted, passages, mean_length)
            scores = None
            lexical = await self._by_terms(terms, allowed, depth)
        cosines = await self._by_vectors(question, allowed, passages, depth)
        others = [one for one in cosines if one not in lexical]
        if scores is not None:
            lexical |= {one: scores[one] for one in others if one in scores}
        else:
            lexical |= await self._score_passages(terms, others, allowed)
        cosines |= await self._near_passages(question, [one for one in lexical if one not in cosines], allowed)
        rows = await fetch(self._executor, sql.READ_PASSAGES, sorted({*lexical, *cosines}), allowed)
        found = [Candidate(_passage(row), lexical.get(row[0], 0.0), cosines.get(row[0])) for row in rows]
        return Found(tuple(found), dict(zip(terms.named, terms.rarity, strict=True)))

    async def _count_passages(self, allowed: list[UUID]) -> tuple[int, int]:
        row = (await fetch(self._executor, sql.COUNT_PASSAGES, allowed))[0]
        return int(row[0]), int(row[1])

    async def _score_all(
        self, named: Sequence[str], allowed: list[UUID], passages: int, mean_length: float
    ) -> tuple[_Terms, dict[UUID, float]]:
        """Score every passage of a small scope exactly."""
        numbers = [ranking.number_of(term) for term in named]
        rows = await fetch(self._executor, sql.COUNT_IN_PASSAGES, numbers, allowed)
        holding = [sum(1 for row in rows if row[2][place]) for place in range(len(numbers))]
        rarity = [ranking.rarity(passages, held) for held in holding]
        scores = {row[0]: ranking.score(row[2], rarity, row[1], mean_length) for row in rows}
        return _Terms(list(named), numbers, rarity, len(numbers), mean_length), scores

    async def _count_terms(self, terms: Sequence[str], allowed: list[UUID]) -> dict[str, int]:
        named = {ranking.number_of(term): term for term in terms}
        rows = await fetch(self._executor, sql.COUNT_TERMS, list(named), allowed)
        return {named[row[0]]: int(row[1]) for row in rows}

    async def _by_terms(self, terms: _Terms, allowed: list[UUID], depth: int) -> dict[UUID, float]:
        if not terms.numbers:
            return {}
        rows = await fetch(
            self._executor,
            sql.CHOOSE,
            *(terms.numbers[: terms.whole], terms.rarity[: terms.whole]),
            *(terms.mean_length, LENGTH_SHARE, SATURATION, allowed, depth * _SCORED),
        )
        scores = await self._score_passages(terms, [row[0] for row in rows], allowed)
        return _best(scores, depth)

    async def _score_passages(self, terms: _Terms, passages: Sequence[UUID], allowed: list[UUID]) -> dict[UUID, float]:
        if not terms.numbers or not passages:
            return {}
        rows = await fetch(
            self._executor,
            sql.SCORE,
            *(terms.numbers, terms.rarity, terms.mean_length, LENGTH_SHARE, SATURATION),
            *(list(passages), allowed),
        )
        return {row[0]: float(row[1]) for row in rows}

    async def _by_vectors(
        self, question: Question, allowed: list[UUID], passages: int, depth: int
    ) -> dict[UUID, float]:
        if question.vector is None or not self._vectors:
            return {}
        vector = _written(question.vector)
        if passages * _WINDOWS_OF_A_PASSAGE <= min(_EXACT_WINDOWS, 10 * self._exact_up_to):
            rows = await fetch(self._executor, sql.NEAREST_EXACT, vector, question.model, allowed, depth)
        else:
            rows = await self._by_graph(question, vector, allowed, depth)
        return {row[0]: float(row[1]) for row in rows}

    async def _by_graph(
        self, question: Question, vector: str, allowed: list[UUID], depth: int
    ) -> Sequence[Sequence[Any]]:
        statement = sql.NEAREST_BY_GRAPH.get(len(question.vector or ()), sql.NEAREST_EXACT)
        if statement is sql.NEAREST_EXACT:
            return await fetch(self._executor, statement, vector, question.model, allowed, depth)
        await execute(self._executor, sql.SEARCH_THE_GRAPH_ON)
        asked = (vector, question.model, allowed, depth, depth * _WINDOWS_ASKED)
        return await fetch(self._executor, statement, *asked)

    async def _near_passages(self, question: Question, passages: list[UUID], allowed: list[UUID]) -> dict[UUID, float]:
        if question.vector is None or not self._vectors or not passages:
            return {}
        vector = _written(question.vector)
        rows = await fetch(self._executor, sql.NEAR_PASSAGES, vector, question.model, passages, allowed)
        return {row[0]: float(row[1]) for row in rows}


def _given(words: Found, mean_length: float) -> _Terms:
    """Return the terms as another index weighed them."""
    named = list(words.rarity)
    numbers = [ranking.number_of(term) for term in named]
    return _Terms(named, numbers, [words.rarity[term] for term in named], len(named), mean_length)


async def passages_of_version(executor: Executor, version_id: UUID) -> list[IndexedPassage]:
    """Return what is indexed of a version, in order: what other vectors are made from."""
    return [_passage(row) for row in await fetch(executor, sql.READ_VERSION, version_id)]


def _plan(named: Sequence[str], counted: Mapping[str, int], passages: int, mean_length: float) -> _Terms:
    """Order the terms by how few passages hold them; read as many as the budget allows, one that is held at least."""
    ordered = sorted(named, key=lambda term: (counted.get(term, 0), term))
    read, whole = 0, 0
    for term in ordered:
        if read and read + counted.get(term, 0) > _READ_PASSAGES:
            break
        read += counted.get(term, 0)
        whole += 1
    rarity = [ranking.rarity(passages, counted.get(term, 0)) for term in ordered]
    return _Terms(ordered, [ranking.number_of(term) for term in ordered], rarity, whole, mean_length)


def _best(scores: Mapping[UUID, float], depth: int) -> dict[UUID, float]:
    best = sorted(scores, key=lambda one: (-scores[one], one))[:depth]
    return {one: scores[one] for one in best}


def _written(vector: Sequence[float]) -> str:
    norm = math.sqrt(sum(number * number for number in vector)) or 1.0
    return "[" + ",".join(f"{number / norm:.6g}" for number in vector) + "]"


def _passage(row: Sequence[Any]) -> IndexedPassage:
    passage = IndexedPassage(*row[:6])
    page, starts, ends, title, headings, language = row[6:]
    return replace(passage, page=page, start=starts, end=ends, title=title, headings=tuple(headings), language=language)
