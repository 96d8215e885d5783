"""A turn as the database has it at one instant, for who follows it from another process or comes after its end."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations import content, queries, views
from chatelet.conversations.errors import TurnNotFound
from chatelet.conversations.parts import text_of
from chatelet.conversations.schemas import TurnOut
from chatelet.kernel.crypto import Keyring
from chatelet.policy.sensitivity import Label


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """`text` is the answer, or what its worker flushed of it."""

    turn: TurnOut
    label: Label
    text: str
    title: str | None


async def require(session: AsyncSession, person_id: UUID, conversation_id: UUID, turn_id: UUID) -> None:
    """Raise `TurnNotFound` unless this person has this turn."""
    if await queries.turn(session, person_id, conversation_id, turn_id) is None:
        raise TurnNotFound


async def read(
    session: AsyncSession, keyring: Keyring, person_id: UUID, conversation_id: UUID, turn_id: UUID
) -> StoredTurn:
    """Return a turn of this person with its text so far. Raises `TurnNotFound`."""
    conversation = await queries.one(session, person_id, conversation_id)
    turn = await queries.turn(session, person_id, conversation_id, turn_id)
    if conversation is None or turn is None:
        raise TurnNotFound
    key = content.key_of(keyring, conversation)
    if turn.state == "running":
        text = key.open_text("partial", turn.id, turn.partial_sealed) or ""
    else:
        messages = await queries.messages_of(session, conversation_id, [turn.answer_id])
        text = "".join(text_of(key.open_parts(message.id, message.parts_sealed)) for message in messages)
    title = key.open_text("title", conversation.id, conversation.title_sealed)
    return StoredTurn(views.turn_out(turn, position=len(text)), Label.of(turn.level, turn.categories), text, title)
