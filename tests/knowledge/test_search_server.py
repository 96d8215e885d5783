"""A search server wired by settings: it finds words, PostgreSQL keeps the rights; down, or behind, PostgreSQL answers."""

import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from osmem_server import OsmemServer

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.knowledge import search_server
from chatelet.knowledge.engines.contract import Found, Scope
from chatelet.knowledge.finding import Findings, find
from chatelet.knowledge.search import Asked
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.rules.value import UnitRules
from chatelet.policy.sensitivity import Category, Label, Level
from chatelet.settings import SearchSettings, Settings
from tests.knowledge.conftest import WORDS
from tests.knowledge.library import Shelf, reader, services_of, shelf

# The library that starts the server leaves a pipe for the collector to close.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
TEXTS = ["La comète revient.", "Le pont du canal est fermé.", "Un décret fixe le budget de la commune."]


@pytest.fixture
def address() -> Iterator[str]:
    with OsmemServer.start() as server, server.clone() as clone:
        yield clone.url


@dataclass
class House:
    services: DocumentServices
    inference: Inference
    ada: Principal
    mine: Shelf
    theirs: Shelf

    def clearance(self, level: Level = Level.INTERNAL) -> Clearance:
        return clear(self.ada.person_id, Label(level), ceiling=Level.RESTRICTED)

    async def find(self, question: str, level: Level = Level.INTERNAL) -> Findings:
        both = [self.mine.collection, self.theirs.collection]
        gateway = self.inference.gateway
        return await find(self.services, gateway, self.ada, both, question, self.clearance(level), fitting=False)

    async def words(self, question: str) -> tuple[Found | None, bool]:
        scope = Scope(frozenset({self.mine.collection}))
        return await search_server.words(self.services, self.clearance(), Asked(question), scope)


@pytest.fixture
async def house(database: Database, tmp_path: Path, address: str) -> AsyncIterator[House]:
    search = SearchSettings(engine="opensearch", url=address, index_prefix="essai")
    services = services_of(database, tmp_path, Settings(data_dir=tmp_path, search=search))
    outbound = services.outbound
    assert outbound is not None
    search_server.declare(outbound, search)
    inference = Inference(services.settings, database, Keyring(bytes(32)), outbound, runs_embedded=False)
    mine, theirs = [await shelf(database, name, TEXTS) for name in ("Nord", "Sud")]
    yield House(services, inference, await reader(database, mine.unit), mine, theirs)
    await inference.stop()
    await outbound.close()


async def test_it_is_filled_then_searched(house: House) -> None:
    before = await house.find("comète")  # it is empty: PostgreSQL finds
    assert [hit.text for hit in before.hits] == [TEXTS[0]]
    assert await search_server.reconcile(house.services) == 6
    assert await search_server.reconcile(house.services) == 0
    found, down = await house.words("comète")
    assert found is not None
    assert (len(found.candidates), found.passages, down) == (1, 3, False)
    after = await house.find("comète")
    assert [hit.file_id for hit in after.hits] == [hit.file_id for hit in before.hits]
    assert after.hits[0].hit.score == before.hits[0].hit.score
    assert not after.engine_down


async def test_what_is_gone_from_postgresql_is_never_shown_and_then_deleted(house: House) -> None:
    await search_server.reconcile(house.services)
    async with house.services.database.driver_transaction() as connection:
        await connection.execute("DELETE FROM documents WHERE name = 'Nord 0'")
    found, _ = await house.words("comète")
    assert found is not None
    assert len(found.candidates) == 1  # the server still has it
    assert (await house.find("comète")).hits == ()
    assert await search_server.reconcile(house.services) == 1
    left, _ = await house.words("comète")
    assert left is not None
    assert (left.candidates, left.passages) == ((), 2)


