"""Pages read are their owner's: sealed, told in an access to one's data, gone with the conversation's key and rows."""

from uuid import UUID, uuid4

from sqlalchemy import text
from tests.persons import create_person

from chatelet.conversations import content
from chatelet.conversations import service as conversations
from chatelet.conversations.exchange import ExportedFile
from chatelet.conversations.personal_data import ConversationsPersonalData
from chatelet.conversations.schemas import NewConversation
from chatelet.conversations.snapshots import service as snapshots
from chatelet.conversations.snapshots.snapshot import Snapshot
from chatelet.conversations.tables import Conversation
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Rights
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.sensitivity import Level

PAGE = Snapshot("https://exemple.org/a", "Mirabelle", "exemple.org", "other", "Le texte mirabelliforme.", "2025-01-02")


async def _person(database: Database) -> Principal:
    async with database.transaction() as session:
        made: UUID = await create_person(
            session, email=f"{uuid4()}@exemple.fr", name="Ada", password=str(uuid4()), is_administrator=False
        )
    return Principal(made, uuid7(), Rights(frozenset(), {}), frozenset(), "fr", "Ada", "ada@exemple.fr", clock.now())


async def test_a_page_is_exported_and_erased_with_its_conversation(database: Database) -> None:
    keyring, ada = Keyring(b"k" * 32), await _person(database)
    async with database.transaction() as session:
        made = await conversations.create(
            session, keyring, ada, NewConversation(), default=Level.INTERNAL, ceiling=Level.RESTRICTED
        )
        key = content.key_of(keyring, await session.get_one(Conversation, made.id))
        await snapshots.keep(session, key, made.id, uuid7(), {uuid7(): PAGE})
    data = ConversationsPersonalData(keyring)
    async with database.transaction() as session:
        [sealed] = await session.scalars(text("SELECT sealed FROM web_snapshots"))
        assert b"irabell" not in bytes(sealed)
        exported = await data.export(session, ada.person_id)
        file = ExportedFile.model_validate(exported)
        assert [(page.address, page.text) for page in file.web_pages] == [(PAGE.address, PAGE.text)]
        assert await data.erase(session, ada.person_id) == 1
        assert await session.scalar(text("SELECT count(*) FROM web_snapshots")) == 0
