"""The index in PostgreSQL, in the caller's transaction: what is committed is searchable, what is rolled back never was.

    counts in scope -> rarity -> postings of the rarest terms, scored -> the best of them, scored in full
    vectors: one by one in a small scope, by the graph in a large one
    -> both scores of every candidate -> their texts

Ranking every passage that holds any word of the question would read a third of the index for each common word. Rare
terms are read whole; once they give enough candidates, common ones are only looked up in the best (docs/adr/0022).
"""

import math
from collections.abc import Sequence
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
from chatelet.knowledge.engines.postgres_writing import copy_passages, copy_windows
from chatelet.knowledge.passages import IndexedPassage, Window

_READ_POSTINGS: Final = 12_000  # of the rarest terms, read whole
_COMPLETED: Final = 400  # best candidates in which the other terms are looked up
_EXACT_WINDOWS: Final = 20_000  # vectors compared one by one: as quick as the graph, and exact
_WINDOWS_OF_A_PASSAGE: Final = 4  # of which the graph may give several

Place = tuple[UUID, int]  # version, ordinal


@dataclass(frozen=True, slots=True)
class _Terms:
    """Those of the question that some passage in scope holds, the rarest first."""

    terms: list[str]
    rarity: list[float]
    whole: int  # how many of them are read whole
    mean_length: float


class PostgresEngine:
    """`vectors` is False where the extension is missing: words only."""

    def __init__(self, executor: Executor, *, vectors: bool = True) -> None:
        self._executor = executor
        self._vectors = vectors

    async def index(self, passages: Sequence[IndexedPassage]) -> None:
        """Add the passages of one or several versions."""
        await copy_passages(self._executor, passages)

    async def add_windows(self, windows: Sequence[Window], model: str) -> None:
        """Add vectors; nothing where the extension is missing."""
        if self._vectors and windows:
            await copy_windows(self._executor, windows, model)

    async def delete(self, version_id: UUID) -> None:
        """Remove a version; postings, statistics and vectors follow."""
        await execute(self._executor, sql.DELETE_VERSION, version_id)

    async def candidates(self, question: Question, scope: Scope, depth: int = DEPTH) -> Found:
        """Search what `scope` allows."""
        allowed = sorted(scope.collections)
        if not allowed:
            return Found(())
        counted, passages, length = await self._count(question.terms, allowed)
        rarity = {term: ranking.rarity(passages, counted.get(term, 0)) for term in question.terms}
        terms = _plan(counted, rarity, length / passages if passages else 1.0)
        lexical = await self._by_terms(terms, allowed, depth)
        cosines = await self._by_vectors(question, allowed, passages, depth)
        found = await self._read(set(lexical), set(cosines), allowed)
        lexical |= await self._score_others(terms, [one for one in found if _place(one) not in lexical])
        cosines |= await self._near_others(question, [one.id for one in found if one.id not in cosines], allowed)
        return Found(tuple(Candidate(one, lexical.get(_place(one), 0.0), cosines.get(one.id)) for one in found), rarity)

    async def _count(self, terms: Sequence[str], allowed: list[UUID]) -> tuple[dict[str, int], int, int]:
        whole = (await fetch(self._executor, sql.COUNT_PASSAGES, allowed))[0]
        counted = await fetch(self._executor, sql.COUNT_TERMS, list(terms), allowed)
        return {row[0]: int(row[1]) for row in counted}, int(whole[0]), int(whole[1])

    async def _by_terms(self, terms: _Terms, allowed: list[UUID], depth: int) -> dict[Place, float]:
        if not terms.terms:
            return {}
        rows = await fetch(
            self._executor,
            sql.SCORE_TERMS,
            terms.terms[: terms.whole],
            terms.rarity[: terms.whole],
            allowed,
            terms.mean_length,
            depth if terms.whole == len(terms.terms) else _COMPLETED,
            SATURATION,
            LENGTH_SHARE,
        )
        scores = {(row[0], row[1]): float(row[2]) for row in rows}
        if terms.whole < len(terms.terms):
            rest = _Terms(terms.terms[terms.whole :], terms.rarity[terms.whole :], 0, terms.mean_length)
            for place, score in (await self._score_places(rest, list(scores))).items():
                scores[place] += score
        best = sorted(scores, key=lambda place: (-scores[place], place))[:depth]
        return {place: scores[place] for place in best}

    async def _score_places(self, terms: _Terms, places: Sequence[Place]) -> dict[Place, float]:
        if not terms.terms or not places:
            return {}
        rows = await fetch(
            self._executor,
            sql.SCORE_PLACES,
            terms.terms,
            terms.rarity,
            [version for version, _ in places],
            [ordinal for _, ordinal in places],
            terms.mean_length,
            SATURATION,
            LENGTH_SHARE,
        )
        return {(row[0], row[1]): float(row[2]) for row in rows}

    async def _score_others(self, terms: _Terms, passages: Sequence[IndexedPassage]) -> dict[Place, float]:
        return await self._score_places(terms, [_place(one) for one in passages])

    async def _by_vectors(
        self, question: Question, allowed: list[UUID], passages: int, depth: int
    ) -> dict[UUID, float]:
        if question.vector is None or not self._vectors:
            return {}
        vector = _written(question.vector)
        if passages * _WINDOWS_OF_A_PASSAGE <= _EXACT_WINDOWS:
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
        asked = (vector, question.model, allowed, depth, depth * _WINDOWS_OF_A_PASSAGE)
        return await fetch(self._executor, statement, *asked)

    async def _near_others(self, question: Question, passages: list[UUID], allowed: list[UUID]) -> dict[UUID, float]:
        if question.vector is None or not self._vectors or not passages:
            return {}
        vector = _written(question.vector)
        rows = await fetch(self._executor, sql.NEAR_PASSAGES, vector, question.model, passages, allowed)
        return {row[0]: float(row[1]) for row in rows}

    async def _read(self, places: set[Place], passages: set[UUID], allowed: list[UUID]) -> list[IndexedPassage]:
        """Read the texts, from the collections allowed only: the last word on rights is this statement's."""
        ordered = sorted(places)
        rows = await fetch(
            self._executor,
            sql.READ_PASSAGES,
            [version for version, _ in ordered],
            [ordinal for _, ordinal in ordered],
            sorted(passages),
            allowed,
        )
        return [_passage(row) for row in rows]


def _plan(counted: dict[str, int], rarity: dict[str, float], mean_length: float) -> _Terms:
    """Order the terms by how few passages hold them; read whole as many as the budget allows, one at least."""
    terms = sorted(counted, key=lambda term: (counted[term], term))
    read, whole = 0, 0
    for term in terms:
        read += counted[term]
        if whole and read > _READ_POSTINGS:
            break
        whole += 1
    return _Terms(terms, [rarity[term] for term in terms], whole, max(mean_length, 1.0))


def _place(passage: IndexedPassage) -> Place:
    return passage.version_id, passage.ordinal


def _written(vector: Sequence[float]) -> str:
    norm = math.sqrt(sum(number * number for number in vector)) or 1.0
    return "[" + ",".join(f"{number / norm:.6g}" for number in vector) + "]"


def _passage(row: Sequence[Any]) -> IndexedPassage:
    passage = IndexedPassage(*row[:6])
    page, starts, ends, title, headings, language = row[6:]
    return replace(passage, page=page, start=starts, end=ends, title=title, headings=tuple(headings), language=language)
