"""Directories as administrators declare them: strictly read, the password written and never read, each change told."""

from typing import Any

import pytest

from tests.identity.conftest import Client, MakePerson, OpenBrowser

from .conftest import PROVIDERS

_BODY: dict[str, Any] = {
    "code": "annuaire", "name_fr": "Annuaire", "name_en": "Directory", "servers": ["ldaps://annuaire.exemple.fr"],
    "bind_dn": "cn=lecture,dc=exemple,dc=fr", "bind_password": "le secret du lecteur", "base_dn": "dc=exemple,dc=fr",
}  # fmt: skip


@pytest.fixture
async def declared(administrator: Client) -> str:
    made = await administrator.call("POST", f"{PROVIDERS}/directories", _BODY)
    assert made.status == 201, made.body
    identifier: str = made.body["id"]
    return identifier


async def test_the_password_goes_in_and_never_comes_out(administrator: Client, declared: str, sql: Any) -> None:
    path = f"{PROVIDERS}/{declared}/directory"
    listed, one = await administrator.call("GET", PROVIDERS), await administrator.call("GET", path)
    assert b"secret du lecteur" not in listed.raw + one.raw
    row = (await sql("SELECT bind_password_sealed FROM sign_in_directories"))[0]
    assert b"secret" not in bytes(row["bind_password_sealed"])
    before = bytes(row["bind_password_sealed"])
    assert (await administrator.call("PATCH", path, {"name_fr": "Autre"})).status == 200
    kept = bytes((await sql("SELECT bind_password_sealed FROM sign_in_directories"))[0]["bind_password_sealed"])
    assert kept == before, "absent means unchanged"
    assert (await administrator.call("PATCH", path, {"bind_password": "un autre"})).status == 200
    changed = (await sql("SELECT bind_password_sealed FROM sign_in_directories"))[0]["bind_password_sealed"]
    assert bytes(changed) != before
    told = [
        row["data"] for row in await sql("SELECT data FROM journal_events WHERE name = 'provider.changed' ORDER BY id")
    ]
    assert len(told) == 3
    assert '"bind_password"' in told[-1]
    assert "un autre" not in told[-1]


async def test_what_may_be_absent_is_forgotten_by_null(administrator: Client, declared: str) -> None:
    path = f"{PROVIDERS}/{declared}/directory"
    filled = {"disabled_filter": "(employeeType=parti)", "group_base": "ou=g,dc=exemple,dc=fr", "person_unit": "ou"}
    assert (await administrator.call("PATCH", path, filled)).status == 200
    emptied = await administrator.call("PATCH", path, dict.fromkeys([*filled, "base_dn"]))
    assert [emptied.body[name] for name in filled] == [None, None, None]
    assert emptied.body["base_dn"] == "dc=exemple,dc=fr", "needed: unchanged"


@pytest.mark.parametrize(
    "wrong",
    [
        {"servers": []},
        {"servers": ["http://annuaire.exemple.fr"]},
        {"servers": ["ldap://u:p@annuaire.exemple.fr"]},
        {"base_dn": "exemple.fr"},
        {"bind_dn": "lecture"},
        {"bind_password": ""},
        {"person_filter": "(uid=ada)"},
        {"person_filter": "(uid={name}"},
        {"disabled_filter": "parti"},
        {"subject_attribute": "mail"},
        {"issuer": "https://agora.exemple.fr"},
        {"issuer": "local"},
        {"groups": "all"},
        {"unit_code": "ou)(x"},
        {"password_sealed": "x"},
    ],
)
async def test_what_cannot_be_read_is_refused(administrator: Client, wrong: dict[str, Any], sql: Any) -> None:
    assert (await administrator.call("POST", f"{PROVIDERS}/directories", {**_BODY, **wrong})).status == 422
    assert await sql("SELECT 1 FROM sign_in_providers") == []


async def test_a_certificate_that_is_none_is_refused(administrator: Client) -> None:
    answer = await administrator.call("POST", f"{PROVIDERS}/directories", {**_BODY, "ca_certificate": "x"})
    assert (answer.status, answer.body["code"]) == (422, "certificate_invalid")


async def test_neither_code_nor_issuer_is_taken_twice(administrator: Client, declared: str) -> None:
    for again in ({"issuer": "ldap:autre"}, {"code": "autre", "issuer": "ldap:annuaire"}):
        answer = await administrator.call("POST", f"{PROVIDERS}/directories", {**_BODY, **again})
        assert (answer.status, answer.body["code"]) == (409, "sign_in_provider_taken")


async def test_each_kind_has_its_own_doors(administrator: Client, declared: str, client: Client) -> None:
    assert (await administrator.call("POST", f"{PROVIDERS}/{declared}/probe")).status == 404
    assert (await administrator.call("PATCH", f"{PROVIDERS}/{declared}", {"client_id": "c"})).status == 404
    assert (await client.call("POST", "/api/sign-in/annuaire", {})).status == 404
    issuer = {"code": "agora", "name_fr": "A", "name_en": "A", "issuer": "https://agora.exemple.fr", "client_id": "c"}
    openid = (await administrator.call("POST", PROVIDERS, issuer)).body["id"]
    assert (await administrator.call("GET", f"{PROVIDERS}/{openid}/directory")).status == 404
    body = {"name": "ada", "password": "x"}
    assert (await client.call("POST", "/api/sign-in/agora/password", body)).status == 404


async def test_an_agent_declares_nothing(browser: OpenBrowser, person: MakePerson) -> None:
    await person()
    agent = browser()
    await agent.sign_in("emilie@chatelet.fr")
    assert (await agent.call("POST", f"{PROVIDERS}/directories", _BODY)).status == 403
