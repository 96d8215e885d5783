"""Export and erasure of a person's conversations."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations.exchange import ExportedPage
from chatelet.conversations.imports import whole_history
from chatelet.conversations.snapshots import service as snapshots
from chatelet.conversations.tables import Conversation, Folder
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset({"conversations", "turns", "messages", "folders", "web_snapshots", "pseudonyms"})


class ConversationsPersonalData:
    """Needs the keyring: what is exported is readable."""

    TABLES = TABLES

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return the person's conversations in the format of exports, and the pages of the web read for them."""
        history = await whole_history(session, self._keyring, person_id)
        pages = await snapshots.of_person(session, self._keyring, person_id)
        told = [ExportedPage(**page.model_dump(include=set(ExportedPage.model_fields))) for page in pages]
        return history.model_copy(update={"web_pages": told}).model_dump(mode="json")

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Destroy the keys and rows of the person's conversations and folders."""
        conversations = delete(Conversation).where(Conversation.person_id == person_id).returning(Conversation.id)
        folders = delete(Folder).where(Folder.person_id == person_id).returning(Folder.id)
        return sum([len((await session.scalars(statement)).all()) for statement in (conversations, folders)])
