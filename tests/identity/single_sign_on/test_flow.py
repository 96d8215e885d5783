"""Signing in through a real provider, from the button to the session; and everything that may not pass."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from tests.fakes.oidc_provider import OidcProvider, new_keys
from tests.identity.conftest import PASSWORD, Client, MakePerson

from .conftest import Browser, Ways

NewBrowser = Callable[[], Browser]


@pytest.mark.parametrize("code", ["agora", "pc", "es", "ed", "ps"])
async def test_a_person_signs_in_whatever_the_signature_and_the_form_of_userinfo(
    ways: Ways, new_browser: NewBrowser, code: str
) -> None:
    """RS256, ES256, EdDSA and PS256; secret in the header or in the form; userinfo as JSON or signed."""
    await ways.declare(code)
    browser = new_browser()
    page = await browser.sign_in(code, "ada", return_to="/c/abc")
    assert urlsplit(page.url).path == "/c/abc"
    assert page.fragment == ""
    assert "ada@" not in page.url
    session = await browser.client().call("GET", "/api/sessions/current")
    assert session.body["person"]["name"] == "Ada Lovelace"
    assert session.body["person"]["email"] == "ada@example.org"
    assert session.body["person"]["is_administrator"] is False


async def test_what_leaves_is_pkce_state_and_nonce_and_the_cookie_is_a_session_s(
    ways: Ways, new_browser: NewBrowser, sql: Any
) -> None:
    await ways.declare("agora")
    browser = new_browser()
    address = await browser.begin("agora")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == len(query["nonce"]) == 43
    assert query["response_type"] == "code"
    stored = (await sql("SELECT * FROM sign_in_flows"))[0]
    text = str(stored)
    secret = next(iter(browser.cookies.values()))["__Host-chatelet-flow"]
    assert query["state"] not in text
    assert secret not in text
    assert query["nonce"] not in text


async def test_a_flow_begun_in_one_browser_does_not_end_in_another(
    ways: Ways, new_browser: NewBrowser, http: aiohttp.ClientSession
) -> None:
    """PEER_FLAWS 21 and 70: the victim opens the attacker's return, with or without a flow of their own."""
    await ways.declare("agora")
    attacker, victim = new_browser(), new_browser()
    login = await attacker.go("GET", await attacker.begin("agora"))
    stopped = Browser(http, "http://nowhere.invalid", attacker.cookies)
    back = await stopped.ask("POST", login.url, data={"account": "ada"})
    while "/callback" not in back.headers["location"]:
        back = await stopped.ask("GET", back.headers["location"])
    forged = back.headers["location"]
    await victim.begin("agora")
    refused = await victim.go("GET", forged, headers={"sec-fetch-site": "none"})
    assert refused.fragment == "/sign-in?refused=sign_in_flow_invalid&provider=agora"
    assert victim.token is None
    finished = await attacker.go("GET", forged, headers={"sec-fetch-site": "none"})
    assert finished.fragment == ""
    assert attacker.token is not None
    again = await attacker.go("GET", forged, headers={"sec-fetch-site": "none"})
    assert "sign_in_flow_invalid" in again.fragment


async def test_two_tabs_of_one_browser_may_sign_in_at_once(ways: Ways, new_browser: NewBrowser) -> None:
    await ways.declare("agora")
    browser = new_browser()
    first, second = await browser.begin("agora"), await browser.begin("agora")
    page = await browser.go("GET", first)
    page = await browser.submit(page, account="ada")
    assert page.fragment == ""
    assert (await browser.go("GET", second)).fragment == ""


