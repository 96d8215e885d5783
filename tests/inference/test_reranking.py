"""Rerankers: what a server is asked, what of its answer is believed, and that it takes no longer than it may."""

import time
from dataclasses import replace

import pytest
from tests.fakes.model_server import ModelServer
from tests.inference.conftest import clearance, upstream
from tests.inference.test_routing import model

from chatelet.inference.backends.openai_compatible import OpenAICompatible
from chatelet.inference.errors import (
    ModelBrokenAnswer,
    ModelError,
    ModelNotCleared,
    ModelTimeoutFirstToken,
    ModelUnreachable,
    NoModelCleared,
)
from chatelet.inference.gateway import Gateway
from chatelet.inference.health import Health
from chatelet.inference.registry import CHAT, RERANK, Registry, Snapshot
from chatelet.inference.seeds import follow_file
from chatelet.inference.usage import Prices
from chatelet.kernel.database import Database
from chatelet.model_sections import BackendEntry, ModelEntry
from chatelet.policy.sensitivity import Level
from chatelet.settings import Settings

TEXTS = ["rien à voir", "la comète revient", "une comète passe près de nous"]


async def test_a_score_for_each_text_in_order(client: OpenAICompatible, model_server: ModelServer) -> None:
    model_server.preferred = "la comète revient"
    told = await client.rerank(upstream(), "Quand revient la comète ?", TEXTS)
    assert told.scores == pytest.approx((0.0, 1.0, 1 / 6))
    assert (told.count.estimated, told.count.completion_tokens) == (False, 0)
    [exchange] = model_server.exchanges
    assert exchange.path == "/v1/rerank"
    assert exchange.body == {
        "model": "scripted", "query": "Quand revient la comète ?", "documents": TEXTS, "top_n": 3,
        "return_documents": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("short", ModelBrokenAnswer),
        ("twice", ModelBrokenAnswer),
        ("not_a_number", ModelBrokenAnswer),
        ("500", ModelUnreachable),
    ],
)
async def test_half_an_answer_is_none(
    client: OpenAICompatible, model_server: ModelServer, fault: str, expected: type[ModelError]
) -> None:
    model_server.rank_fault = fault
    with pytest.raises(expected):
        await client.rerank(upstream(), "comète", TEXTS)


def _gateway(client: OpenAICompatible) -> Gateway:
    async def probe(_backend: object) -> None:
        return None

    registry = Registry(Settings())
    backend = replace(model("r").backend, name="server")
    reranker = model("r", backend=backend, abilities=(RERANK,), prices=Prices(1.0, 2.0))
    registry.snapshot = Snapshot((model("talker"), reranker))
    return Gateway(client, registry, Health(probe), threads=1)


async def test_the_gateway_counts_and_bounds(client: OpenAICompatible, model_server: ModelServer) -> None:
    gateway = _gateway(client)
    assert gateway.offers(RERANK)
    assert [one.id for one in gateway.offered(None)] == ["talker", "r"]
    choice = gateway.choose(clearance(), ability=RERANK)
    told = await gateway.rerank(clearance(), "comète", TEXTS, choice)
    assert (told.model.id, told.usage.backend, told.usage.completion_tokens) == ("r", "server", 0)
    assert told.usage.cost_euros == pytest.approx(told.usage.prompt_tokens / 1_000_000)
    model_server.rank_fault = "hang"
    started = time.monotonic()
    with pytest.raises(ModelTimeoutFirstToken) as late:
        await gateway.rerank(clearance(), "comète", TEXTS, choice, within=0.2)
    assert time.monotonic() - started < 2
    assert late.value.params["model"] == "r"


async def test_nothing_above_its_level_is_read_by_it(client: OpenAICompatible, model_server: ModelServer) -> None:
    gateway = _gateway(client)
    choice = gateway.choose(clearance(), ability=RERANK)
    with pytest.raises(NoModelCleared):
        gateway.choose(clearance(Level.RESTRICTED), ability=RERANK)
    with pytest.raises(ModelNotCleared):
        await gateway.rerank(clearance(Level.RESTRICTED), "secret", TEXTS, choice)
    assert model_server.exchanges == []


async def test_a_reranker_alone_leaves_the_demonstration_model_to_answer(database: Database) -> None:
    entries = (
        BackendEntry(name="ranks", url="http://127.0.0.1:9"),
        ModelEntry(name="ranker", backend="ranks", abilities=("rerank",)),
    )
    settings = Settings(backends=entries[:1], models=entries[1:])
    registry = Registry(settings)
    async with database.transaction() as session:
        await follow_file(session, settings)
        snapshot = await registry.refresh(session)
    assert [one.id for one in snapshot.offering(RERANK).models] == ["ranker"]
    assert [one.id for one in snapshot.offering(CHAT).models] == [settings.embedded.name]
    assert snapshot.offering(CHAT).default is not None
