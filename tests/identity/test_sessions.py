"""Sessions over HTTP: opening, using, ending; the cookie; what a disabled person can still do (nothing)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import event, make_url

from chatelet.identity import service
from chatelet.identity.current import COOKIE
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.sessions import REVOKED_CHANNEL, authenticate
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database

from .conftest import PASSWORD, Client, MakePerson, OpenBrowser

EMAIL = "emilie@chatelet.fr"


@pytest.fixture
async def revoked(addresses: tuple[str, str]) -> AsyncIterator["asyncio.Queue[str]"]:
    """What is announced to the streams of every process."""
    url = make_url(addresses[1])
    connection = await asyncpg.connect(
        user=url.username,
        password=url.password,
        database=url.database,
        host=str(url.query["host"]),
        port=int(str(url.query["port"])),
    )
    heard: asyncio.Queue[str] = asyncio.Queue()
    await connection.add_listener(REVOKED_CHANNEL, lambda *heard_with: heard.put_nowait(heard_with[-1]))
    yield heard
    await connection.close()


async def test_sign_in_shows_the_person_and_sets_the_cookie(client: Client, person: MakePerson) -> None:
    person_id = await person()
    answer = await client.call("POST", "/api/sessions", {"email": " Emilie@Chatelet.FR ", "password": PASSWORD})
    assert answer.status == 201
    assert answer.body["person"] == {
        "id": str(person_id),
        "email": EMAIL,
        "name": "Émilie du Châtelet",
        "is_administrator": False,
        "language": "fr",
    }
    lasts = datetime.fromisoformat(answer.body["expires_at"]) - now()
    assert timedelta(hours=11, minutes=59) < lasts <= timedelta(hours=12)
    [line] = answer.headers.getall("Set-Cookie")
    value, *attributes = line.split("; ")
    assert value.startswith(f"{COOKIE}=")
    assert COOKIE.startswith("__Host-")
    assert {attribute.lower() for attribute in attributes} == {
        "httponly",
        "secure",
        "samesite=lax",
        "path=/",
        f"max-age={int(lasts.total_seconds())}",
    }
    assert (await client.call("GET", "/api/sessions/current", token=answer.cookie)).body == answer.body


async def test_the_token_is_only_in_the_cookie_and_only_its_hash_is_stored(
    client: Client, person: MakePerson, sql: Any
) -> None:
    await person()
    answer = await client.sign_in(EMAIL)
    assert client.token is not None
    assert client.token.encode() not in answer.raw
    stored = await sql("SELECT s.*, p.* FROM sessions s JOIN persons p ON p.id = s.person_id")
    assert client.token not in repr(stored)
    assert client.token.encode() not in b"".join(bytes(row["token_hash"]) for row in stored)
    journal = await sql("SELECT data FROM journal_events")
    assert client.token not in repr(journal)
    assert EMAIL not in repr(journal)


async def test_each_sign_in_gives_a_new_token_and_ends_this_browser_s_last(
    client: Client, browser: OpenBrowser, person: MakePerson, revoked: "asyncio.Queue[str]"
) -> None:
    await person()
    elsewhere = browser()
    await elsewhere.sign_in(EMAIL)
    await client.sign_in(EMAIL)
    first = client.token
    await client.sign_in(EMAIL)
    assert client.token != first
    assert (await client.call("GET", "/api/sessions/current", token=first)).status == 401
    assert (await client.call("GET", "/api/sessions/current")).status == 200
    assert (await elsewhere.call("GET", "/api/sessions/current")).status == 200
    assert (await asyncio.wait_for(revoked.get(), 5)).startswith("session:")


async def test_sign_out_ends_the_session_on_the_server(
    client: Client, person: MakePerson, revoked: "asyncio.Queue[str]", sql: Any
) -> None:
    await person()
    await client.sign_in(EMAIL)
    answer = await client.call("DELETE", "/api/sessions/current")
    assert (answer.status, answer.raw) == (204, b"")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    [line] = answer.headers.getall("Set-Cookie")
    assert line.startswith(f"{COOKIE}=")
    assert "Max-Age=0" in line
    assert "Secure" in line
    again = await client.call("GET", "/api/sessions/current")
    assert (again.status, again.body["code"]) == (401, "not_signed_in")
    [session] = await sql("SELECT id FROM sessions")
    assert await asyncio.wait_for(revoked.get(), 5) == f"session:{session['id']}"
    assert [row["name"] for row in await sql("SELECT name FROM journal_events ORDER BY id")] == [
        "person.created",
        "session.opened",
        "session.closed",
    ]


ODD_TOKENS = (
    None, "", " ", "null", "undefined", "[]", "0", "a" * 43, "A" * 5000, "' OR 1=1 --", "%27%20OR%20%271%27=%271",
    '"; DROP TABLE sessions; --', "é\u202e", "\\x00", "a%00b", "..%2f..", "{}", "true",
)  # fmt: skip


async def test_no_other_token_opens(client: Client, person: MakePerson, sql: Any) -> None:
    await person()
    await client.sign_in(EMAIL)
    for token in ODD_TOKENS:
        answer = await client.call("GET", "/api/sessions/current", token=token)
        assert (answer.status, answer.body["code"]) == (401, "not_signed_in"), token
    assert len(await sql("SELECT id FROM sessions WHERE ended_at IS NULL")) == 1


async def test_the_token_is_taken_from_the_cookie_only(client: Client, person: MakePerson) -> None:
    await person()
    await client.sign_in(EMAIL)
    token = client.token
    for headers in ({"Authorization": f"Bearer {token}"}, {"x-api-key": token}, {"Cookie": f"chatelet={token}"}):
        answer = await client.call("GET", "/api/sessions/current", token=None, headers=headers)
        assert answer.status == 401
    for path in (f"/api/sessions/current?{COOKIE}={token}", f"/api/sessions/current?token={token}"):
        assert (await client.call("GET", path, token=None)).status == 401


async def test_expired_idle_and_ended_sessions_are_refused(client: Client, person: MakePerson, sql: Any) -> None:
    await person()
    for change in (
        "expires_at = now() - interval '1 second'", "last_seen_at = now() - interval '241 minutes'", "ended_at = now()",
    ):  # fmt: skip
        await client.sign_in(EMAIL)
        assert (await client.call("GET", "/api/sessions/current")).status == 200
        await sql(f"UPDATE sessions SET {change}")
        assert (await client.call("GET", "/api/sessions/current")).status == 401, change


async def test_one_query_authenticates_and_a_visit_is_noted_once_a_minute(
    client: Client, person: MakePerson, database: Database, sql: Any
) -> None:
    await person()
    await client.sign_in(EMAIL)
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.transaction() as session:
        principal = await authenticate(session, client.token)
    assert len(statements) == 1
    await sql("UPDATE sessions SET last_seen_at = now() - interval '61 seconds'")
    await sql("UPDATE persons SET last_seen_at = now() - interval '61 seconds'")
    statements.clear()
    for _ in range(3):
        async with database.transaction() as session:
            assert await authenticate(session, client.token) == principal
    assert len(statements) == 4
    for table in ("sessions", "persons"):
        [row] = await sql(f"SELECT last_seen_at FROM {table}")
        assert now() - row["last_seen_at"] < timedelta(seconds=30)


async def test_noting_a_visit_never_waits_for_another_request(
    client: Client, person: MakePerson, database: Database, sql: Any
) -> None:
    await person()
    await client.sign_in(EMAIL)
    await sql("UPDATE sessions SET last_seen_at = now() - interval '2 minutes'")
    async with database.transaction() as slow:
        await authenticate(slow, client.token)
        async with asyncio.timeout(2), database.transaction() as quick:
            await authenticate(quick, client.token)


async def test_disabling_ends_everything_at_once(
    administrator: Client, browser: OpenBrowser, person: MakePerson, revoked: "asyncio.Queue[str]"
) -> None:
    person_id = await person()
    browsers = [browser() for _ in range(3)]
    for each in browsers:
        await each.sign_in(EMAIL)
    changed = await administrator.call("PATCH", f"/api/admin/persons/{person_id}", {"state": "disabled"})
    assert (changed.status, changed.body["state"]) == (200, "disabled")
    for each in browsers:
        for method, path, body in (
            ("GET", "/api/sessions/current", None),
            ("PATCH", "/api/persons/current", {"name": "X"}),
            ("POST", "/api/persons/current/password", {"current": PASSWORD, "new": "une autre comète 1835"}),
            ("DELETE", "/api/sessions/current", None),
            ("GET", "/api/admin/persons", None),
        ):
            answer = await each.call(method, path, body)
            assert (answer.status, answer.body["code"]) == (401, "not_signed_in"), path
    announced = {await asyncio.wait_for(revoked.get(), 5) for _ in range(4)}
    assert f"person:{person_id}" in announced
    assert len([name for name in announced if name.startswith("session:")]) == 3
    again = await browsers[0].sign_in(EMAIL)
    assert (again.status, again.body["code"]) == (401, "invalid_credentials")
    await administrator.call("PATCH", f"/api/admin/persons/{person_id}", {"state": "active"})
    assert (await browsers[1].call("GET", "/api/sessions/current")).status == 401  # an old session does not come back
    assert (await browsers[0].sign_in(EMAIL)).status == 201


async def test_becoming_an_administrator_or_not_ends_the_person_s_sessions(
    administrator: Client, client: Client, person: MakePerson
) -> None:
    person_id = await person()
    await client.sign_in(EMAIL)
    path = f"/api/admin/persons/{person_id}"
    assert (await administrator.call("PATCH", path, {"is_administrator": False})).status == 200  # nothing changes
    assert (await client.call("GET", "/api/sessions/current")).status == 200
    for granted, status in ((True, 200), (False, 403)):
        assert (await administrator.call("PATCH", path, {"is_administrator": granted})).status == 200
        assert (await client.call("GET", "/api/sessions/current")).status == 401
        await client.sign_in(EMAIL)
        assert (await client.call("GET", "/api/admin/persons")).status == status


async def test_an_unknown_session_raises(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotSignedIn):
            await authenticate(session, str(uuid4()))


async def test_purge_keeps_what_lives(
    client: Client, browser: OpenBrowser, person: MakePerson, sql: Any, database: Database
) -> None:
    await person()
    old, ended = browser(), browser()
    for each in (client, old, ended):
        await each.sign_in(EMAIL)
    ids: list[UUID] = [row["id"] for row in await sql("SELECT id FROM sessions ORDER BY id")]
    await sql("UPDATE sessions SET expires_at = now() - interval '25 hours' WHERE id = :id", id=ids[1])
    await sql("UPDATE sessions SET ended_at = now() - interval '25 hours' WHERE id = :id", id=ids[2])
    async with database.transaction() as session:
        assert await service.purge_expired(session) == 2
    assert [row["id"] for row in await sql("SELECT id FROM sessions")] == ids[:1]
    assert (await client.call("GET", "/api/sessions/current")).status == 200
