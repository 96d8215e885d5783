"""Where a unit requires that names be replaced, texts are embedded with stand-ins: alike in passages and questions."""

from collections.abc import AsyncIterator
from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import pytest

from chatelet.inference import compared
from chatelet.inference.backends.openai_compatible import OpenAICompatible
from chatelet.inference.gateway import Gateway
from chatelet.inference.health import Health
from chatelet.inference.registry import Registry, Snapshot
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.outbound import Endpoint, Outbound
from chatelet.knowledge.embedding import embed_passages, embed_question
from chatelet.knowledge.passages import IndexedPassage
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.errors import ModelRefusedByUnit
from chatelet.policy.guardrails.pseudonyms.errors import IdentifierLeft
from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.replacing import replace as replace_names
from chatelet.policy.rules.value import UnitRules
from chatelet.policy.sensitivity import Category, Label, Level
from chatelet.settings import Settings
from tests.fakes.model_server import ModelServer, running_model_server
from tests.inference.test_routing import model

NAMES = ("Lagarrigue", "Thibaut", "06 83 21 47 90")
TEXT = "M. Thibaut Lagarrigue, joignable au 06 83 21 47 90, suit le dossier des vannes."


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with running_model_server() as started:
        yield started


@pytest.fixture
async def gateway(server: ModelServer) -> AsyncIterator[Gateway]:
    outbound = Outbound()
    outbound.declare("on-v", Endpoint(server.url))
    client = OpenAICompatible(outbound)

    async def probe(backend: object) -> None:
        await client.models(backend.name, within=1)  # type: ignore[attr-defined]

    registry = Registry(Settings())
    one = model("v", abilities=("embeddings",), categories=frozenset({Category.PERSONAL}))
    registry.snapshot = Snapshot((replace(one, backend=replace(one.backend, name="on-v")),))
    made = Gateway(client, registry, Health(probe), threads=1)
    yield made
    await outbound.close()


def cleared(label: Label, *, required: bool = True) -> Clearance:
    rules = (UnitRules("u", "Achats", names="required"),) if required else ()
    return clear(uuid4(), label, ceiling=Level.RESTRICTED, rules=rules)


def passage(text: str) -> IndexedPassage:
    return IndexedPassage(uuid4(), uuid4(), uuid4(), uuid4(), 0, text)


PERSONAL = Label(Level.INTERNAL, frozenset({Category.PERSONAL}))


async def test_names_stay_here_and_questions_still_meet_passages(gateway: Gateway, server: ModelServer) -> None:
    windows, _ = await embed_passages(gateway, cleared(PERSONAL), [passage(TEXT), passage("Le budget des vannes.")])
    vector, _ = await embed_question(gateway, cleared(PERSONAL), TEXT)
    assert len(windows) == 2
    sent = [text for exchange in server.exchanges for text in exchange.body["input"]]
    assert len(sent) == 3
    assert not [name for text in sent for name in NAMES if name in text]
    assert sent[0].endswith(sent[2])  # the same stand-ins, asked for apart
    assert vector is not None
    assert "dossier des vannes" in sent[0]


async def test_nothing_changes_where_no_rule_asks_for_it(gateway: Gateway, server: ModelServer) -> None:
    await embed_question(gateway, cleared(PERSONAL, required=False), TEXT)
    assert server.exchanges[-1].body["input"] == [TEXT]


async def test_for_whoever_asked_no_name_leaves_whatever_the_label(gateway: Gateway, server: ModelServer) -> None:
    unlabelled = cleared(Label(Level.INTERNAL), required=False).keeping_names()
    vector, _ = await embed_question(gateway, unlabelled, TEXT)
    assert vector is not None
    [sent] = server.exchanges[-1].body["input"]
    assert "dossier des vannes" in sent
    assert not [name for name in NAMES if name in sent]


async def test_a_label_above_the_model_stays_refused(gateway: Gateway, server: ModelServer) -> None:
    above = Label(Level.RESTRICTED, frozenset({Category.PERSONAL}))
    assert await embed_question(gateway, cleared(above), TEXT) == (None, "")
    health = Label(Level.INTERNAL, frozenset({Category.PERSONAL, Category.HEALTH}))
    assert await embed_question(gateway, cleared(health), TEXT) == (None, "")
    assert not server.exchanges


async def test_another_rule_is_not_answered_with_stand_ins(gateway: Gateway, server: ModelServer) -> None:
    rules = (UnitRules("u", "Achats", models_never=frozenset({"v"})), UnitRules("w", "Paie", names="required"))
    clearance = clear(uuid4(), PERSONAL, ceiling=Level.RESTRICTED, rules=rules)
    with pytest.raises(ModelRefusedByUnit):
        await embed_passages(gateway, clearance, [passage(TEXT)], wanted="v")
    assert not server.exchanges


def test_stand_ins_are_those_of_the_name_and_of_the_installation() -> None:
    seed, other = (Keyring(bytes([one]) * 32).derived(b"stand-ins") for one in (1, 2))
    texts = ("Mme Solène Kerbrat a signé.", "Le contrat de Mme Solène Kerbrat et de M. Baptiste Ferrand.")
    together = replace_names(texts, Ledger(seed), alike=True).texts
    assert together[1] == replace_names(texts[1:], Ledger(seed), alike=True).texts[0]
    assert together != replace_names(texts, Ledger(other), alike=True).texts
    assert "Kerbrat" not in " ".join(together)


async def test_what_is_left_is_told_as_elsewhere_to_whoever_asked(
    gateway: Gateway, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule of a unit refuses with that unit; what the person asked for has none to name."""
    monkeypatch.setattr(compared, "replace_names", lambda *_given, **_more: SimpleNamespace(left=("nir", "iban")))
    asked = cleared(PERSONAL, required=False).keeping_names()
    for clearance, refusal, told in (
        (asked, IdentifierLeft, {"types": "nir iban"}),
        (cleared(PERSONAL), ModelRefusedByUnit, {"unit": "Achats"}),
    ):
        with pytest.raises(refusal) as refused:
            await compared.leave(gateway, clearance, [TEXT], lambda one: gateway.choose_encoder(one, "v"))
        assert refused.value.params.items() >= told.items()
    assert server.exchanges == []
