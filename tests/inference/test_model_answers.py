"""Whatever a model server does, a turn sees text, or one coded error; and other turns see nothing of it."""

import asyncio
import time

import pytest
from tests.fakes.model_server import FAULTS, ModelServer
from tests.inference.conftest import question, until, upstream

from chatelet.inference.backends.openai_compatible import OpenAICompatible, Upstream
from chatelet.inference.errors import (
    ModelBrokenAnswer,
    ModelContextExceeded,
    ModelError,
    ModelOverloaded,
    ModelRefusedCredentials,
    ModelRejectedRequest,
    ModelTimeoutBetweenTokens,
    ModelTimeoutFirstToken,
    ModelUnreachable,
)
from chatelet.inference.exchange import ChatRequest, Finish, Message, TokenCount
from chatelet.kernel.outbound import Endpoint, Outbound

EARLY = {
    "401": ModelRefusedCredentials,
    "403": ModelRefusedCredentials,
    "404": ModelUnreachable,
    "422": ModelRejectedRequest,
    "429": ModelOverloaded,
    "500": ModelUnreachable,
    "503": ModelOverloaded,
    "context_vllm": ModelContextExceeded,
    "context_llama_cpp": ModelContextExceeded,
    "context_openai": ModelContextExceeded,
    "html": ModelBrokenAnswer,
    "json_answer": ModelBrokenAnswer,
    "json_error": ModelOverloaded,
    "redirect": ModelBrokenAnswer,
    "empty": ModelBrokenAnswer,
    "hang_headers": ModelTimeoutFirstToken,
    "hang_first": ModelTimeoutFirstToken,
    "endless_headers": ModelBrokenAnswer,
}
MIDWAY = {
    "hang_between": ModelTimeoutBetweenTokens,
    "ping_forever": ModelTimeoutBetweenTokens,
    "truncated": ModelBrokenAnswer,
    "truncated_json": ModelBrokenAnswer,
    "malformed_json": ModelBrokenAnswer,
    "not_utf8": ModelBrokenAnswer,
    "reset": ModelBrokenAnswer,
    "huge_line": ModelBrokenAnswer,
    "huge_chunk": ModelBrokenAnswer,
    "half_character": ModelBrokenAnswer,
    "error_object": ModelBrokenAnswer,
    "error_line": ModelBrokenAnswer,
    "context_in_stream": ModelContextExceeded,
}
ALONE = {"flood", "split_characters"}
HARMLESS = {"no_done", "hang_after_finish", "refuses_stream_options", "refuses_max_tokens"}


async def ask(
    client: OpenAICompatible, text: str, whom: Upstream | None = None
) -> tuple[str, Finish | None, TokenCount]:
    stream = await client.open(whom or upstream(), question(text))
    try:
        said = ""
        while (batch := await stream.read()) is not None:
            said += batch.text
        return said, stream.finish, stream.count
    finally:
        stream.close()


def test_every_fault_is_tried() -> None:
    assert EARLY.keys() | MIDWAY.keys() | HARMLESS | ALONE == FAULTS


async def test_answer_with_its_figures(client: OpenAICompatible, model_server: ModelServer) -> None:
    said, finish, count = await ask(client, "[[say=Émilie_du_Châtelet_traduit_Newton_🧮.]]")
    assert said == "Émilie du Châtelet traduit Newton 🧮."
    assert finish is Finish.STOP
    assert count == TokenCount(14, 6, estimated=False)
    sent = model_server.exchanges[0]
    assert sent.body.keys() == {"model", "messages", "stream", "max_tokens", "stream_options"}
    assert sent.path == "/v1/chat/completions"
    assert "authorization" not in sent.headers


async def test_connection_serves_again(client: OpenAICompatible, model_server: ModelServer) -> None:
    for _ in range(4):
        await ask(client, "bonjour")
    assert model_server.connections == 1


@pytest.mark.parametrize("fault", sorted(EARLY))
async def test_fault_before_the_first_token(client: OpenAICompatible, fault: str) -> None:
    with pytest.raises(EARLY[fault]) as caught:
        await ask(client, f"[[fault={fault}]]", upstream(first=0.4))
    assert type(caught.value) is EARLY[fault]
    assert (await ask(client, "encore"))[0]


@pytest.mark.parametrize("fault", sorted(MIDWAY))
async def test_fault_in_the_middle_keeps_what_was_said(client: OpenAICompatible, fault: str) -> None:
    stream = await client.open(upstream(between=0.4), question(f"[[fault={fault} after=3 rate=100]]"))
    said: list[str] = []

    async def listen() -> None:
        while (batch := await stream.read()) is not None:
            said.append(batch.text)

    with pytest.raises(MIDWAY[fault]) as caught:
        await listen()
    stream.close()
    assert type(caught.value) is MIDWAY[fault]
    assert "".join(said) == "La lumière se "
    assert (await ask(client, "encore"))[0]


