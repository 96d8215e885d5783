"""A website over real HTTP: what is told of it, what is not, and what stops the reading."""

import asyncio
import gzip
from pathlib import Path

import pytest
from aiohttp import web

from chatelet.connectors.contract import (
    Entry,
    EntryGone,
    EntryTooLarge,
    PlaceBroken,
    PlaceError,
    PlaceRefused,
    PlaceUnreachable,
)
from chatelet.connectors.declared import Login, SitePlace
from chatelet.connectors.site import spool as spools
from chatelet.connectors.site.crawl import Site
from chatelet.kernel.outbound import Outbound
from tests.connectors.reading import MUCH, listed, whole
from tests.connectors.serving import Served


class Pages:
    """A site by its targets: a page's text, or a response."""

    def __init__(self, served: Served, pages: dict[str, str | web.Response]) -> None:
        self.pages = pages
        served.answer = self._answer

    def _answer(self, asked: web.Request) -> web.Response:
        found = self.pages.get(asked.raw_path)
        if found is None:
            return web.Response(status=404)
        return found.clone() if isinstance(found, _Made) else _html(str(found))


class _Made(web.Response):
    """A response that is given again and again."""

    def __init__(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        super().__init__(
            status=status, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        self._made = (status, body, headers)

    def clone(self) -> web.Response:
        status, body, headers = self._made
        return _Made(status, body, **headers)


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html")


def _to(location: str, status: int = 302) -> _Made:
    return _Made(status, location=location)


def _links(*hrefs: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>" + "".join(f'<a href="{href}">x</a>' for href in hrefs)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


def _place(outbound: Outbound, address: str, spool: Path, login: Login | None = None, **given: object) -> Site:
    """Open a site without pauses; `SitePlace` itself wants at least a tenth of a second."""
    declared = SitePlace(address=address, **{name: value for name, value in given.items() if name != "patience"})  # type: ignore[arg-type]
    patience = float(str(given.get("patience", 10.0)))
    return Site(declared.model_copy(update={"pause_seconds": 0.0}), login, outbound, spool, patience=patience)


async def _told(outbound: Outbound, address: str, spool: Path, **given: object) -> dict[str, Entry]:
    place = _place(outbound, address, spool, **given)
    try:
        return await asyncio.wait_for(listed(place), 60)
    finally:
        await place.close()


async def _fails(outbound: Outbound, address: str, spool: Path, **given: object) -> type[PlaceError]:
    with pytest.raises(PlaceError) as told:
        await _told(outbound, address, spool, **given)
    assert not str(told.value)
    return type(told.value)


async def test_pages_and_documents_are_told_and_read(outbound: Outbound, odd: Served, spool: Path) -> None:
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    Pages(
        odd,
        {
            "/": _links("/fr/", "doc.pdf", "/photo.jpg", "https://elsewhere.example/", "mailto:a@b.example", "/x#y"),
            "/fr/": _links("/", "d%C3%A9cret", "note.docx", "/cafe.zip", "?page=2"),
            "/fr/?page=2": "second",
            "/fr/d%C3%A9cret": "<p>décret</p>",
            "/fr/note.docx": _Made(body=b"PK office", content_type=office),
            "/doc.pdf": _Made(body=b"%PDF-1.7", content_type="application/pdf", etag='"v1"'),
            "/x": _Made(body=b"a picture", content_type="image/png"),
        },
    )
    place = _place(outbound, odd.url, spool)
    found = await listed(place)
    names = {"index.html", "fr/index.html", "fr/index?page=2.html", "fr/décret.html", "fr/note.docx", "doc.pdf"}
    assert set(found) == names
    asked_before = len(odd.asked)
    assert await whole(place, found["fr/décret.html"]) == "<p>décret</p>".encode()
    assert await whole(place, found["doc.pdf"]) == b"%PDF-1.7"
    assert len(odd.asked) == asked_before, "what was read to be told is not asked again"
    assert (found["doc.pdf"].mark, found["doc.pdf"].size, found["doc.pdf"].readers) == ('"v1"', 8, None)
    with pytest.raises(EntryTooLarge):
        await whole(place, found["doc.pdf"], 7)
    with pytest.raises(EntryGone):
        await whole(place, Entry("other.html", 1, "m"))
    await place.close()
    assert not list(spool.iterdir()), "nothing is left of the spool"
    targets = [path for _, path, _ in odd.asked]
    assert len(targets) == len(set(targets))
    assert all(headers["user-agent"].startswith("chatelet") and "cookie" not in headers for _, _, headers in odd.asked)


async def test_the_mark_follows_the_content(outbound: Outbound, odd: Served, spool: Path) -> None:
    site = Pages(odd, {"/": "one"})
    first = (await _told(outbound, odd.url, spool))["index.html"].mark
    assert (await _told(outbound, odd.url, spool))["index.html"].mark == first
    site.pages["/"] = "two"
    assert (await _told(outbound, odd.url, spool))["index.html"].mark != first


async def test_robots_are_obeyed(outbound: Outbound, odd: Served, spool: Path) -> None:
    robots = _Made(body=b"User-agent: *\nDisallow: /private/\nDisallow: /*?print", content_type="text/plain")
    Pages(
        odd,
        {"/robots.txt": robots, "/": _links("/private/a", "/a?print=1", "/b"), "/private/a": "no", "/b": "yes"},
    )
    assert set(await _told(outbound, odd.url, spool)) == {"index.html", "b.html"}
    assert not [path for _, path, _ in odd.asked if "private" in path or "print" in path]
    assert await _fails(outbound, f"{odd.url}/private/", spool) is PlaceRefused


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (_Made(500), PlaceUnreachable),
        (_Made(429), PlaceUnreachable),
        (_Made(body=b"User-agent: *\nCrawl-delay: 3600"), PlaceRefused),
        (_Made(body=b"User-agent: *\nDisallow: /"), PlaceRefused),
        (_Made(body=b"#" * 600_000), PlaceBroken),
    ],
)
async def test_robots_that_stop(
    outbound: Outbound, odd: Served, spool: Path, robots: web.Response, expected: type[PlaceError]
) -> None:
    Pages(odd, {"/robots.txt": robots, "/": "x"})
    assert await _fails(outbound, odd.url, spool) is expected


@pytest.mark.parametrize("robots", [_Made(403), _to("/robots.txt"), _to("/elsewhere.txt"), _to("https://x.example/")])
async def test_robots_that_are_not_there_allow_all(
    outbound: Outbound, odd: Served, spool: Path, robots: web.Response
) -> None:
    Pages(odd, {"/robots.txt": robots, "/": "x"})
    assert set(await _told(outbound, odd.url, spool)) == {"index.html"}


async def test_the_pace_is_the_slower_of_both(outbound: Outbound, odd: Served, spool: Path) -> None:
    robots = _Made(body=b"User-agent: *\nCrawl-delay: 0.2", content_type="text/plain")
    Pages(odd, {"/robots.txt": robots, "/": _links("/a", "/b"), "/a": "a", "/b": "b"})
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await _told(outbound, odd.url, spool)
    assert loop.time() - begun >= 0.55


async def test_wishes_of_pages(outbound: Outbound, odd: Served, spool: Path) -> None:
    Pages(
        odd,
        {
            "/": _links("/hidden", "/dead", "/copy", "/header.pdf", "/a", "/outside"),
            "/hidden": _links("/below", head='<meta name="robots" content="noindex">'),
            "/below": "told",
            "/dead": _links("/unfollowed", head='<meta name="robots" content="nofollow">'),
            "/unfollowed": "never reached",
            "/copy": _links(head='<link rel="canonical" href="/original">'),
            "/original": "told once",
            "/header.pdf": _Made(body=b"%PDF", content_type="application/pdf", x_robots_tag="noindex"),
            "/a": _links(head='<link rel="canonical" href="/b">'),
            "/b": _links(head='<link rel="canonical" href="/a">'),
            "/outside": _links(head='<link rel="canonical" href="https://x.example/">'),
        },
    )
    found = set(await _told(outbound, odd.url, spool))
    assert found == {"index.html", "below.html", "dead.html", "original.html", "a.html", "outside.html"}


async def test_a_copy_whose_original_is_missing_is_told(outbound: Outbound, odd: Served, spool: Path) -> None:
    Pages(odd, {"/": _links(head='<link rel="canonical" href="/missing">')})
    place = _place(outbound, odd.url, spool)
    found = await listed(place)
    assert set(found) == {"index.html"}
    assert b"canonical" in await whole(place, found["index.html"])
    await place.close()


async def test_redirects_stay_within_bounds(outbound: Outbound, odd: Served, spool: Path) -> None:
    other = Served()
    await other.start()
    other.answer = lambda _: _html("elsewhere")
    Pages(
        odd,
        {
            "/": _to("/fr/"),
            "/fr/": _links("/out", "/in", "/loop1"),
            "/out": _to(f"{other.url}/secret"),
            "/in": _to(f"{odd.url}/arrived", 301),
            "/arrived": "arrived",
            "/loop1": _to("/loop2"),
            "/loop2": _to("/loop1"),
        },
    )
    assert set(await _told(outbound, odd.url, spool)) == {"fr/index.html", "arrived.html"}
    assert not other.asked
    await other.stop()


async def test_a_prefix_bounds_what_is_read(outbound: Outbound, odd: Served, spool: Path) -> None:
    Pages(odd, {"/fr/ecole/": _links("a", "/fr/", "/fr/ecoles", "/"), "/fr/ecole/a": _links("../../x"), "/fr/": "no"})
    assert set(await _told(outbound, f"{odd.url}/fr/ecole/", spool)) == {"fr/ecole/index.html", "fr/ecole/a.html"}
    Pages(odd, {"/start": _links("/docs/a", "/b"), "/docs/a": "a", "/b": "b"})
    assert set(await _told(outbound, f"{odd.url}/start", spool, prefix="docs")) == {"start.html", "docs/a.html"}


async def test_infinite_sites_have_an_end(outbound: Outbound, odd: Served, spool: Path) -> None:
    def calendar(asked: web.Request) -> web.Response:
        if asked.path == "/robots.txt":
            return web.Response(status=404)
        day = int(asked.query.get("day", "0"))
        return _html(_links(f"/?day={day + 1}", f"{asked.path.rstrip('/')}/deeper{day}/", "deeper/", "deeper/x/"))

    odd.answer = calendar
    assert len(await _told(outbound, odd.url, spool, pages=60, depth=20)) == 60
    assert len(odd.asked) == 61
    odd.asked.clear()
    found = await _told(outbound, odd.url, spool, depth=2)
    assert max(path.count("/") for path in found) <= 5
    assert len(odd.asked) < 60


async def test_pages_that_fail_are_asked_again_and_told_to_be_kept(
    outbound: Outbound, odd: Served, spool: Path
) -> None:
    once = iter([True])

    def answer(asked: web.Request) -> web.Response:
        match asked.path:
            case "/":
                return _html(_links("/broken.pdf", "/once", "/gone", "/closed", "/cut", "/fine"))
            case "/broken.pdf":
                return web.Response(status=503)
            case "/once":
                return web.Response(status=502) if next(once, False) else _html(_links("/behind"))
            case "/closed":
                return web.Response(status=403)
            case "/cut":
                assert asked.transport
                asked.transport.abort()
                return web.Response()
            case "/fine" | "/behind":
                return _html("fine")
        return web.Response(status=404)

    odd.answer = answer
    place = _place(outbound, odd.url, spool)
    found = await listed(place)
    assert set(found) == {"index.html", "once.html", "behind.html", "broken.pdf", "cut.html", "fine.html"}
    asked_before = len(odd.asked)
    for path in ("broken.pdf", "cut.html"):
        with pytest.raises(PlaceError) as told:
            await whole(place, found[path])
        assert told.value.code == "place_failed", "the page, not the site"
    assert len(odd.asked) == asked_before
    again = await listed(second := _place(outbound, odd.url, spool))
    assert again["broken.pdf"].mark != found["broken.pdf"].mark
    await place.close()
    await second.close()


async def test_a_site_that_stops_answering_is_unreachable(outbound: Outbound, odd: Served, spool: Path) -> None:
    odd.answer = lambda asked: (
        _html(_links(*(f"/{number}" for number in range(100))))
        if asked.path == "/"
        else web.Response(status=404 if asked.path == "/robots.txt" else 500)
    )
    assert await _fails(outbound, odd.url, spool) is PlaceUnreachable
    assert len(odd.asked) < 30


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (_Made(500), PlaceUnreachable),
        (_Made(404), PlaceUnreachable),
        (_Made(401), PlaceRefused),
        (_Made(403), PlaceRefused),
        (_to("https://elsewhere.example/"), PlaceBroken),
        (_to("/"), PlaceBroken),
        (_to("/moved"), PlaceUnreachable),
        (_Made(body=b"x", content_type="image/png"), PlaceBroken),
        (_Made(body=b"x", content_type="text/html", content_encoding="br"), PlaceBroken),
    ],
)
async def test_a_start_that_fails(
    outbound: Outbound, odd: Served, spool: Path, start: web.Response, expected: type[PlaceError]
) -> None:
    Pages(odd, {"/": start})
    assert await _fails(outbound, odd.url, spool) is expected


