"""Another model takes the place of the one whose vectors answer: beside it first, whatever dies meanwhile."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatelet.commands import index as index_command
from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database, fetch
from chatelet.kernel.outbound import Outbound
from chatelet.knowledge import vector_models
from chatelet.knowledge.finding import Findings, find
from chatelet.knowledge.reembedding import keep_vectors
from chatelet.model_sections import BackendEntry, EmbeddedModelSettings, ModelEntry
from chatelet.policy.clearance import clear
from chatelet.policy.rules.value import UnitRules
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings
from tests.fakes.model_server import ModelServer, running_model_server
from tests.knowledge.library import Shelf, reader, services_of, shelf

TEXTS = [f"Le règlement numéro {number} fixe le délai de la commission {number}." for number in range(12)]
OLD, NEW = "old-512", "new-384"


@dataclass
class House:
    """A base whose passages have no vectors yet, and models to make them."""

    database: Database
    address: str
    folder: Path
    server: ModelServer
    made: Shelf
    ada: Principal

    def settings(self, *models: str) -> Settings:
        backend = BackendEntry(name="server", url=self.server.url)
        entries = [ModelEntry(name=name, backend="server", abilities=("embeddings",)) for name in models]
        embedded = EmbeddedModelSettings(mode="never")
        return Settings(data_dir=self.folder, backends=(backend,), models=tuple(entries), embedded=embedded)

    @asynccontextmanager
    async def opened(self, *models: str) -> AsyncIterator[tuple[DocumentServices, Inference]]:
        """Start again with these models, the first of which makes vectors."""
        services, outbound = services_of(self.database, self.folder, self.settings(*models)), Outbound()
        inference = Inference(services.settings, self.database, Keyring(bytes(32)), outbound, runs_embedded=False)
        await inference.start()
        inference.gateway.encoder_model = None  # nothing but what is registered
        try:
            yield services, inference
        finally:
            await inference.stop()
            await outbound.close()

    async def keep(self, *models: str, seconds: float = 30) -> int:
        async with self.opened(*models) as (services, inference):
            return await keep_vectors(services, inference.gateway, seconds=seconds)

    async def keep_under(self, rules: dict[str, UnitRules], *models: str) -> int:
        async with self.opened(*models) as (services, inference):
            services.policies.replace(rules)
            return await keep_vectors(services, inference.gateway)

    async def ask(self, *models: str) -> Findings:
        clearance = clear(self.ada.person_id, Label(Level.INTERNAL), ceiling=Level.RESTRICTED)
        async with self.opened(*models) as (services, inference):
            return await find(services, inference.gateway, self.ada, [self.made.collection], TEXTS[3], clearance)

    async def windows(self) -> dict[str, int]:
        async with self.database.transaction() as session:
            rows = await fetch(session, "SELECT model, count(*) FROM passage_windows GROUP BY model")
            return {row[0]: row[1] for row in rows}

    async def answering(self) -> tuple[str, str | None]:
        async with self.database.transaction() as session:
            [one] = await vector_models.progress(session)
            return one.answering, one.arriving


@pytest.fixture
async def house(database: Database, addresses: tuple[str, str], tmp_path: Path) -> AsyncIterator[House]:
    made = await shelf(database, "Nord", TEXTS)
    async with running_model_server() as server:
        yield House(database, addresses[1], tmp_path, server, made, await reader(database, made.unit))


async def test_a_model_takes_the_place_of_another(house: House) -> None:
    assert await house.keep(OLD) == len(TEXTS)
    assert await house.windows() == {OLD: len(TEXTS)}
    assert await house.keep(NEW, OLD, seconds=0) == 0  # only said
    assert await house.answering() == (OLD, NEW)
    before = await house.ask(NEW, OLD)
    assert not before.lexical_only
    assert before.hits[0].hit.reasons.cosine == pytest.approx(1, abs=0.01)  # by the vectors of the old one
    assert await house.keep(NEW, OLD) == len(TEXTS)
    assert await house.answering() == (NEW, None)
    assert await house.windows() == {OLD: len(TEXTS), NEW: len(TEXTS)}  # questions under way still end
    assert await house.keep(NEW, OLD) == 0
    assert await house.windows() == {NEW: len(TEXTS)}
    after = await house.ask(NEW)
    assert after.hits[0].hit.reasons.cosine == pytest.approx(1, abs=0.01)
    async with house.database.transaction() as session:
        names = await fetch(session, "SELECT name FROM journal_events WHERE name = 'index.model_changed'")
    assert len(names) == 3  # the first one, the arrival, the change


async def test_the_rules_of_a_unit_keep_its_words_from_the_model_that_makes_vectors(house: House) -> None:
    other = await shelf(house.database, "Sud", ["Le barème du Sud est annuel.", "La paie du Sud est mensuelle."])
    rule = UnitRules(str(house.made.unit), "Nord", models_never=frozenset({OLD}))
    assert await house.keep_under({rule.unit: rule}, OLD) == 2
    asked = str([exchange.body for exchange in house.server.exchanges])
    assert "Sud" in asked
    assert "commission" not in asked
    async with house.database.transaction() as session:
        rows = await fetch(session, "SELECT DISTINCT d.collection_id FROM passage_windows AS w JOIN document_versions"
                           " AS v ON v.id = w.version_id JOIN documents AS d ON d.id = v.document_id")  # fmt: skip
    assert [row[0] for row in rows] == [other.collection]
    everybody = UnitRules("*", models_never=frozenset({OLD}))
    assert await house.keep_under({"*": everybody}, OLD) == 0
    assert await house.keep_under({}, OLD) == len(TEXTS)


async def test_killed_in_the_middle_it_goes_on(house: House) -> None:
    await house.keep(OLD)
    house.server.embedding_delay = 0.15
    settings = house.settings(NEW, OLD).model_dump_json()
    module = [sys.executable, "-m", "tests.knowledge.embedding_process"]
    process = await asyncio.create_subprocess_exec(*module, house.address, str(house.folder), settings)
    async with asyncio.timeout(60):
        while (await house.windows()).get(NEW, 0) < 3:
            await asyncio.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    done = (await house.windows())[NEW]
    assert 3 <= done < len(TEXTS)
    assert await house.answering() == (OLD, NEW)
    found = await house.ask(NEW, OLD)  # what the old one made still answers, all of it
    assert not found.lexical_only
    assert found.hits[0].hit.reasons.cosine == pytest.approx(1, abs=0.01)
    assert (await house.windows())[OLD] == len(TEXTS)
    house.server.embedding_delay = 0
    assert await house.keep(NEW, OLD) == len(TEXTS) - done
    assert await house.answering() == (NEW, None)
    assert (await house.windows())[NEW] == len(TEXTS)


async def test_the_old_one_gone_the_new_one_answers_what_it_has(house: House) -> None:
    await house.keep(OLD)
    house.server.embedding_delay = 0.1
    await house.keep(NEW, seconds=0.35)
    made = (await house.windows())[NEW]
    assert 0 < made < len(TEXTS)
    house.server.embedding_delay = 0
    found = await house.ask(NEW)
    assert not found.lexical_only
    assert found.hits[0].text == TEXTS[3]  # words hold where vectors are not there yet
    await house.keep(NEW)
    assert await house.answering() == (NEW, None)


async def test_a_server_that_fails_loses_nothing(house: House) -> None:
    await house.keep(OLD)
    await house.keep(NEW, OLD, seconds=0)
    await house.server.stop()
    assert await house.keep(NEW, OLD) == 0
    assert await house.answering() == (OLD, NEW)
    assert await house.windows() == {OLD: len(TEXTS)}
    assert (await house.ask(NEW, OLD)).lexical_only


async def test_a_change_of_mind_leaves_nothing_behind(house: House) -> None:
    await house.keep(OLD)
    house.server.embedding_delay = 0.1
    await house.keep(NEW, OLD, seconds=0.35)
    house.server.embedding_delay = 0
    await house.keep(OLD, NEW)
    assert await house.answering() == (OLD, None)
    await house.keep(OLD, NEW)
    assert await house.windows() == {OLD: len(TEXTS)}


async def test_the_command_tells_how_far_it_is(house: House) -> None:
    await house.keep(OLD)
    house.server.embedding_delay = 0.1
    await house.keep(NEW, OLD, seconds=0.35)
    made = (await house.windows())[NEW]
    lines = await index_command.tell(house.database)
    assert lines == [
        "documents: 12 indexed",
        f"internal: vectors of {OLD} answer; those of {NEW} are being made: {made} of 12 documents",
    ]
