"""An installation with a little of everything, a place for its backups, and an empty installation beside it."""

import base64
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from chatelet.backups.backup_set import BackupSet, open_set
from chatelet.backups.keys import wrapping_key
from chatelet.backups.making import Made, make
from chatelet.backups.place import Place, place_at
from chatelet.backups.restoring import Restored, Wanted, restore
from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.storage import Storage
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings
from tests.conftest import TestServer
from tests.privacy.conftest import People

KEY = bytes(range(32))


def keyed(folder: Path) -> Settings:
    (folder / "keys").mkdir(parents=True)
    (folder / "keys" / "key-encryption.key").write_bytes(base64.b64encode(KEY))
    return Settings(data_dir=folder, institution_name="Observatoire")


def services_on(database: Database, settings: Settings) -> PrivacyServices:
    documents = DocumentServices(
        database=database,
        keyring=Keyring(KEY),
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=None,  # type: ignore[arg-type] # nothing is read here
    )
    return privacy_of(settings, database, documents)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return keyed(tmp_path / "here")


@pytest.fixture
def services(database: Database, settings: Settings) -> PrivacyServices:
    return services_on(database, settings)


@pytest.fixture
def people(services: PrivacyServices) -> People:
    return People(services)


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Place:
    return place_at(str(tmp_path / "backups"), settings)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An empty installation: its settings, and its two ways into an empty database."""

    settings: Settings
    owner: Database
    application: Database

    async def restored(self, place: Place, wanted: Wanted | None = None) -> Restored:
        backup = await self.opened(place)
        return await restore(self.settings, self.owner, "chatelet_app", backup, wanted or Wanted())

    async def opened(self, place: Place) -> BackupSet:
        return await open_set(place, wrapping_key(self.settings))


@asynccontextmanager
async def empty_database(postgres: TestServer) -> AsyncGenerator[tuple[Database, Database]]:
    """Give the owner's and the application's ways into a database without a schema."""
    name = f"empty_{uuid4().hex}"
    administrator = await asyncpg.connect(**postgres.superuser, database="postgres")
    await administrator.execute(f"CREATE DATABASE {name} OWNER chatelet_owner")
    inside = await asyncpg.connect(**postgres.superuser, database=name)
    for extension in ("vector", "pg_trgm", "unaccent"):
        await inside.execute(f"CREATE EXTENSION {extension}")
    await inside.close()
    owner, application = (Database(address, pool_size=3) for address in postgres.addresses(name))
    try:
        yield owner, application
    finally:
        await owner.close()
        await application.close()
        await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await administrator.close()


@pytest.fixture
async def elsewhere(postgres: TestServer, tmp_path: Path) -> AsyncIterator[Elsewhere]:
    async with empty_database(postgres) as (owner, application):
        yield Elsewhere(keyed(tmp_path / "elsewhere"), owner, application)


async def made(services: PrivacyServices, place: Place, *, incremental: bool = False, kind: str = "whole") -> Made:
    return await make(services.settings, services.database, place, incremental=incremental, kind=kind)  # type: ignore[arg-type]


async def tables_of(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as text, in one order."""
    found: dict[str, list[str]] = {}
    async with database.transaction() as session:
        names = await session.scalars(
            text(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                " AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname"
            )
        )
        for name in list(names):
            found[name] = sorted(await session.scalars(text(f'SELECT t::text FROM "{name}" AS t')))
    return found
