"""API keys: made, shown once, narrowed, rotated, revoked; never above what their owner holds now."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import APIRouter, FastAPI

from chatelet.chat.v1.api import Keyed
from chatelet.identity.keys import admin as keys_admin
from chatelet.identity.keys import api as keys_api
from chatelet.identity.keys.schemas import KeyRotation, NewKey, NewUnitKey
from chatelet.identity.keys.tables import ApiKey
from chatelet.identity.personal_data import erase, export
from chatelet.identity.rights import Right
from chatelet.identity.schemas import Written
from chatelet.kernel.database import Database
from tests.identity.conftest import Answer, Client, MakePerson, OpenBrowser

Sql = Callable[..., Awaitable[list[Any]]]
probe = APIRouter(prefix="/v1")


@probe.get("/{route}")
async def answer(route: str, principal: Keyed) -> dict[str, Any]:
    """What the one authentication function found; `route` stands for chat, models…"""
    return {"person": str(principal.person_id), "rights": sorted(principal.rights.everywhere), "route": route}


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    for router in (keys_api.router, keys_admin.router, probe):
        app.include_router(router)
    return app


@pytest.fixture
async def emilie(client: Client, person: MakePerson) -> Client:
    await person()
    await client.sign_in("emilie@chatelet.fr")
    return client


def in_days(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


async def make(client: Client, path: str = "/api/keys", **asked: Any) -> dict[str, Any]:
    made = await client.call("POST", path, {"name": "Éditeur", "expires_at": in_days(30), **asked})
    assert made.status == 201, made.body
    return made.body


async def use(client: Client, secret: str, route: str = "models", **headers: str) -> Answer:
    sent = {"Authorization": f"Bearer {secret}", **headers}
    return await client.call("GET", f"/v1/{route}", token=None, headers=sent)


async def test_a_key_is_shown_once_and_kept_as_a_hash(emilie: Client, sql: Sql) -> None:
    made = await make(emilie)
    secret = made["secret"]
    assert secret.startswith(made["key"]["prefix"])
    assert len(secret) > len(made["key"]["prefix"]) + 40
    listed = await emilie.call("GET", "/api/keys")
    assert listed.body["items"] == [made["key"]]
    assert secret[12:].encode() not in listed.raw
    stored = str(await sql("SELECT * FROM api_keys"))
    assert secret[13:] not in stored
    assert (await sql("SELECT count(*) FROM journal_events WHERE name = 'key.made'"))[0]["count"] == 1


async def test_every_header_opens_the_same_and_no_other_way_does(emilie: Client) -> None:
    """PEER_FLAWS 10: a restricted key is as restricted in each header."""
    secret = (await make(emilie, routes=["chat"]))["secret"]
    for headers in ({"Authorization": f"Bearer {secret}"}, {"x-api-key": secret}, {"X-API-KEY": secret}):
        assert (await emilie.call("GET", "/v1/chat", token=None, headers=headers)).status == 200
        refused = await emilie.call("GET", "/v1/models", token=None, headers=headers)
        assert (refused.status, refused.body["error"]["code"]) == (403, "key_scope_exceeded")
        assert (await emilie.call("GET", "/api/keys", token=None, headers=headers)).status == 401
        both = await emilie.call("GET", "/v1/chat", headers=headers)
        assert (both.status, both.body["error"]["code"]) == (400, "ambiguous_credentials")
    for path in (f"/v1/chat?api_key={secret}", f"/v1/chat?access_token={secret}"):
        assert (await emilie.call("GET", path, token=None)).status == 401
    assert (await emilie.call("GET", "/v1/chat")).status == 401
    assert (await emilie.call("GET", "/v1/chat", token=None, headers={"Cookie": f"api_key={secret}"})).status == 401


@pytest.mark.parametrize(
    "wrong",
    ["", "null", "undefined", "None", "' OR '1'='1", "cht_'; DROP TABLE api_keys; --", "cht_%", "cht_" + "A" * 52,
     "cht_\x00", "é" * 40, "cht_" + "A" * 50_000],
)  # fmt: skip
async def test_what_is_no_key_opens_nothing(emilie: Client, wrong: str) -> None:
    """PEER_FLAWS 44, 56."""
    await make(emilie)
    raw = wrong.encode("utf-8").decode("latin-1").replace("\x00", "%00")
    for headers in ({"Authorization": f"Bearer {raw}"}, {"x-api-key": raw}):
        refused = await emilie.call("GET", "/v1/models", token=None, headers=headers)
        assert refused.status == 401
        assert refused.body["error"]["type"] == "authentication_error"


async def test_megabytes_of_headers_are_refused(emilie: Client) -> None:
    secret = (await make(emilie))["secret"]
    for headers in ({"x-padding": "A" * 1_000_000}, {f"x-{number}": "A" * 90 for number in range(1_000)}):
        refused = await use(emilie, secret, **headers)
        assert (refused.status, refused.body["error"]["code"]) == (431, "headers_too_large")
    assert (await use(emilie, secret)).status == 200


async def test_two_secrets_that_begin_alike_are_two_secrets(emilie: Client) -> None:
    """PEER_FLAWS 45."""
    secret = (await make(emilie))["secret"]
    last = "A" if secret[-1] != "A" else "B"
    assert (await use(emilie, secret)).status == 200
    for near in (secret[:-1] + last, secret[:-1], secret + "A", secret.lower(), secret.upper()):
        if near != secret:
            assert (await use(emilie, near)).status == 401
    assert (await use(emilie, secret)).status == 200


async def test_a_revoked_or_expired_key_says_so_and_opens_nothing(emilie: Client, sql: Sql) -> None:
    revoked, expired = await make(emilie), await make(emilie)
    assert (await emilie.call("DELETE", f"/api/keys/{revoked['key']['id']}")).status == 204
    assert (await emilie.call("DELETE", f"/api/keys/{revoked['key']['id']}")).status == 204
    await sql("UPDATE api_keys SET expires_at = now() WHERE id = :id", id=UUID(expired["key"]["id"]))
    for made, reason in ((revoked, "revoked"), (expired, "expired")):
        for _ in range(2):
            refused = await use(emilie, made["secret"])
            assert (refused.status, refused.body["error"]["code"]) == (401, "key_refused")
            assert reason in refused.body["error"]["message"]
    told = await sql("SELECT name, count(*) FROM journal_events WHERE name LIKE 'key.re%' GROUP BY name ORDER BY name")
    assert [(row["name"], row["count"]) for row in told] == [("key.refused", 2), ("key.revoked", 1)]


async def test_a_rotated_key_overlaps_then_ends(emilie: Client, sql: Sql) -> None:
    old = await make(emilie, models=["mistral"], routes=["chat"])
    path = f"/api/keys/{old['key']['id']}/rotate"
    new = (await emilie.call("POST", path, {"overlap_hours": 2})).body
    assert new["key"]["replaces"] == old["key"]["id"]
    assert {name: new["key"][name] for name in ("name", "models", "routes")} == {
        name: old["key"][name] for name in ("name", "models", "routes")
    }
    for made in (old, new):
        assert (await use(emilie, made["secret"], "chat")).status == 200
    left = await sql("SELECT expires_at - now() AS left FROM api_keys WHERE id = :id", id=UUID(old["key"]["id"]))
    assert timedelta(hours=1, minutes=59) < left[0]["left"] <= timedelta(hours=2)
    await sql("UPDATE api_keys SET expires_at = now() WHERE id = :id", id=UUID(old["key"]["id"]))
    assert (await use(emilie, old["secret"], "chat")).status == 401
    assert (await use(emilie, new["secret"], "chat")).status == 200
    at_once = (await emilie.call("POST", f"/api/keys/{new['key']['id']}/rotate", {"overlap_hours": 0})).body
    assert (await use(emilie, new["secret"], "chat")).status == 401
    assert (await use(emilie, at_once["secret"], "chat")).status == 200
    assert (await emilie.call("POST", path, {})).status == 404


async def test_a_key_is_never_above_its_owner(emilie: Client, administrator: Client, sql: Sql) -> None:
    secret, powerful = (await make(emilie))["secret"], (await make(administrator))["secret"]
    assert (await use(emilie, powerful)).body["rights"] == sorted([Right.CHAT, Right.API, Right.DOCUMENTS_READ])
    await sql("UPDATE roles SET rights = array_remove(rights, 'api.use') WHERE code = 'agent'")
    refused = await use(emilie, secret)
    assert "right_withdrawn" in refused.body["error"]["message"]
    assert (await emilie.call("POST", "/api/keys", {"name": "x", "expires_at": in_days(1)})).status == 403
    await sql("UPDATE roles SET rights = rights || '{api.use}' WHERE code = 'agent'")
    assert (await use(emilie, secret)).status == 200
    await sql("UPDATE persons SET state = 'disabled' WHERE email = 'emilie@chatelet.fr'")
    assert "owner_disabled" in (await use(emilie, secret)).body["error"]["message"]


async def test_a_key_stays_where_it_was_allowed(emilie: Client) -> None:
    near = await make(emilie, addresses=["127.0.0.0/8", "::1"])
    far = await make(emilie, addresses=["10.0.0.1/24"])
    assert far["key"]["addresses"] == ["10.0.0.0/24"]
    assert (await use(emilie, near["secret"])).status == 200
    assert "address" in (await use(emilie, far["secret"])).body["error"]["message"]


async def test_a_browser_needs_its_site_to_be_named(emilie: Client, app: FastAPI) -> None:
    plain, named = await make(emilie), await make(emilie, origins=["https://labo.exemple.fr"])
    allowed = await use(emilie, named["secret"], Origin="https://labo.exemple.fr")
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://labo.exemple.fr"
    for made, headers in (
        (plain, {"Origin": "https://labo.exemple.fr"}),
        (named, {"Origin": "https://labo.exemple.fr.mechant.com"}),
        (named, {"Origin": "null"}),
        (named, {}),
    ):
        refused = await use(emilie, made["secret"], **headers)
        assert (refused.status, refused.body["error"]["code"]) == (403, "key_scope_exceeded")
        assert "Access-Control-Allow-Origin" not in refused.headers


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": in_days(400)}, {"expires_at": in_days(-1)}, {"expires_at": "2030-01-01T00:00:00"}, {"name": " "},
        {"name": "a\nb"}, {"routes": []}, {"routes": ["admin"]}, {"routes": ["/*"]}, {"models": []}, {"models": ["../x"]},
        {"addresses": ["partout"]}, {"origins": ["*"]}, {"origins": ["https://a.fr/x"]}, {"origins": ["https://u@a.fr"]},
        {"secret_hash": "00"}, {"person_id": str(uuid4())}, {"unit_id": str(uuid4())}, {"rights": ["installation.manage"]},
    ],
)  # fmt: skip
async def test_a_wrong_key_is_not_made(emilie: Client, wrong: dict[str, Any]) -> None:
    refused = await emilie.call("POST", "/api/keys", {"name": "x", "expires_at": in_days(1), **wrong})
    assert refused.status == 422, refused.body


async def test_no_column_can_be_written_by_naming_it(administrator: Client, sql: Sql) -> None:
    """TA-028."""
    unit = (await new_unit(sql, "labo"))[-1]
    key = (await make(administrator))["key"]["id"]
    before = await sql("SELECT * FROM api_keys ORDER BY id")
    good = {"name": "x", "expires_at": in_days(1)}
    for path, body, model in (
        ("/api/keys", good, NewKey),
        ("/api/admin/keys", {**good, "unit_id": str(unit)}, NewUnitKey),
        (f"/api/keys/{key}/rotate", {"overlap_hours": 1}, KeyRotation),
    ):
        for column in set(ApiKey.__table__.columns.keys()) - set(model.model_fields):
            answer = await administrator.call("POST", path, {**body, column: "x"})
            assert (answer.status, answer.body["code"]) == (422, "invalid_request"), (path, column)
    assert await sql("SELECT * FROM api_keys ORDER BY id") == before
    assert set(Written.__subclasses__()) >= {NewKey, KeyRotation}


async def test_anothers_key_is_no_key(emilie: Client, administrator: Client) -> None:
    key = (await make(emilie))["key"]["id"]
    assert (await administrator.call("DELETE", f"/api/keys/{key}")).status == 404
    assert (await administrator.call("POST", f"/api/keys/{key}/rotate", {})).status == 404
    assert (await administrator.call("POST", f"/api/admin/keys/{key}/owner")).status == 404
    assert (await administrator.call("GET", "/api/keys")).body["items"] == []
    assert (await emilie.call("GET", "/api/admin/keys")).status == 403


async def new_unit(sql: Sql, code: str, parent: list[UUID] = []) -> list[UUID]:  # noqa: B006 (read only)
    path = [*parent, uuid4()]
    await sql(
        "INSERT INTO units (id, parent_id, path, code, name, sort_name, kind, created_at)"
        " VALUES (:id, :parent, :path, :code, :code, :code, 'unit', now())",
        id=path[-1], parent=parent[-1] if parent else None, path=path, code=code,
    )  # fmt: skip
    return path


async def grant(sql: Sql, person: UUID, unit: UUID) -> None:
    await sql(
        "INSERT INTO grants (id, person_id, role_id, unit_id, source, created_at)"
        " SELECT gen_random_uuid(), :person, id, :unit, 'page', now() FROM roles WHERE code = 'administrator'",
        person=person, unit=unit,
    )  # fmt: skip


async def test_a_units_key_lives_by_who_manages_keys_there(
    browser: OpenBrowser, person: MakePerson, sql: Sql, administrator: Client
) -> None:
    institute, other = await new_unit(sql, "institut"), await new_unit(sql, "autre")
    laboratory = await new_unit(sql, "labo", institute)
    maker = await person("reine@chatelet.fr", "Reine")
    await grant(sql, maker, institute[-1])
    reine = browser()
    await reine.sign_in("reine@chatelet.fr")
    made = await make(reine, "/api/admin/keys", unit_id=str(laboratory[-1]))
    foreign = {"name": "x", "expires_at": in_days(1), "unit_id": str(other[-1])}
    assert (await reine.call("POST", "/api/admin/keys", foreign)).status == 404
    assert (await use(reine, made["secret"])).status == 200
    units = [(await reine.call("GET", f"/api/admin/keys/units?q={q}")).body["items"] for q in ("LA", "", "autre", "x%")]
    assert [[unit["code"] for unit in found] for found in units] == [["labo"], ["institut", "labo"], [], []]
    assert [key["unit_name"] for key in (await reine.call("GET", "/api/admin/keys")).body["items"]] == ["labo"]
    assert (await reine.call("GET", "/api/keys")).body["items"] == []
    await sql("DELETE FROM grants WHERE person_id = :person", person=maker)
    assert "right_withdrawn" in (await use(reine, made["secret"])).body["error"]["message"]
    assert (await reine.call("DELETE", f"/api/keys/{made['key']['id']}")).status == 404
    taken = await administrator.call("POST", f"/api/admin/keys/{made['key']['id']}/owner")
    assert taken.body["owner_name"] == "Voltaire Arouet"
    assert (await use(reine, made["secret"])).status == 200
    told = await sql("SELECT count(*) FROM journal_events WHERE name = 'key.taken_over'")
    assert told[0]["count"] == 1


async def test_use_is_noted_at_most_once_a_minute(emilie: Client, sql: Sql) -> None:
    secret = (await make(emilie))["secret"]
    await use(emilie, secret)
    first = (await sql("SELECT last_used_at FROM api_keys"))[0]["last_used_at"]
    await use(emilie, secret)
    assert first == (await sql("SELECT last_used_at FROM api_keys"))[0]["last_used_at"]


async def test_keys_are_the_persons_data(emilie: Client, database: Database, sql: Sql) -> None:
    await make(emilie)
    owner = (await sql("SELECT person_id FROM api_keys"))[0]["person_id"]
    async with database.transaction() as session:
        told = await export(session, owner)
        assert [key["name"] for key in told["keys"]] == ["Éditeur"]
        await erase(session, owner)
    assert await sql("SELECT 1 FROM api_keys") == []


async def test_a_key_costs_one_query(emilie: Client, database: Database) -> None:
    from chatelet.identity.credentials import Credential
    from chatelet.identity.sessions import authenticate
    from chatelet.kernel.metrics import REQUEST_STATEMENTS
    from chatelet.kernel.requests import RequestContext, enter_request

    secret = (await make(emilie))["secret"]
    shown = Credential("key", secret, "127.0.0.1", None, "models")
    enter_request(RequestContext("r", "127.0.0.1"))
    async with database.driver_connection() as connection:
        await authenticate(connection, shown)
        before = REQUEST_STATEMENTS._value.get()
        for _ in range(5):
            await authenticate(connection, shown)
    assert REQUEST_STATEMENTS._value.get() - before == 5


async def test_a_person_cannot_pile_up_keys(emilie: Client) -> None:
    for _ in range(50):
        await make(emilie)
    refused = await emilie.call("POST", "/api/keys", {"name": "x", "expires_at": in_days(1)})
    assert (refused.status, refused.body["code"]) == (409, "too_many_keys")
