"""Traces as whoever operates the service reads them: one tree from the request to the model, and no word of anybody."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.model_server import ModelServer
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Stream, Visitor

QUESTION = "Que devient la Comète-Zorglub en 1759 ? [[say=Elle_revient,_Xylophone.]]"
SECRETS = ("zorglub", "xylophone", "comète", "marmottan", "ada@exemple.fr", "que devient")
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


@pytest.fixture
async def collected() -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """A collector of its own, and every request body it was sent."""
    bodies: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        bodies.append(await request.json())
        return web.json_response({})

    app = web.Application(client_max_size=2**26)
    app.router.add_post("/v1/traces", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield site.name, bodies
    await runner.cleanup()


@pytest.fixture
async def traced(scripted: ModelServer, collected: tuple[str, list[dict[str, Any]]]) -> AsyncIterator[Service]:
    environment = {"CHATELET_TRACES__ENDPOINT": collected[0], "CHATELET_LOG_FORMAT": "json"}
    with installation(scripted.url, **environment) as service:
        await service.start(300)
        await service.create_person("ada@exemple.fr", "Ada Marmottan")
        yield service


def spans_of(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    scopes = [scope for body in bodies for resource in body["resourceSpans"] for scope in resource["scopeSpans"]]
    return [span for scope in scopes for span in scope["spans"]]


def attributes_of(span: dict[str, Any]) -> dict[str, Any]:
    return {one["key"].removeprefix("chatelet."): next(iter(one["value"].values())) for one in span["attributes"]}


async def test_one_tree_from_the_request_to_the_model_without_a_word(
    traced: Service, collected: tuple[str, list[dict[str, Any]]], scripted: ModelServer, http: aiohttp.ClientSession
) -> None:
    ada = Visitor(http, traced.address)
    await ada.sign_in("ada@exemple.fr")
    conversation = await ada.conversation()
    path = f"{traced.address}/api/conversations/{conversation}/turns"
    headers = {**ada.headers, "traceparent": f"00-{TRACE}-{PARENT}-01"}
    async with http.post(path, json={"text": QUESTION}, headers=headers) as response:
        request_id = response.headers["x-request-id"]
        assert "Xylophone" in (await Stream(response).read()).text
    bodies = collected[1]

    async with asyncio.timeout(20):
        while not {"turn", "job"} <= {span["name"] for span in spans_of(bodies) if span["traceId"] == TRACE}:
            await asyncio.sleep(0.1)
    await traced.stop()
    everything = json.dumps(bodies, ensure_ascii=False).lower()
    assert not [word for word in SECRETS if word in everything]

    tree = {span["spanId"]: span for span in spans_of(bodies) if span["traceId"] == TRACE}
    named = {name: [one for one in tree.values() if one["name"] == name] for name in {s["name"] for s in tree.values()}}
    assert {
        "request",
        "turn",
        "tighten",
        "retrieve",
        "context",
        "generate",
        "model",
        "cite",
        "close",
        "statement",
        "job",
    } <= set(named)
    [request] = named["request"]
    assert request["parentSpanId"] == PARENT
    assert attributes_of(request)["request_id"] == request_id
    assert attributes_of(request)["route"] == "/api/conversations/{conversation_id}/turns"
    for span in tree.values():
        above = span
        while above is not request:
            above = tree[above["parentSpanId"]]
    told = next(one for one in named["model"] if tree[one["parentSpanId"]]["name"] == "generate")
    assert attributes_of(told)["model"] == "scripted"
    assert {attributes_of(one)["statement"] for one in named["statement"]} >= {"SELECT", "INSERT", "BEGIN", "COMMIT"}

    asked = [one.headers.get("traceparent") for one in scripted.exchanges]
    assert f"00-{TRACE}-{told['spanId']}-01" in asked, "the model server may add its own spans to the tree"

    lines = [json.loads(line) for line in traced.log.read_text("utf-8").splitlines() if line.startswith("{")]
    of_request = [line for line in lines if line.get("request_id") == request_id and line["event"] == "request"]
    assert [line["trace_id"] for line in of_request] == [TRACE]


async def test_off_by_default(scripted: ModelServer, ada: Visitor) -> None:
    assert (await ada.ask(await ada.conversation(), "Personne ne regarde [[say=Rien.]]")).text == "Rien."
    [exchange] = [one for one in scripted.exchanges if "Personne ne regarde" in str(one.body.get("messages"))][:1]
    assert "traceparent" not in exchange.headers
