"""Invitations: single use, bound to one account, half an hour, nothing empty accepted (TA-012)."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from chatelet.identity import invitations
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database

from .conftest import PASSWORD, Answer, Client, MakePerson, OpenBrowser

INVITED = {"email": "Clairaut@academie.fr", "name": "Alexis Clairaut", "is_administrator": False}
ACCEPT = "/api/invitations/accept"


async def _token(administrator: Client, **more: Any) -> str:
    answer = await administrator.call("POST", "/api/admin/invitations", {**INVITED, **more})
    assert answer.status == 201, answer.body
    address, _, token = answer.body["link"].partition("/#/invitation?token=")
    assert address == "http://127.0.0.1:8000"
    return token


async def _accept(client: Client, token: Any, **more: Any) -> Answer:
    return await client.call("POST", ACCEPT, {"token": token, "name": "Alexis", "password": PASSWORD, **more})


async def test_an_invitation_makes_its_person_and_signs_in(administrator: Client, client: Client, sql: Any) -> None:
    answer = await administrator.call("POST", "/api/admin/invitations", INVITED)
    lasts = datetime.fromisoformat(answer.body["expires_at"]) - now()
    assert timedelta(minutes=29) < lasts <= timedelta(minutes=30)
    token = answer.body["link"].partition("token=")[2]
    assert token not in repr(await sql("SELECT * FROM invitations"))
    [listed] = (await administrator.call("GET", "/api/admin/invitations")).body["items"]
    assert listed["email"] == "clairaut@academie.fr"
    assert token not in str(listed)
    accepted = await _accept(client, token, language="en")
    assert accepted.status == 201
    assert accepted.cookie
    assert accepted.body["person"] | {"id": ""} == {
        "id": "",
        "email": "clairaut@academie.fr",
        "name": "Alexis",
        "is_administrator": False,
        "language": "en",
    }
    assert (await client.sign_in("clairaut@academie.fr")).status == 201
    assert (await administrator.call("GET", "/api/admin/invitations")).body["items"] == []
    names = [row["name"] for row in await sql("SELECT name FROM journal_events ORDER BY id")]
    assert names[-5:] == [
        "invitation.made",
        "person.created",
        "invitation.accepted",
        "session.opened",
        "session.opened",
    ]


async def test_it_is_accepted_once_even_by_fifty_at_once(administrator: Client, browser: OpenBrowser, sql: Any) -> None:
    token = await _token(administrator)
    answers = await asyncio.gather(*(_accept(browser(), token) for _ in range(50)))
    assert Counter(answer.status for answer in answers) == {201: 1, 410: 49}
    assert (
        len(await sql("SELECT id FROM persons WHERE NOT EXISTS (SELECT FROM grants WHERE person_id = persons.id)")) == 1
    )


async def test_an_empty_or_odd_token_is_refused(administrator: Client, client: Client, sql: Any) -> None:
    await _token(administrator)
    odd = [{"token": token} for token in ("", None, [], [""], {}, 0, False, "x" * 101)]
    for token in ({}, *odd):
        answer = await client.call("POST", ACCEPT, {"name": "Alexis", "password": PASSWORD, **token})
        assert (answer.status, answer.body["code"]) == (422, "invalid_request"), token
    assert len(await sql("SELECT id FROM persons")) == 1


async def test_unknown_expired_used_and_withdrawn_are_refused_alike(
    administrator: Client, client: Client, sql: Any
) -> None:
    used = await _token(administrator)
    assert (await _accept(client, used)).status == 201
    expired = await _token(administrator, email="b@academie.fr")
    await sql("UPDATE invitations SET expires_at = now() WHERE email = 'b@academie.fr'")
    replaced = await _token(administrator, email="c@academie.fr")
    current = await _token(administrator, email="c@academie.fr")
    withdrawn = await _token(administrator, email="d@academie.fr")
    listed = (await administrator.call("GET", "/api/admin/invitations")).body["items"]
    [identifier] = [item["id"] for item in listed if item["email"] == "d@academie.fr"]
    assert (await administrator.call("DELETE", f"/api/admin/invitations/{identifier}")).status == 204
    assert (await administrator.call("DELETE", f"/api/admin/invitations/{identifier}")).status == 404
    refused = [await _accept(client, token) for token in (used, expired, replaced, withdrawn, "x", "null", "\0")]
    assert {(answer.status, answer.body["code"]) for answer in refused} == {(410, "invitation_invalid")}
    assert all(answer.cookie is None for answer in refused)
    assert (await _accept(client, current)).status == 201
    names = [row["name"] for row in await sql("SELECT name FROM journal_events")]
    assert names.count("invitation.refused") == 7


async def test_a_token_opens_its_own_account_only(
    administrator: Client, client: Client, person: MakePerson, sql: Any
) -> None:
    await person()
    token = await _token(administrator)
    for more in ({"email": "emilie@chatelet.fr"}, {"is_administrator": True}, {"person_id": str(uuid4())}):
        answer = await _accept(client, token, **more)
        assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    accepted = await _accept(client, token)
    assert accepted.body["person"]["email"] == "clairaut@academie.fr"
    assert accepted.body["person"]["is_administrator"] is False


async def test_a_weak_password_leaves_the_invitation_usable(administrator: Client, client: Client) -> None:
    token = await _token(administrator)
    weak = await _accept(client, token, password="alexisclairaut")
    assert (weak.status, weak.body["code"]) == (422, "password_too_weak")
    assert (await _accept(client, token)).status == 201


async def test_an_invitation_falls_with_the_rights_of_who_made_it(
    administrator: Client, browser: OpenBrowser, person: MakePerson
) -> None:
    second = await person("second@chatelet.fr", "Deuxième Personne", is_administrator=True)
    maker = browser()
    await maker.sign_in("second@chatelet.fr")
    token = await _token(maker, is_administrator=True)
    path = f"/api/admin/persons/{second}"
    for withdrawn, restored in (
        ({"state": "disabled"}, {"state": "active"}),
        ({"is_administrator": False}, {"is_administrator": True}),
    ):
        assert (await administrator.call("PATCH", path, withdrawn)).status == 200
        refused = await _accept(browser(), token)
        assert (refused.status, refused.body["code"]) == (410, "invitation_invalid")
        assert (await administrator.call("PATCH", path, restored)).status == 200
    assert (await _accept(browser(), token)).status == 201


async def test_somebody_who_is_already_there_is_not_invited(
    administrator: Client, client: Client, person: MakePerson
) -> None:
    token = await _token(administrator)
    await person("clairaut@academie.fr", "Alexis Clairaut")
    again = await administrator.call("POST", "/api/admin/invitations", INVITED)
    assert (again.status, again.body["code"]) == (409, "person_exists")
    accepted = await _accept(client, token)
    assert (accepted.status, accepted.body["code"]) == (409, "person_exists")


async def test_only_administrators_invite(client: Client, person: MakePerson, sql: Any) -> None:
    await person()
    calls: list[tuple[str, str, Any]] = [
        ("POST", "/api/admin/invitations", INVITED),
        ("GET", "/api/admin/invitations", None),
        ("DELETE", f"/api/admin/invitations/{uuid4()}", None),
    ]
    assert [(await client.call(*call)).status for call in calls] == [401] * 3
    await client.sign_in("emilie@chatelet.fr")
    assert [(await client.call(*call)).status for call in calls] == [403] * 3
    assert await sql("SELECT id FROM invitations") == []


async def test_guesses_are_slowed_down(administrator: Client, client: Client, sql: Any) -> None:
    token = await _token(administrator)
    await _accept(client, "guess")
    await sql("UPDATE sign_in_attempts SET level = 100, charged_at = now() WHERE account_hash IS NULL")
    assert (await _accept(client, "guess")).status == 410
    blocked = await _accept(client, "guess")
    assert (blocked.status, blocked.body["code"]) == (429, "too_many_attempts")
    assert (await _accept(client, token)).status == 201  # a right link always passes


async def test_pages_and_purge(administrator: Client, database: Database, sql: Any) -> None:
    for turn in range(5):
        await _token(administrator, email=f"person{turn}@academie.fr")
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await administrator.call("GET", f"/api/admin/invitations?limit=2{cursor}")).body
        seen += [item["email"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == [f"person{turn}@academie.fr" for turn in (4, 3, 2, 1, 0)]
    for words, count in (("PERSON3@", 1), ("person academie", 5), ("%", 0), ("a\0b", 0)):
        found = await administrator.call("GET", "/api/admin/invitations", params={"q": words})
        assert len(found.body["items"]) == count, words
    await sql("UPDATE invitations SET expires_at = now() - interval '25 hours' WHERE email < 'person2'")
    async with database.transaction() as session:
        assert await invitations.purge(session) == 2
