"""The engines give the same scores, in their scope, and nothing of what is outside of it."""

import random
from uuid import UUID

import pytest

from chatelet.kernel.database import Database, fetch
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.engines.contract import Engine, Found, Question, Scope
from chatelet.knowledge.engines.memory import MemoryEngine
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.engines.postgres_maintenance import count_terms, maintain, settle
from chatelet.knowledge.passages import IndexedPassage, Window
from tests.knowledge.conftest import WORDS, made, sentence

MODEL = "test-512"


def _vector(source: random.Random) -> tuple[float, ...]:
    numbers = [source.gauss(0, 1) for _ in range(512)]
    norm = sum(number * number for number in numbers) ** 0.5
    return tuple(number / norm for number in numbers)


def _windows(passages: list[IndexedPassage], source: random.Random) -> list[Window]:
    return [Window(passage.id, _vector(source)) for passage in passages for _ in range(2)]


def _scores(found: Found) -> dict[UUID, tuple[float, float | None]]:
    return {
        one.passage.id: (round(one.lexical, 3), None if one.cosine is None else round(one.cosine, 2))
        for one in found.candidates
    }


@pytest.mark.parametrize("exact_up_to", [2_000, 0])
async def test_postgresql_scores_as_memory_does(database: Database, source: random.Random, exact_up_to: int) -> None:
    """A small scope is read whole, a large one by its rarest terms and by the graph: the scores are the same."""
    collections = [uuid7() for _ in range(3)]
    passages = [
        one
        for collection in collections
        for _ in range(6)
        for one in made([sentence(source) for _ in range(8)], collection, title=sentence(source, 3))
    ]
    windows = _windows(passages, source)
    memory = MemoryEngine()
    async with database.transaction() as session:
        for engine in (memory, PostgresEngine(session)):
            await engine.index(passages)
            await engine.add_windows(windows, MODEL)
        while await count_terms(session, above=0) or await settle(session, 100):
            pass
        searched = PostgresEngine(session, exact_up_to=exact_up_to)
        for _ in range(25):
            question = Question(
                tuple(dict.fromkeys(source.choices(["comet", "orbit", "decret", "pont", "loup"], k=3))),
                _vector(source),
                MODEL,
            )
            scope = Scope(frozenset(source.sample(collections, k=source.randint(1, 3))))
            expected, given = (
                await memory.candidates(question, scope, 60),
                await searched.candidates(question, scope, 60),
            )
            assert given.rarity == pytest.approx(expected.rarity)
            assert {one.passage for one in given.candidates} == {one.passage for one in expected.candidates}
            assert all(
                one[0] == pytest.approx(other[0], abs=0.002) and one[1] == pytest.approx(other[1], abs=0.02)
                for one, other in zip(
                    [value for _, value in sorted(_scores(given).items())],
                    [value for _, value in sorted(_scores(expected).items())],
                    strict=True,
                )
            )


@pytest.mark.parametrize("exact_up_to", [2_000, 0])
async def test_nothing_leaks_from_another_unit(database: Database, source: random.Random, exact_up_to: int) -> None:
    """Twin passages in two units: an answer to one unit is what it is when the other does not exist (TA-025)."""
    own, foreign = uuid7(), uuid7()
    texts = [sentence(source) for _ in range(40)]
    passages, twins = made(texts, own), made(texts, foreign)
    vectors = {text: _vector(source) for text in texts}
    questions = [
        Question(tuple(dict.fromkeys(source.choices(WORDS, k=source.randint(1, 4)))), _vector(source), MODEL)
        for _ in range(150)
    ]
    scope = Scope(frozenset({own}))
    async with database.transaction() as session:
        engine = PostgresEngine(session, exact_up_to=exact_up_to)
        await engine.index(passages)
        await engine.add_windows([Window(one.id, vectors[one.text]) for one in passages], MODEL)
        before = [await engine.candidates(question, scope) for question in questions]
        await engine.index([*twins, *made([sentence(source) for _ in range(30)], foreign)])
        await engine.add_windows([Window(one.id, vectors[one.text]) for one in twins], MODEL)
        after = [await engine.candidates(question, scope) for question in questions]
        assert before == after
        assert {one.passage.collection_id for found in after for one in found.candidates} == {own}
        nobody = await engine.candidates(questions[0], Scope(frozenset()))
        assert nobody == Found(())


