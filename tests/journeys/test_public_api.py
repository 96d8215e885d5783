"""`/v1` as programs use it: the official Python client, on a real service, with keys made on the page."""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI

from tests.architecture.sources import ROOT
from tests.fakes.model_server import ModelServer
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Le temps qu'il fait",
        "parameters": {"type": "object", "properties": {"city": {"type": "string", "pattern": "^[A-Z]"}}},
    },
}


async def new_key(visitor: Visitor, **asked: Any) -> dict[str, Any]:
    end = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    answer = await visitor.call("POST", "/api/keys", {"name": "Essai", "expires_at": end, **asked})
    assert answer.status == 201, answer.body
    return answer.body


@pytest.fixture
async def client(ada: Visitor) -> AsyncIterator[AsyncOpenAI]:
    made = await new_key(ada)
    async with AsyncOpenAI(api_key=made["secret"], base_url=f"{ada.address}/v1", max_retries=0) as opened:
        yield opened


def asked(text: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": "Réponds."}, {"role": "user", "content": text}]


async def test_a_whole_answer(client: AsyncOpenAI, scripted: ModelServer) -> None:
    raw = await client.chat.completions.with_raw_response.create(
        model="scripted", messages=asked("[[say=Bonjour_le_monde]]"), temperature=0.3, top_p=0.9, seed=7, stop=["Fin"],
        presence_penalty=0.5, frequency_penalty=-0.5, max_completion_tokens=50,
    )  # fmt: skip
    answer = raw.parse()
    assert answer.choices[0].message.content == "Bonjour le monde"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0
    assert raw.headers["x-ai-generated"] == "true"
    assert raw.headers["cache-control"] == "no-store"
    assert answer.chatelet["ai_generated"] is True
    sent = scripted.last.body
    assert {name: sent[name] for name in ("temperature", "top_p", "seed", "stop", "presence_penalty")} == {
        "temperature": 0.3, "top_p": 0.9, "seed": 7, "stop": ["Fin"], "presence_penalty": 0.5,
    }  # fmt: skip
    assert sent["max_tokens"] == 50


async def test_a_stream_with_its_figures(client: AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(
        model="scripted", messages=asked("[[tokens=30 rate=200]]"), stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text.count(" ") == 30
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[0].chatelet["ai_generated"] is True
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].choices == []
    assert chunks[-1].usage.completion_tokens == 30


async def test_without_asking_no_figures_are_streamed(client: AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(model="scripted", messages=asked("[[say=Oui]]"), stream=True)
    chunks = [chunk async for chunk in stream]
    assert all(chunk.choices and chunk.usage is None for chunk in chunks)


async def test_a_tool_is_asked_for_then_answered(client: AsyncOpenAI, scripted: ModelServer) -> None:
    question = asked("Quel temps ? [[call=weather]]")
    answer = await client.chat.completions.create(
        model="scripted",
        messages=question,
        tools=[WEATHER],
        tool_choice={"type": "function", "function": {"name": "weather"}},
    )
    called = answer.choices[0].message
    assert answer.choices[0].finish_reason == "tool_calls"
    assert called.content is None
    assert (called.tool_calls[0].function.name, json.loads(called.tool_calls[0].function.arguments)) == (
        "weather", {"city": "Paris"},
    )  # fmt: skip
    sent = scripted.last.body
    assert sent["tools"] == [WEATHER]
    assert sent["tool_choice"] == {"type": "function", "function": {"name": "weather"}}
    told = [
        *asked("Merci [[say=Il_pleut]]"),
        called.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": called.tool_calls[0].id, "content": "pluie"},
    ]
    end = await client.chat.completions.create(model="scripted", messages=told, tools=[WEATHER])
    assert end.choices[0].message.content == "Il pleut"
    assert scripted.last.body["messages"][-1] == {
        "role": "tool", "tool_call_id": called.tool_calls[0].id, "content": "pluie",
    }  # fmt: skip
    assert scripted.last.body["messages"][-2]["tool_calls"][0]["function"]["name"] == "weather"


async def test_calls_of_tools_are_streamed(client: AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(
        model="scripted", messages=asked("[[call=weather,weather]]"), tools=[WEATHER], stream=True
    )
    calls: dict[int, dict[str, str]] = {}
    finish = None
    async for chunk in stream:
        for piece in chunk.choices[0].delta.tool_calls or ():
            call = calls.setdefault(piece.index, {"id": "", "name": "", "arguments": ""})
            call["id"] += piece.id or ""
            call["name"] += piece.function.name or ""
            call["arguments"] += piece.function.arguments or ""
        finish = chunk.choices[0].finish_reason or finish
    assert finish == "tool_calls"
    assert [json.loads(call["arguments"]) for call in calls.values()] == [{"city": "Paris"}] * 2
    assert [call["name"] for call in calls.values()] == ["weather"] * 2
    assert len({call["id"] for call in calls.values()}) == 2


async def test_forms_of_answer_reach_the_model(client: AsyncOpenAI, scripted: ModelServer) -> None:
    schema = {"type": "object", "properties": {"nom": {"type": "string"}}, "required": ["nom"]}
    for asked_form in (
        {"type": "json_object"},
        {"type": "json_schema", "json_schema": {"name": "personne", "strict": True, "schema": schema}},
    ):
        await client.chat.completions.create(
            model="scripted", messages=asked('[[say={"nom":"Ada"}]]'), response_format=asked_form
        )
        sent = scripted.last.body["response_format"]
        assert sent["type"] == asked_form["type"]
    assert sent["json_schema"]["schema"] == schema


async def test_models(client: AsyncOpenAI) -> None:
    listed = [model async for model in client.models.list()]
    assert [model.id for model in listed] == ["scripted", "cleared", "vectors"]
    assert (await client.models.retrieve("scripted")).owned_by == "Institution"
    with pytest.raises(openai.NotFoundError) as missing:
        await client.models.retrieve("gpt-inconnu")
    assert missing.value.code == "model_not_found"


@pytest.mark.parametrize("encoding", ["float", "base64", None])
async def test_embeddings(client: AsyncOpenAI, encoding: Any) -> None:
    more = {"encoding_format": encoding} if encoding else {}
    answer = await client.embeddings.create(model="vectors", input=["un", "quatre"], **more)
    vectors = [item.embedding for item in answer.data]
    if encoding == "base64":
        assert all(isinstance(vector, str) for vector in vectors)
    else:
        assert vectors[1] == pytest.approx([0.06, 0.5, -0.25])
        assert vectors[0][0] == pytest.approx(0.02)
    assert answer.usage.prompt_tokens > 0


async def test_an_embedding_is_not_asked_of_a_model_that_makes_none(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        await client.embeddings.create(model="scripted", input="un")
    assert refused.value.code == "model_not_found"


async def test_a_response_whole_and_streamed(client: AsyncOpenAI) -> None:
    whole = await client.responses.create(model="scripted", instructions="Réponds.", input="[[say=Bonsoir]]")
    assert (whole.output_text, whole.status) == ("Bonsoir", "completed")
    assert whole.usage.total_tokens > 0
    stream = await client.responses.create(
        model="scripted", input=[{"role": "user", "content": [{"type": "input_text", "text": "[[say=Bonne_nuit]]"}]}],
        stream=True,
    )  # fmt: skip
    events = [event async for event in stream]
    kinds = [event.type for event in events]
    assert kinds[:4] == [
        "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
    ]  # fmt: skip
    assert kinds[-4:] == [
        "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed",
    ]  # fmt: skip
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert "".join(event.delta for event in events if event.type == "response.output_text.delta") == "Bonne nuit"
    assert events[-1].response.output_text == "Bonne nuit"
    assert events[-1].response.usage.output_tokens == 2


async def test_a_response_cut_by_its_length_says_so(client: AsyncOpenAI) -> None:
    cut = await client.responses.create(model="scripted", input="[[finish=length]]", max_output_tokens=16)
    assert (cut.status, cut.incomplete_details.reason) == ("incomplete", "max_output_tokens")


async def test_errors_are_those_that_the_client_knows(client: AsyncOpenAI, ada: Visitor) -> None:
    with pytest.raises(openai.BadRequestError) as bad:
        await client.chat.completions.create(model="scripted", messages=asked("oui"), temperature=9)
    assert (bad.value.code, bad.value.param) == ("invalid_parameter", "temperature")
    with pytest.raises(openai.BadRequestError) as too_long:
        await client.chat.completions.create(model="scripted", messages=asked("[[fault=context_vllm]]"))
    assert too_long.value.code == "context_length_exceeded"
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.chat.completions.create(
            model="scripted", messages=asked("oui"), extra_headers={"X-Chatelet-Level": "diffusion_restreinte"}
        )
    assert refused.value.code == "level_not_allowed"
    stranger = AsyncOpenAI(api_key="sk-unknown", base_url=f"{ada.address}/v1", max_retries=0)
    with pytest.raises(openai.AuthenticationError):
        await stranger.models.list()
    await stranger.close()


async def test_a_model_that_fails_in_the_middle_fails_the_stream(client: AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(
        model="scripted", messages=asked("[[tokens=9 rate=50 fault=reset after=4]]"), stream=True
    )
    with pytest.raises(openai.APIError) as broken:
        _ = [chunk async for chunk in stream]
    assert broken.value.code == "model_broken_answer"


async def test_a_caller_who_leaves_frees_the_model(client: AsyncOpenAI, scripted: ModelServer) -> None:
    for streams in (True, False):
        question = asked(f"[[tokens=400 rate=20]] {streams}")
        if streams:
            stream = await client.chat.completions.create(model="scripted", messages=question, stream=True)
            await anext(aiter(stream))
            await stream.close()
        else:
            with pytest.raises(openai.APITimeoutError):
                await client.chat.completions.create(model="scripted", messages=question, timeout=0.5)
        exchange = scripted.last
        async with asyncio.timeout(2):
            while exchange.closed_by_client_at is None:
                await asyncio.sleep(0.02)


async def test_what_is_asked_leaves_a_line_and_figures_but_no_word(
    client: AsyncOpenAI, ada: Visitor, beside: Any, service: Service
) -> None:
    from sqlalchemy import text

    await client.chat.completions.create(model="scripted", messages=asked("motsecretapi [[say=réponsesecrète]]"))
    async with beside.transaction() as session:
        event = (
            await session.execute(
                text("SELECT actor, data FROM journal_events WHERE name = 'api.exchange' ORDER BY id DESC LIMIT 1")
            )
        ).one()
        usage = (
            await session.execute(
                text("SELECT count(*) FROM model_usage WHERE purpose = 'api' AND person_id = :actor"),
                {"actor": event.actor},
            )
        ).scalar_one()
    data = json.loads(event.data)
    assert (data["state"], data["model"], data["level"], data["route"]) == ("answered", "scripted", "internal", "chat")
    assert data["completion_tokens"] > 0
    assert usage == 1
    assert "secret" not in event.data
    assert "motsecretapi" not in service.log.read_text()
    assert "réponsesecrète" not in service.log.read_text()
    assert (await ada.get("/api/conversations"))["items"] == []


async def test_another_persons_conversation_means_nothing_here(
    client: AsyncOpenAI, new_visitor: NewVisitor, scripted: ModelServer
) -> None:
    """PEER_FLAWS 4 and 43: an identifier, an address or headers in the body are dropped."""
    bob = await new_visitor()
    conversation = await bob.conversation()
    await bob.ask(conversation, "rien [[say=secretdebob]]")
    foreign = {
        "chat_id": conversation, "conversation_id": conversation, "api_base": "http://127.0.0.1:9", "user_id": "x",
        "base_url": "http://127.0.0.1:9", "headers": {"x": "y"}, "extra_body": {"n": 9}, "organization": "o",
        "n_discard": -5, "api_key": "k", "best_of": 99,
    }  # fmt: skip
    mine = asked("[[say=Moi_seule]]")
    await client.chat.completions.create(model="scripted", messages=mine, extra_body=foreign)
    sent = next(exchange.body for exchange in scripted.exchanges if exchange.body.get("messages") == mine)
    assert not set(sent) & set(foreign)
    assert len((await bob.get(f"/api/conversations/{conversation}"))["turns"]) == 1


async def test_the_official_node_client(ada: Visitor) -> None:
    """Run from the page's packages, where it is a development dependency."""
    node = shutil.which("node")
    assert node is not None, "Node is needed: `make install` puts it beside Python"
    made = await new_key(ada)
    script = (ROOT / "tests/journeys/official_client.mjs").read_text("utf-8")
    environment = {**os.environ, "OPENAI_API_KEY": made["secret"], "OPENAI_BASE_URL": f"{ada.address}/v1"}
    asking = await asyncio.create_subprocess_exec(
        node, "--input-type=module", "--eval", script, cwd=ROOT / "web", env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(60):
        out, err = await asking.communicate()
    assert asking.returncode == 0, err.decode()
    told = json.loads(out)
    assert told["models"] == ["scripted", "cleared", "vectors"]
    assert (told["whole"], told["response"]) == ("Bonjour Node", "Bonsoir Node")
    assert told["streamed"].count(" ") == told["tokens"] == 20
    assert told["calls"] == [["weather", '{"city": "Paris"}']]
    assert told["vector"] == pytest.approx([0.06, 0.5, -0.25])
    assert told["error"] == ["BadRequestError", 400, "invalid_parameter", "temperature"]
