"""`/v1` under bad input, withdrawn rights and full houses: always the public error, never a model asked for nothing."""

import asyncio
import io
import json
from typing import Any

import aiohttp
import openai
import pytest
from openai import AsyncOpenAI
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.fakes.model_server import ModelServer
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import Service, installation
from tests.journeys.test_faults import signed_in
from tests.journeys.test_public_api import asked, new_key
from tests.journeys.visitor import Visitor

LONG = "[[tokens=600 rate=20]]"


def opened(visitor: Visitor, secret: str) -> AsyncOpenAI:
    return AsyncOpenAI(api_key=secret, base_url=f"{visitor.address}/v1", max_retries=0)


async def post(visitor: Visitor, secret: str, path: str, body: Any, **headers: str) -> tuple[int, Any, Any]:
    sent = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json", **headers}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with visitor.http.post(visitor.address + path, data=io.BytesIO(data), headers=sent) as response:
        return response.status, response.headers, json.loads(await response.read())


async def until_freed(scripted: ModelServer, seconds: float = 5) -> None:
    exchange = scripted.last
    async with asyncio.timeout(seconds):
        while exchange.closed_by_client_at is None:
            await asyncio.sleep(0.02)


async def test_revoking_a_key_ends_what_it_streams(ada: Visitor, scripted: ModelServer) -> None:
    made = await new_key(ada)
    async with opened(ada, made["secret"]) as client:
        stream = await client.chat.completions.create(model="scripted", messages=asked(LONG), stream=True)
        await anext(aiter(stream))
        assert (await ada.call("DELETE", f"/api/keys/{made['key']['id']}")).status == 204
        with pytest.raises(openai.APIError) as ended:
            async with asyncio.timeout(5):
                _ = [chunk async for chunk in stream]
        assert ended.value.code == "key_refused"
        await until_freed(scripted)
        with pytest.raises(openai.AuthenticationError):
            await client.models.list()


@pytest.mark.parametrize("streams", [True, False])
async def test_disabling_the_owner_ends_what_their_keys_ask(
    new_visitor: NewVisitor, scripted: ModelServer, streams: bool
) -> None:
    """TA-002, PEER_FLAWS 22."""
    administrator, leaver = await new_visitor(administrator=True), await new_visitor()
    person = (await leaver.get("/api/sessions/current"))["person"]["id"]
    made = await new_key(leaver)
    async with opened(leaver, made["secret"]) as client:
        before = len(scripted.asked)
        running = asyncio.create_task(_whole(client, streams=streams))
        async with asyncio.timeout(5):
            while len(scripted.asked) == before or not scripted.last.written_tokens:
                await asyncio.sleep(0.02)
        done = await administrator.call("PATCH", f"/api/admin/persons/{person}", {"state": "disabled"})
        assert done.status == 200
        with pytest.raises(openai.APIError) as ended:
            await asyncio.wait_for(running, 5)
        assert ended.value.code == "key_refused"
        await until_freed(scripted)
        with pytest.raises(openai.AuthenticationError):
            await client.models.list()


async def _whole(client: AsyncOpenAI, *, streams: bool) -> None:
    if not streams:
        await client.chat.completions.create(model="scripted", messages=asked(LONG))
        return
    stream = await client.chat.completions.create(model="scripted", messages=asked(LONG), stream=True)
    _ = [chunk async for chunk in stream]


async def test_a_key_reaches_its_models_only(ada: Visitor) -> None:
    """TA-031: on every route, and by no fail-over."""
    made = await new_key(ada, models=["vectors"])
    async with opened(ada, made["secret"]) as client:
        assert [model.id async for model in client.models.list()] == ["vectors"]
        await client.embeddings.create(model="vectors", input="un")
        for refused in (
            client.chat.completions.create(model="scripted", messages=asked("oui")),
            client.responses.create(model="scripted", input="oui"),
            client.models.retrieve("scripted"),
        ):
            with pytest.raises(openai.NotFoundError) as missing:
                await refused
            assert missing.value.code == "model_not_found"


async def test_a_key_reaches_its_routes_only(ada: Visitor) -> None:
    made = await new_key(ada, routes=["embeddings"])
    async with opened(ada, made["secret"]) as client:
        await client.embeddings.create(model="vectors", input="un")
        for refused in (
            client.chat.completions.create(model="scripted", messages=asked("oui")),
            client.responses.create(model="scripted", input="oui"),
            client.models.retrieve("scripted"),
        ):
            with pytest.raises(openai.PermissionDeniedError):
                await refused


async def test_a_preflight_is_answered_for_named_sites_only(ada: Visitor) -> None:
    await new_key(ada, origins=["https://outil.exemple.fr"])
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,x-stainless-os"}
    for origin, allowed in (("https://outil.exemple.fr", True), ("https://autre.exemple.fr", False), ("null", False)):
        async with ada.http.options(
            f"{ada.address}/v1/chat/completions", headers={"Origin": origin, **asking}
        ) as response:
            assert (response.status == 204) is allowed
            assert response.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
            if allowed:
                assert response.headers["Access-Control-Allow-Headers"] == "authorization, x-stainless-os"


