"""Following a turn that runs in another process: from the database, with what its worker flushed, until its end.

Same frames, same positions as `live`: a page cannot tell the difference, but for being up to a flush behind.
"""

import asyncio
from typing import Final
from uuid import UUID

from chatelet.chat import events
from chatelet.chat.events import Citations, Closed, NoticeEvent, Opened, State, Status
from chatelet.chat.live import KEEP_ALIVE, Listener, Write
from chatelet.conversations import content, queries, views
from chatelet.conversations.errors import TurnNotFound
from chatelet.conversations.parts import text_of
from chatelet.conversations.schemas import TurnOut
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.policy.sensitivity import Level

_LOOK_SECONDS: Final = 0.4
_QUIET_LOOKS: Final = 10


async def follow(
    database: Database,
    keyring: Keyring,
    listener: Listener,
    conversation_id: UUID,
    turn_id: UUID,
    after: int,
    write: Write,
) -> None:
    """Write the turn's events from position `after` until it ends. The caller has checked that it exists."""
    position, quiet = max(after, 0), 0
    opened = False
    while not listener.cut:
        seen = await look(database, keyring, listener.person_id, conversation_id, turn_id)
        frame = b""
        if not opened:
            opened = True
            if seen.closed is not None:  # until then, what is stored may be behind what this reader has seen
                position = min(position, len(seen.text))
            frame = b"".join(events.encode(event, position) for event in seen.state)
        if len(seen.text) > position:
            rest = seen.text[position:]
            position = len(seen.text)
            frame += events.encode_delta(rest, position)
        if seen.closed is not None:
            await write(frame + events.encode(seen.closed, position))
            return
        quiet = 0 if frame else quiet + 1
        if frame or quiet % _QUIET_LOOKS == 0:
            await write(frame or KEEP_ALIVE)
        await asyncio.sleep(_LOOK_SECONDS)


class Seen:
    """A turn as the database has it at one instant."""

    __slots__ = ("closed", "state", "text")

    def __init__(self, turn: TurnOut, conversation_id: UUID, level: Level, text: str, title: str | None) -> None:
        self.text = text
        opened = Opened(
            turn_id=turn.id,
            conversation_id=conversation_id,
            question_id=turn.question_id,
            answer_id=turn.answer_id,
            parent_turn_id=turn.parent_id,
            model=turn.model,
            level=level,
            created_at=turn.created_at,
        )
        notices = [NoticeEvent(code=notice.code, params=notice.params) for notice in turn.notices]
        self.state: list[State] = [opened, Status(step="writing"), *notices]
        self.closed = None
        if turn.citations:
            self.state.append(Citations(items=turn.citations))
        if turn.state != "running":
            self.closed = Closed(state=turn.state, error=turn.error, usage=turn.usage, title=title)


async def look(database: Database, keyring: Keyring, person_id: UUID, conversation_id: UUID, turn_id: UUID) -> Seen:
    """Read a turn of this person with its text so far. Raises `TurnNotFound`."""
    async with database.transaction() as session:
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
        return Seen(views.turn_out(turn, position=len(text)), conversation_id, Level(turn.level), text, title)