async def test_nobody_there_or_too_slow(outbound: Outbound, odd: Served, spool: Path) -> None:
    assert await _fails(outbound, "http://127.0.0.1:9", spool) is PlaceUnreachable

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return _html("late")

    odd.answer = slow
    assert await _fails(outbound, odd.url, spool, patience=0.3) is PlaceUnreachable


async def test_pages_too_large_are_told_and_not_read(outbound: Outbound, odd: Served, spool: Path) -> None:
    bomb = gzip.compress(b"<p>x</p>" * 2_000_000)
    small = gzip.compress(_links("/behind").encode())
    Pages(
        odd,
        {
            "/": _links("/large.pdf", "/bomb", "/small"),
            "/large.pdf": _Made(body=b"%PDF" + b"x" * 11_000_000, content_type="application/pdf"),
            "/bomb": _Made(body=bomb, content_type="text/html", content_encoding="gzip"),
            "/small": _Made(body=small, content_type="text/html", content_encoding="gzip"),
            "/behind": "behind",
        },
    )
    place = _place(outbound, odd.url, spool)
    found = await listed(place)
    assert set(found) == {"index.html", "large.pdf", "bomb.html", "small.html", "behind.html"}
    for path in ("large.pdf", "bomb.html"):
        with pytest.raises(EntryTooLarge):
            await whole(place, found[path])
    assert b"/behind" in await whole(place, found["small.html"])
    await place.close()


