"""The sealed way in: when providers are the only way and none answers, one account may use its password for a while.

    chatelet admin emergency --email … -> a link, printed and put in a sealed envelope (armed, journalled)
    the link opened -> that account's password works for half an hour (opened, journalled and logged as a warning)

Arming again, or opening, spends the secret. The password is still needed, and still throttled.
"""

import hmac
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import queries, throttle
from chatelet.identity.errors import PersonNotFound
from chatelet.identity.names import fold_email
from chatelet.identity.principal import PersonState
from chatelet.identity.single_sign_on.errors import EmergencyInvalid
from chatelet.identity.single_sign_on.tables import EmergencyAccess
from chatelet.identity.tokens import hash_token, new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger
from chatelet.kernel.requests import current_request

OPEN_FOR: Final = timedelta(minutes=30)
_UNSET: Final = b""
log = get_logger(__name__)


async def arm(session: AsyncSession, email: str) -> str:
    """Return a fresh one-time secret for a local, active account, replacing the last; raise `PersonNotFound`."""
    person = await queries.account(session, fold_email(email))
    if person is None or person.state != PersonState.ACTIVE:
        raise PersonNotFound
    token = new_token()
    fresh = {"person_id": person.id, "secret_hash": token.hash, "armed_at": now(), "open_until": None}
    line = insert(EmergencyAccess).values(id=1, **fresh)
    await session.execute(line.on_conflict_do_update(index_elements=["id"], set_=fresh))
    await journal.record(session, events.EmergencyArmed(person_id=person.id), actor=None)
    return token.text


async def unseal(database: Database, secret: str) -> datetime:
    """Open the local form for the sealed account; return until when. Raises `EmergencyInvalid`, `TooManyAttempts`."""
    async with database.transaction() as session:
        row = await session.get(EmergencyAccess, 1, with_for_update=True, populate_existing=True)
        stored = row.secret_hash if row is not None else None
        if row is not None and hmac.compare_digest(stored or _UNSET, hash_token(secret)):
            until = now() + OPEN_FOR
            row.secret_hash, row.open_until = None, until
            opened = events.EmergencyOpened(person_id=row.person_id, minutes=int(OPEN_FOR.total_seconds() // 60))
            await journal.record(session, opened, actor=None)
            log.warning("emergency_sign_in_opened", minutes=opened.minutes)
            return until
    watched = throttle.token_counters(current_request().origin)
    async with database.transaction() as session:
        await throttle.count(session, await throttle.check(session, watched))
        await journal.record(session, events.EmergencyRefused(), actor=None)
    raise EmergencyInvalid


async def open_for(session: AsyncSession) -> UUID | None:
    """Return the account whose password works now although the local form is off."""
    return await session.scalar(select(EmergencyAccess.person_id).where(EmergencyAccess.open_until > now()))
