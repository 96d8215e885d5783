"""Export and erasure of a person's conversations."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations import queries, views
from chatelet.conversations.exchange import exported, to_file
from chatelet.conversations.tables import Conversation, Folder
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset({"conversations", "turns", "messages", "folders"})


class ConversationsPersonalData:
    """Needs the keyring: what is exported is readable."""

    TABLES = TABLES

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return the person's conversations in the format of exports."""
        whole = []
        for conversation in (await session.scalars(queries.readable_by(person_id))).all():
            turns = await queries.turns_of(session, conversation.id)
            messages = await queries.messages_of(session, conversation.id)
            whole.append(exported(views.whole(self._keyring, conversation, turns, messages), None))
        return to_file(whole).model_dump(mode="json")

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Destroy the keys and rows of the person's conversations and folders."""
        conversations = await session.execute(delete(Conversation).where(Conversation.person_id == person_id))
        folders = await session.execute(delete(Folder).where(Folder.person_id == person_id))
        return conversations.rowcount + folders.rowcount
