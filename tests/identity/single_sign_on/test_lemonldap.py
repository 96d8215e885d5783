"""Signing in at a real LemonLDAP::NG: its issuer ends in "/", its audience is a list, it wants PKCE."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.lemonldap import SECRET, running_portal
from tests.identity.conftest import Client

from .conftest import Browser

pytestmark = pytest.mark.servers
NewBrowser = Callable[[], Browser]


@pytest.fixture(scope="module")
async def portal(
    app_port: int, unused_tcp_port_factory: Callable[[], int], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """The issuer of a running portal, which knows this service as a client."""
    folder: Path = tmp_path_factory.mktemp("lemonldap")
    async with running_portal(folder, unused_tcp_port_factory(), f"http://127.0.0.1:{app_port}", "llng") as issuer:
        yield issuer


@pytest.fixture
async def declared(chief: Client, portal: str) -> str:
    body = {
        "code": "llng", "name_fr": "Portail", "name_en": "Portal", "issuer": portal,
        "client_id": "chatelet", "client_secret": SECRET, "sign_out": "ask",
    }  # fmt: skip
    made = await chief.call("POST", "/api/admin/sign-in-providers", body)
    assert made.status == 201, made.body
    identifier: str = made.body["id"]
    return identifier


async def test_the_portal_is_ready(chief: Client, declared: str) -> None:
    told = await chief.call("POST", f"/api/admin/sign-in-providers/{declared}/probe")
    assert (told.body["state"], told.body["keys"], told.body["has_userinfo"]) == ("ready", 1, True), told.body


async def test_a_demonstration_user_signs_in_and_out(
    chief: Client, declared: str, portal: str, new_browser: NewBrowser, sql: Any
) -> None:
    browser = new_browser()
    asked = await browser.go("GET", await browser.begin("llng"))
    page = await browser.submit(asked, user="dwho", password="dwho")
    assert page.url == f"{browser.address}/", page.text[:3000]
    assert page.fragment == ""
    person = (await browser.client().call("GET", "/api/sessions/current")).body["person"]
    assert (person["name"], person["email"]) == ("Doctor Who", "dwho@badwolf.org")
    kept = (await sql("SELECT issuer, subject FROM persons WHERE issuer <> 'local'"))[0]
    assert dict(kept) == {"issuer": portal, "subject": "dwho"}
    assert portal.endswith("/")
    signed = (await chief.call("GET", f"/api/admin/sign-in-providers/{declared}/sign-ins")).body["items"]
    assert sorted(signed[0]["claims"]["aud"]) == ["autre-service", "chatelet"]
    out = await browser.ask("DELETE", f"{browser.address}/api/sessions/current")
    assert out.status == 200
    ticket = json.loads(out.text)["ticket"]
    leaving = await browser.ask("POST", f"{browser.address}/api/sign-out", data={"ticket": ticket})
    confirm = await browser.submit(leaving)
    assert confirm.url.startswith(f"{portal}oauth2/logout")


async def test_a_wrong_password_stays_at_the_portal(declared: str, portal: str, new_browser: NewBrowser) -> None:
    browser = new_browser()
    asked = await browser.go("GET", await browser.begin("llng"))
    page = await browser.submit(asked, user="dwho", password="wrong")
    assert page.url.startswith(portal)
    assert browser.token is None