async def test_what_is_not_there_is_told_in_the_public_format(ada: Visitor) -> None:
    secret = (await new_key(ada))["secret"]
    for method, path in (
        ("GET", "/v1"), ("GET", "/v1/"), ("GET", "/v1/files"), ("POST", "/v1/audio/speech"), ("DELETE", "/v1/models/x"),
        ("GET", "/v1/chat/completions"), ("PUT", "/v1/models"), ("GET", "/v1/../api/models"), ("GET", "/v1//models"),
    ):  # fmt: skip
        answer = await ada.http.request(method, ada.address + path, headers={"Authorization": f"Bearer {secret}"})
        body = await answer.json()
        if path.startswith("/v1/.."):
            assert answer.status == 401  # the page's door, where a key is nothing
            continue
        assert answer.status in {404, 405}, (method, path)
        assert set(body["error"]) == {"message", "type", "param", "code"}, (method, path)


async def test_a_body_too_long_is_told_in_the_public_format(ada: Visitor) -> None:
    secret = (await new_key(ada))["secret"]
    long = {"model": "scripted", "messages": asked("a" * 5_000_000)}
    status, _, body = await post(ada, secret, "/v1/chat/completions", long)
    assert (status, body["error"]["code"]) == (413, "body_too_large")

    async def chunks() -> Any:
        for _ in range(80):
            yield b" " * 65_536

    headers = {"Authorization": f"Bearer {secret}"}
    async with ada.http.post(f"{ada.address}/v1/chat/completions", data=chunks(), headers=headers) as response:
        assert (response.status, (await response.json())["error"]["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("change", "code", "param"),
    [
        ({"n": 2}, "unsupported_parameter", "n"),
        ({"n": 10**9}, "invalid_parameter", "n"),
        ({"max_tokens": -1}, "invalid_parameter", "max_tokens"),
        ({"max_completion_tokens": 10**30}, "invalid_parameter", "max_completion_tokens"),
        ({"temperature": -0.1}, "invalid_parameter", "temperature"),
        ({"temperature": "chaud"}, "invalid_parameter", "temperature"),
        ({"logprobs": True}, "unsupported_parameter", "logprobs"),
        ({"top_logprobs": 99999}, "invalid_parameter", "top_logprobs"),
        ({"logit_bias": {"50256": -100}}, "unsupported_parameter", "logit_bias"),
        ({"stop": ["a"] * 5}, "invalid_parameter", "stop"),
        ({"stop": [""]}, "invalid_parameter", "stop[0]"),
        ({"seed": 2**70}, "invalid_parameter", "seed"),
        ({"messages": []}, "invalid_parameter", "messages"),
        ({"messages": [{"role": "root", "content": "x"}]}, "invalid_parameter", "messages[0].role"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "invalid_parameter", "messages[0].tool_call_id"),
        ({"tools": [{"type": "code_interpreter"}]}, "unsupported_parameter", "tools[0]"),
        ({"tools": [{"type": "function", "function": {"name": "a b"}}]}, "invalid_parameter", "tools[0].function.name"),
        ({"response_format": {"type": "json_schema"}}, "invalid_parameter", "response_format.json_schema"),
        ({"model": ""}, "invalid_parameter", "model"),
    ],
)  # fmt: skip
async def test_a_parameter_out_of_bounds_reaches_no_model(
    ada: Visitor, scripted: ModelServer, change: dict[str, Any], code: str, param: str
) -> None:
    """TA-150, PEER_FLAWS 54, 63."""
    secret, before = (await new_key(ada))["secret"], len(scripted.asked)
    body = {"model": "scripted", "messages": asked("oui"), **change}
    status, _, told = await post(ada, secret, "/v1/chat/completions", body)
    assert (status, told["error"]["code"], told["error"]["param"]) == (400, code, param)
    assert len(scripted.asked) == before


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.png", "file:///etc/passwd", "data:text/html;base64,AAAA"])
@pytest.mark.parametrize("kind", ["image_url", "video_url", "input_audio", "file"])
async def test_nothing_is_fetched_for_a_caller(ada: Visitor, scripted: ModelServer, address: str, kind: str) -> None:
    """PEER_FLAWS 51, 53."""
    secret, before = (await new_key(ada))["secret"], len(scripted.asked)
    parts = [{"type": "text", "text": "Décris"}, {"type": kind, kind: {"url": address}}]
    body = {"model": "scripted", "messages": [{"role": "user", "content": parts}]}
    status, _, told = await post(ada, secret, "/v1/chat/completions", body)
    assert (status, told["error"]["code"]) == (400, "unsupported_parameter")
    assert (kind if kind != "image_url" else "no address is fetched") in told["error"]["message"]
    assert len(scripted.asked) == before


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b'{"model":"\\ud800"}', b"[" * 100_000, b'{"a":' * 50_000]
)
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/responses", "/v1/embeddings"])
async def test_a_body_that_is_none(ada: Visitor, raw: bytes, path: str) -> None:
    secret = (await new_key(ada))["secret"]
    status, _, told = await post(ada, secret, path, raw)
    assert (status, told["error"]["type"]) == (400, "invalid_request_error")


