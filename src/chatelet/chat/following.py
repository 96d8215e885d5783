"""Following a turn that runs in another process: from the database, with what its worker flushed, until its end.

Same frames, same positions as `live`: a page cannot tell the difference, but for being up to a flush behind.
"""

import asyncio
from typing import Final
from uuid import UUID

from chatelet.chat import events
from chatelet.chat.events import Citations, Closed, NoticeEvent, Opened, State, Status
from chatelet.chat.live import KEEP_ALIVE, Listener, Write
from chatelet.conversations import stored_turn
from chatelet.conversations.stored_turn import StoredTurn
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database

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
        async with database.transaction() as session:
            seen = await stored_turn.read(session, keyring, listener.person_id, conversation_id, turn_id)
        last_word = _last_word(seen)
        frame = b""
        if not opened:
            opened = True
            if last_word is not None:  # until then, what is stored may be behind what this reader has seen
                position = min(position, len(seen.text))
            frame = b"".join(events.encode(event, position) for event in _state(conversation_id, seen))
        if len(seen.text) > position:
            rest = seen.text[position:]
            position = len(seen.text)
            frame += events.encode_delta(rest, position)
        if last_word is not None:
            await write(frame + events.encode(last_word, position))
            return
        quiet = 0 if frame else quiet + 1
        if frame or quiet % _QUIET_LOOKS == 0:
            await write(frame or KEEP_ALIVE)
        await asyncio.sleep(_LOOK_SECONDS)


def _state(conversation_id: UUID, seen: StoredTurn) -> list[State]:
    turn = seen.turn
    opened = Opened(
        turn_id=turn.id,
        conversation_id=conversation_id,
        question_id=turn.question_id,
        answer_id=turn.answer_id,
        parent_turn_id=turn.parent_id,
        model=turn.model,
        level=seen.label.level,
        categories=seen.label.in_order,
        created_at=turn.created_at,
    )
    told: list[State] = [opened, Status(step="writing")]
    told += [NoticeEvent(code=notice.code, params=notice.params) for notice in turn.notices]
    return [*told, Citations(items=turn.citations)] if turn.citations else told


def _last_word(seen: StoredTurn) -> Closed | None:
    state = seen.turn.state
    if state == "running":
        return None
    return Closed(state=state, error=seen.turn.error, usage=seen.turn.usage, title=seen.title)
