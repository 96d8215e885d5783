"""The adapter over OpenSearch's own wire format: the same scores as in memory, in the scope, and plain failures."""

import random
from collections.abc import Iterator

import pytest
from osmem_server import OsmemServer

from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.outbound import Endpoint, Outbound
from chatelet.knowledge.engines.contract import Found, Question, Scope
from chatelet.knowledge.engines.errors import SearchEngineNotCleared, SearchEngineUnreachable
from chatelet.knowledge.engines.memory import MemoryEngine
from chatelet.knowledge.engines.opensearch import OpenSearchEngine
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level
from tests.knowledge.conftest import made, random_question, same, sentence, twins

# The library that starts the server leaves a pipe for the collector to close.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def address() -> Iterator[str]:
    with OsmemServer.start() as server, server.clone() as clone:
        yield clone.url


def _engine(outbound: Outbound, level: Level = Level.INTERNAL) -> OpenSearchEngine:
    clearance = clear(uuid7(), Label(level), ceiling=Level.DIFFUSION_RESTREINTE)
    return OpenSearchEngine(outbound, clearance, endpoint="search", index="passages", highest_level=Level.INTERNAL)


async def test_it_scores_as_memory_does(address: str, source: random.Random) -> None:
    outbound = Outbound()
    outbound.declare("search", Endpoint(address))
    engine, memory = _engine(outbound), MemoryEngine()
    collections = [uuid7(), uuid7()]
    passages = [
        one
        for collection in collections
        for one in made([sentence(source) for _ in range(20)], collection, title="Le décret L. 1110-4")
    ]
    await engine.prepare()
    await engine.prepare()
    await engine.index(passages)
    await memory.index(passages)
    for terms in (("comet",), ("decret", "pont", "loup"), ("l1110-4",), ("absent",)):
        for allowed in (collections, collections[:1]):
            scope = Scope(frozenset(allowed))
            expected = await memory.candidates(Question(terms), scope)
            given = await engine.candidates(Question(terms), scope)
            assert given.rarity == pytest.approx(expected.rarity)
            assert {one.passage: pytest.approx(one.lexical) for one in given.candidates} == {
                one.passage: one.lexical for one in expected.candidates
            }
    own = Scope(frozenset(collections[:1]))
    assert await engine.neighbours(passages[1], own) == [passages[0], passages[2]]
    assert await engine.candidates(Question(("comet",)), Scope(frozenset())) == Found(())
    shelf = uuid7()
    await engine.move(passages[0].document_id, shelf)
    assert (await engine.candidates(Question(("decret",)), own)).candidates == ()
    moved = await engine.candidates(Question(("decret",)), Scope(frozenset(), frozenset({shelf})))
    assert len(moved.candidates) == 20
    await engine.delete(passages[0].version_id)
    assert (await engine.candidates(Question(("decret",)), own)).candidates == ()
    await outbound.close()


async def test_a_thousand_questions_find_nothing_foreign(address: str, source: random.Random) -> None:
    """TA-025: passages, scores and counts are those of an index where the other unit never was."""
    outbound = Outbound()
    outbound.declare("search", Endpoint(address))
    engine, alone = _engine(outbound), MemoryEngine()
    own, foreign = twins(source)
    await engine.prepare()
    await engine.index([*own, *foreign])
    await alone.index(own)
    scope = Scope(frozenset({own[0].collection_id}))
    for _ in range(1_000):
        question = Question(random_question(source))
        given, expected = await engine.candidates(question, scope, 60), await alone.candidates(question, scope, 60)
        assert same(given, expected), question
        assert given.passages in {None, len(own)}
    await outbound.close()


async def test_a_server_that_fails_is_said() -> None:
    outbound = Outbound()
    outbound.declare("search", Endpoint("http://127.0.0.1:9"))
    with pytest.raises(SearchEngineUnreachable):
        await _engine(outbound).candidates(Question(("comet",)), Scope(frozenset({uuid7()})))
    await outbound.close()


async def test_content_above_its_level_never_goes_there() -> None:
    with pytest.raises(SearchEngineNotCleared):
        _engine(Outbound(), Level.DIFFUSION_RESTREINTE)
