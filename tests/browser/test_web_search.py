"""The web searched from the page: off until wanted, its words read and changed before they leave, its pages opened as read."""

import re
from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import aiohttp
import msgspec
import pytest
from playwright.async_api import expect

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator, furnished
from tests.browser.test_accessibility import DESK, HAND, Inspection
from tests.browser.test_shown_by import source
from tests.fakes.local_web import SearchServer, Server, listening
from tests.journeys.service import PASSWORD, Service
from tests.journeys.test_web_search import PAGE
from tests.journeys.visitor import Visitor
from tests.persons import create_person

pytestmark = pytest.mark.browser
TOLD = "Le délai de conservation des factures est de dix ans à compter de la clôture [1]."
BOTH = pytest.mark.parametrize("viewport", [DESK, HAND], ids=["desk", "hand"])


@pytest.fixture(scope="module")
async def engine() -> AsyncIterator[SearchServer]:
    server = SearchServer()
    async with listening(server):
        yield server


@pytest.fixture(scope="module")
async def site() -> AsyncIterator[Server]:
    server = Server()
    async with listening(server):
        yield server


@pytest.fixture(scope="module")
async def searching(
    narrator: Narrator, engine: SearchServer, site: Server, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[Service]:
    settings = {
        "CHATELET_WEB_SEARCH__SEARXNG_URL": engine.origin,
        "CHATELET_WEB_SEARCH__INSIDE_ORIGINS": msgspec.json.encode([site.origin]).decode(),
        "CHATELET_WEB_SEARCH__READ_SECONDS": "30",
    }
    with furnished(narrator, unused_tcp_port_factory(), **settings) as started:
        await started.start(60)
        yield started


@pytest.fixture
async def eve(searching: Service, http: aiohttp.ClientSession) -> Person:
    address, email = application_address(searching.data_dir), f"{uuid4()}@exemple.fr"
    assert address is not None
    opened = Database(address, pool_size=1)
    async with opened.transaction() as session:
        await create_person(session, email=email, name="Ève", password=PASSWORD, is_administrator=False)
    await opened.close()
    visitor = Visitor(http, searching.address)
    await visitor.sign_in(email)
    return Person(email, "Ève", visitor)


@BOTH
async def test_words_are_read_and_changed_before_they_leave_and_the_page_is_opened_as_it_was_read(
    open_screen: OpenScreen,
    searching: Service,
    eve: Person,
    narrator: Narrator,
    engine: SearchServer,
    site: Server,
    viewport: dict[str, int],
) -> None:
    engine.requests.clear()
    engine.finds("factures", site.page("/factures", PAGE))
    narrator.texts["Combien de temps"] = TOLD
    found: list[str] = []
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(eve, "/", address=searching.address, **still)
    seen = Inspection(screen, found)
    words = screen.page.get_by_role("textbox", name="Recherche", exact=True)
    switch = screen.button("Chercher sur le web")
    await expect(switch).to_have_attribute("aria-pressed", "false")
    await screen.composer.fill("Combien de temps garder les factures de Marie Dupont, marie.dupont@exemple.fr ?")
    await expect(words).to_have_count(0)
    await switch.click()
    await expect(words).to_have_value(re.compile("factures"))
    proposed = await words.input_value()
    assert "marie.dupont@exemple.fr" not in proposed
    await expect(screen.page.get_by_role("group", name="Recherche sur le web")).to_contain_text("partiront vers")
    await seen.look("the words that will leave")
    assert engine.queries == [], "nothing left while it was written"
    await words.fill("conservation des factures")
    await screen.button("Envoyer").click()
    answer = await screen.read()
    assert engine.queries == ["conservation des factures"]
    await expect(screen.turn()).to_contain_text("Cherché sur le web")
    await answer.get_by_role("button", name="Conservation des factures").first.click()
    panel = source(screen)
    await expect(panel.locator("mark")).to_contain_text("dix ans à compter de la clôture")
    for told in (f"{site.origin}/factures", "autre site", "page datée du 4 mars 2025", "gardée telle quelle"):
        await expect(panel).to_contain_text(told)
    await seen.look("a page of the web as it was read")
    assert not found, "\n".join(found)