async def test_only_the_return_may_come_from_another_site(ways: Ways, new_browser: NewBrowser) -> None:
    await ways.declare("agora")
    browser = new_browser()
    elsewhere = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    path = f"{browser.address}/api/sign-in/agora"
    assert (await browser.ask("GET", f"{path}/callback", headers=elsewhere)).status == 303
    for wrong in ({**elsewhere, "sec-fetch-dest": "image"}, {**elsewhere, "sec-fetch-mode": "no-cors"}):
        assert (await browser.ask("GET", f"{path}/callback", headers=wrong)).status == 403
    for method, other in (
        ("POST", path),
        ("POST", f"{path}/sign-out"),
        ("POST", f"{path}/callback"),
        ("GET", f"{path}/callback/more"),
        ("GET", f"{browser.address}/api/sessions/current"),
        ("GET", f"{browser.address}/api/installation"),
    ):
        assert (await browser.ask(method, other, headers=elsewhere)).status == 403, other


async def test_fifty_first_sign_ins_at_once_make_one_person_and_no_administrator(
    ways: Ways, new_browser: NewBrowser, sql: Any
) -> None:
    """TA-007, PEER_FLAWS 9."""
    await ways.declare("agora")
    browsers = [new_browser() for _ in range(50)]
    pages = await asyncio.gather(*(browser.sign_in("agora", "ada") for browser in browsers))
    assert [page.fragment for page in pages] == [""] * 50
    persons = await sql("SELECT id FROM persons WHERE issuer <> 'local'")
    assert len(persons) == 1
    granted = await sql("SELECT count(*) AS n FROM grants WHERE person_id = :id", id=persons[0]["id"])
    assert granted[0]["n"] == 0
    created = await sql(
        "SELECT count(*) AS n FROM journal_events WHERE name = 'person.created' AND data LIKE '%provider%'"
    )
    assert created[0]["n"] == 1


async def test_a_local_account_with_the_same_e_mail_is_neither_linked_nor_robbed(
    ways: Ways,
    new_browser: NewBrowser,
    person: MakePerson,
    sql: Any,
    chief: Client,
    http: aiohttp.ClientSession,
    site: str,
) -> None:
    """TA-005."""
    local = await person("ada@example.org", "Une autre Ada", is_administrator=True)
    await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    session = await browser.client().call("GET", "/api/sessions/current")
    assert session.body["person"]["id"] != str(local)
    assert session.body["person"]["is_administrator"] is False
    assert session.body["person"]["email"] == "ada@example.org"
    still = Client(http, site)
    assert (await still.sign_in("ada@example.org", PASSWORD)).body["person"]["id"] == str(local)
    # And the other way: the e-mail of a provider's person does not keep a local account from being made.
    assert (await chief.call("POST", "/api/admin/invitations", {"email": "new@example.org", "name": "N"})).status == 201
    await sql("UPDATE persons SET email = 'new@example.org' WHERE issuer <> 'local'")
    assert await person("new@example.org", "Nouvelle")


async def test_name_and_e_mail_follow_the_provider(
    ways: Ways, new_browser: NewBrowser, oidc: OidcProvider, http: aiohttp.ClientSession, sql: Any
) -> None:
    await ways.declare("agora")
    await new_browser().sign_in("agora", "emilie")
    row = (await sql("SELECT name, email, language FROM persons WHERE subject = 'emilie'"))[0]
    assert (row["name"], row["email"], row["language"]) == ("Émilie du Châtelet", "emilie@chatelet.fr", "fr")
    await oidc.accounts(http, emilie={"name": "Émilie de Breteuil", "email": "not an address"})
    await new_browser().sign_in("agora", "emilie")
    row = (await sql("SELECT name, email, sort_name FROM persons WHERE subject = 'emilie'"))[0]
    assert (row["name"], row["email"], row["sort_name"]) == (
        "Émilie de Breteuil",
        "emilie@chatelet.fr",
        "emilie de breteuil",
    )


async def test_a_provider_for_known_persons_makes_none(ways: Ways, new_browser: NewBrowser, sql: Any) -> None:
    await ways.declare("agora", creates_persons=False)
    browser = new_browser()
    page = await browser.sign_in("agora", "ada")
    assert "refused=sign_in_not_known" in page.fragment
    assert browser.token is None
    assert not await sql("SELECT 1 FROM persons WHERE issuer <> 'local'")
    told = (await ways.sign_ins("agora"))[0]
    assert told["outcome"] == "sign_in_not_known"
    assert told["claims"]["email"] == "ada@example.org"


