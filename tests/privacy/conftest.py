"""Forgetting over a real database and a real folder of blobs, with persons who left something everywhere."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chatelet.conversations import content
from chatelet.conversations import service as conversations
from chatelet.conversations.messages import insert_message
from chatelet.conversations.parts import TextPart
from chatelet.conversations.tables import Conversation, Turn
from chatelet.documents.files import service as files
from chatelet.documents.files.schemas import NewFile
from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.identity.accounts import Draft, insert_person
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right, Rights
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.storage import Storage
from chatelet.policy.sensitivity import Label, Level
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings

Travel = Callable[[int], datetime]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, institution_name="Observatoire")


@pytest.fixture
def services(database: Database, settings: Settings) -> PrivacyServices:
    documents = DocumentServices(
        database=database,
        keyring=Keyring(bytes(range(32))),
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=None,  # type: ignore[arg-type] # nothing is read here
    )
    return privacy_of(settings, database, documents)


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Move the clock by days, counted from the beginning of the test."""
    began = clock.now()

    def go(days: int) -> datetime:
        there = began + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: there)
        return there

    return go


_A_DOCUMENT = (
    "INSERT INTO collections (id, person_id, unit_id, name, sort_name, level, created_by, created_at)"
    " VALUES (:collection, :person, :unit, :word, :word, 'internal', :by, :at)",
    "INSERT INTO documents (id, collection_id, version_id, name, sort_name, created_by, created_at, updated_at)"
    " VALUES (:document, :collection, :version, :word, :word, :by, :at, :at)",
    "INSERT INTO document_versions (id, document_id, file_id, number, state, created_by, created_at)"
    " VALUES (:version, :document, :file, 1, 'indexed', :by, :at)",
    "INSERT INTO passages (id, collection_id, document_id, version_id, ordinal, page, starts, ends, language,"
    " title, headings, text) VALUES (:passage, :collection, :document, :version, 0, 1, 0, 5, 'fr', :word, '{}', :word)",
)
_ITS_VECTOR = (
    "INSERT INTO passage_windows (passage_id, model, ordinal, collection_id, version_id, settled, vector)"
    " VALUES (:passage, 'a-model', 0, :collection, :version, true, '[1, 0, 0]')"
)


class People:
    """Makes persons, and what they leave."""

    def __init__(self, services: PrivacyServices) -> None:
        self.services = services

    async def person(self, name: str = "Ada", *rights: Right) -> Principal:
        new = Draft(email=f"{uuid4()}@exemple.fr", name=name, password_hash="not a password")
        async with self.services.database.transaction() as session:
            made = await insert_person(session, new)
        return Principal(
            person_id=made.id,
            session_id=uuid4(),
            rights=Rights(frozenset(rights) | {Right.CHAT}, {}),
            units=frozenset(),
            language="fr",
            name=name,
            email=new.email,
            expires_at=clock.now() + timedelta(hours=1),
        )

    async def conversation(
        self, who: Principal, question: str = "Bonjour", answer: str = "Oui.", *, temporary: bool = False
    ) -> UUID:
        async with self.services.database.transaction() as session:
            made = await conversations.insert_conversation(
                session, self.services.keyring, who.person_id, Label(Level.INTERNAL), None, temporary=temporary
            )
            key = content.key_of(self.services.keyring, made)
            made.title_sealed = key.seal_text("title", made.id, question)
            made.updated_at = clock.now()
            turn = _turn(made)
            session.add(turn)
            await session.flush()
            for identifier, role, words in (
                (turn.question_id, "user", question),
                (turn.answer_id, "assistant", answer),
            ):
                await insert_message(session, key, made.id, turn.id, identifier, role, [TextPart(words)])  # type: ignore[arg-type]
            made.head_turn_id = turn.id
        return made.id

    async def file(self, who: Principal, data: bytes, holder: UUID | None = None, kind: str = "conversation") -> UUID:
        documents = self.services.documents
        async with self.services.database.transaction() as session:
            begun = await files.begin(session, documents, who, NewFile(name="rapport.txt", size=len(data)))
        await files.append(documents, who, begun.id, 0, data)
        async with self.services.database.transaction() as session:
            row = await session.get_one(File, begun.id)
            row.created_at = clock.now()
            if holder is not None:
                row.holder_kind, row.holder_id = kind, holder
        return begun.id

    async def document(self, who: Principal, words: str, unit_id: UUID | None = None) -> UUID:
        """A document in a collection of its own, of the person or of a unit, with a passage and its vector."""
        names = ("document", "collection", "version", "passage")
        values: dict[str, object] = {name: uuid7() for name in names}
        document = uuid7()
        file = await self.file(who, f"Un document {words}".encode(), document, "document")
        values |= {"document": document, "file": file, "by": who.person_id, "unit": unit_id, "word": words}
        values |= {"person": None if unit_id else who.person_id, "at": clock.now()}
        async with self.services.database.transaction() as session:
            for statement in (*_A_DOCUMENT, _ITS_VECTOR):
                bound = {name: value for name, value in values.items() if f":{name}" in statement}
                await session.execute(text(statement), bound)
        return document


@pytest.fixture
def people(services: PrivacyServices) -> People:
    return People(services)


def _turn(conversation: Conversation) -> Turn:
    return Turn(
        id=uuid7(),
        conversation_id=conversation.id,
        person_id=conversation.person_id,
        question_id=uuid7(),
        answer_id=uuid7(),
        state="answered",
        level=conversation.level,
        notices=[],
        citations=[],
        heartbeat_at=clock.now(),
        created_at=clock.now(),
        closed_at=clock.now(),
    )


Run = Callable[..., Awaitable[object]]
