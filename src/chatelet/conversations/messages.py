"""Writing one message: sealed with its conversation's key, with the folded words that a search compares."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations.content import ConversationKey
from chatelet.conversations.parts import VERSION, Part, Role
from chatelet.conversations.tables import Message


async def insert_message(
    session: AsyncSession,
    key: ConversationKey,
    conversation_id: UUID,
    turn_id: UUID,
    message_id: UUID,
    role: Role,
    parts: Sequence[Part],
) -> None:
    """Store a message under an identifier already given to its turn."""
    sealed, search = key.seal_parts(message_id, list(parts))
    values = {
        "id": message_id,
        "conversation_id": conversation_id,
        "turn_id": turn_id,
        "role": role,
        "parts_version": VERSION,
        "parts_sealed": sealed,
        "search_sealed": search,
    }
    await session.execute(insert(Message).values(**values))
