"""Pages: read by the strict way, the characters of odd ones found, those just read not asked for again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from chatelet.connectors.web.pages import Fetched, Missed, Pages
from chatelet.kernel.egress import targets
from chatelet.kernel.egress.visit import Enter, Visited, Visits
from tests.fakes.local_web import Server, listening

WORDS = "<html><head><title>Été</title></head><body>Le délai est de dix ans.</body></html>"


@pytest.fixture
async def site() -> AsyncIterator[Server]:
    server = Server()
    async with listening(server):
        yield server


def _pages(site: Server) -> Pages:
    inside = frozenset({site.origin})
    return Pages(Visits(user_agent="chatelet/test", inside=inside), inside)


async def test_a_page_just_read_is_not_asked_for_again(site: Server) -> None:
    pages, address = _pages(site), site.page("/a", WORDS)
    first = await pages.read(address)
    site.page("/a", "changed")
    assert isinstance(first, Fetched)
    assert await pages.read(address) == first
    assert site.asked == ["/a"]
    dead = site.origin + "/perdue"
    assert [await pages.read(dead) for _ in range(2)] == [Missed(dead, "status")] * 2
    assert site.asked == ["/a", "/perdue", "/perdue"], "what gave nothing is tried again"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", WORDS.replace("<head>", '<head><meta charset="iso-8859-1">').encode("latin-1")),
        ("text/html; charset=windows-1252", WORDS.encode("cp1252")),
        ("text/html; charset=utf-8", WORDS.encode("cp1252")),
        ("text/html; charset=klingon", WORDS.encode()),
        ("text/html", "\ufeff".encode() + WORDS.encode()),
    ],
)
async def test_characters_are_right_whatever_a_page_says_of_them(site: Server, kind: str, body: bytes) -> None:
    read = await _pages(site).read(site.page("/odd", body, kind))
    assert isinstance(read, Fetched)
    assert (read.head.title, "Le délai" in read.body.decode("utf-8-sig")) == ("Été", True)


async def test_eight_pages_at_once_and_no_more() -> None:
    held = asyncio.Event()
    async with AsyncExitStack() as listeners:
        sites = [Server() for _ in range(12)]
        for one in sites:
            await listeners.enter_async_context(listening(one))
        inside = frozenset(one.origin for one in sites)
        pages = Pages(Visits(user_agent="chatelet/test", inside=inside), inside)
        for one in sites:  # their rules are known from then on
            await pages.read(one.page("/b", WORDS))
            one.requests.clear()
            one.held = held
        reading = [asyncio.create_task(pages.read(one.page("/a", WORDS))) for one in sites]
        async with asyncio.timeout(20):
            while sum(len(one.asked) for one in sites) < 8:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)  # a ninth would have been asked for
        assert sum(len(one.asked) for one in sites) == 8
        held.set()
        assert all(isinstance(one, Fetched) for one in await asyncio.gather(*reading))


async def test_a_redirect_leads_through_the_rules_of_where_it_goes(site: Server) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /prive", "text/plain")
    site.page("/prive", WORDS)
    short, other = site.redirect("/short", "/prive"), site.redirect("/autre", "/libre")
    site.page("/libre", WORDS)
    pages = _pages(site)
    assert await pages.read(short) == Missed(short, "robots")
    assert site.asked == ["/short"]
    assert isinstance(await pages.read(other), Fetched)


class _Leading(Visits):
    """Every page leads to the same path of another site; `entered` is who may be contacted, robots.txt left out."""

    def __init__(self, robots: dict[str, str]) -> None:
        super().__init__(user_agent="chatelet/test")
        self.robots, self.entered = robots, list[str]()
        self.held: dict[str, asyncio.Event] = {}

    async def fetch(self, address: str, enter: Enter | None = None) -> Visited:
        target = targets.read(address)
        if target.path == "/robots.txt":
            return Visited(address, 200, "text/plain", None, self.robots.get(target.name, "").encode())
        assert enter is not None
        for origin in (target.origin, "https://arrivee.example.org"):
            await enter(targets.read(origin + target.path))
            self.entered.append(targets.read(origin).name)
            if (held := self.held.get(self.entered[-1])) is not None:
                await held.wait()
        return Visited(f"https://arrivee.example.org{target.path}", 200, "text/html", None, WORDS.encode())


async def test_another_site_that_a_redirect_leads_to_has_its_rules_and_its_turn() -> None:
    visits = _Leading({"arrivee.example.org": "User-agent: *\nDisallow: /prive\nCrawl-delay: 30"})
    pages = Pages(visits, frozenset())
    refused = "https://depart.example.org/prive"
    assert await pages.read(refused) == Missed(refused, "robots")
    assert visits.entered == ["depart.example.org"]
    assert isinstance(await pages.read("https://depart.example.org/a"), Fetched)
    waits = asyncio.create_task(pages.read("https://tiers.example.org/b"))  # thirty seconds, for where it leads
    async with asyncio.timeout(20):
        while visits.entered[-1] != "tiers.example.org":
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert visits.entered[-1] == "tiers.example.org"
    waits.cancel()
    await asyncio.gather(waits, return_exceptions=True)


async def test_an_origin_declared_inside_is_not_asked_for_its_rules_by_a_redirect() -> None:
    visits = _Leading({})
    address = "https://depart.example.org/a"
    pages = Pages(visits, frozenset({"https://arrivee.example.org"}))
    assert await pages.read(address) == Missed(address, "leads_inside")
    assert visits.entered == ["depart.example.org"]


async def test_a_site_that_asks_for_long_pauses_delays_no_other(site: Server) -> None:
    async with listening(slow := Server()):
        slow.page("/robots.txt", "User-agent: *\nCrawl-delay: 50", "text/plain")
        inside = frozenset({slow.origin, site.origin})
        pages = Pages(Visits(user_agent="chatelet/test", inside=inside), inside)
        assert isinstance(await pages.read(slow.page("/0", WORDS)), Fetched)
        waiting = [asyncio.create_task(pages.read(slow.page(f"/{number}", WORDS))) for number in range(1, 10)]
        async with asyncio.timeout(20):
            assert isinstance(await pages.read(site.page("/vif", WORDS)), Fetched)
        assert slow.asked == ["/0"]
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
