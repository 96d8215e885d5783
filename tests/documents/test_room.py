"""TA-081: what a person may keep holds under fifty uploads at once."""

import asyncio
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import func, select

from chatelet.documents.errors import FileQuotaReached
from chatelet.documents.files import service
from chatelet.documents.files.schemas import NewFile
from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices, Reader
from chatelet.identity.principal import Principal
from chatelet.identity.rights import NO_RIGHTS
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.storage import Storage
from chatelet.settings import DocumentSettings, Settings, StorageSettings
from tests.persons import create_person


async def _person(database: Database) -> Principal:
    async with database.transaction() as session:
        person: UUID = await create_person(
            session,
            email="ada@exemple.fr",
            name="Ada",
            password="Les comètes reviennent en 1759",
            is_administrator=False,
        )
    return Principal(person, person, NO_RIGHTS, frozenset(), "fr", "Ada", None, clock.now())


def _services(database: Database, folder: Path, limits: DocumentSettings) -> DocumentServices:
    settings = Settings(data_dir=folder, documents=limits)
    storage = Storage(StorageSettings(), folder)
    return DocumentServices(database, Keyring(bytes(32)), storage, settings, cast("Reader", None))


@pytest.mark.parametrize(
    ("limits", "size", "passed", "measure"),
    [
        (DocumentSettings(person_files=7), 10, 7, "files"),
        (DocumentSettings(person_bytes=10_240), 1_024, 10, "bytes"),
    ],
)
async def test_fifty_at_once(
    database: Database, tmp_path: Path, limits: DocumentSettings, size: int, passed: int, measure: str
) -> None:
    principal = await _person(database)
    services = _services(database, tmp_path, limits)

    async def begin(number: int) -> str:
        try:
            async with database.transaction() as session:
                await service.begin(session, services, principal, NewFile(name=f"{number}.txt", size=size))
        except FileQuotaReached as refused:
            return str(refused.params["measure"])
        return "passed"

    told = await asyncio.gather(*(begin(number) for number in range(50)))
    assert sorted(set(told)) == sorted({"passed", measure})
    assert told.count("passed") == passed
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(File)) == passed
