"""Titles: first the beginning of the question, then what the model proposes, unless a person chose one."""

from typing import Final
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations.content import ConversationKey
from chatelet.conversations.tables import Conversation
from chatelet.conversations.turns import OpenedTurn
from chatelet.kernel.text import first_line

_LONGEST: Final = 80


async def give_provisional(session: AsyncSession, opened: OpenedTurn) -> None:
    """Title a conversation by the beginning of its first question."""
    title = first_line(opened.question, _LONGEST) or "…"
    await _store(session, opened.conversation_id, opened.key, title, titled_by=None)


async def give_proposed(session: AsyncSession, conversation_id: UUID, key: ConversationKey, title: str) -> None:
    """Title a conversation as a model proposes; a person's own title stays."""
    await _store(session, conversation_id, key, first_line(title.strip(" \"'«»*#`."), _LONGEST), titled_by="model")


async def _store(
    session: AsyncSession, conversation_id: UUID, key: ConversationKey, title: str, *, titled_by: str | None
) -> None:
    if not title:
        return
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.titled_by.is_distinct_from("person"))
        .values(title_sealed=key.seal_text("title", conversation_id, title), titled_by=titled_by)
    )
    await session.execute(statement)
