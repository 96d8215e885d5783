"""One Chromium and one running service per test process; a person and a browser context of their own for each test."""

import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from playwright.async_api import Browser, BrowserContext, Error, async_playwright, expect

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from chatelet.kernel.static import PAGE
from tests.browser.axe import AXE
from tests.browser.elsewhere import TRIED_HOST, Elsewhere, running_elsewhere
from tests.browser.installation import Narrator, furnished, running_narrator
from tests.browser.screen import Screen
from tests.browser.witness import Witness
from tests.journeys.service import PASSWORD, Service
from tests.journeys.visitor import COOKIE, Visitor
from tests.persons import create_person, open_session

_RESULTS = Path(__file__).parent.parent.parent / "test-results"
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 30_000
_failed = pytest.StashKey[bool]()


@dataclass
class Person:
    """Somebody with an account; `visitor` prepares over HTTP what is not the matter of a test."""

    email: str
    name: str
    visitor: Visitor

    async def conversation(self, title: str, *questions: str, **body: Any) -> str:
        """Make a conversation with its answers, named once they are there."""
        made = await self.visitor.conversation(**body)
        for question in questions:
            await self.visitor.ask(made, question)
        await self.visitor.call("PATCH", f"/api/conversations/{made}", {"title": title})
        return made


NewPerson = Callable[..., Awaitable[Person]]
OpenScreen = Callable[..., Awaitable[Screen]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


@pytest.fixture(scope="session")
async def elsewhere() -> AsyncIterator[Elsewhere]:
    async with running_elsewhere() as server:
        yield server


@pytest.fixture(scope="session")
async def tried() -> AsyncIterator[Elsewhere]:
    async with running_elsewhere(TRIED_HOST) as server:
        yield server


@pytest.fixture(scope="session")
async def chromium(elsewhere: Elsewhere, tried: Elsewhere) -> AsyncIterator[Browser]:
    if not (PAGE / "index.html").is_file():
        pytest.fail("The page is not built, so no screen can be tested: run `make install`.", pytrace=False)
    found = (shutil.which(name) for name in _BROWSERS)
    expect.set_options(timeout=_PATIENCE)
    resolution = f"--host-resolver-rules={elsewhere.rule},{tried.rule}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=next((path for path in found if path), None), args=[*_ARGUMENTS, resolution]
        )
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def narrator() -> AsyncIterator[Narrator]:
    async with running_narrator() as server:
        yield server


@pytest.fixture(autouse=True)
def as_told_before(narrator: Narrator) -> Iterator[None]:
    """What a test has the model say is forgotten after it: another's question may hold the same words."""
    texts, answers = dict(narrator.texts), dict(narrator.answers)
    yield
    narrator.texts, narrator.answers = texts, answers


@pytest.fixture(scope="session")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where shares are mounted: an administrator may declare the folders in it as places."""
    return tmp_path_factory.mktemp("partages")


@pytest.fixture(scope="session")
async def service(
    narrator: Narrator, shares: Path, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[Service]:
    mounted = json.dumps([str(shares)])
    with furnished(narrator, unused_tcp_port_factory(), CHATELET_DOCUMENTS__SOURCE_FOLDERS=mounted) as started:
        await started.start()
        yield started


@pytest.fixture(scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), read_bufsize=2**20) as session:
        yield session


@pytest.fixture(scope="session")
async def beside(service: Service) -> AsyncIterator[Database]:
    """The running service's own database, as the command line reaches it."""
    address = application_address(service.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    async with opened.transaction() as session:
        # The installation has its first administrator: the way in is to sign in.
        await create_person(session, email="cheffe@exemple.fr", name="Cheffe", password=PASSWORD, is_administrator=True)
    yield opened
    await opened.close()


@pytest.fixture
async def new_person(service: Service, beside: Database, http: aiohttp.ClientSession) -> NewPerson:
    async def make(name: str = "Ada Lovelace", *, administrator: bool = False) -> Person:
        email = f"{uuid4()}@exemple.fr"
        async with beside.transaction() as session:
            person = await create_person(
                session, email=email, name=name, password=PASSWORD, is_administrator=administrator
            )
            visitor = Visitor(http, service.address, await open_session(session, person))
        return Person(email, name, visitor)

    return make


@pytest.fixture
async def ada(new_person: NewPerson) -> Person:
    return await new_person()


@pytest.fixture
async def open_screen(
    chromium: Browser, service: Service, beside: Database, request: pytest.FixtureRequest
) -> AsyncIterator[OpenScreen]:
    """Open a tab in a browser of its own (`besides` another screen: in the same one), signed in or not."""
    opened: list[tuple[BrowserContext, Witness]] = []

    async def make(
        person: Person | None = None,
        path: str = "/",
        *,
        address: str = "",
        besides: Screen | None = None,
        axe: bool = False,
        **settings: Any,
    ) -> Screen:
        if besides is not None:
            return await Screen(await besides.page.context.new_page(), besides.witness).open(path)
        witness = Witness(address or service.address)
        context = await chromium.new_context(
            **{"locale": "fr-FR", "viewport": {"width": 1440, "height": 900}, **settings}
        )
        opened.append((context, witness))
        context.set_default_timeout(_PATIENCE)
        witness.watch(context)
        if axe:
            await context.add_init_script(path=AXE)
        if person is not None:
            # Chromium itself takes the Secure cookie of a loopback address; its remote control wants to hear https.
            url = witness.address.replace("http:", "https:")
            cookie = {"name": COOKIE, "value": person.visitor.token, "url": url, "httpOnly": True, "sameSite": "Lax"}
            await context.add_cookies([cookie])  # type: ignore[list-item]
        return await Screen(await context.new_page(), witness).open(path)

    yield make
    failed = request.node.stash.get(_failed, True)
    for context, witness in opened:
        if failed:
            print(*witness.complaints, sep="\n")  # noqa: T201 (beside the failure they may explain)
            await _photograph(context, request.node.name)
        await context.close()
    if not failed:
        for _, witness in opened:
            witness.verify()


async def _photograph(context: BrowserContext, name: str) -> None:
    _RESULTS.mkdir(exist_ok=True)
    for number, page in enumerate(context.pages, 1):
        try:
            await page.screenshot(path=_RESULTS / f"{name}-{number}.png", timeout=5_000)
        except Error as error:
            print(f"no screenshot of {page.url}: {error}")  # noqa: T201 (as above)


@pytest.fixture
async def screen(open_screen: OpenScreen, ada: Person) -> Screen:
    """Ada's first screen, once it knows its models: what it says before then is told by tests of its own."""
    first = await open_screen(ada)
    await expect(first.picker("Modèle")).to_be_visible()
    return first