async def test_what_is_deleted_leaves_nothing(database: Database, source: random.Random) -> None:
    collection = uuid7()
    kept, gone = made([sentence(source)], collection), made([sentence(source) for _ in range(5)], collection)
    async with database.driver_transaction() as connection:
        engine = PostgresEngine(connection)
        await engine.index(kept)
        state = await connection.fetch("SELECT * FROM collection_statistics")
        await engine.index(gone)
        await engine.add_windows(_windows(gone, source), MODEL)
        assert await settle(connection) == 10
        await engine.delete(gone[0].version_id)
        assert await connection.fetch("SELECT * FROM collection_statistics") == state
        for table in ("passage_terms", "passages"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 1
        assert await connection.fetchval("SELECT count(*) FROM passage_windows") == 0


async def test_vectors_of_another_model_are_not_compared(database: Database, source: random.Random) -> None:
    """Two models side by side while a base is embedded again: each question meets its own."""
    passages = made([sentence(source) for _ in range(3)])
    scope = Scope(frozenset({passages[0].collection_id}))
    old, new = _vector(source), (1.0, *([0.0] * 383))
    async with database.transaction() as session:
        engine: Engine = PostgresEngine(session)
        await engine.index(passages)
        await engine.add_windows([Window(passages[0].id, old)], "old")
        await engine.add_windows([Window(passages[1].id, new)], "new")
        await engine.add_windows([Window(passages[1].id, new)], "new")  # done again after a crash
        by_old = await engine.candidates(Question((), old, "old"), scope)
        by_new = await engine.candidates(Question((), new, "new"), scope)
    assert [one.passage for one in by_old.candidates] == [passages[0]]
    assert [one.passage for one in by_new.candidates] == [passages[1]]
    assert by_new.candidates[0].cosine == pytest.approx(1, abs=0.001)


async def test_without_the_extension_words_are_searched(database: Database, owner_database: Database) -> None:
    async with owner_database.driver_connection() as owner:
        await owner.execute("DROP TABLE passage_windows")
    passages = made(["La comète revient.", "Le pont est fermé."])
    async with database.transaction() as session:
        engine = PostgresEngine(session, vectors=False)
        await engine.index(passages)
        await engine.add_windows([Window(passages[0].id, (1.0, 0.0))], MODEL)
        found = await engine.candidates(
            Question(("comet",), (1.0, 0.0), MODEL), Scope(frozenset({passages[0].collection_id}))
        )
    assert [one.passage for one in found.candidates] == [passages[0]]
    assert found.candidates[0].cosine is None


async def test_neighbours_are_of_the_same_version_and_in_scope(database: Database, source: random.Random) -> None:
    collection = uuid7()
    passages, others = made([sentence(source) for _ in range(5)], collection), made([sentence(source)] * 3, collection)
    scope, nobody = Scope(frozenset({collection})), Scope(frozenset({uuid7()}))
    async with database.transaction() as session:
        for engine in (MemoryEngine(), PostgresEngine(session)):
            await engine.index([*passages, *others])
            assert await engine.neighbours(passages[2], scope) == [passages[1], passages[3]]
            assert await engine.neighbours(passages[0], scope, 2) == passages[1:3]
            assert await engine.neighbours(passages[2], nobody) == []


async def test_terms_of_large_collections_are_counted_again(database: Database, source: random.Random) -> None:
    passages = made(["comète"] * 400 + ["pont"] * 200)
    async with database.transaction() as session:
        engine = PostgresEngine(session)
        await engine.index(passages)
        assert await maintain(session)
        assert not await maintain(session)
        counted = await fetch(session, "SELECT passages FROM term_statistics ORDER BY passages")
        assert [row[0] for row in counted] == [200, 400]
        await engine.delete(passages[0].version_id)
        assert await fetch(session, "SELECT * FROM term_statistics") == []