async def test_what_the_spool_has_no_room_for_is_asked_again(outbound: Outbound, odd: Served, spool: Path) -> None:
    site = Pages(odd, {"/": _links("/a", "/b"), "/a": "a" * 100, "/b": "b" * 200})
    place = _place(outbound, odd.url, spool)
    place._spool = spools.Spool(spool, largest=250)
    found = await listed(place)
    asked_before = len(odd.asked)
    assert await whole(place, found["a.html"]) == b"a" * 100
    assert await whole(place, found["b.html"]) == b"b" * 200
    assert len(odd.asked) == asked_before + 1
    with pytest.raises(EntryTooLarge):
        await whole(place, found["b.html"], 199)
    for status, expected in ((404, EntryGone), (500, PlaceUnreachable), (403, PlaceRefused)):
        site.pages["/b"] = _Made(status)
        with pytest.raises(expected):
            await whole(place, found["b.html"])
    await place.close()


def _sitemap(*addresses: str) -> bytes:
    return ("<urlset>" + "".join(f"<url><loc>{one}</loc></url>" for one in addresses) + "</urlset>").encode()


def _index(*addresses: str) -> bytes:
    told = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in addresses)
    return f"<sitemapindex>{told}</sitemapindex>".encode()


async def test_a_sitemap_tells_what_is_read_and_nothing_more(outbound: Outbound, odd: Served, spool: Path) -> None:
    Pages(
        odd,
        {
            "/sitemap.xml": _to("/real.xml", 301),
            "/real.xml": _Made(
                body=_index("/one.xml.gz", f"{odd.url}/two.xml", "https://x.example/3.xml", "/real.xml")
            ),
            "/one.xml.gz": _Made(
                body=gzip.compress(_sitemap(f"{odd.url}/a", f"{odd.url}/b.pdf", "https://x.example/c"))
            ),
            "/two.xml": _Made(body=_sitemap(f"{odd.url}/a", f"{odd.url}/d/e", f"{odd.url}/missing")),
            "/a": _links("/not-in-the-sitemap"),
            "/b.pdf": _Made(body=b"%PDF", content_type="application/pdf"),
            "/d/e": "e",
            "/not-in-the-sitemap": "no",
        },
    )
    assert set(await _told(outbound, f"{odd.url}/sitemap.xml", spool)) == {"a.html", "b.pdf", "d/e.html"}
    assert set(await _told(outbound, f"{odd.url}/sitemap.xml", spool, prefix="d")) == {"d/e.html"}


