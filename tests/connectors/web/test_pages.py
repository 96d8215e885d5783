"""Pages: read by the strict way, the characters of odd ones found, those just read not asked for again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from chatelet.connectors.web.pages import Fetched, Missed, Pages
from chatelet.kernel.egress.visit import Visits
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
