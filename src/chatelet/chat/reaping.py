"""Turns whose process died are closed as `interrupted`, with the text that was stored, by whoever is there."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.chat.written import labels_of
from chatelet.conversations import turns
from chatelet.conversations.service import raised
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger
from chatelet.settings import PolicySettings

log = get_logger(__name__)


async def reap(
    database: Database,
    keyring: Keyring,
    policy: PolicySettings,
    *,
    stale: timedelta,
    not_of: UUID,
    of: UUID | None = None,
) -> int:
    """Close the turns of other workers without sign of life for `stale`, `of` one that is dead; return how many."""
    async with database.transaction() as session:
        look = partial(labels_of, policy)
        reaped = await turns.reap(session, keyring, stale=stale, not_of=not_of, of=of, look=look)
        for one in reaped:
            event = events.TurnClosed(
                turn_id=one.turn_id,
                conversation_id=one.conversation_id,
                state="interrupted",
                error="turn_interrupted",
            )
            await journal.record(session, event, actor=one.person_id)
            if one.raised is not None:
                await journal.record(session, raised(one.conversation_id, *one.raised), actor=one.person_id)
    if reaped:
        log.warning("turns_interrupted", count=len(reaped))
    return len(reaped)