async def test_what_is_above_its_level_is_taken_away_and_asked_elsewhere(house: House) -> None:
    await search_server.reconcile(house.services)
    async with house.services.database.driver_transaction() as connection:
        await connection.execute("UPDATE collections SET level = 'restricted'")
    assert await search_server.reconcile(house.services) == 6
    found = await house.find("comète", Level.RESTRICTED)
    assert ([hit.text for hit in found.hits], found.engine_down) == ([TEXTS[0]], False)
    assert await search_server.reconcile(house.services) == 0


async def test_a_server_of_a_lower_zone_is_asked_no_name(house: House) -> None:
    """Terms are words: where names are replaced before they leave, PostgreSQL finds alone."""
    await search_server.reconcile(house.services)
    asked, scope = Asked("La comète de Solène Kerbrat"), Scope(frozenset({house.mine.collection}))
    personal = Label(Level.INTERNAL, frozenset({Category.PERSONAL}))
    required = (UnitRules("u", "Achats", names="required"),)
    ada = house.ada.person_id
    for closed in (house.clearance().keeping_names(), clear(ada, personal, ceiling=Level.RESTRICTED, rules=required)):
        assert await search_server.words(house.services, closed, asked, scope) == (None, False)
    unnamed = clear(ada, Label(Level.INTERNAL), ceiling=Level.RESTRICTED, rules=required)
    for open_one in (house.clearance(), unnamed, clear(ada, personal, ceiling=Level.RESTRICTED)):
        found, _ = await search_server.words(house.services, open_one, asked, scope)
        assert found is not None
    search = house.services.settings.search.model_copy(update={"highest_level": "restricted"})
    services = replace(house.services, settings=house.services.settings.model_copy(update={"search": search}))
    found, _ = await search_server.words(services, house.clearance().keeping_names(), asked, scope)
    assert found is not None, "a server as trusted as this one may read names"


async def test_down_the_database_answers_and_it_is_said(house: House) -> None:
    await search_server.reconcile(house.services)
    assert house.services.outbound is not None
    house.services.outbound.withdraw("search-server")
    found = await house.find("comète")
    assert [hit.text for hit in found.hits] == [TEXTS[0]]
    assert found.engine_down


async def test_nothing_of_the_neighbour_is_found_there(house: House, source: random.Random) -> None:
    """TA-025, the whole way: with and without the server, the same passages, scores and counts, all of one's own."""
    await search_server.reconcile(house.services)
    plain = services_of(house.services.database, house.services.settings.data_dir)
    both = [house.mine.collection, house.theirs.collection]
    for _ in range(60):
        question = " ".join(source.choices(WORDS, k=source.randint(1, 5)))
        through = await house.find(question)
        here = await find(plain, house.inference.gateway, house.ada, both, question, house.clearance(), fitting=False)
        assert [(hit.file_id, pytest.approx(hit.hit.score)) for hit in through.hits] == [
            (hit.file_id, hit.hit.score) for hit in here.hits
        ]
        assert {hit.file_id for hit in through.hits} <= house.mine.files


async def test_how_it_is_can_be_told(address: str) -> None:
    def at(url: str) -> SearchSettings:
        return SearchSettings(engine="opensearch", url=url)

    assert await search_server.probe(at(address)) is None
    assert await search_server.probe(at("http://127.0.0.1:9")) == "does not answer (unreachable)"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ada:secret", ("Basic", "YWRhOnNlY3JldA==")),
        ("ApiKey abc==", ("ApiKey", "abc==")),
        ("jeton", ("Bearer", "jeton")),
    ],
)
async def test_its_credential_is_a_file(tmp_path: Path, written: str, expected: tuple[str, str]) -> None:
    path = tmp_path / "credential"
    path.write_text(f"{written}\n")
    outbound = Outbound()
    settings = SearchSettings(engine="opensearch", url="http://127.0.0.1:9", credential_file=path)
    search_server.declare(outbound, settings)
    endpoint = outbound._endpoints["search-server"]
    assert (endpoint.scheme, endpoint.bearer) == expected
    await outbound.close()
