"""How sessions of a provider end: here, there, by its word, by its silence on the person; and the sealed way in."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp
import pytest

from chatelet.identity.service import purge_expired
from chatelet.identity.sessions import REVOKED_CHANNEL
from chatelet.identity.single_sign_on import emergency
from chatelet.identity.single_sign_on.provider_sessions import end_local_ones
from chatelet.identity.single_sign_on.renewal import check_due
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.kernel.database import Database
from chatelet.settings import SecuritySettings, Settings
from tests.fakes.oidc_provider import OidcProvider
from tests.identity.conftest import PASSWORD, Client, MakePerson

from .conftest import Browser, Form, Ways
from .test_tokens import sign

NewBrowser = Callable[[], Browser]
_EVENT = {"http://schemas.openid.net/event/backchannel-logout": {}}


async def alive(browser: Browser) -> bool:
    return (await browser.client().call("GET", "/api/sessions/current")).status == 200


async def test_signing_out_here_signs_out_there_and_no_token_is_in_an_address(
    ways: Ways, new_browser: NewBrowser, http: aiohttp.ClientSession
) -> None:
    await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    token = browser.token
    out = await browser.ask("DELETE", f"{browser.address}/api/sessions/current")
    assert out.status == 200
    assert '"cookies"' in out.headers["clear-site-data"]
    assert not await alive(
        Browser(http, browser.address, {urlsplit(browser.address).netloc: {"__Host-chatelet": token}})
    )
    leaving = await browser.ask(
        "POST", f"{browser.address}/api/sign-out", data={"ticket": json.loads(out.text)["ticket"]}
    )
    assert leaving.status == 200
    assert "script-src 'nonce-" in leaving.headers["content-security-policy"]
    confirm = await browser.submit(leaving)
    assert "eyJ" not in confirm.url
    page = await browser.submit(confirm)
    assert page.url == f"{browser.address}/"
    asked = await browser.go("GET", await browser.begin("agora"))
    assert "<form" in asked.text, "the provider asks who it is again"
    used = await browser.ask("POST", f"{browser.address}/api/sign-out", data={"ticket": json.loads(out.text)["ticket"]})
    assert (used.status, used.headers["location"]) == (303, "/")


async def test_a_provider_that_takes_the_id_token_gets_it_in_a_body(ways: Ways, new_browser: NewBrowser) -> None:
    await ways.declare("agora", sign_out="post")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    out = await browser.ask("DELETE", f"{browser.address}/api/sessions/current")
    leaving = await browser.ask(
        "POST", f"{browser.address}/api/sign-out", data={"ticket": json.loads(out.text)["ticket"]}
    )
    form = Form(leaving.text)
    assert (form.method, form.action) == ("post", f"{ways.oidc.issuer}/session/end")
    assert form.fields["id_token_hint"].startswith("eyJ")
    assert "?" not in form.action


async def test_a_local_session_has_nothing_to_end_elsewhere(chief: Client) -> None:
    assert (await chief.call("DELETE", "/api/sessions/current")).status == 204


async def test_signing_out_there_ends_the_session_here(
    ways: Ways, new_browser: NewBrowser, database: Database, sql: Any, http: aiohttp.ClientSession
) -> None:
    """The real provider sends the logout token itself; open streams hear of it."""
    await ways.declare("agora")
    browser, other = new_browser(), new_browser()
    await browser.sign_in("agora", "ada")
    await other.sign_in("agora", "ada")
    session_id = (await sql("SELECT session_id FROM provider_sessions ORDER BY session_id"))[0]["session_id"]
    heard: list[str] = []
    connection = await database.connect()
    await connection.add_listener(REVOKED_CHANNEL, lambda *told: heard.append(str(told[-1])))
    started = time.monotonic()
    confirm = await browser.ask("GET", f"{ways.oidc.issuer}/session/end?client_id=agora")
    await browser.submit(confirm)
    while await alive(browser):
        assert time.monotonic() - started < 5
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)
    await connection.close()
    assert heard == [f"session:{session_id}"]
    assert await alive(other), "another browser has another session at the provider"
    closed = await sql("SELECT data FROM journal_events WHERE name = 'session.closed'")
    assert '"provider_ended"' in closed[0]["data"]


async def test_logout_tokens_are_verified_and_used_once(
    ways: Ways, new_browser: NewBrowser, oidc: OidcProvider, sso: SingleSignOn
) -> None:
    await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    key = next(key for key in oidc.keys if key["alg"] == "RS256")

    async def post(token: str) -> Any:
        return await browser.ask("POST", f"{browser.address}/api/sign-in/agora/sign-out", data={"logout_token": token})

    def told(**changed: Any) -> dict[str, Any]:
        moment = int(time.time())
        body = {"iss": oidc.issuer, "aud": "agora", "iat": moment, "exp": moment + 60, "jti": str(uuid4())}
        return {**body, "sub": "ada", "events": _EVENT, **changed}

    wrong = (
        sign(told(iss="http://localhost:1"), key=key),
        sign(told(aud="pc"), key=key),
        sign(told(nonce="n"), key=key),
        sign(told(events={}), key=key),
        sign(told(iat=1), key=key),
        sign(told()),
        sign(told(), kid=key["kid"]),
        "",
        "a.b.c",
    )
    for token in wrong:
        answer = await post(token)
        assert (answer.status, json.loads(answer.text)["code"]) == (400, "sign_out_token_refused"), token
    assert await alive(browser)
    unconcerned = await post(sign(told(sub="someone else"), key=key))
    assert json.loads(unconcerned.text) == {"ended": 0}
    good = sign(told(), key=key)
    assert json.loads((await post(good)).text) == {"ended": 1}
    assert not await alive(browser)
    assert (await post(good)).status == 400, "used"


async def test_someone_who_left_the_provider_is_out_at_the_next_check(
    ways: Ways,
    new_browser: NewBrowser,
    oidc: OidcProvider,
    http: aiohttp.ClientSession,
    sso: SingleSignOn,
    database: Database,
    sql: Any,
) -> None:
    """Silent renewal behind the scenes; a provider that is down ends nothing."""
    await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    before = await sql("SELECT refresh_token_sealed, check_at FROM provider_sessions")
    assert await check_due(database, sso) == 0, "not its turn yet"
    await sql("UPDATE provider_sessions SET check_at = now()")
    assert await check_due(database, sso) == 0
    after = await sql("SELECT refresh_token_sealed, check_at FROM provider_sessions")
    assert after[0]["refresh_token_sealed"] != before[0]["refresh_token_sealed"]
    assert after[0]["check_at"] > before[0]["check_at"]
    await oidc.accounts(http, ada=None)
    await sql("UPDATE provider_sessions SET check_at = now()")
    assert await check_due(database, sso) == 1
    assert not await alive(browser)


async def test_a_provider_that_is_down_ends_nobody_s_session(
    ways: Ways, new_browser: NewBrowser, oidc: OidcProvider, sso: SingleSignOn, database: Database, sql: Any
) -> None:
    await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    await sql("UPDATE provider_sessions SET check_at = now()")
    await oidc.stop()
    try:
        assert await check_due(database, sso) == 0
        assert await alive(browser)
    finally:
        await oidc.start()


@pytest.mark.parametrize("change", ["disabled", "removed"])
async def test_a_way_that_is_closed_ends_its_sessions(
    ways: Ways, new_browser: NewBrowser, chief: Client, change: str
) -> None:
    """PEER_FLAWS 47: a session does not outlive the policy that opened it."""
    identifier = await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    path = f"/api/admin/sign-in-providers/{identifier}"
    done = await (chief.call("PATCH", path, {"enabled": False}) if change == "disabled" else chief.call("DELETE", path))
    assert done.status in (200, 204)
    assert not await alive(browser)
    begun = await browser.ask("POST", f"{browser.address}/api/sign-in/agora", json={})
    assert begun.status == 404
    assert (await browser.client().call("GET", "/api/installation")).body["providers"] == []


async def test_what_no_longer_serves_is_deleted(
    ways: Ways, new_browser: NewBrowser, database: Database, sql: Any
) -> None:
    await ways.declare("agora")
    await new_browser().sign_in("agora", "ada")
    await new_browser().begin("agora")
    await sql("UPDATE sign_ins SET created_at = now() - interval '8 days'")
    await sql("UPDATE sign_in_flows SET expires_at = now() - interval '1 second'")
    await sql("INSERT INTO spent_tokens VALUES ('x', now() - interval '1 second')")
    async with database.transaction() as session:
        assert await purge_expired(session) >= 3
    for table in ("sign_ins", "sign_in_flows", "spent_tokens"):
        assert await sql(f"SELECT count(*) AS n FROM {table}") == [{"n": 0}]


async def test_closing_the_local_form_ends_local_sessions_only(
    ways: Ways, new_browser: NewBrowser, chief: Client, database: Database
) -> None:
    await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    async with database.transaction() as session:
        assert await end_local_ones(session) == 1
    assert (await chief.call("GET", "/api/sessions/current")).status == 401
    assert await alive(browser)


@pytest.fixture
def without_passwords(app: Any, settings: Settings) -> None:
    security = SecuritySettings(local_sign_in=False)
    app.state.settings = settings.model_copy(update={"security": security})


async def test_with_the_local_form_off_only_the_sealed_account_enters(
    site: str,
    app: Any,
    person: MakePerson,
    http: aiohttp.ClientSession,
    database: Database,
    sql: Any,
    without_passwords: None,
) -> None:
    await person("sealed@chatelet.fr", "Scellée", is_administrator=True)
    await person("other@chatelet.fr", "Autre", is_administrator=True)
    client = Client(http, site)
    assert (await client.call("GET", "/api/installation")).body["local_sign_in"] is False
    refused = await client.sign_in("sealed@chatelet.fr")
    assert (refused.status, refused.body["code"]) == (403, "local_sign_in_off")
    assert (
        await client.call("POST", "/api/invitations/accept", {"token": "x", "name": "N", "password": PASSWORD})
    ).status == 403

    async with database.transaction() as session:
        first = await emergency.arm(session, "sealed@chatelet.fr")
        secret = await emergency.arm(session, "Sealed@chatelet.fr")
    for wrong in ("x", first):
        answer = await client.call("POST", "/api/emergency", {"secret": wrong})
        assert (answer.status, answer.body["code"]) == (403, "emergency_invalid")
    assert (await client.sign_in("sealed@chatelet.fr")).status == 403, "armed is not open"
    assert (await client.call("POST", "/api/emergency", {"secret": secret})).status == 200
    assert (await client.call("POST", "/api/emergency", {"secret": secret})).status == 403, "once"
    assert (await client.call("GET", "/api/installation")).body["local_sign_in"] is True
    assert (await client.sign_in("other@chatelet.fr")).body["code"] == "invalid_credentials"
    assert (await client.sign_in("sealed@chatelet.fr", "not this one")).body["code"] == "invalid_credentials"
    assert (await client.sign_in("sealed@chatelet.fr")).status == 201
    await sql("UPDATE emergency_access SET open_until = now() - interval '1 second'")
    assert (await client.sign_in("sealed@chatelet.fr")).status == 403
    told = [
        row["name"] for row in await sql("SELECT name FROM journal_events WHERE name LIKE 'emergency.%' ORDER BY id")
    ]
    assert told == [
        "emergency.armed",
        "emergency.armed",
        "emergency.refused",
        "emergency.refused",
        "emergency.opened",
        "emergency.refused",
    ]


async def test_the_journal_holds_nothing_that_was_told(ways: Ways, new_browser: NewBrowser, sql: Any) -> None:
    await ways.declare("agora")
    await new_browser().sign_in("agora", "ada")
    written = " ".join(str(dict(row)) for row in await sql("SELECT name, data, object_id FROM journal_events"))
    assert "agora" in written
    for secret in ("ada@", "Lovelace", "LAB1", "eyJ", "localhost"):
        assert secret not in written
