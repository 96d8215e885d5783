"""TA-025: two units with twin documents; a person of one never finds a passage, a name, a score or a count of the other."""

import random
from pathlib import Path
from typing import cast
from uuid import UUID

from chatelet.documents.files.store import new_key
from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices, Reader
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right, Rights
from chatelet.identity.service import create_person
from chatelet.identity.units.tables import Unit
from chatelet.inference.gateway import Gateway
from chatelet.inference.service import Inference
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.finding import find
from chatelet.knowledge.passages import IndexedPassage
from chatelet.knowledge.tables import Collection, CollectionGrant, Document, DocumentVersion
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings, StorageSettings
from tests.knowledge.conftest import WORDS, sentence

_QUESTIONS = 150


async def test_nothing_of_the_neighbour_is_found(database: Database, tmp_path: Path, source: random.Random) -> None:
    settings = Settings(data_dir=tmp_path)
    keyring = Keyring(bytes(32))
    services = DocumentServices(database, keyring, Storage(StorageSettings(), tmp_path), settings, cast("Reader", None))
    outbound = Outbound(user_agent="test")
    gateway = Inference(settings, database, keyring, outbound, runs_embedded=False).gateway
    texts = [sentence(source) for _ in range(60)]
    mine, theirs = [await _unit(database, keyring, name, texts) for name in ("Nord", "Sud")]
    ada = await _person(database, mine.unit)
    clearance = clear(ada.person_id, Label(Level.INTERNAL), ceiling=Level.RESTRICTED)
    alone = await _ask_all(services, gateway, ada, [mine.collection], clearance)
    both = await _ask_all(services, gateway, ada, [mine.collection, theirs.collection], clearance)
    assert alone == both  # a twin that may not be read changes neither order, nor score, nor count
    assert any(found for found in both)
    told = {one for found in both for one, _score, _name in found}
    assert told <= mine.files
    nothing = await find(services, gateway, ada, [theirs.collection], texts[0], clearance)
    assert (nothing.hits, nothing.withdrawn, nothing.fits) == ((), 1, False)
    await outbound.close()


async def _ask_all(
    services: DocumentServices,
    gateway: Gateway,
    person: Principal,
    collections: list[UUID],
    clearance: Clearance,
) -> list[list[tuple[UUID, float, str]]]:
    asked = random.Random(7)  # the same questions each time
    answers: list[list[tuple[UUID, float, str]]] = []
    for _ in range(_QUESTIONS):
        question = " ".join(asked.choices(WORDS, k=asked.randint(1, 5)))
        found = await find(services, gateway, person, collections, question, clearance)
        answers.append([(hit.file_id, hit.hit.score, hit.name) for hit in found.hits])
    return answers


class _Made:
    def __init__(self, unit: UUID, collection: UUID, files: set[UUID]) -> None:
        self.unit, self.collection, self.files = unit, collection, files


async def _unit(database: Database, keyring: Keyring, name: str, texts: list[str]) -> _Made:
    """Make a unit with a base that all of it may read: one document a text."""
    unit, collection, moment = uuid7(), uuid7(), clock.now()
    files: set[UUID] = set()
    async with database.transaction() as session:
        session.add(
            Unit(id=unit, path=[unit], code=name, name=name, sort_name=name.lower(), kind="", created_at=moment)
        )
        await session.flush()
        session.add(
            Collection(
                id=collection, unit_id=unit, name=name, sort_name=name.lower(), level="internal", created_at=moment
            )
        )
        await session.flush()
        session.add(
            CollectionGrant(id=uuid7(), collection_id=collection, unit_id=unit, part="reader", created_at=moment)
        )
        for place, text in enumerate(texts):
            file, document, version = uuid7(), uuid7(), uuid7()
            _key, wrapped = new_key(keyring, file)
            session.add(
                File(
                    id=file, wrapped_key=wrapped, name_sealed=b"", size_bytes=1, level="internal", state="read",
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
                    id=version, document_id=document, file_id=file, number=1, state="indexed", created_at=moment
                )
            )
            await session.flush()
            files.add(file)
            passage = IndexedPassage(uuid7(), collection, document, version, 0, text, 0, len(text), 1, "", (), "fr")
            await PostgresEngine(session).index([passage])
    return _Made(unit, collection, files)


async def _person(database: Database, unit: UUID) -> Principal:
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
