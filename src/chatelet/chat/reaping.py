"""Turns whose process died are closed as `interrupted`, with the text that was stored, by whoever is there."""

from datetime import timedelta
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.conversations import turns
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger

log = get_logger(__name__)


async def reap(database: Database, keyring: Keyring, *, stale: timedelta, not_of: UUID, of: UUID | None = None) -> int:
    """Close the turns of other workers without sign of life for `stale`, `of` one that is dead; return how many."""
    async with database.transaction() as session:
        reaped = await turns.reap(session, keyring, stale=stale, not_of=not_of, of=of)
        for turn_id, conversation_id, person_id in reaped:
            event = events.TurnClosed(
                turn_id=turn_id, conversation_id=conversation_id, state="interrupted", error="turn_interrupted"
            )
            await journal.record(session, event, actor=person_id)
    if reaped:
        log.warning("turns_interrupted", count=len(reaped))
    return len(reaped)
