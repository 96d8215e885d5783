"""Confirming that it is really the person, before what cannot be undone: their password, else a sign-in just made.

Who signs in with a provider has no password here: a session opened less than ten minutes ago stands for it.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import passwords, queries, sessions, throttle
from chatelet.identity.errors import LastAdministrator, SignInAgain, WrongPassword
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.roles.queries import lock_active_administrators
from chatelet.identity.tables import Person, PersonSession
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database

_FRESH: Final = timedelta(minutes=10)


async def confirm(database: Database, principal: Principal, password: str | None) -> None:
    """Raise `WrongPassword`, `SignInAgain` or `TooManyAttempts` unless the caller proves who they are."""
    watched = throttle.confirmation_counters(principal.person_id)
    async with throttle.one_at_a_time(principal.person_id):
        async with database.transaction() as session:
            await throttle.check(session, watched)
            person, _ = await queries.current(session, principal)
            stored = person.password_hash
            if stored is None:
                return await _check_fresh(session, principal)
        if password is not None and await passwords.verify_password(stored, password):
            return None
        async with database.transaction() as session:
            await throttle.count(session, watched)
            refused = events.SignInRefused(person_id=principal.person_id, reason="wrong_password")
            await journal.record(session, refused, actor=principal.person_id)
    raise WrongPassword


async def withdraw(session: AsyncSession, person_id: UUID, *, actor: UUID | None) -> Person | None:
    """Close an account that is about to be erased: its sessions and streams end. Raises `LastAdministrator`."""
    if await lock_active_administrators(session) == [person_id]:
        raise LastAdministrator
    person = await queries.locked(session, person_id)
    if person is not None and person.state != PersonState.DISABLED:
        person.state = PersonState.DISABLED.value
        await sessions.end_sessions_of(session, person_id, "person_disabled", actor=actor)
        await journal.record(session, events.PersonDisabled(person_id=person_id), actor=actor)
    return person


async def _check_fresh(session: AsyncSession, principal: Principal) -> None:
    row = await session.get(PersonSession, principal.session_id)
    if row is None or row.created_at < now() - _FRESH:
        raise SignInAgain