async def test_sitemaps_that_robots_name(outbound: Outbound, odd: Served, spool: Path) -> None:
    robots = f"Sitemap: {odd.url}/map.xml\nSitemap: {odd.url}/lost.xml\nSitemap: https://x.example/map.xml"
    Pages(
        odd,
        {
            "/robots.txt": _Made(body=robots.encode(), content_type="text/plain"),
            "/map.xml": _Made(body=_sitemap(f"{odd.url}/orphan")),
            "/": _links("/linked"),
            "/orphan": "o",
            "/linked": "l",
        },
    )
    assert set(await _told(outbound, odd.url, spool)) == {"index.html", "linked.html", "orphan.html"}
    assert await _fails(outbound, f"{odd.url}/robots.txt", spool) is PlaceUnreachable, "a declared sitemap is missing"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (_Made(404), PlaceUnreachable),
        (_Made(503), PlaceUnreachable),
        (_Made(403), PlaceRefused),
        (_Made(body=b"<html>Sign in</html>"), PlaceBroken),
        (_Made(body=b"<!DOCTYPE a><urlset/>"), PlaceBroken),
        (_Made(body=gzip.compress(b"<urlset>" + b"<x>y</x>" * 10_000_000, 1)), PlaceBroken),
        (_Made(body=_index("/broken.xml")), PlaceBroken),
        (_Made(body=_index("/away.xml")), PlaceUnreachable),
        (_to("/sitemap.xml"), PlaceBroken),
        (_to("https://x.example/"), PlaceBroken),
    ],
)
async def test_a_declared_sitemap_must_answer_with_all_it_names(
    outbound: Outbound, odd: Served, spool: Path, answer: web.Response, expected: type[PlaceError]
) -> None:
    Pages(odd, {"/sitemap.xml": answer, "/broken.xml": _Made(body=b"<urlset>"), "/away.xml": _Made(500)})
    assert await _fails(outbound, f"{odd.url}/sitemap.xml", spool) is expected


