"""Each kind of place from its real server to what is found in the base: what comes, changes, goes, and stops answering."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web
from fastapi import FastAPI

from chatelet.connectors.opening import open_place
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.knowledge.sources.services import SourceServices, surroundings_of
from chatelet.settings import DocumentSettings, Settings
from tests.connectors.serving import Served
from tests.fakes import webdav_server
from tests.fakes.seaweed import BUCKET, KEY, SECRET, seaweed, store
from tests.fakes.webdav_server import PASSWORD, USER
from tests.knowledge.sources.conftest import ORIGIN, Institution

WITNESS = ".monté"
KINDS = ("folder", "webdav", "bucket", "site", "sitemap")


@dataclass
class Shown:
    """What a place shows, changed as its people would; `leave` makes it stop answering."""

    declared: dict[str, Any]
    credential: dict[str, Any] | None
    put: Callable[[str, str], object]
    remove: Callable[[str], object]
    leave: Callable[[], object]


def _folder(root: Path) -> Shown:
    (root / WITNESS).write_text("")
    return Shown(
        {"kind": "folder", "root": str(root), "witness": WITNESS},
        None,
        lambda name, words: (root / name).write_text(words, "utf-8"),
        lambda name: (root / name).unlink(),
        lambda: [one.unlink() for one in root.iterdir()],  # the share is not mounted: an empty folder is what is left
    )


def _webdav(root: Path, folder: Path, servers: ExitStack) -> Shown:
    running = ExitStack()
    servers.push(running)
    address = running.enter_context(webdav_server.webdav_server(folder, root.parent))
    return Shown(
        {"kind": "webdav", "address": f"{address}/{root.name}"},
        {"kind": "login", "user": USER, "password": PASSWORD},
        lambda name, words: (root / name).write_text(words, "utf-8"),
        lambda name: (root / name).unlink(),
        running.close,
    )


def _bucket(folder: Path, servers: ExitStack) -> Shown:
    running = ExitStack()
    servers.push(running)
    endpoint = running.enter_context(seaweed(folder))
    objects = store(endpoint, BUCKET)
    return Shown(
        {"kind": "bucket", "endpoint": endpoint, "bucket": BUCKET, "prefix": "notes"},
        {"kind": "access_keys", "access_key": KEY, "secret_key": SECRET},
        lambda name, words: objects.put(f"notes/{name}", words.encode()),
        lambda name: objects.delete(f"notes/{name}"),
        running.close,
    )


def _site(served: Served, *, sitemap: bool) -> Shown:
    pages: dict[str, str] = {}
    away: list[bool] = []

    def answer(asked: web.Request) -> web.StreamResponse:
        path = asked.path.removeprefix("/notes/")
        if away:
            return web.Response(status=503)
        if asked.path == "/robots.txt":
            return web.Response(status=404)
        if path == "plan.xml":
            told = "".join(f"<url><loc>{served.url}/notes/{name}</loc></url>" for name in pages)
            body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'
            return web.Response(text=body, content_type="application/xml")
        if path in pages:
            return web.Response(text=pages[path], content_type="text/html")
        if path == "":
            links = "".join(f'<a href="{name}">{name}</a>' for name in pages)
            return web.Response(text=f"<html><body><p>Les notes.</p>{links}</body></html>", content_type="text/html")
        return web.Response(status=404)

    served.answer = answer
    address = f"{served.url}/notes/{'plan.xml' if sitemap else ''}"
    return Shown(
        {"kind": "site", "address": address, "pause_seconds": 0.1, **({"prefix": "notes"} if sitemap else {})},
        None,
        pages.__setitem__,
        pages.pop,
        lambda: away.append(True),
    )


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    server = Served()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    with ExitStack() as running:
        yield running


@pytest.fixture
def shown(request: pytest.FixtureRequest, tmp_path: Path, served: Served, servers: ExitStack) -> Shown:
    root, folder = tmp_path / "partage", tmp_path / "serveur"
    root.mkdir()
    folder.mkdir()
    if request.param == "folder":
        return _folder(root)
    if request.param == "webdav":
        return _webdav(root, folder, servers)
    return _bucket(folder, servers) if request.param == "bucket" else _site(served, sitemap=request.param == "sitemap")


@pytest.fixture
def settings(tmp_path: Path, shown: Shown) -> Settings:
    address = shown.declared.get("address") or shown.declared.get("endpoint") or ""
    origin = "/".join(str(address).split("/")[:3])
    documents = DocumentSettings(source_folders=[str(tmp_path)], source_origins=[ORIGIN, *([origin] if origin else [])])
    return Settings(data_dir=tmp_path / "data", institution_name="Observatoire", port=8000, documents=documents)


@pytest.fixture
async def services(database: Database, settings: Settings) -> AsyncIterator[SourceServices]:
    documents = DocumentServices(
        database=database,
        keyring=Keyring(bytes(range(32))),
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=SandboxedReader(settings.documents),
    )
    outbound = Outbound(user_agent="test")
    yield SourceServices(documents, surroundings_of(settings, outbound), open_place)
    await outbound.close()


async def found(institution: Institution, question: str) -> str:
    """Return all that a question finds in the base."""
    path = f"collections/{institution.base}/search"
    told = await institution.curator.do("POST", path, {"question": question})
    return "\n".join(one["text"] for one in told["items"])


@pytest.mark.parametrize("shown", KINDS, indirect=True)
async def test_what_is_there_is_followed_until_it_stops_answering(
    institution: Institution, shown: Shown, app: FastAPI
) -> None:
    app.state.inference = SimpleNamespace(gateway=institution.gateway)
    shown.put("comète.html", "<html><body><p>La comète revient en 1759, selon le calcul.</p></body></html>")
    shown.put("pont.html", "<html><body><p>Le pont est fermé aux camions.</p></body></html>")
    place = {"name": "Réel", "unit_id": institution.unit, "declared": shown.declared, "credential": shown.credential}
    institution.place = (await institution.world.boss.do("POST", "admin/places", place, status=201))["id"]
    source = await institution.source(cadence={"kind": "daily", "hour": 3})
    await institution.work()
    told = await institution.told(source)
    assert (told["state"], told["error"], told["failed"]) == ("done", None, 0), told
    assert {name.rsplit("/", 1)[-1] for name in await institution.names()} >= {"comète.html", "pont.html"}
    assert "1759" in await found(institution, "le retour de la comète")

    shown.put("comète.html", "<html><body><p>Le marché du samedi est sur la place.</p></body></html>")
    shown.remove("pont.html")
    told = await institution.run(source)
    assert (told["state"], told["removed"]) == ("done", 1), told
    assert told["changed"] >= 1
    assert (await institution.document("comète.html"))["version"]["number"] == 2
    assert "1759" not in await found(institution, "le retour de la comète")
    assert "marché du samedi" in await found(institution, "le marché du samedi")
    assert "camions" not in await found(institution, "le pont fermé aux camions")

    shown.leave()
    told = await institution.run(source)
    assert (told["state"], told["removed"]) == ("failed", 0), "what does not answer has deleted nothing"
    assert told["error"] in {"place_unreachable", "place_broken"}
    assert "marché du samedi" in await found(institution, "le marché du samedi")
