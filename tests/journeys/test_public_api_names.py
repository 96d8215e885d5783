"""`/v1`: keys are masked and names replaced, as on the page, in words, in streams and in the arguments of calls."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import openai
import pytest
from openai import AsyncOpenAI
from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.model_server import ModelServer, running_model_server
from tests.journeys.service import Service, installation
from tests.journeys.test_policies import publish, refused_models, unit_of
from tests.journeys.test_pseudonyms import OUTSIDE
from tests.journeys.test_public_api import WEATHER, new_key
from tests.journeys.visitor import Visitor

TOKEN = "AK" + "IA" + "Z7QK" * 4
NAMES = {"X-Chatelet-Pseudonyms": "on"}
WORDS = "Écris à Mme Jeanne Dupont, tél. 06 12 34 56 78. [[say=Chère_Madame_Dupont,_au_0612345678_:_à_Jeanne.]]"
ANSWER = "Chère Madame Dupont, au 0612345678 : à Jeanne."
ORIGINALS = ("Dupont", "Jeanne", "06 12 34", "0612345678")
CALLED = f'{{"to":"Jeanne_Dupont\\n_DUPONT",_"key":"{TOKEN}"}}'

COMPARED = "".join(
    f"""
[[models]]
name = "outside-{ability}"
backend = "outside"
upstream = "scripted"
abilities = ["{ability}"]
highest_level = "internal"
categories = ["personal"]
"""
    for ability in ("embeddings", "rerank")
)


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[ModelServer]:
    async with running_model_server() as server:
        yield server


@pytest.fixture(scope="module")
async def place(scripted: ModelServer, outside: ModelServer) -> AsyncIterator[Service]:
    with installation(scripted.url, CHATELET_POLICY__PSEUDONYMS__ENABLED="true") as started:
        config = Path(started.environment["CHATELET_CONFIG"])
        config.write_text(config.read_text() + OUTSIDE.format(url=outside.url) + COMPARED)
        await started.start()
        yield started


@pytest.fixture
async def stored(place: Service) -> AsyncIterator[Database]:
    address = application_address(place.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    yield opened
    await opened.close()


@pytest.fixture
async def grace(place: Service, http: aiohttp.ClientSession) -> Visitor:
    return await person(place, http)


async def person(place: Service, http: aiohttp.ClientSession, **asked: Any) -> Visitor:
    email = f"{uuid4()}@exemple.fr"
    await place.create_person(email, "Grace", **asked)
    visitor = Visitor(http, place.address)
    await visitor.sign_in(email)
    return visitor


@pytest.fixture
async def client(grace: Visitor) -> AsyncIterator[AsyncOpenAI]:
    made = await new_key(grace)
    async with AsyncOpenAI(api_key=made["secret"], base_url=f"{grace.address}/v1", max_retries=0) as opened:
        yield opened


async def lines(stored: Database, name: str) -> list[dict[str, Any]]:
    told = text("SELECT CAST(data AS jsonb) FROM journal_events WHERE name = :name ORDER BY id")
    async with stored.transaction() as session:
        return [row[0] for row in await session.execute(told, {"name": name})]


def received(outside: ModelServer) -> str:
    return json.dumps([exchange.body for exchange in outside.exchanges], ensure_ascii=False)


async def streamed(client: AsyncOpenAI, words: str, **asked: Any) -> tuple[str, list[str], list[Any]]:
    stream = await client.chat.completions.create(
        messages=[{"role": "user", "content": words}], stream=True, **({"model": "scripted"} | asked)
    )
    chunks = [chunk async for chunk in stream]
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    calls: dict[int, str] = {}
    for call in (call for delta in deltas for call in delta.tool_calls or ()):
        calls[call.index] = calls.get(call.index, "") + (call.function.arguments or "")
    return "".join(delta.content or "" for delta in deltas), list(calls.values()), chunks


async def test_keys_are_masked_in_what_a_program_gets(client: AsyncOpenAI, stored: Database) -> None:
    words = f"Un jeton ? [[say=Le_jeton_est_{TOKEN}_voilà.]]"
    whole = await client.chat.completions.create(model="scripted", messages=[{"role": "user", "content": words}])
    assert whole.choices[0].message.content == f"Le jeton est {TOKEN[:7]}•••••••• voilà."
    assert whole.chatelet["screened"]["masked"] == 1
    told, _, chunks = await streamed(client, words)
    assert told == whole.choices[0].message.content
    assert chunks[-1].chatelet["screened"]["masked"] == 1
    answered = await client.responses.create(model="scripted", input=words)
    assert answered.output_text == told
    events = [event async for event in await client.responses.create(model="scripted", input=words, stream=True)]
    assert events[-1].response.output_text == told
    assert TOKEN[8:] not in str(events)
    found = await lines(stored, "api.screened")
    assert [line["masked"] for line in found[-4:]] == [1, 1, 1, 1]
    assert TOKEN[8:] not in str(found)


async def test_arguments_of_calls_are_screened_and_stay_json(client: AsyncOpenAI) -> None:
    words = f"Appelle [[call=weather,weather args={CALLED}]]"
    whole = await client.chat.completions.create(
        model="cleared", messages=[{"role": "user", "content": words}], tools=[WEATHER]
    )
    arguments = [json.loads(call.function.arguments) for call in whole.choices[0].message.tool_calls]
    assert arguments == [{"to": "Jeanne Dupont\n DUPONT", "key": f"{TOKEN[:7]}••••••••"}] * 2
    _, calls, _ = await streamed(client, words, model="cleared", tools=[WEATHER])
    assert [json.loads(call) for call in calls] == arguments


async def test_names_leave_as_stand_ins_and_come_back(
    client: AsyncOpenAI, outside: ModelServer, stored: Database
) -> None:
    outside.exchanges.clear()
    ask = {"model": "outside", "extra_headers": NAMES}
    whole = await client.chat.completions.create(messages=[{"role": "user", "content": WORDS}], **ask)
    assert whole.choices[0].message.content == ANSWER
    assert whole.chatelet["replaced"] >= 5
    told, _, _ = await streamed(client, WORDS, **ask)
    assert told == ANSWER
    answered = await client.responses.create(input=WORDS, **ask)
    assert answered.output_text == ANSWER
    assert len(outside.exchanges) == 3
    assert [one for one in ORIGINALS if one in received(outside)] == []
    line = (await lines(stored, "api.pseudonymised"))[-1]
    assert (line["model"], line["categories"]) == ("outside", [])
    assert "Dupont" not in str(line)


async def test_calls_made_before_tools_and_schemas_leave_in_the_same_way(
    client: AsyncOpenAI, outside: ModelServer
) -> None:
    outside.exchanges.clear()
    args = '{"to":"Jeanne_Dupont\\n_DUPONT"}'
    tool = {"type": "function", "function": {
        "name": "write", "description": "Écrit à Mme Jeanne Dupont",
        "parameters": {"type": "object", "properties": {"to": {"type": "string", "enum": ["Mme Jeanne Dupont"]}}},
    }}  # fmt: skip
    before = {"id": "c1", "type": "function", "function": {"name": "write", "arguments": '{"to": "Mme Jeanne Dupont"}'}}
    answer = await client.chat.completions.create(
        model="outside",
        messages=[
            {"role": "assistant", "content": None, "tool_calls": [before]},
            {"role": "tool", "tool_call_id": "c1", "content": "Mme Jeanne Dupont est absente."},
            {"role": "user", "content": f"Encore à Mme Jeanne Dupont [[call=write args={args}]]"},
        ],
        tools=[tool],
        stop=["Mme Jeanne Dupont"],
        extra_headers=NAMES,
    )
    [call] = answer.choices[0].message.tool_calls
    assert json.loads(call.function.arguments) == {"to": "Jeanne Dupont\n DUPONT"}
    assert [one for one in ORIGINALS if one in received(outside)] == []
    assert outside.last.body["tools"][0]["function"]["name"] == "write"


async def test_without_it_they_do_not_leave(client: AsyncOpenAI, outside: ModelServer) -> None:
    outside.exchanges.clear()
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.chat.completions.create(model="outside", messages=[{"role": "user", "content": WORDS}])
    assert refused.value.code == "model_not_cleared_for_categories"
    with pytest.raises(openai.PermissionDeniedError):
        await client.chat.completions.create(
            model="outside",
            messages=[{"role": "user", "content": "Mme Jeanne Dupont a un diabète de type 2."}],
            extra_headers=NAMES,
        )
    assert outside.exchanges == []


async def test_a_unit_requires_it_or_turns_it_off(
    client: AsyncOpenAI, grace: Visitor, place: Service, http: aiohttp.ClientSession, outside: ModelServer
) -> None:
    boss = await person(place, http, administrator=True)
    unit, _ = await unit_of(boss, grace)
    await publish(boss, {unit: {"names": "required", "models_never": ["vectors"]}})
    await refused_models(grace, ["vectors"])
    outside.exchanges.clear()
    told, _, _ = await streamed(client, WORDS, model="outside")
    assert told == ANSWER
    page = await grace.ask(await grace.conversation(), WORDS, model="outside")
    assert page.text.replace("\u202f", " ") == ANSWER
    assert [one for one in ORIGINALS if one in received(outside)] == []
    await publish(boss, {unit: {"names": "off"}})
    await refused_models(grace, [])
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await streamed(client, WORDS, model="outside", extra_headers=NAMES)
    assert refused.value.code == "pseudonyms_off"
    asked = {"text": WORDS, "model": "outside", "pseudonymise": True}
    answer = await grace.call("POST", f"/api/conversations/{await grace.conversation()}/turns", asked)
    assert (answer.status, answer.body["code"]) == (403, "pseudonyms_off")


@pytest.mark.parametrize("route", ["embeddings", "rerank"])
async def test_no_name_leaves_to_be_compared(
    client: AsyncOpenAI, outside: ModelServer, stored: Database, route: str
) -> None:
    outside.exchanges.clear()
    words = "Mme Solène Kerbrat, tél. 06 12 34 56 78, suit les vannes."
    body: dict[str, Any] = {"model": f"outside-{route}"}
    body |= (
        {"input": [words, "Les vannes."]} if route == "embeddings" else {"query": words, "documents": [words, "Non"]}
    )
    await client.post(f"/{route}", body=body, cast_to=object, options={"headers": NAMES})
    sent = str([one.body for one in outside.exchanges])
    assert "suit les vannes" in sent
    assert not [one for one in ("Solène", "Kerbrat", "06 12 34") if one in sent]
    assert (await lines(stored, "api.pseudonymised"))[-1]["model"] == f"outside-{route}"
    outside.exchanges.clear()
    await client.post(f"/{route}", body=body, cast_to=object)
    assert "Kerbrat" in str([one.body for one in outside.exchanges]), "nobody asked for it, and the model is cleared"


def _with(where: str, words: str) -> dict[str, Any]:
    """Return what a program sends, with words at one of the places that leave."""
    call = {"id": "c1", "type": "function", "function": {"name": "write", "arguments": json.dumps({"to": words})}}
    plain: list[dict[str, Any]] = [{"role": "user", "content": "Bonjour."}]
    function: dict[str, Any] = {"name": "write", "description": "Écrit.", "parameters": {"type": "object"}}
    asked: dict[str, Any] = {
        "system": {"messages": [{"role": "system", "content": words}, *plain]},
        "answer": {"messages": [*plain, {"role": "assistant", "content": words}, *plain]},
        "argument": {"messages": [*plain, {"role": "assistant", "content": None, "tool_calls": [call]},
                                  {"role": "tool", "tool_call_id": "c1", "content": "Fait."}]},
        "result": {"messages": [*plain, {"role": "assistant", "content": None, "tool_calls": [
            {**call, "function": {"name": "write", "arguments": "{}"}}]},
            {"role": "tool", "tool_call_id": "c1", "content": words}]},
        "description": {"tools": [{"type": "function", "function": {**function, "description": words}}]},
        "parameters": {"tools": [{"type": "function", "function": {**function, "parameters": {
            "type": "object", "properties": {"to": {"type": "string", "description": words}}}}}]},
        "answer_schema": {"response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": {
            "type": "object", "properties": {"a": {"type": "string", "description": words}}}}}},
        "stop": {"stop": [words[:60]]},
    }[where]  # fmt: skip
    return {"messages": plain, **asked}


@pytest.mark.parametrize(
    "where", ["system", "answer", "argument", "result", "description", "parameters", "answer_schema", "stop"]
)
async def test_detectors_read_every_place_that_leaves(client: AsyncOpenAI, scripted: ModelServer, where: str) -> None:
    """TA-109: arguments and results of tools as well as words, what describes tools, and the form of the answer."""
    before = len(scripted.exchanges)
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.chat.completions.create(model="scripted", **_with(where, "Mme Jeanne Dupont est diabétique."))
    assert refused.value.code == "model_not_cleared_for_categories"
    if where != "stop":  # no marking fits there
        with pytest.raises(openai.PermissionDeniedError) as refused:
            await client.chat.completions.create(model="cleared", **_with(where, "TRÈS SECRET\n\nNote."))
        assert refused.value.code == "marking_refused"
    assert len(scripted.exchanges) == before
    await client.chat.completions.create(model="scripted", **_with(where, "Une note de service."))


async def test_levels_named_in_a_schema_are_no_marking(client: AsyncOpenAI) -> None:
    levels = {"type": "string", "enum": ["PUBLIC", "SECRET"]}
    tool = {"type": "function", "function": {"name": "sort", "description": "Classe une note.", "parameters": {
        "type": "object", "properties": {"level": levels, "secret": {"type": "boolean"}}}}}  # fmt: skip
    answer = await client.chat.completions.create(
        model="scripted", messages=[{"role": "user", "content": "Bonjour."}], tools=[tool]
    )
    assert answer.choices
