"""A question searched through a real SearXNG: its engine, the pages and the model are of the loopback, nothing else is ours."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.local_web import Answer, Request, Server, listening
from tests.fakes.model_server import ModelServer
from tests.fakes.searxng import running_searxng
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.visitor import Visitor
from tests.persons import create_person, open_session

pytestmark = pytest.mark.servers
TRUE = "Le_délai_de_conservation_des_factures_est_de_dix_ans_à_compter_de_la_clôture_[1]."
PAGE = """<!doctype html><html lang="fr"><head><title>Conservation des factures</title></head><body><main>
<h1>Conservation des factures</h1>
<p>Le délai de conservation des factures est de dix ans à compter de la clôture de l'exercice comptable concerné.</p>
<p>Les bons de commande suivent la même règle, quel que soit le support sur lequel ils ont été établis.</p>
</main></body></html>"""


@dataclass
class World:
    """The engine that SearXNG asks, and a site."""

    engine: Server = field(default_factory=Server)
    site: Server = field(default_factory=Server)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = World()

    def answer(_asked: Request) -> Answer:
        found = {"results": [{"url": world.site.origin + "/factures", "title": "Factures", "content": "Dix ans."}]}
        return 200, {"content-type": "application/json"}, json.dumps(found).encode()

    world.site.page("/factures", PAGE)
    world.engine.answer = answer
    async with listening(world.engine, world.site):
        yield world


@pytest.fixture
async def searching(scripted: ModelServer, world: World, tmp_path: Path) -> AsyncIterator[Service]:
    async with running_searxng(tmp_path, world.engine.origin) as searxng:
        settings = {
            "CHATELET_WEB_SEARCH__SEARXNG_URL": searxng,
            "CHATELET_WEB_SEARCH__INSIDE_ORIGINS": json.dumps([world.site.origin]),
            "CHATELET_WEB_SEARCH__SEARCH_SECONDS": "30",
            "CHATELET_WEB_SEARCH__READ_SECONDS": "30",
        }
        with installation(scripted.url, **settings) as started:
            await started.start()
            yield started


async def test_exactly_the_words_confirmed_go_through_and_the_page_is_cited(
    searching: Service, world: World, http: aiohttp.ClientSession
) -> None:
    address = application_address(searching.data_dir)
    assert address is not None
    opened = Database(address, pool_size=1)
    async with opened.transaction() as session:
        person = await create_person(
            session, email="eve@exemple.fr", name="Eve", password=PASSWORD, is_administrator=False
        )
        eve = Visitor(http, searching.address, await open_session(session, person))
    await opened.close()
    conversation = await eve.conversation()
    stream = await eve.ask(conversation, f"Combien de temps ? [[say={TRUE}]]", web={"query": "délai factures"})
    assert [one.form["q"] for one in world.engine.requests] == ["délai factures"]
    assert world.site.asked == ["/factures"]
    [citation] = stream.all("citations")[-1]["items"]
    assert citation["verified"]
    pages = f"/api/conversations/{conversation}/web-pages"
    kept = await eve.get(f"{pages}/{citation['snapshot_id']}")
    assert kept["address"] == f"{world.site.origin}/factures"
    assert "dix ans" in kept["text"][citation["source_start"] : citation["source_end"]]
