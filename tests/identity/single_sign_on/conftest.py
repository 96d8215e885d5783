"""Identity and single sign-on behind the real edge, a real provider beside, and browsers that go between the two."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp
import pytest
import uvicorn
from fastapi import FastAPI

from chatelet.identity.single_sign_on import admin as sign_in_admin
from chatelet.identity.single_sign_on import api as sign_in_api
from chatelet.identity.single_sign_on.service import RETURNS, SingleSignOn, single_sign_on
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.http import Edge
from chatelet.kernel.outbound import Outbound
from chatelet.settings import Settings
from tests.fakes.oidc_provider import SECRET, OidcProvider, client, running_provider
from tests.identity.conftest import Client, MakePerson

KEY = b"k" * 32
CODES = ("agora", "pc", "es", "ed", "ps", "basic")
_FROM_ELSEWHERE = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@dataclass
class Page:
    """What a navigation ended on."""

    url: str
    status: int
    text: str
    headers: Any

    @property
    def fragment(self) -> str:
        return urlsplit(self.url).fragment


class Form(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.action = ""
        self.method = "get"
        self.fields: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self.action, self.method = given.get("action") or "", given.get("method") or "get"
        if tag == "input" and given.get("name"):
            self.fields[str(given["name"])] = given.get("value") or ""


@dataclass
class Browser:
    """Follows redirects as a browser does; its cookies are per host, Secure ones sent to loopback."""

    http: aiohttp.ClientSession
    address: str
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def token(self) -> str | None:
        return self.cookies.get(urlsplit(self.address).netloc, {}).get("__Host-chatelet")

    async def ask(self, method: str, url: str, **options: Any) -> Page:
        jar = self.cookies.setdefault(urlsplit(url).netloc, {})
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in jar.items()), **options.pop("headers", {})}
        async with self.http.request(method, url, headers=headers, allow_redirects=False, **options) as answer:
            for line in answer.headers.getall("set-cookie", []):
                name, _, rest = line.partition("=")
                value = rest.partition(";")[0]
                gone = value in ("", '""') or "1970" in line
                jar.pop(name, None) if gone else jar.update({name: value})
            return Page(url, answer.status, await answer.text(), answer.headers)

    async def go(self, method: str, url: str, **options: Any) -> Page:
        """Navigate; stop at the page of the service, or where something is asked of the person."""
        page = await self.ask(method, url, **options)
        while page.status in (302, 303):
            url = urljoin(page.url, page.headers["location"])
            headers = _FROM_ELSEWHERE if "/api/sign-in/" in url else {}
            if url.startswith(self.address) and "/api/" not in url:
                return Page(url, 200, "", {})
            page = await self.ask("GET", url, headers=headers)
        return page

    async def submit(self, page: Page, **fields: str) -> Page:
        form = Form(page.text)
        address, given = urljoin(page.url, form.action), {**form.fields, **fields}
        if form.method == "get":
            return await self.go("GET", f"{address}?{urlencode(given)}")
        return await self.go("POST", address, data=given)

    async def begin(self, code: str, **body: Any) -> str:
        """Press the provider's button; return where the browser is sent."""
        page = await self.ask("POST", f"{self.address}/api/sign-in/{code}", json=body)
        assert page.status == 200, page.text
        return re.sub(r"\\u0026", "&", page.text.split('"')[3])

    async def sign_in(self, code: str, account: str, **body: Any) -> Page:
        """Go through the whole flow."""
        page = await self.go("GET", await self.begin(code, **body))
        return await self.submit(page, account=account) if "<form" in page.text else page

    def client(self) -> Client:
        """The same browser, for the routes of a person signed in."""
        return Client(self.http, self.address, token=self.token)


@pytest.fixture(scope="session")
def app_port(unused_tcp_port_factory: Callable[[], int]) -> int:
    return unused_tcp_port_factory()