async def test_a_disabled_person_stays_out(ways: Ways, new_browser: NewBrowser, chief: Client, sql: Any) -> None:
    await ways.declare("agora")
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    identifier = (await sql("SELECT id FROM persons WHERE subject = 'ada'"))[0]["id"]
    assert (await chief.call("PATCH", f"/api/admin/persons/{identifier}", {"state": "disabled"})).status == 200
    assert (await browser.client().call("GET", "/api/sessions/current")).status == 401
    page = await browser.sign_in("agora", "ada")
    assert "refused=sign_in_account_disabled" in page.fragment
    refused = await sql("SELECT data FROM journal_events WHERE name = 'sign_in.refused'")
    assert '"disabled"' in refused[0]["data"]


async def test_the_person_refuses_at_the_provider(ways: Ways, new_browser: NewBrowser) -> None:
    await ways.declare("agora")
    browser = new_browser()
    page = await browser.go("GET", await browser.begin("agora"))
    page = await browser.submit(page, refuse="1")
    assert "refused=sign_in_refused_by_provider" in page.fragment
    assert (await ways.sign_ins("agora"))[0]["reason"] == "access_denied"


async def test_a_silent_return_that_would_need_the_person_changes_nothing(ways: Ways, new_browser: NewBrowser) -> None:
    await ways.declare("agora")
    browser = new_browser()
    page = await browser.sign_in("agora", "nobody", silent=True, return_to="/settings")
    assert (urlsplit(page.url).path, page.fragment, browser.token) == ("/settings", "", None)
    await browser.sign_in("agora", "ada")
    before = browser.token
    page = await browser.sign_in("agora", "nobody", silent=True, return_to="/settings")
    assert page.fragment == ""
    assert browser.token != before, "the session was renewed without a question"


async def test_the_provider_changes_its_keys(
    ways: Ways, new_browser: NewBrowser, oidc: OidcProvider, sso: Any, http: Any
) -> None:
    """Key rotation: an unknown key identifier makes us read the keys again, once a minute at most."""
    await ways.declare("agora")
    assert (await new_browser().sign_in("agora", "ada")).fragment == ""
    await oidc.restart(new_keys())
    await oidc.accounts(http, ada={"name": "Ada Lovelace", "email": "ada@example.org"})
    page = await new_browser().sign_in("agora", "ada")
    assert "sign_in_token_refused" in page.fragment, "read less than a minute ago"
    for known in sso.discovery._known.values():
        known.keys_at -= 61
    assert (await new_browser().sign_in("agora", "ada")).fragment == ""


async def test_the_provider_is_down(
    ways: Ways, new_browser: NewBrowser, oidc: OidcProvider, person: MakePerson, http: Any
) -> None:
    """Before it was ever read, at the button; then in the middle of a sign-in. The other ways in are not concerned."""
    await ways.declare("agora")
    browser = new_browser()
    login = await browser.go("GET", await browser.begin("agora"))
    back = await browser.ask("POST", login.url, data={"account": "ada"})
    while "/callback" not in back.headers["location"]:
        back = await browser.ask("GET", back.headers["location"])
    await oidc.stop()
    try:
        page = await browser.go("GET", back.headers["location"], headers={"sec-fetch-site": "none"})
        assert "refused=sign_in_provider_unreachable" in page.fragment
        await ways.declare("basic")
        begun = await browser.ask("POST", f"{browser.address}/api/sign-in/basic", json={})
        assert begun.status == 503
        assert "sign_in_provider_unreachable" in begun.text
        local = Client(http, browser.address)
        assert (await local.sign_in("admin@chatelet.fr")).status == 201
    finally:
        await oidc.start()