async def test_a_login_is_given_to_the_site_alone(outbound: Outbound, odd: Served, spool: Path) -> None:
    Pages(odd, {"/": "x"})
    place = _place(outbound, odd.url, spool, Login(user="lecteur", password="mot"))
    assert len(await listed(place)) == 1
    await place.close()
    assert all(headers["authorization"].startswith("Basic ") for _, _, headers in odd.asked)


async def test_two_addresses_with_one_name_are_both_told(outbound: Outbound, odd: Served, spool: Path) -> None:
    Pages(odd, {"/": _links("/about", "/about.html"), "/about": "one", "/about.html": "two"})
    place = _place(outbound, odd.url, spool)
    found = await listed(place)
    assert len(found) == 3
    assert {await whole(place, entry, MUCH) for path, entry in found.items() if "about" in path} == {b"one", b"two"}
    await place.close()


async def test_a_reading_that_is_given_up_leaves_nothing(outbound: Outbound, odd: Served, spool: Path) -> None:
    async def slow(asked: web.Request) -> web.StreamResponse:
        if asked.path != "/slow":
            return _html(_links("/slow"))
        answer = web.StreamResponse(headers={"content-type": "text/html"})
        await answer.prepare(asked)
        await answer.write(b"<p>")
        await asyncio.sleep(5)
        return answer

    odd.answer = slow
    place = _place(outbound, odd.url, spool)
    task = asyncio.create_task(listed(place))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await place.close()
