"""Units with a base each, filled without any reading; persons who may read them; what finds in them."""

from pathlib import Path
from typing import cast
from uuid import UUID

from chatelet.documents.files.store import new_key
from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices, Reader
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right, Rights
from chatelet.identity.units.tables import Unit
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.passages import IndexedPassage
from chatelet.knowledge.tables import Collection, CollectionGrant, Document, DocumentVersion
from chatelet.settings import Settings, StorageSettings
from tests.persons import create_person


def services_of(database: Database, folder: Path, settings: Settings | None = None) -> DocumentServices:
    """Return what finding needs; nothing is read from files."""
    settings = settings or Settings(data_dir=folder)
    storage = Storage(StorageSettings(), folder)
    reads = cast("Reader", None)
    return DocumentServices(database, Keyring(bytes(32)), storage, settings, reads, outbound=Outbound())


class Shelf:
    """A unit, its base, and the files in it."""

    def __init__(self, unit: UUID, collection: UUID, files: set[UUID]) -> None:
        self.unit, self.collection, self.files = unit, collection, files


async def shelf(database: Database, name: str, texts: list[str], level: str = "internal") -> Shelf:
    """Make a unit with a base that all of it may read: one document a text."""
    unit, collection, moment = uuid7(), uuid7(), clock.now()
    files: set[UUID] = set()
    async with database.transaction() as session:
        session.add(
            Unit(id=unit, path=[unit], code=name, name=name, sort_name=name.lower(), kind="", created_at=moment)
        )
        await session.flush()
        session.add(
            Collection(id=collection, unit_id=unit, name=name, sort_name=name.lower(), level=level, created_at=moment)
        )
        await session.flush()
        session.add(
            CollectionGrant(id=uuid7(), collection_id=collection, unit_id=unit, part="reader", created_at=moment)
        )
        for place, text in enumerate(texts):
            file, document, version = uuid7(), uuid7(), uuid7()
            _key, wrapped = new_key(Keyring(bytes(32)), file)
            session.add(
                File(
                    id=file, wrapped_key=wrapped, name_sealed=b"", size_bytes=1, level=level, state="read",
                    holder_kind="document", holder_id=document, created_at=moment,
                )
            )  # fmt: skip
            session.add(
                Document(
                    id=document, collection_id=collection, version_id=version, name=f"{name} {place}", sort_name=name,
                    folder="", tags=[], created_at=moment, updated_at=moment,
                )
            )  # fmt: skip
            await session.flush()
            session.add(
                DocumentVersion(
                    id=version,
                    document_id=document,
                    file_id=file,
                    number=1,
                    state="indexed",
                    passages=1,
                    created_at=moment,
                )
            )
            await session.flush()
            files.add(file)
            passage = IndexedPassage(uuid7(), collection, document, version, 0, text, 0, len(text), 1, "", (), "fr")
            await PostgresEngine(session).index([passage])
    return Shelf(unit, collection, files)


async def reader(database: Database, unit: UUID) -> Principal:
    """Make a person of a unit."""
    async with database.transaction() as session:
        person: UUID = await create_person(
            session,
            email="ada@exemple.fr",
            name="Ada",
            password="Les comètes reviennent en 1759",
            is_administrator=False,
        )
    rights = Rights(frozenset({Right.DOCUMENTS_READ}), {})
    return Principal(person, person, rights, frozenset({unit}), "fr", "Ada", None, clock.now())
