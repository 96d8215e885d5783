"""Identity's routes alone, behind the real edge, on a real server of this process; and persons to call them."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import text

from chatelet.identity import admin, api
from chatelet.identity.acts import admin as acts_admin
from chatelet.identity.current import COOKIE
from chatelet.identity.imports import admin as imports_admin
from chatelet.identity.roles import admin as roles_admin
from chatelet.identity.scim import admin as scim_admin
from chatelet.identity.scim import api as scim_api
from chatelet.identity.units import admin as units_admin
from chatelet.kernel.database import Database
from chatelet.kernel.http import Edge, install_error_handlers
from chatelet.settings import Settings
from tests.persons import create_person, open_session

OWN = "own"
PASSWORD = "Les comètes reviennent en 1759"


@dataclass(frozen=True)
class Answer:
    """What came back, read whole."""

    status: int
    headers: Any
    body: Any
    raw: bytes

    @property
    def cookie(self) -> str | None:
        """The session's token that this answer gave."""
        for line in self.headers.getall("Set-Cookie", []):
            name, _, rest = line.partition("=")
            if name == COOKIE and not rest.startswith(('""', ";")):
                return rest.partition(";")[0]
        return None


@dataclass
class Client:
    """A browser: it keeps its one cookie as a browser would on a secure origin."""

    http: aiohttp.ClientSession
    address: str
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    async def call(
        self, method: str, path: str, body: Any = None, *, token: str | None = OWN, **options: Any
    ) -> Answer:
        headers = {**self.headers, **options.pop("headers", {})}
        sent = self.token if token == OWN else token
        if sent is not None:
            headers["Cookie"] = f"{COOKIE}={sent}"
        if body is not None:
            options["json"] = body
        async with self.http.request(method, self.address + path, headers=headers, **options) as response:
            raw = await response.read()
            is_json = response.content_type in ("application/json", "application/scim+json")
            parsed = json.loads(raw) if is_json and raw else None
            return Answer(response.status, response.headers, parsed, raw)

    async def sign_in(self, email: str, password: str = PASSWORD) -> Answer:
        answer = await self.call("POST", "/api/sessions", {"email": email, "password": password})
        if answer.status == 201:
            self.token = answer.cookie
        return answer


MakePerson = Callable[..., Awaitable[UUID]]
OpenBrowser = Callable[[], Client]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, institution_name="Observatoire", port=8000)


@pytest.fixture
def app(database: Database, settings: Settings) -> FastAPI:
    made = FastAPI(openapi_url=None)
    made.include_router(api.router)
    for module in (admin, acts_admin, units_admin, roles_admin, scim_api, scim_admin, imports_admin):
        made.include_router(module.router)
    install_error_handlers(made)
    scim_api.install_scim_errors(made)
    made.state.database = database
    made.state.settings = settings
    return made


def _edge(app: FastAPI) -> Edge:
    largest = dict.fromkeys((imports_admin.UNITS_PATH, imports_admin.PERSONS_PATH), imports_admin.LARGEST)
    return Edge(app, body_limits=largest)


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[OpenBrowser]:
    """Open any number of browsers on a real server."""
    # The protocol is named so that asyncio sends small answers at once (TCP_NODELAY) instead of after 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(_edge(app), log_config=None, lifespan="off", server_header=False))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield lambda: Client(http, address)
    server.should_exit = True
    await serving


@pytest.fixture
def client(browser: OpenBrowser) -> Client:
    return browser()


@pytest.fixture
def person(database: Database) -> MakePerson:
    async def make(email: str = "emilie@chatelet.fr", name: str = "Émilie du Châtelet", **more: Any) -> UUID:
        more = {"password": PASSWORD, "is_administrator": False, **more}
        async with database.transaction() as session:
            return await create_person(session, email=email, name=name, **more)

    return make


@pytest.fixture
async def administrator(browser: OpenBrowser, person: MakePerson, database: Database) -> Client:
    made = await person("admin@chatelet.fr", "Voltaire Arouet", is_administrator=True)
    client = browser()
    async with database.transaction() as session:
        client.token = await open_session(session, made)
    return client


@pytest.fixture
def sql(database: Database) -> Callable[..., Awaitable[list[Any]]]:
    """Run one statement as the application; return its rows."""

    async def run(statement: str, **values: Any) -> list[Any]:
        async with database.transaction() as session:
            found = await session.execute(text(statement), values)
            return list(found.mappings()) if found.returns_rows else []

    return run
