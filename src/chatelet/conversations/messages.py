"""Writing one message: sealed with its conversation's key, with the folded words that a search compares."""

from collections.abc import Sequence
from uuid import UUID

from chatelet.conversations import turn_queries
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.parts import VERSION, Part, Role
from chatelet.conversations.turn_queries import MessageRow
from chatelet.kernel.database import Executor


async def insert_message(
    executor: Executor,
    key: ConversationKey,
    conversation_id: UUID,
    turn_id: UUID,
    message_id: UUID,
    role: Role,
    parts: Sequence[Part],
) -> None:
    """Store a message under an identifier already given to its turn."""
    sealed, search = key.seal_parts(message_id, list(parts))
    row = MessageRow(message_id, conversation_id, turn_id, role, VERSION, sealed, search)
    await turn_queries.insert_message(executor, row)
