"""Pages: read by the strict way, the characters of odd ones found, those just read not asked for again."""

from collections.abc import AsyncIterator

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