@pytest.fixture(scope="session")
async def oidc(app_port: int, unused_tcp_port_factory: Callable[[], int]) -> AsyncIterator[OidcProvider]:
    address = f"http://127.0.0.1:{app_port}"
    post = {"token_endpoint_auth_method": "client_secret_post"}
    clients = [
        client("agora", address, "agora", grant_types=["authorization_code", "refresh_token"]),
        client("pc", address, "pc", userinfo_signed_response_alg="RS256", **post),
        client("es", address, "es", id_token_signed_response_alg="ES256"),
        client("ed", address, "ed", id_token_signed_response_alg="EdDSA"),
        client("ps", address, "ps", id_token_signed_response_alg="PS256"),
        client("basic", address, "basic", **post),
    ]
    async with running_provider(unused_tcp_port_factory(), clients) as provider:
        yield provider


@pytest.fixture
def settings(tmp_path: Path, app_port: int) -> Settings:
    return Settings(data_dir=tmp_path, institution_name="Observatoire", port=app_port)


@pytest.fixture
async def sso(settings: Settings) -> AsyncIterator[SingleSignOn]:
    outbound = Outbound()
    yield single_sign_on(outbound, Keyring(KEY), settings.address, settings.security)
    await outbound.close()


@pytest.fixture
async def site(app: FastAPI, sso: SingleSignOn, app_port: int) -> AsyncIterator[str]:
    """The service, listening at the address that the provider sends back to."""
    app.include_router(sign_in_api.router)
    app.include_router(sign_in_admin.router)
    app.state.single_sign_on = sso
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", app_port))
    edge = Edge(app, returns=re.compile(RETURNS))
    server = uvicorn.Server(uvicorn.Config(edge, log_config=None, lifespan="off", server_header=False))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{app_port}"
    server.should_exit = True
    await serving


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


@pytest.fixture
def new_browser(http: aiohttp.ClientSession, site: str) -> Callable[[], Browser]:
    return lambda: Browser(http, site)


@pytest.fixture
async def chief(http: aiohttp.ClientSession, site: str, person: MakePerson) -> Client:
    """An administrator, signed in with a password."""
    await person("admin@chatelet.fr", "Voltaire Arouet", is_administrator=True)
    signed_in = Client(http, site)
    assert (await signed_in.sign_in("admin@chatelet.fr")).status == 201
    return signed_in


@dataclass
class Ways:
    """Providers as the administrator declares them, by code."""

    chief: Client
    oidc: OidcProvider
    ids: dict[str, str] = field(default_factory=dict)

    async def declare(self, code: str, **more: Any) -> str:
        body = {
            "code": code,
            "name_fr": f"Agent {code}",
            "name_en": f"Staff {code}",
            "issuer": self.oidc.issuer,
            "client_id": code,
            "client_secret": SECRET,
            **more,
        }
        made = await self.chief.call("POST", "/api/admin/sign-in-providers", body)
        assert made.status == 201, made.body
        self.ids[code] = made.body["id"]
        return made.body["id"]

    async def rules(self, code: str, *rules: dict[str, Any]) -> None:
        path = f"/api/admin/sign-in-providers/{self.ids[code]}/rules"
        written = await self.chief.call("PATCH", path, {"rules": list(rules)})
        assert written.status == 200, written.body

    async def sign_ins(self, code: str) -> list[dict[str, Any]]:
        return (await self.chief.call("GET", f"/api/admin/sign-in-providers/{self.ids[code]}/sign-ins")).body["items"]


@pytest.fixture
async def ways(chief: Client, oidc: OidcProvider, http: aiohttp.ClientSession) -> Ways:
    people = {
        "ada": {"name": "Ada Lovelace", "email": "ada@example.org", "department": "LAB1", "groups": ["g1", "admins"]},
        "emilie": {"given_name": "Émilie", "usual_name": "du Châtelet", "email": "emilie@chatelet.fr", "locale": "fr"},
    }
    await oidc.accounts(http, **people)
    return Ways(chief, oidc)
