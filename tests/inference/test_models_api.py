"""Routes: what is offered, for everyone; what is declared, for administrators; keys in, never out."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from tests.architecture.asgi import Answer
from tests.architecture.asgi import call as call_app
from tests.fakes.model_server import ModelServer, running_model_server
from tests.inference.conftest import clearance, question, until
from tests.persons import create_person

from chatelet.identity import api as identity_api
from chatelet.inference import admin, api, personal_data, usage
from chatelet.inference.condition import State
from chatelet.inference.service import Inference
from chatelet.inference.usage import Usage
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.http import Edge, install_error_handlers
from chatelet.kernel.outbound import Outbound
from chatelet.model_sections import EmbeddedModelSettings
from chatelet.policy.rules.book import Policies
from chatelet.settings import Settings

ZONE = {"name": "Albert", "country": "FR", "operator": "DINUM", "legal_reach": "FR"}
PASSWORD = "Les comètes reviennent en 1759"
Call = Callable[..., Awaitable[Answer]]


@pytest.fixture
async def app(database: Database, tmp_path: Path) -> AsyncIterator[FastAPI]:
    made = FastAPI(openapi_url=None)
    for module in (identity_api, api, admin):
        made.include_router(module.router)
    install_error_handlers(made)
    embedded = EmbeddedModelSettings.model_validate({"models_dir": tmp_path / "models"})
    settings = Settings(data_dir=tmp_path, embedded=embedded)
    outbound = Outbound()
    inference = Inference(settings, database, Keyring(bytes(32)), outbound)
    made.state.database, made.state.settings, made.state.inference = database, settings, inference
    made.state.policies = Policies()
    await inference.start()
    yield made
    await inference.stop()
    await outbound.close()


async def sign_in(app: FastAPI, email: str, *, is_administrator: bool) -> Call:
    async with app.state.database.transaction() as session:
        await create_person(
            session, email=email, name="Émilie du Châtelet", password=PASSWORD, is_administrator=is_administrator
        )
    edge = Edge(app)
    answer = await call_app(edge, "POST", "/api/sessions", body={"email": email, "password": PASSWORD})
    assert answer.status == 201, answer.body
    cookie = answer.headers["set-cookie"].partition(";")[0]

    async def call(method: str, path: str, body: Any = None) -> Answer:
        return await call_app(edge, method, path, cookie=cookie, body=body)

    return call


@pytest.fixture
async def administrator(app: FastAPI) -> Call:
    return await sign_in(app, "admin@chatelet.fr", is_administrator=True)


@pytest.fixture
async def agent(app: FastAPI) -> Call:
    return await sign_in(app, "agent@chatelet.fr", is_administrator=False)


async def declare(call: Call, url: str, name: str = "albert", **more: Any) -> Answer:
    return await call("POST", "/api/admin/backends", {"name": name, "url": url, "zone": ZONE, **more})


async def offer(call: Call, model_id: str = "albert-large", **more: Any) -> Answer:
    body = {"id": model_id, "display_name": "Albert", "backend": "albert", "upstream": "scripted", **more}
    return await call("POST", "/api/admin/models", body)


async def test_models_offered_cost_one_query(app: FastAPI, agent: Call) -> None:
    queries: list[str] = []
    listen = lambda *arguments: queries.append(arguments[2])  # noqa: E731
    event.listen(app.state.database.engine.sync_engine, "before_cursor_execute", listen)
    answer = await agent("GET", "/api/models")
    event.remove(app.state.database.engine.sync_engine, "before_cursor_execute", listen)
    (model,) = answer.json["items"]
    assert model["id"] == "qwen2.5-coder-1.5b"
    assert model["demonstration"]
    assert model["state"] in {"loading", "missing"}
    here = {"name": "local", "country": "FR", "operator": "Châtelet", "legal_reach": "FR", "qualifications": []}
    assert model["zone"] == here
    assert model["card_gaps"] == []
    assert len(queries) == 1  # who calls; nothing for the models
    assert (await call_app(Edge(app), "GET", "/api/models")).status == 401


async def test_only_administrators(app: FastAPI, agent: Call) -> None:
    routes = [(method, route.path) for route in admin.router.routes for method in route.methods]  # type: ignore[attr-defined]
    assert len(routes) == 9
    for method, path in routes:
        concrete = path.replace("{name}", "albert").replace("{model_id}", "albert")
        body = {} if method in {"POST", "PATCH"} else None
        assert (await agent(method, concrete, body)).status in {403, 422}, (method, path)
        assert (await call_app(Edge(app), method, concrete, body=body)).status in {401, 422}, (method, path)
    valid = {"name": "x", "url": "http://h", "zone": ZONE}
    assert (await agent("POST", "/api/admin/backends", valid)).json["code"] == "forbidden"


async def test_a_backend_and_a_model_at_run_time(app: FastAPI, administrator: Call, model_server: ModelServer) -> None:
    model_server.api_key = "s3cret"
    inference: Inference = app.state.inference
    made = await declare(administrator, model_server.url, api_key="s3cret")
    assert made.status == 201
    assert made.json["has_api_key"]
    assert b"s3cret" not in made.body
    assert (await offer(administrator, is_default=True, price_output=2.0)).status == 201
    offered = (await administrator("GET", "/api/models")).json["items"]
    assert [model["id"] for model in offered] == ["albert-large"]
    completion = await inference.gateway.complete(clearance(), question("[[say=bien]]"))
    assert completion.text == "bien"
    assert model_server.exchanges[0].headers["authorization"] == "Bearer s3cret"
    probe = await administrator("POST", "/api/admin/backends/albert/probe")
    assert probe.json == {"state": "ready", "error_code": None}
    listed = await administrator("GET", "/api/admin/backends")
    assert b"s3cret" not in listed.body
    async with app.state.database.transaction() as session:
        stored = await session.scalar(text("SELECT api_key_sealed FROM backends"))
        told = (await session.execute(text("SELECT name, object_id, data FROM journal_events ORDER BY id"))).all()
    assert b"s3cret" not in stored
    ours = [(row.name, row.object_id) for row in told if row.name.startswith(("backend", "model"))]
    assert ours == [("backend.changed", "albert"), ("model.changed", "albert-large"), ("backend.probed", "albert")]
    assert not any("s3cret" in str(row.data) or "127.0.0.1" in str(row.data) for row in told)


async def test_a_key_does_not_follow_to_another_origin(
    app: FastAPI, administrator: Call, model_server: ModelServer
) -> None:
    await declare(administrator, model_server.url, api_key="s3cret")
    await offer(administrator)
    async with running_model_server() as other:
        changed = await administrator("PATCH", "/api/admin/backends/albert", {"url": other.url})
        assert changed.json["has_api_key"] is False
        await app.state.inference.gateway.complete(clearance(), question("bonjour"))
        assert "authorization" not in other.exchanges[0].headers
    changed = await administrator("PATCH", "/api/admin/backends/albert", {"url": model_server.url, "api_key": "new"})
    assert changed.json["has_api_key"]
    same = await administrator("PATCH", "/api/admin/backends/albert", {"url": model_server.url + "/sub"})
    assert same.json["has_api_key"]
    assert (await administrator("PATCH", "/api/admin/backends/albert", {"api_key": None})).json["has_api_key"] is False


async def test_refusals(administrator: Call) -> None:
    await declare(administrator, "http://h")
    assert (await declare(administrator, "http://h")).json["code"] == "name_taken"
    assert (await declare(administrator, "http://h", name="embedded")).json["code"] == "name_taken"
    assert (await offer(administrator, backend="nowhere")).json["code"] == "backend_not_found"
    await offer(administrator)
    assert (await offer(administrator)).json["code"] == "name_taken"
    assert (await administrator("DELETE", "/api/admin/backends/albert")).json["code"] == "backend_in_use"
    assert (await administrator("DELETE", "/api/admin/models/albert-large")).status == 204
    assert (await administrator("DELETE", "/api/admin/models/albert-large")).status == 404
    assert (await administrator("DELETE", "/api/admin/backends/albert")).status == 204
    assert (await administrator("PATCH", "/api/admin/backends/albert", {})).status == 404
    assert (await administrator("PATCH", "/api/admin/models/albert", {})).status == 404
    assert (await administrator("POST", "/api/admin/backends/albert/probe")).status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://h"},
        {"url": "http://user:pass@h"},
        {"url": "http://h?api_base=x"},
        {"url": "http://h\\@evil"},
        {"url": "http://h:0"},
        {"url": "http://h:99999"},
        {"url": "http://h/a b"},
        {"url": "http://" + "h" * 600},
        {"name": "../x"},
        {"name": "Albert"},
        {"api_key": "a\r\nhost: evil"},
        {"api_key": ""},
        {"api_key_file": "/etc/passwd"},
        {"ca_file": "/etc/passwd"},
        {"source": "file"},
        {"connect_seconds": -1},
        {"first_token_seconds": 1e9},
        {"zone": {**ZONE, "operator": "\u202eevil"}},
    ],
)
async def test_backends_are_validated(administrator: Call, wrong: dict[str, Any]) -> None:
    assert (await declare(administrator, **{"url": "http://h", **wrong})).status == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"context_tokens": -1},
        {"context_tokens": 10**12},
        {"max_output_tokens": 0},
        {"price_input": -0.01},
        {"log_delay_days": -1},
        {"position": -5},
        {"highest_level": "top_secret"},
        {"languages": ["fr"] * 100},
        {"display_name": ""},
        {"renewal_date": "2026-13-45"},
        {"api_base": "http://evil"},
    ],
)
async def test_models_are_validated(administrator: Call, wrong: dict[str, Any]) -> None:
    await declare(administrator, "http://h")
    assert (await offer(administrator, **wrong)).status == 422


async def test_changing_a_model(administrator: Call) -> None:
    await declare(administrator, "http://h")
    await offer(administrator, "one", is_default=True, price_input=1.0)
    await offer(administrator, "two", position=1)
    changed = await administrator("PATCH", "/api/admin/models/two", {"is_default": True, "highest_level": "restricted"})
    assert (changed.json["is_default"], changed.json["highest_level"]) == (True, "restricted")
    listed = (await administrator("GET", "/api/admin/models")).json["items"]
    assert [(model["id"], model["is_default"]) for model in listed] == [("two", True), ("one", False)]
    assert (await administrator("PATCH", "/api/admin/models/one", {"price_input": None})).json["price_input"] is None
    assert (await administrator("PATCH", "/api/admin/models/one", {"upstream": None})).status == 422
    await administrator("PATCH", "/api/admin/models/one", {"enabled": False})
    assert [model["id"] for model in (await administrator("GET", "/api/models")).json["items"]] == ["two"]


async def test_an_unreachable_backend_is_shown(app: FastAPI, administrator: Call, model_server: ModelServer) -> None:
    await declare(administrator, model_server.url)
    await offer(administrator)
    health = app.state.inference.health
    await until(lambda: health.condition("albert").state is State.READY)
    await model_server.stop()
    assert (await administrator("POST", "/api/admin/backends/albert/probe")).json["state"] == "unreachable"
    (model,) = (await administrator("GET", "/api/models")).json["items"]
    assert model["state"] == "unreachable"


async def test_usage_of_a_person(database: Database) -> None:
    person, other = uuid4(), UUID(int=9)
    figures = Usage("albert", 10, 20, estimated=True, energy_wh=0.1, cost_euros=None)
    async with database.transaction() as session:
        for whose in (person, person, other):
            await usage.record(session, person_id=whose, model_id="albert-large", purpose="turn", usage=figures)
    async with database.transaction() as session:
        exported = await personal_data.export(session, person)
        assert len(exported["model_usage"]) == 2  # type: ignore[arg-type]
        assert await personal_data.erase(session, person) == 2
        assert await personal_data.erase(session, person) == 0
        assert len((await personal_data.export(session, other))["model_usage"]) == 1  # type: ignore[arg-type]
