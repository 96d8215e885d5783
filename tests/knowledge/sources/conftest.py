"""A unit with a collection, a curator, a place in memory, and the jobs of this process run one by one."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from chatelet.documents.files import api as files_api
from chatelet.documents.files import service as files
from chatelet.documents.files import tasks as files_tasks
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.identity import admin, api
from chatelet.identity.roles import admin as roles_admin
from chatelet.identity.units import admin as units_admin
from chatelet.inference.gateway import Gateway
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.http import install_error_handlers
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.knowledge import api as knowledge_api
from chatelet.knowledge import indexing
from chatelet.knowledge import tasks as knowledge_tasks
from chatelet.knowledge.sources import admin as places_admin
from chatelet.knowledge.sources import api as sources_api
from chatelet.knowledge.sources import tasks as sources_tasks
from chatelet.knowledge.sources.service import FOLLOW
from chatelet.knowledge.sources.services import SourceServices, surroundings_of
from chatelet.settings import DocumentSettings, Settings
from tests.fakes.places import ScriptedPlaces
from tests.identity.conftest import MakePerson, OpenBrowser, browser, person, sql  # noqa: F401 (fixtures here too)
from tests.knowledge.collection_world import Someone, World

ORIGIN = "https://cloud.exemple.fr"
Sql = Callable[..., Awaitable[list[Any]]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    documents = DocumentSettings(source_folders=["/srv/partages"], source_origins=[ORIGIN])
    return Settings(data_dir=tmp_path, institution_name="Observatoire", port=8000, documents=documents)


@pytest.fixture
def places() -> ScriptedPlaces:
    return ScriptedPlaces()


@pytest.fixture
async def services(database: Database, settings: Settings, places: ScriptedPlaces) -> AsyncIterator[SourceServices]:
    documents = DocumentServices(
        database=database,
        keyring=Keyring(bytes(range(32))),
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=SandboxedReader(settings.documents),
    )
    outbound = Outbound(user_agent="test")
    yield SourceServices(documents, surroundings_of(settings, outbound), places.open)
    await outbound.close()


@pytest.fixture
async def gateway(services: SourceServices) -> AsyncIterator[Gateway]:
    kept = services.documents
    outbound = services.surroundings.outbound
    inference = Inference(kept.settings, kept.database, kept.keyring, outbound, runs_embedded=False)
    yield inference.gateway
    await inference.stop()


@pytest.fixture
def app(database: Database, settings: Settings, services: SourceServices) -> FastAPI:
    made = FastAPI(openapi_url=None)
    modules = (api, admin, units_admin, roles_admin, files_api, knowledge_api, sources_api, places_admin)
    for module in modules:
        made.include_router(module.router)
    install_error_handlers(made)
    made.state.database, made.state.settings = database, settings
    made.state.documents, made.state.sources = services.documents, services
    return made


@dataclass
class Institution:
    """A unit with two readers and a curator of its collection, which follows a place."""

    world: World
    places: ScriptedPlaces
    services: SourceServices
    gateway: Gateway
    curator: Someone
    unit: str
    base: str
    place: str

    async def source(self, **more: Any) -> dict[str, Any]:
        """Make a source of the collection; nothing runs before `work`."""
        body = {"place_id": self.place, "folder": "Suivi", "cadence": {"kind": "hourly", "hours": 6}, **more}
        made: dict[str, Any] = await self.curator.do("POST", f"collections/{self.base}/sources", body, status=201)
        return made

    async def told(self, source: dict[str, Any]) -> dict[str, Any]:
        listed = await self.curator.do("GET", f"collections/{self.base}/sources")
        [found] = [one for one in listed["items"] if one["id"] == source["id"]]
        return found

    async def run(self, source: dict[str, Any]) -> dict[str, Any]:
        """Run a source now; return what is then told of it."""
        await self.curator.do("POST", f"sources/{source['id']}/runs", status=200)
        await self.work()
        return await self.told(source)

    async def work(self, *, but: frozenset[str] = frozenset()) -> list[str]:
        """Run the jobs that wait, in their order, until none is left; return their names."""
        done: list[str] = []
        while True:
            async with self.services.documents.database.transaction() as session:
                row = (
                    await session.execute(
                        text(
                            "DELETE FROM pgqueuer WHERE id = (SELECT id FROM pgqueuer WHERE NOT entrypoint = ANY(:but)"
                            " ORDER BY priority DESC, id LIMIT 1) RETURNING entrypoint, payload"
                        ),
                        {"but": sorted(but)},
                    )
                ).first()
            if row is None:
                return done
            done.append(row[0])
            await self._do(row[0], json.loads(row[1]))

    async def _do(self, name: str, payload: dict[str, str]) -> None:
        documents = self.services.documents
        if name == FOLLOW:
            await sources_tasks.follow(self.services, payload)
        elif name == files.READ:
            await files_tasks.read_file(documents, payload)
            await knowledge_tasks.index(documents, self.gateway, payload)
        elif name == indexing.INDEX:
            await knowledge_tasks.index(documents, self.gateway, payload)
        elif name == files.DELETE_BLOBS:
            await files_tasks.delete_blobs(documents, payload)

    async def names(self, who: Someone | None = None) -> list[str]:
        found = await (who or self.curator).do("GET", f"collections/{self.base}/documents")
        return [f"{one['folder']}/{one['name']}" for one in found["items"]]

    async def document(self, name: str, who: Someone | None = None) -> dict[str, Any]:
        found = await (who or self.curator).do("GET", f"collections/{self.base}/documents")
        [one] = [one for one in found["items"] if one["name"] == name]
        return one

    async def reader(self, name: str, **more: Any) -> Someone:
        """Make somebody of the unit, with whom the collection is shared."""
        return await self.world.someone(name, self.unit, **more)


@pytest.fixture
async def institution(
    browser: OpenBrowser,  # noqa: F811
    person: MakePerson,  # noqa: F811
    services: SourceServices,
    places: ScriptedPlaces,
    gateway: Gateway,
) -> Institution:
    email = "admin@chatelet.fr"
    boss = Someone(await person(email, "Voltaire", is_administrator=True), email, browser())
    assert (await boss.client.sign_in(email)).status == 201
    world = World(boss, browser, person)
    unit = await world.unit("DSI")
    curator = await world.someone("Curie", unit, "referent")
    base = await curator.collection("Notes", unit_id=unit)
    await curator.do("POST", f"collections/{base}/grants", {"part": "reader", "unit_id": unit}, status=201)
    declared = {"kind": "webdav", "address": f"{ORIGIN}/dav/dsi"}
    credential = {"kind": "login", "user": "chatelet", "password": "mot-de-passe"}
    body = {"name": "Nuage", "unit_id": unit, "declared": declared, "credential": credential}
    place = (await boss.do("POST", "admin/places", body, status=201))["id"]
    return Institution(world, places, services, gateway, curator, unit, base, place)
