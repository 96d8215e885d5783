"""TA-025: two units with twin documents; a person of one never finds a passage, a name, a score or a count of the other.

Ten thousand random questions are put to the index under the scope of one unit, and compared with an index where the
other never was; some of them go the whole way, rights included.
"""

import random
from pathlib import Path
from uuid import UUID

import pytest

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.knowledge.engines.contract import Question, Scope
from chatelet.knowledge.engines.memory import MemoryEngine
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.engines.postgres_maintenance import count_terms
from chatelet.knowledge.finding import find
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level
from tests.knowledge.conftest import WORDS, random_question, same, sentence, twins
from tests.knowledge.library import reader, services_of, shelf

_QUESTIONS = 150
_RANDOM_QUESTIONS = 10_000


@pytest.mark.parametrize(("exact_up_to", "questions"), [(2_000, _RANDOM_QUESTIONS), (0, 2_000)])
async def test_ten_thousand_questions_find_nothing_foreign(
    database: Database, source: random.Random, exact_up_to: int, questions: int
) -> None:
    """As a small scope is searched, and as a large one is."""
    own, foreign = twins(source)
    alone = MemoryEngine()
    await alone.index(own)
    scope = Scope(frozenset({own[0].collection_id}))
    async with database.driver_transaction() as connection:
        engine = PostgresEngine(connection, exact_up_to=exact_up_to)
        await engine.index([*own, *foreign])
        while await count_terms(connection, above=0):
            pass
        for _ in range(questions):
            question = Question(random_question(source))
            given, expected = await engine.candidates(question, scope, 60), await alone.candidates(question, scope, 60)
            assert same(given, expected), question


async def test_nothing_of_the_neighbour_is_found(database: Database, tmp_path: Path, source: random.Random) -> None:
    services, outbound = services_of(database, tmp_path), Outbound(user_agent="test")
    gateway = Inference(services.settings, database, Keyring(bytes(32)), outbound, runs_embedded=False).gateway
    texts = [sentence(source) for _ in range(60)]
    mine, theirs = [await shelf(database, name, texts) for name in ("Nord", "Sud")]
    ada = await reader(database, mine.unit)
    clearance = clear(ada.person_id, Label(Level.INTERNAL), ceiling=Level.RESTRICTED)
    alone = await _ask_all(services, gateway, ada, [mine.collection], clearance)
    both = await _ask_all(services, gateway, ada, [mine.collection, theirs.collection], clearance)
    assert alone == both  # a twin that may not be read changes neither order, nor score, nor count
    assert any(found for found in both)
    told = {one for found in both for one, _score, _name in found}
    assert told <= mine.files
    nothing = await find(services, gateway, ada, [theirs.collection], texts[0], clearance)
    assert (nothing.hits, nothing.withdrawn, nothing.fits) == ((), 1, False)
    await outbound.close()


async def _ask_all(
    services: DocumentServices,
    gateway: Gateway,
    person: Principal,
    collections: list[UUID],
    clearance: Clearance,
) -> list[list[tuple[UUID, float, str]]]:
    asked = random.Random(7)  # the same questions each time
    answers: list[list[tuple[UUID, float, str]]] = []
    for _ in range(_QUESTIONS):
        question = " ".join(asked.choices(WORDS, k=asked.randint(1, 5)))
        found = await find(services, gateway, person, collections, question, clearance)
        answers.append([(hit.file_id, hit.hit.score, hit.name) for hit in found.hits])
    return answers