async def test_characters_cut_in_two_are_whole_again(client: OpenAICompatible) -> None:
    said, finish, _ = await ask(client, "[[fault=split_characters tokens=4 after=3]]")
    assert (said, finish) == ("La lumière se élève 🧮 propage ", Finish.STOP)


async def test_a_flood_is_cut(client: OpenAICompatible, model_server: ModelServer) -> None:
    """It never ends by itself: what is read of one answer has an end, and the model's slot is freed."""
    stream, said = await client.open(upstream(), question("[[fault=flood]]")), 0
    with pytest.raises(ModelBrokenAnswer):
        while (batch := await stream.read()) is not None:
            said += len(batch.text)
    stream.close()
    assert said < 2**26
    await until(lambda: model_server.running == 0)
    assert (await ask(client, "encore"))[0]


@pytest.mark.parametrize("fault", sorted(HARMLESS))
async def test_harmless_oddity(client: OpenAICompatible, model_server: ModelServer, fault: str) -> None:
    said, finish, _ = await ask(client, f"[[fault={fault} tokens=3]]")
    assert (said, finish) == ("La lumière se ", Finish.STOP)
    asked = len(model_server.exchanges)
    await ask(client, f"[[fault={fault} tokens=3]]")
    assert len(model_server.exchanges) == asked + 1  # a refused field is remembered


@pytest.mark.parametrize("usage", ["none", "lies"])
async def test_missing_or_false_figures_are_estimated(client: OpenAICompatible, usage: str) -> None:
    _, _, count = await ask(client, f"[[usage={usage} tokens=100]]")
    assert count.estimated
    assert 100 <= count.completion_tokens <= 250
    assert 10 <= count.prompt_tokens <= 60


async def test_faults_do_not_touch_other_streams(client: OpenAICompatible) -> None:
    good = [asyncio.create_task(ask(client, "[[tokens=40 rate=100]]")) for _ in range(5)]
    bad = [
        asyncio.create_task(ask(client, f"[[fault={fault} rate=100]]", upstream(first=0.4, between=0.3)))
        for fault in sorted(EARLY | MIDWAY)
    ]
    results = await asyncio.gather(*bad, return_exceptions=True)
    assert all(isinstance(result, ModelError) for result in results)
    for said, finish, _ in await asyncio.gather(*good):
        assert len(said.split()) == 40
        assert finish is Finish.STOP


async def test_closing_frees_the_slot(client: OpenAICompatible, model_server: ModelServer) -> None:
    stream = await client.open(upstream(), question("[[tokens=1000 rate=20]]"))
    assert await stream.read() is not None
    assert model_server.running == 1
    left = time.monotonic()
    stream.close()
    await until(lambda: model_server.running == 0)
    closed = model_server.exchanges[0].closed_by_client_at
    assert closed is not None
    assert closed - left < 0.5
    assert model_server.exchanges[0].written_tokens < 10


async def test_cancelling_while_waiting_frees_the_slot(client: OpenAICompatible, model_server: ModelServer) -> None:
    task = asyncio.create_task(ask(client, "[[fault=hang_first]]"))
    await until(lambda: model_server.running == 1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await until(lambda: model_server.running == 0)


async def test_nobody_listens(outbound: Outbound, model_server: ModelServer) -> None:
    outbound.declare("server", Endpoint(model_server.url))
    await model_server.stop()
    with pytest.raises(ModelUnreachable) as caught:
        await ask(OpenAICompatible(outbound), "bonjour")
    assert caught.value.params == {"reason": "no_connection"}


async def test_half_a_surrogate_pair_does_not_stop_a_question(
    client: OpenAICompatible, model_server: ModelServer
) -> None:
    await ask(client, "moitié \ud83d d'un signe")
    assert model_server.exchanges[0].body["messages"][1]["content"] == "moitié ? d'un signe"


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_output_tokens": -1},
        {"max_output_tokens": 10**9},
        {"temperature": -0.1},
        {"temperature": float("nan")},
        {"stop": ("",)},
        {"stop": ("x",) * 5},
    ],
)
def test_parameters_out_of_bounds_cannot_be_expressed(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"between|at most"):
        ChatRequest((Message("user", "x"),), **wrong)  # type: ignore[arg-type]


async def test_names_served(client: OpenAICompatible, model_server: ModelServer) -> None:
    assert await client.models("server", within=2) == {"scripted"}
    model_server.probe_status = 500
    with pytest.raises(ModelUnreachable):
        await client.models("server", within=2)
    model_server.probe_status = 404
    assert await client.models("server", within=2) is None
