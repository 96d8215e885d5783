"""Finding in collections the whole way: a reranker orders what words and vectors found, and nothing depends on it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.outbound import Outbound
from chatelet.knowledge import reranking
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.finding import Findings, find
from chatelet.model_sections import BackendEntry, EmbeddedModelSettings, ModelEntry
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings
from tests.fakes.model_server import ModelServer, running_model_server
from tests.knowledge.library import Shelf, reader, services_of, shelf

TEXTS = [
    "Le délai de recours contentieux est de deux mois.",
    "Le recours gracieux proroge le délai de recours contentieux de deux mois au plus.",
    "Un recours tardif est rejeté.",
]


@dataclass
class House:
    services: DocumentServices
    inference: Inference
    server: ModelServer
    ada: Principal
    shelf: Shelf

    async def find(
        self, question: str, level: Level = Level.INTERNAL, *, fitting: bool = True, keeping_names: bool = False
    ) -> Findings:
        clearance = clear(self.ada.person_id, Label(level), ceiling=Level.RESTRICTED)
        clearance = clearance.keeping_names() if keeping_names else clearance
        here = [self.shelf.collection]
        return await find(self.services, self.inference.gateway, self.ada, here, question, clearance, fitting=fitting)


@asynccontextmanager
async def _house(database: Database, folder: Path, *models: str, texts: Sequence[str] = TEXTS) -> AsyncIterator[House]:
    outbound = Outbound(user_agent="test")
    async with running_model_server() as server:
        backend = BackendEntry(name="server", url=server.url)
        entries = [ModelEntry(name=name, backend="server", abilities=(name,)) for name in models]
        settings = Settings(
            data_dir=folder, backends=(backend,), models=tuple(entries), embedded=EmbeddedModelSettings(mode="never")
        )
        inference = Inference(settings, database, Keyring(bytes(32)), outbound, runs_embedded=False)
        await inference.start()
        made = await shelf(database, "Nord", texts)
        try:
            ada = await reader(database, made.unit)
            yield House(services_of(database, folder, settings), inference, server, ada, made)
        finally:
            await inference.stop()
            await outbound.close()


def _texts(found: Findings) -> list[str]:
    return [hit.text for hit in found.hits]


async def test_a_reranker_orders_the_first_ones(database: Database, tmp_path: Path) -> None:
    async with _house(database, tmp_path, "rerank") as house:
        house.server.preferred = TEXTS[2]
        found = await house.find("délai de recours contentieux")
        assert found.reranked_by == "rerank"
        assert _texts(found)[0] == TEXTS[2]
        assert found.hits[0].hit.reasons.relevance == 1.0
        [asked] = [one for one in house.server.exchanges if one.path == "/v1/rerank"]
        assert asked.body["query"] == "délai de recours contentieux"
        assert sorted(asked.body["documents"]) == sorted(TEXTS)


async def test_a_reranker_reads_no_name_of_somebody_who_has_them_replaced(database: Database, tmp_path: Path) -> None:
    letter = "Le délai de recours contentieux de Mme Solène Kerbrat, tél. 06 12 34 56 78, est de deux mois."
    async with _house(database, tmp_path, "rerank", texts=[*TEXTS, letter]) as house:
        found = await house.find("délai de recours contentieux de Solène Kerbrat", keeping_names=True)
        assert letter in _texts(found)
        assert found.reranked_by == "rerank"
        told = str([one.body for one in house.server.exchanges if one.path != "/v1/models"])
        assert "recours contentieux" in told
        assert not [one for one in ("Kerbrat", "Solène", "06 12 34") if one in told]
        house.server.exchanges.clear()
        await house.find("délai de recours contentieux de Solène Kerbrat")
        assert "Kerbrat" in str([one.body for one in house.server.exchanges]), "asked for by nobody"


@pytest.mark.parametrize("fault", ["hang", "500", "short", "not_a_number"])
async def test_without_its_answer_the_order_is_that_of_fusion(
    database: Database, tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranking, "_WITHIN_SECONDS", 0.3)
    async with _house(database, tmp_path, "rerank") as house:
        house.server.preferred, house.server.rank_fault = TEXTS[2], fault
        found = await house.find("délai de recours contentieux")
        assert _texts(found)[0] == TEXTS[0]
        assert found.reranked_by is None
        assert found.rerank_error is not None
        assert found.rerank_error.startswith("model_")
        await house.server.stop()
        assert _texts(await house.find("délai de recours contentieux"))[0] == TEXTS[0]


async def test_what_it_is_not_cleared_for_it_never_reads(database: Database, tmp_path: Path) -> None:
    async with _house(database, tmp_path, "rerank") as house:
        house.server.preferred = TEXTS[2]
        found = await house.find("délai de recours contentieux", Level.RESTRICTED)
        assert _texts(found)[0] == TEXTS[0]
        assert (found.reranked_by, found.rerank_error) == (None, "no_model_cleared")
        assert house.server.exchanges == []


async def test_what_stands_beside_the_best_ones_comes_last(database: Database, tmp_path: Path) -> None:
    async with _house(database, tmp_path) as house:
        first = (await house.find("délai de recours contentieux")).hits[0].hit.passage
        around = ["Titre premier.", first.text, "Il court à compter de la notification.", "Une annexe."]
        async with database.transaction() as session:
            engine = PostgresEngine(session)
            await engine.delete(first.version_id)
            await engine.index([replace(first, id=uuid7(), ordinal=n, text=text) for n, text in enumerate(around)])
        texts = _texts(await house.find("délai de recours contentieux"))
        assert texts[0] == first.text
        assert texts[-2:] == [around[0], around[2]]
        assert around[3] not in texts
        seen = _texts(await house.find("délai de recours contentieux", fitting=False))
        assert around[2] not in seen  # the debugger tells what was found, and why


async def test_no_reranker_no_word_of_it(database: Database, tmp_path: Path) -> None:
    async with _house(database, tmp_path) as house:
        found = await house.find("délai de recours contentieux")
        assert (found.reranked_by, found.rerank_error) == (None, None)
        assert _texts(found)[0] == TEXTS[0]


async def test_abstention_is_not_the_rerankers_to_give(database: Database, tmp_path: Path) -> None:
    async with _house(database, tmp_path, "rerank") as house:
        house.server.preferred = TEXTS[0]
        nothing = await house.find("Combien pèse un éléphant de mer adulte du Groenland, délai compris ?")
        assert (nothing.hits, nothing.fits) == ((), False)
        assert house.server.exchanges == []
        house.ada = replace(house.ada, person_id=house.shelf.unit, units=frozenset())
        assert (await house.find("recours")).withdrawn == 1
