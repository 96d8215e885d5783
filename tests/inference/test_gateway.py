"""The one door: a clearance every time, another model only before the first word, the slot freed at once."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import pytest
from tests.fakes.model_server import ModelServer, Script, running_model_server
from tests.inference.conftest import clearance, question, until
from tests.inference.test_routing import model

from chatelet.inference.backends.openai_compatible import OpenAICompatible
from chatelet.inference.condition import Condition, State
from chatelet.inference.errors import (
    ModelBrokenAnswer,
    ModelNotCleared,
    ModelRejectedRequest,
    ModelUnreachable,
    NoModelAvailable,
)
from chatelet.inference.exchange import Finish, Message, Salt
from chatelet.inference.gateway import Gateway, Step
from chatelet.inference.health import Health
from chatelet.inference.prefixes import PrefixCache
from chatelet.inference.registry import Model, Registry, Snapshot
from chatelet.inference.service import Inference
from chatelet.inference.usage import Prices
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Endpoint, Outbound
from chatelet.policy.sensitivity import Level
from chatelet.settings import Settings


class House:
    """Two model servers behind a gateway."""

    def __init__(self, servers: dict[str, ModelServer], outbound: Outbound) -> None:
        self.servers = servers
        client = OpenAICompatible(outbound)

        async def probe(backend: object) -> None:
            await client.models(backend.name, within=1)  # type: ignore[attr-defined]

        self.health = Health(probe)
        self.registry = Registry(Settings())
        self.gateway = Gateway(client, self.registry, self.health, threads=2)
        models: list[Model] = []
        for name, server in servers.items():
            outbound.declare(f"on-{name}", Endpoint(server.url))
            # Only the first is given up on quickly: the one that takes over has all the time of a busy machine.
            patience = 0.5 if name == "a" else 20.0
            backend = replace(model(name).backend, first_token_seconds=patience, between_tokens_seconds=patience)
            models.append(model(name, backend=backend, prices=Prices(1.0, 2.0), active_parameters_billions=7.0))
        self.registry.snapshot = Snapshot(tuple(models))


@pytest.fixture
async def house(outbound: Outbound) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        servers = {name: await stack.enter_async_context(running_model_server()) for name in ("a", "b")}
        yield House(servers, outbound)


async def test_an_answer(house: House) -> None:
    steps: list[Step] = []
    async with house.gateway.stream(clearance(), question("[[tokens=20 rate=200]]"), listener=steps.append) as answer:
        texts = [batch.text async for batch in answer]
    assert len("".join(texts).split()) == 20
    assert answer.model.id == "a"
    assert answer.replaced is None
    assert answer.finish is Finish.STOP
    assert steps == [Step("reading")]
    usage = answer.usage
    assert (usage.backend, usage.completion_tokens, usage.estimated) == ("on-a", 20, False)
    assert usage.cost_euros == pytest.approx((usage.prompt_tokens + 2 * 20) / 1_000_000)
    assert usage.energy_wh is not None


async def test_a_whole_answer(house: House) -> None:
    completion = await house.gateway.complete(clearance(), question("[[say=Un_titre]]"), wanted="b")
    assert (completion.text, completion.model_id, completion.usage.backend) == ("Un titre", "b", "on-b")


@pytest.mark.parametrize(
    "fault", ["429", "500", "401", "404", "hang_headers", "hang_first", "html", "empty", "json_error"]
)
async def test_another_model_before_the_first_word(house: House, fault: str) -> None:
    house.servers["a"].default = Script(fault=fault)
    async with house.gateway.stream(clearance(), question("bonjour"), wanted="a") as answer:
        assert [batch async for batch in answer]
    assert answer.model.id == "b"
    assert answer.replaced is not None
    assert answer.replaced.wanted.id == "a"
    assert answer.replaced.reason.startswith("model_")


async def test_no_other_model_after_the_first_word(house: House) -> None:
    said = [""]

    async def listen() -> None:
        async with house.gateway.stream(clearance(), question("[[fault=truncated after=2 rate=100]]")) as answer:
            async for batch in answer:
                said[0] += batch.text

    with pytest.raises(ModelBrokenAnswer) as caught:
        await listen()
    assert said == ["La lumière "]
    assert caught.value.params == {"reason": "truncated", "model": "a"}
    assert house.servers["b"].exchanges == []


async def test_a_request_refused_as_it_is_goes_nowhere_else(house: House) -> None:
    with pytest.raises(ModelRejectedRequest):
        await house.gateway.complete(clearance(), question("[[fault=422]]"))
    assert house.servers["b"].exchanges == []


async def test_every_model_fails(house: House) -> None:
    for server in house.servers.values():
        await server.stop()
    with pytest.raises(ModelUnreachable) as caught:
        await house.gateway.complete(clearance(), question("bonjour"))
    assert caught.value.params["model"] == "a"
    with pytest.raises(NoModelAvailable):
        house.gateway.choose(clearance())
    await house.servers["b"].start()
    house.health.set("on-b", Condition(State.READY))
    assert (await house.gateway.complete(clearance(), question("bonjour"))).model_id == "b"


async def test_clearance_is_checked_again_at_the_door(house: House) -> None:
    choice = house.gateway.choose(clearance(Level.INTERNAL))
    with pytest.raises(ModelNotCleared):
        async with house.gateway.stream(clearance(Level.RESTRICTED), question("secret"), choice):
            pytest.fail("it went through")
    assert all(server.exchanges == [] for server in house.servers.values())


async def test_leaving_the_block_frees_the_slot(house: House) -> None:
    async with house.gateway.stream(clearance(), question("[[tokens=1000 rate=50]]")) as answer:
        async for _batch in answer:
            break
    await until(lambda: house.servers["a"].running == 0, 1.0)
    assert answer.finish is None
    assert answer.usage.estimated


async def test_cancelling_frees_the_slot_and_goes_nowhere_else(house: House) -> None:
    async def listen() -> None:
        async with house.gateway.stream(clearance(), question("[[tokens=1000 rate=50]]")) as answer:
            async for _batch in answer:
                pass

    task = asyncio.create_task(listen())
    await until(lambda: house.servers["a"].running == 1)
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await until(lambda: house.servers["a"].running == 0, 1.0)
    assert house.servers["b"].exchanges == []


async def test_no_more_is_asked_than_the_model_can_write(house: House) -> None:
    await house.gateway.complete(clearance(), question("x", tokens=100_000))
    assert house.servers["a"].exchanges[0].body["max_tokens"] == 1024
    await house.gateway.complete(clearance(), question("mot " * 6_400, tokens=1024))
    assert house.servers["a"].exchanges[1].body["max_tokens"] < 700


def cleared_for_more(house: House) -> None:
    models = house.registry.snapshot.models
    house.registry.snapshot = Snapshot(tuple(replace(one, highest_level=Level.RESTRICTED) for one in models))


def keeping_apart(house: House, how: PrefixCache) -> None:
    models = house.registry.snapshot.models
    changed = tuple(replace(one, backend=replace(one.backend, prefix_cache=how)) for one in models)
    house.registry.snapshot = Snapshot(changed)


async def asked_by(house: House, who: int, level: Level, *, system: str = "", fault: str = "") -> dict[str, Any]:
    """Ask as somebody; return what the server was sent in the end."""
    cleared = replace(clearance(level), person_id=UUID(int=who))
    asked = question(f"[[tokens=1{f' fault={fault}' if fault else ''}]]")
    words = Message("user", asked.messages[-1].content)
    asked = replace(asked, messages=(Message("system", system), words) if system else (words,))
    async with house.gateway.stream(cleared, replace(asked, exact=True)) as answer:
        assert [batch async for batch in answer]
    return house.servers["a"].last.body


async def test_what_is_restricted_shares_no_prefix_with_somebody_else(house: House) -> None:
    cleared_for_more(house)

    keeping_apart(house, "salted")

    async def salt(who: int, level: Level) -> object:
        body = await asked_by(house, who, level)
        assert body["messages"] == [{"role": "user", "content": "[[tokens=1]]"}]
        return body.get("cache_salt")

    first = await salt(1, Level.RESTRICTED)
    assert isinstance(first, str)
    assert await salt(1, Level.RESTRICTED) == first
    assert await salt(2, Level.RESTRICTED) not in {first, None}
    assert await salt(1, Level.INTERNAL) is None


def line_of(body: dict[str, Any]) -> str:
    """Return the words that keep a person apart, at the head of the one message there is."""
    [first] = body["messages"]
    assert first["role"] == "user", "a template without a system's message would refuse one"
    found = re.match(r"\[ref ([0-9a-f]{16})\]\n\[\[tokens", first["content"])
    assert found is not None, first
    return found[1]


async def test_a_server_that_refuses_the_salt_is_never_asked_without_any(house: House) -> None:
    cleared_for_more(house)
    keeping_apart(house, "salted")
    one, again, other = [await asked_by(house, who, Level.RESTRICTED, fault="refuses_cache_salt") for who in (1, 1, 2)]
    assert not any("cache_salt" in body for body in (one, again, other))
    assert line_of(one) == line_of(again) != line_of(other)
    sent = [exchange.body for exchange in house.servers["a"].exchanges]
    assert len(sent) == 4, "the first was refused its field; that is remembered"
    assert all("cache_salt" in body or body["messages"][0]["content"].startswith("[ref ") for body in sent)


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.DIFFUSION_RESTREINTE])
async def test_a_server_not_known_to_keep_persons_apart_reads_a_line_of_each(house: House, level: Level) -> None:
    house.registry.snapshot = Snapshot(
        tuple(replace(one, highest_level=level) for one in house.registry.snapshot.models)
    )
    assert house.registry.snapshot.models[0].backend.prefix_cache == "shared", "what nobody declared"
    one, other = [await asked_by(house, who, level) for who in (1, 2)]
    assert "cache_salt" not in one
    assert line_of(one) != line_of(other)
    assert (await asked_by(house, 1, Level.INTERNAL))["messages"] == [{"role": "user", "content": "[[tokens=1]]"}]


async def test_the_line_comes_after_what_everybody_begins_with_and_before_the_rest(house: House) -> None:
    cleared_for_more(house)
    house.gateway.prefixes.share(["You are one.\nBe brief.\nToday is Monday.", "Vous êtes une."])
    body = await asked_by(house, 1, Level.RESTRICTED, system="You are one.\nBe brief.\nToday is Tuesday.")
    assert re.fullmatch(
        r"You are one\.\nBe brief\.\n\[ref [0-9a-f]{16}\]\nToday is Tuesday\.", body["messages"][0]["content"]
    )
    body = await asked_by(house, 1, Level.RESTRICTED, system="You are one. Be somebody else's.")
    assert re.match(r"\[ref [0-9a-f]{16}\]\nYou are one\.", body["messages"][0]["content"])


async def test_nothing_is_kept_apart_where_nothing_is_kept(house: House) -> None:
    cleared_for_more(house)
    keeping_apart(house, "none")
    body = await asked_by(house, 1, Level.RESTRICTED)
    assert "cache_salt" not in body
    assert body["messages"] == [{"role": "user", "content": "[[tokens=1]]"}]


def test_processes_of_one_installation_tell_a_person_by_the_same_salt_and_another_installation_by_another() -> None:
    asked, cleared = question("x"), clearance(Level.RESTRICTED)

    def salt(key: bytes) -> Salt | None:
        gateway = Inference(Settings(), cast("Database", None), Keyring(key), Outbound()).gateway
        return gateway.prefixes.apart(cleared, asked, "salted").cache_salt

    assert salt(b"a" * 32) == salt(b"a" * 32) != salt(b"b" * 32)


def test_where_tools_are_offered_the_line_comes_before_them() -> None:
    words = (Message("user", "x"),)
    assert Salt("f" * 32, in_words=True).put_in(words, tools=True) == (Message("system", f"[ref {'f' * 16}]"), *words)
