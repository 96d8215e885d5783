"""An installation with a local engine, local sites and a model that researches by rules."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.local_web import SearchServer, Server, listening
from tests.fakes.scholarly_server import ScholarlyServer, running_scholarly_server
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor
from tests.research.researcher import Researcher, running

BUDGET = {"steps": 60, "minutes": 5, "tokens": 200_000}


def page(title: str, *sentences: str) -> str:
    told = "".join(f"<p>{one}</p>" for one in sentences)
    filler = "<p>Cette page présente les règles qui s'appliquent aux entreprises et à leurs archives comptables.</p>"
    return (
        f'<!doctype html><html lang="fr"><head><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{filler}{told}{filler}</main></body></html>"
    )


@dataclass
class Web:
    """The engine, two sites that say different things, one that nobody may reach."""

    engine: SearchServer = field(default_factory=SearchServer)
    first: Server = field(default_factory=Server)
    second: Server = field(default_factory=Server)
    forbidden: Server = field(default_factory=Server)

    def clear(self) -> None:
        for one in (self.engine, self.first, self.second, self.forbidden):
            one.requests.clear()
            one.pages.clear()
            one.delay = 0.0
        self.engine.found.clear()
        self.engine.status = 200

    def usual(self) -> None:
        """Two pages that disagree on invoices, one on orders."""
        ten = "Le délai de conservation des factures est de dix ans à compter de la clôture de l'exercice."
        six = "Le délai de conservation des factures est de six ans à compter de la clôture de l'exercice."
        order = "Le délai de conservation des bons de commande est de cinq ans à compter de leur date."
        invoices = [
            self.first.page("/factures", page("Factures", ten)),
            self.second.page("/factures", page("Archives", six)),
        ]
        self.engine.finds("conservation factures", *invoices)
        self.engine.finds("bons de commande", self.first.page("/bons", page("Bons de commande", order)))


@pytest.fixture(scope="session")
async def shared_model() -> AsyncIterator[Researcher]:
    async with running() as server:
        yield server


@pytest.fixture(scope="session")
async def shared_web() -> AsyncIterator[Web]:
    web = Web()
    async with listening(web.engine, web.first, web.second, web.forbidden):
        yield web


@pytest.fixture(scope="session")
async def scholarly() -> AsyncIterator[ScholarlyServer]:
    async with running_scholarly_server() as server:
        yield server


@pytest.fixture(scope="session")
async def service(shared_model: Researcher, shared_web: Web, scholarly: ScholarlyServer) -> AsyncIterator[Service]:
    inside = [shared_web.first.origin, shared_web.second.origin]
    settings = {
        "CHATELET_WEB_SEARCH__SEARXNG_URL": shared_web.engine.origin,
        "CHATELET_WEB_SEARCH__INSIDE_ORIGINS": json.dumps(inside),
        "CHATELET_WEB_SEARCH__SEARCH_SECONDS": "4",
        "CHATELET_WEB_SEARCH__READ_SECONDS": "6",
        "CHATELET_SCHOLARLY__SOURCES": json.dumps(["hal", "crossref"]),
        "CHATELET_SCHOLARLY__ADDRESSES": json.dumps({one: scholarly.base(one) for one in ("hal", "crossref")}),
    }
    with installation(shared_model.url, **settings) as started:
        await started.start()
        yield started


@pytest.fixture(scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


@pytest.fixture(scope="session")
async def signed_in(service: Service, http: aiohttp.ClientSession) -> Visitor:
    await service.create_person("ada@exemple.fr")
    visitor = Visitor(http, service.address)
    await visitor.sign_in("ada@exemple.fr")
    return visitor


@pytest.fixture
async def ada(signed_in: Visitor, service: Service) -> Visitor:
    signed_in.address = service.address
    return signed_in


@pytest.fixture
async def model(shared_model: Researcher) -> Researcher:
    shared_model.reset()
    return shared_model


@pytest.fixture
async def web(shared_web: Web) -> Web:
    shared_web.clear()
    return shared_web


@pytest.fixture
async def stored(service: Service) -> AsyncIterator[Database]:
    address = application_address(service.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    yield opened
    await opened.close()


async def until(visitor: Visitor, research: str, *states: str, seconds: float = 40) -> dict[str, Any]:
    async with asyncio.timeout(seconds):
        while True:
            found = await visitor.get(f"/api/research/{research}")
            if found["state"] in states:
                return found
            assert found["state"] != "failed", found
            await asyncio.sleep(0.1)


async def proposed(visitor: Visitor, question: str, **more: Any) -> dict[str, Any]:
    body = {"question": question, "where": ["web"], **more}
    answer = await visitor.call("POST", "/api/research", body)
    assert answer.status == 201, answer.body
    return await until(visitor, answer.body["id"], "proposed")


def items_of(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "question": item["question"],
            "queries": [{"where": one["where"], "words": one["words"]} for one in item["queries"]],
        }
        for item in plan["items"]
    ]


async def confirm(visitor: Visitor, plan: dict[str, Any], **budget: int) -> dict[str, Any]:
    body = {"items": items_of(plan), "budget": {**BUDGET, **budget}}
    answer = await visitor.call("POST", f"/api/research/{plan['id']}/confirm", body)
    assert answer.status == 200, answer.body
    return answer.body
