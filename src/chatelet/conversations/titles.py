"""Titles: first the beginning of the question, then what the model proposes, unless a person chose one."""

from typing import Final
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations.content import ConversationKey
from chatelet.conversations.tables import Conversation
from chatelet.kernel.text import first_line

_LONGEST: Final = 80


def provisional(question: str) -> str:
    """Return the beginning of a conversation's first question."""
    return first_line(question, _LONGEST) or "…"


async def give_proposed(session: AsyncSession, conversation_id: UUID, key: ConversationKey, title: str) -> None:
    """Title a conversation as a model proposes; a person's own title stays."""
    line = first_line(title.strip(" \"'«»*#`."), _LONGEST)
    if not line:
        return
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.titled_by.is_distinct_from("person"))
        .values(title_sealed=key.seal_text("title", conversation_id, line), titled_by="model")
    )
    await session.execute(statement)
