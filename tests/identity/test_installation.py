"""The first administrator: one-time secret, exactly one winner of any number of simultaneous calls (TA-007)."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from chatelet.identity.installation import ensure_installation_secret
from chatelet.kernel.database import Database

from .conftest import PASSWORD, Client, MakePerson, OpenBrowser

PATH = "/api/installation/administrator"


async def _secret(database: Database) -> str:
    async with database.transaction() as session:
        secret = await ensure_installation_secret(session)
    assert secret is not None
    return secret


def _body(secret: Any, email: str = "emilie@chatelet.fr") -> dict[str, Any]:
    return {"secret": secret, "email": email, "name": "Émilie du Châtelet", "password": PASSWORD}


async def test_the_secret_makes_the_first_administrator_and_signs_in(
    client: Client, database: Database, sql: Any
) -> None:
    described = await client.call("GET", "/api/installation")
    assert described.body == {
        "name": "Observatoire",
        "version": "0.1.0",
        "needs_first_administrator": True,
        "providers": [],
        "local_sign_in": True,
        "languages": ["fr", "en"],
    }
    secret = await _secret(database)
    assert secret not in repr(await sql("SELECT * FROM installation"))
    made = await client.call("POST", PATH, _body(secret))
    assert made.status == 201
    assert made.body["person"]["is_administrator"] is True
    assert (await client.call("GET", "/api/admin/persons", token=made.cookie)).status == 200
    assert (await client.call("GET", "/api/installation")).body["needs_first_administrator"] is False
    async with database.transaction() as session:
        assert await ensure_installation_secret(session) is None
    assert [row["name"] for row in await sql("SELECT name FROM journal_events ORDER BY id")] == [
        "person.created",
        "administrator.first",
        "session.opened",
    ]


@pytest.mark.parametrize("same_person", [True, False])
async def test_fifty_simultaneous_calls_make_exactly_one(
    browser: OpenBrowser, database: Database, sql: Any, same_person: bool
) -> None:
    secret = await _secret(database)
    emails = ["emilie@chatelet.fr" if same_person else f"person{turn}@chatelet.fr" for turn in range(50)]
    answers = await asyncio.gather(*(browser().call("POST", PATH, _body(secret, email)) for email in emails))
    assert Counter(answer.status for answer in answers) == {201: 1, 403: 49}
    assert {answer.body["code"] for answer in answers if answer.status == 403} == {"installation_closed"}
    assert len(await sql("SELECT id FROM persons")) == 1
    assert len(await sql("SELECT id FROM sessions")) == 1


async def test_fifty_simultaneous_first_sign_ins_make_no_administrator(browser: OpenBrowser, sql: Any) -> None:
    attempts = (
        browser().call("POST", "/api/sessions", {"email": f"person{turn}@chatelet.fr", "password": PASSWORD})
        for turn in range(50)
    )
    answers = await asyncio.gather(*attempts)
    assert Counter(answer.status for answer in answers) == {401: 50}
    assert await sql("SELECT id FROM persons") == []


async def test_an_empty_or_odd_secret_is_not_a_secret(client: Client, sql: Any) -> None:
    for secret in ("", None, [], [""], {}, 0, True, "x" * 101):
        answer = await client.call("POST", PATH, _body(secret))
        assert (answer.status, answer.body["code"]) == (422, "invalid_request"), secret
    for guess in ("x", "null", " ", "\0", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"):  # none was made yet
        assert (await client.call("POST", PATH, _body(guess))).status == 403, guess
    assert await sql("SELECT id FROM persons") == []


async def test_a_replaced_secret_a_used_one_and_a_wrong_one_are_refused_alike(
    client: Client, database: Database, sql: Any
) -> None:
    replaced = await _secret(database)
    secret = await _secret(database)
    refused = [await client.call("POST", PATH, _body(guess)) for guess in (replaced, secret[:-1], secret.swapcase())]
    weak = await client.call("POST", PATH, {**_body(secret), "password": "court"})
    assert (weak.status, weak.body["code"]) == (422, "password_too_weak")
    assert (await client.call("POST", PATH, _body(secret))).status == 201
    refused.append(await client.call("POST", PATH, _body(secret, "second@chatelet.fr")))
    assert {(answer.status, answer.body["code"]) for answer in refused} == {(403, "installation_closed")}
    assert len(await sql("SELECT id FROM persons")) == 1
    names = [row["name"] for row in await sql("SELECT name FROM journal_events")]
    assert names.count("administrator.first_refused") == 4


async def test_an_administrator_made_by_command_closes_the_link(
    client: Client, database: Database, person: MakePerson
) -> None:
    secret = await _secret(database)
    await person(is_administrator=True)
    answer = await client.call("POST", PATH, _body(secret, "second@chatelet.fr"))
    assert (answer.status, answer.body["code"]) == (403, "installation_closed")
    assert (await client.call("GET", "/api/installation")).body["needs_first_administrator"] is False