@pytest.mark.parametrize(
    "change",
    [
        {"previous_response_id": "resp_1"}, {"conversation": "conv_1"}, {"background": True}, {"prompt": {"id": "p"}},
        {"tools": [{"type": "web_search"}]}, {"input": [{"type": "function_call_output"}]},
        {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": "http://127.0.0.1"}]}]},
    ],
)  # fmt: skip
async def test_what_responses_would_keep_or_run_is_refused(ada: Visitor, change: dict[str, Any]) -> None:
    secret = (await new_key(ada))["secret"]
    status, _, told = await post(ada, secret, "/v1/responses", {"model": "scripted", "input": "oui", **change})
    assert (status, told["error"]["code"]) == (400, "unsupported_parameter")


async def test_a_level_is_named_or_refused(ada: Visitor, beside: Database) -> None:
    secret = (await new_key(ada))["secret"]
    body = {"model": "scripted", "messages": asked("[[say=Oui]]")}
    path = "/v1/chat/completions"
    status, _, told = await post(ada, secret, path, body, **{"X-Chatelet-Level": "restricted"})
    assert (status, told["chatelet"]["level"]) == (200, "restricted")
    status, _, told = await post(ada, secret, path, body, **{"X-Chatelet-Level": "cosmic"})
    assert (status, told["error"]["param"]) == (400, "x-chatelet-level")
    status, _, told = await post(ada, secret, path, body, **{"X-Chatelet-Level": "diffusion_restreinte"})
    assert (status, told["error"]["code"]) == (403, "level_not_allowed")
    async with beside.transaction() as session:
        found = await session.execute(
            text("SELECT result FROM journal_events WHERE name = 'api.exchange' ORDER BY id DESC LIMIT 2")
        )
        assert list(found.scalars()) == ["refused", "done"]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("401", 502, "model_refused_credentials"), ("422", 400, "model_rejected_request"), ("503", 503, "model_overloaded"),
        ("context_openai", 400, "context_length_exceeded"), ("malformed_json after=0", 502, "model_broken_answer"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("streams", [True, False])
async def test_a_model_that_fails_first_is_an_ordinary_error(
    ada: Visitor, fault: str, status: int, code: str, streams: bool
) -> None:
    secret = (await new_key(ada))["secret"]
    body = {"model": "scripted", "messages": asked(f"[[fault={fault}]]"), "stream": streams}
    got, headers, told = await post(ada, secret, "/v1/chat/completions", body)
    assert (got, told["error"]["code"]) == (status, code)
    if status == 503:
        assert headers["Retry-After"] == "7"


async def test_full_houses_answer_429(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    limits = {"CHATELET_API__RUNNING": "3", "CHATELET_API__RUNNING_PER_PERSON": "2"}
    with installation(scripted.url, **limits) as service:
        await service.start()
        visitors: list[Visitor] = []
        for name in ("ada", "bob"):
            await service.create_person(f"{name}@exemple.fr")
            visitors.append(await signed_in(service, http, f"{name}@exemple.fr"))
        ada, bob = visitors
        clients = [opened(one, (await new_key(one))["secret"]) for one in (ada, bob)]
        streams = [
            await client.chat.completions.create(model="scripted", messages=asked(LONG), stream=True)
            for client in (clients[0], clients[0], clients[1])
        ]
        for client, code in ((clients[0], "server_busy"), (clients[1], "server_busy")):
            with pytest.raises(openai.RateLimitError) as refused:
                await client.responses.create(model="scripted", input="oui")
            assert refused.value.code == code
            assert int(refused.value.response.headers["Retry-After"]) >= 1
        await streams[2].close()
        await asyncio.sleep(0.5)
        with pytest.raises(openai.RateLimitError) as mine:
            await clients[0].chat.completions.create(model="scripted", messages=asked("oui"))
        assert mine.value.code == "too_many_calls"
        assert (await clients[1].chat.completions.create(model="scripted", messages=asked("[[say=Oui]]"))).choices
        for client in clients:
            await client.close()


async def test_a_stopping_service_says_so(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    with installation(scripted.url, CHATELET_CHAT__SHUTDOWN_SECONDS="1") as service:
        await service.start()
        await service.create_person("ada@exemple.fr")
        ada = await signed_in(service, http)
        async with opened(ada, (await new_key(ada))["secret"]) as client:
            stream = await client.chat.completions.create(model="scripted", messages=asked(LONG), stream=True)
            await anext(aiter(stream))
            ending = asyncio.create_task(service.stop())
            with pytest.raises(openai.APIError) as told:
                _ = [chunk async for chunk in stream]
            assert told.value.code == "turn_interrupted"
            assert await ending == 0
    await until_freed(scripted)


async def test_the_process_outlives_it_all(service: Service) -> None:
    """TA-152: declared last, in the file that throws everything at one process."""
    assert service.process is not None
    assert service.process.poll() is None
    assert "exchange_failed" not in service.log.read_text()
    assert "request_failed" not in service.log.read_text()
