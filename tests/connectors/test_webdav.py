"""A folder over WebDAV: on a real server, then rights of Nextcloud and hostile answers of a scripted one."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

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
from chatelet.connectors.declared import Login, Token, WebdavPlace
from chatelet.connectors.webdav import Webdav
from chatelet.kernel.outbound import Outbound
from tests.connectors.reading import MUCH, listed, whole
from tests.connectors.serving import Served
from tests.fakes.webdav_server import PASSWORD, USER, webdav_server

_LOGIN = Login(user=USER, password=PASSWORD)
_FILES = {
    "Décrets/2026/décret n° 12 (a+b) 50%.pdf": b"content" * 10_000,
    "Décrets/a..b@c;d=e&f#g?h.txt": b"odd",
    "lisez-moi.txt": b"read me",
    "Décrets/vide.txt": b"",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shown")
    for name, content in _FILES.items():
        (made / "Base" / name).parent.mkdir(parents=True, exist_ok=True)
        (made / "Base" / name).write_bytes(content)
    (made / "Base" / "~$lock.docx").write_bytes(b"x")
    (made / "Base" / ".git").mkdir()
    (made / "Base" / ".git" / "config.txt").write_bytes(b"x")
    (made / "secret.txt").write_bytes(b"outside")
    return made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    with webdav_server(tmp_path_factory.mktemp("wsgidav"), root) as address:
        yield address


def _place(
    outbound: Outbound, address: str, credential: Login | Token | None = _LOGIN, patience: float = 20.0
) -> Webdav:
    return Webdav(WebdavPlace(address=address), credential, outbound, patience=patience)


async def _fails(place: Webdav, entry: Entry | None = None, limit: int = MUCH) -> PlaceError:
    with pytest.raises(PlaceError) as told:
        await asyncio.wait_for(listed(place) if entry is None else whole(place, entry, limit), 30)
    await place.close()
    assert not str(told.value), "an error says its code, nothing of the other side"
    return told.value


async def test_a_real_server_is_walked_and_read(outbound: Outbound, server: str) -> None:
    for address in (f"{server}/Base", f"{server}/Base/"):
        place = _place(outbound, address)
        found = await listed(place)
        assert set(found) == set(_FILES)
        for name, content in _FILES.items():
            assert found[name].size == len(content)
            assert found[name].readers is None
            assert await whole(place, found[name]) == content
        await place.close()


async def test_the_mark_follows_the_content(outbound: Outbound, server: str, root: Path) -> None:
    place = _place(outbound, f"{server}/Base")
    first = (await listed(place))["lisez-moi.txt"].mark
    assert (await listed(place))["lisez-moi.txt"].mark == first
    (root / "Base" / "lisez-moi.txt").write_bytes(b"read me again")
    assert (await listed(place))["lisez-moi.txt"].mark != first
    (root / "Base" / "lisez-moi.txt").write_bytes(_FILES["lisez-moi.txt"])
    await place.close()


async def test_a_real_server_refuses_and_misses(outbound: Outbound, server: str) -> None:
    for credential in (None, Login(user=USER, password="wrong"), Token(token="t")):
        assert isinstance(await _fails(_place(outbound, f"{server}/Base", credential)), PlaceRefused)
    assert isinstance(await _fails(_place(outbound, f"{server}/Missing")), PlaceUnreachable)
    assert isinstance(await _fails(_place(outbound, f"{server}/secret.txt")), PlaceBroken)
    for path in ("missing.txt", "../secret.txt", "%2e%2e/secret.txt", "Décrets/../../secret.txt"):
        error = await _fails(_place(outbound, f"{server}/Base"), Entry(path, 1, "m"))
        assert isinstance(error, EntryGone), path
    name = "Décrets/2026/décret n° 12 (a+b) 50%.pdf"
    error = await _fails(_place(outbound, f"{server}/Base"), Entry(name, 1, "m"), 69_999)
    assert isinstance(error, EntryTooLarge)


async def test_nobody_there(outbound: Outbound) -> None:
    assert isinstance(await _fails(_place(outbound, "http://127.0.0.1:9/x")), PlaceUnreachable)
    assert isinstance(await _fails(_place(outbound, "http://no-such-host.invalid/x")), PlaceUnreachable)


def told(href: str, *, folder: bool = False, props: str = "", extra: str = "") -> str:
    kind = "<d:collection/>" if folder else ""
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype>{kind}</d:resourcetype>"
        f"<d:getetag>e</d:getetag>{props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>{extra}</d:response>"
    )


def multistatus(*responses: str) -> web.Response:
    names = 'xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"'
    text = f'<?xml version="1.0"?><d:multistatus {names}>{"".join(responses)}</d:multistatus>'
    return web.Response(status=207, text=text, content_type="application/xml")


_SELF = told("/base/", folder=True)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (lambda: multistatus(_SELF, told("/other/a.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("http://elsewhere.example/base/a.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("//elsewhere.example/base/a.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("/base/../a.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("/base/%2e%2e/a.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("/base/x%2fa.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("/base/%ff.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("http://[x/base/a.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("/base/x/y/a.txt")), PlaceBroken),
        (lambda: multistatus(_SELF, told("")), PlaceBroken),
        (multistatus, PlaceBroken),
        (lambda: multistatus(told("/base/a.txt")), PlaceBroken),
        (
            lambda: multistatus(
                _SELF, "<d:response><d:href>/base/</d:href><d:status>HTTP/1.1 507 I</d:status></d:response>"
            ),
            PlaceBroken,
        ),
        (lambda: web.Response(status=207, text="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), PlaceBroken),
        (lambda: web.Response(status=207, text="<html>Sign in</html>"), PlaceBroken),
        (lambda: web.Response(status=207, text="<d:multistatus xmlns:d='DAV:'>" + _SELF), PlaceBroken),
        (lambda: web.Response(status=200, text="<html>Sign in</html>"), PlaceBroken),
        (lambda: web.Response(status=302, headers={"location": "/login"}), PlaceBroken),
        (lambda: web.Response(status=401), PlaceRefused),
        (lambda: web.Response(status=403), PlaceRefused),
        (lambda: web.Response(status=404), PlaceUnreachable),
        (lambda: web.Response(status=405), PlaceBroken),
        (lambda: web.Response(status=429), PlaceUnreachable),
        (lambda: web.Response(status=500, text="words of the server"), PlaceUnreachable),
    ],
)
async def test_what_is_not_a_listing(outbound: Outbound, odd: Served, answer, expected) -> None:  # type: ignore[no-untyped-def]
    odd.answer = lambda _: answer()
    assert isinstance(await _fails(_place(outbound, f"{odd.url}/base")), expected)


async def test_addresses_are_read_in_every_form(outbound: Outbound, odd: Served) -> None:
    odd.answer = lambda _: multistatus(
        told(f"{odd.url}/base", folder=True),
        told("/base/%C3%A9t%c3%a9.txt"),
        told(f"{odd.url}/base/b.txt"),
        told("c.txt"),
    )
    place = _place(outbound, f"{odd.url}/base/")
    assert set(await listed(place)) == {"été.txt", "b.txt", "c.txt"}
    await place.close()
    method, path, headers = odd.asked[0]
    assert (method, path, headers["depth"]) == ("PROPFIND", "/base/", "1")


async def test_an_empty_base_that_answers_is_empty(outbound: Outbound, odd: Served) -> None:
    odd.answer = lambda _: multistatus(_SELF)
    place = _place(outbound, f"{odd.url}/base")
    assert await listed(place) == {}
    await place.close()


async def test_a_bottomless_folder_is_broken(outbound: Outbound, odd: Served) -> None:
    odd.answer = lambda asked: multistatus(told(asked.raw_path, folder=True), told(f"{asked.raw_path}x/", folder=True))
    assert isinstance(await _fails(_place(outbound, f"{odd.url}/base")), PlaceBroken)
    assert len(odd.asked) < 80


async def test_folders_closed_or_gone_since_are_left_out(outbound: Outbound, odd: Served) -> None:
    def answer(asked: web.Request) -> web.Response:
        if asked.path == "/base/":
            below = [told(f"/base/{name}/", folder=True) for name in ("open", "closed", "gone", "file")]
            return multistatus(_SELF, *below)
        status = {"/base/closed/": 403, "/base/gone/": 404}.get(asked.path)
        if status:
            return web.Response(status=status)
        return multistatus(told(asked.path, folder=asked.path == "/base/open/"), told(f"{asked.path}a.txt"))

    odd.answer = answer
    place = _place(outbound, f"{odd.url}/base")
    assert set(await listed(place)) == {"open/a.txt"}
    await place.close()


@pytest.mark.parametrize("status", [401, 500, 503])
async def test_a_folder_that_fails_breaks_the_listing(outbound: Outbound, odd: Served, status: int) -> None:
    odd.answer = lambda asked: (
        multistatus(_SELF, told("/base/x/", folder=True)) if asked.path == "/base/" else web.Response(status=status)
    )
    error = await _fails(_place(outbound, f"{odd.url}/base"))
    assert isinstance(error, PlaceRefused if status == 401 else PlaceUnreachable)


async def test_a_listing_without_end_is_broken(outbound: Outbound, odd: Served) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(status=207)
        await answer.prepare(request)
        await answer.write(b"<d:multistatus xmlns:d='DAV:'>")
        piece = b"<d:response><d:href>/base/a.txt</d:href><d:x>" + b"x" * 60_000 + b"</d:x></d:response>"
        try:
            while True:
                await answer.write(piece)
        except ConnectionError:
            return answer

    odd.answer = endless
    assert isinstance(await _fails(_place(outbound, f"{odd.url}/base")), PlaceBroken)


async def test_slow_and_broken_off_servers_are_unreachable(outbound: Outbound, odd: Served) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        if request.path == "/silent/":
            await asyncio.sleep(5)
        answer = web.StreamResponse(status=207 if request.method == "PROPFIND" else 200)
        answer.content_length = 100_000
        await answer.prepare(request)
        await answer.write(b"<d:multistatus xmlns:d='DAV:'>")
        if request.path.startswith("/cut"):
            assert request.transport
            request.transport.abort()
        await asyncio.sleep(5)
        return answer

    odd.answer = slow
    for base in ("silent", "half", "cut"):
        assert isinstance(await _fails(_place(outbound, f"{odd.url}/{base}", patience=0.6)), PlaceUnreachable), base
    for base in ("half", "cut"):
        error = await _fails(_place(outbound, f"{odd.url}/{base}", patience=0.6), Entry("a.txt", 1, "m"))
        assert isinstance(error, PlaceUnreachable), base


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (web.Response(status=302, headers={"location": "http://elsewhere.example/"}), PlaceBroken),
        (web.Response(status=204), PlaceBroken),
        (web.Response(body=b"x", headers={"content-encoding": "br"}), PlaceBroken),
        (web.Response(status=403), PlaceRefused),
        (web.Response(status=410), EntryGone),
        (web.Response(status=423), PlaceBroken),
        (web.Response(status=503), PlaceUnreachable),
        (web.Response(body=b"x" * 1001), EntryTooLarge),
    ],
)
async def test_what_a_reading_meets(
    outbound: Outbound, odd: Served, answer: web.Response, expected: type[PlaceError]
) -> None:
    odd.answer = lambda _: answer
    error = await _fails(_place(outbound, f"{odd.url}/base"), Entry("a.txt", 1, "m"), 1000)
    assert type(error) is expected


async def test_an_endless_file_is_too_large(outbound: Outbound, odd: Served) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while True:
                await answer.write(b"x" * 65_536)
        except ConnectionError:
            return answer

    odd.answer = endless
    place = _place(outbound, f"{odd.url}/base")
    assert isinstance(await _fails(place, Entry("a.txt", 1, "m"), 1_000_000), EntryTooLarge)


async def test_what_is_not_read_to_its_end_is_let_go(outbound: Outbound, odd: Served) -> None:
    odd.answer = lambda _: web.Response(body=b"x" * 5_000_000)
    place = _place(outbound, f"{odd.url}/base")
    reading = place.read(Entry("a.txt", 1, "m"), limit=MUCH)
    await anext(reading)
    await reading.aclose()  # type: ignore[attr-defined]
    await place.close()


async def test_a_listing_that_is_given_up_leaves_nothing(outbound: Outbound, odd: Served) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(status=207)
        await answer.prepare(request)
        await answer.write(b"<d:multistatus xmlns:d='DAV:'>")
        await asyncio.sleep(5)
        return answer

    odd.answer = slow
    place = _place(outbound, f"{odd.url}/base")
    task = asyncio.create_task(listed(place))
    await asyncio.sleep(0.3)
    assert outbound._open
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await place.close()


async def test_a_credential_goes_nowhere_else(outbound: Outbound, odd: Served) -> None:
    other = Served()
    await other.start()
    odd.answer = lambda _: web.Response(status=307, headers={"location": f"{other.url}/base/"})
    await _fails(_place(outbound, f"{odd.url}/base", Token(token="s3cret")))
    assert odd.asked[0][2]["authorization"] == "Bearer s3cret"
    assert not other.asked
    await other.stop()


def _shared(owner: str, *sharees: tuple[str, str], mount: str = "") -> str:
    people = "".join(f"<nc:sharee><nc:id>{name}</nc:id><nc:type>{kind}</nc:type></nc:sharee>" for name, kind in sharees)
    return f"<oc:owner-id>{owner}</oc:owner-id><nc:mount-type>{mount}</nc:mount-type><nc:sharees>{people}</nc:sharees>"


_HOME = "/remote.php/dav/files/lecteur"
_CLOUD = {
    f"{_HOME}/Équipe/": [("", True, _shared("lecteur", ("élèves", "1")))],
    f"{_HOME}/Équipe/Base/": [
        ("", True, _shared("lecteur", ("bob", "0"))),
        ("a.txt", False, _shared("lecteur")),
        ("b.txt", False, _shared("lecteur", ("carole", "0"), ("lien", "3"), ("x@example.org", "4"))),
        ("foreign.txt", False, _shared("denis", ("lecteur", "0"), mount="shared")),
        ("mounted/", True, _shared("lecteur", mount="external")),
        ("sub/", True, _shared("lecteur")),
    ],
    f"{_HOME}/Équipe/Base/mounted/": [
        ("", True, _shared("lecteur", mount="external")),
        ("c.txt", False, _shared("lecteur", mount="external")),
    ],
    f"{_HOME}/Équipe/Base/sub/": [("", True, _shared("lecteur", ("emma", "0"))), ("d.txt", False, _shared("lecteur"))],
}


async def test_readers_are_those_of_nextcloud_and_never_more(outbound: Outbound, odd: Served) -> None:
    def answer(asked: web.Request) -> web.Response:
        known = _CLOUD.get(unquote(asked.raw_path))
        if known is None:
            return web.Response(status=404)
        rows = known if asked.headers["depth"] == "1" else known[:1]
        return multistatus(*(told(asked.raw_path + name, folder=folder, props=props) for name, folder, props in rows))

    odd.answer = answer
    place = _place(outbound, f"{odd.url}{_HOME}/%C3%89quipe/Base")
    readers = {path: entry.readers for path, entry in (await listed(place)).items()}
    await place.close()
    came_down = {"person:lecteur", "person:bob", "group:élèves"}
    assert readers == {
        "a.txt": came_down,
        "b.txt": came_down | {"person:carole"},
        "foreign.txt": {"person:denis", "person:lecteur"},
        "mounted/c.txt": {"person:lecteur"},
        "sub/d.txt": came_down | {"person:emma"},
    }
    assert not [path for _, path, _ in odd.asked if not path.startswith(f"{_HOME}/")], "never above the account"
