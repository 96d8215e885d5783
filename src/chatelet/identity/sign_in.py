"""The verbs that check a password: signing in, and changing one's password.

    one at a time per account: transaction 1 (is it slowed down? read the account) -> argon2, no transaction held
    -> transaction 2 (open the session, or count and journal the refusal)

They take the database, not a session: what a refusal writes must stay although the request fails, and a rush of
sign-ins must not hold connections while argon2 works. An unknown account goes through exactly the same steps (TA-013).
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import passwords, queries, sessions, throttle
from chatelet.identity.errors import InvalidCredentials, LocalSignInOff, PasswordTooWeak, WrongPassword
from chatelet.identity.names import LONGEST_EMAIL, fold_email
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.single_sign_on import emergency
from chatelet.identity.tables import Person
from chatelet.kernel.database import Database
from chatelet.kernel.requests import current_request
from chatelet.settings import SecuritySettings


@dataclass(frozen=True, slots=True)
class _Account:
    """What the first transaction read: `stored` is None when no password may open this account."""

    person_id: UUID | None
    stored: str | None
    disabled: bool = False
    closed: bool = False


async def sign_in(
    database: Database, email: str, password: str, security: SecuritySettings, *, replaces: str | None = None
) -> OpenedSession:
    """Open a session; `replaces` is the cookie of this browser, whose session ends.

    Raises `InvalidCredentials` (unknown, disabled or wrong: the same), `LocalSignInOff`, `TooManyAttempts`,
    `SignInBusy`.
    """
    folded = fold_email(email)
    async with throttle.one_at_a_time(folded):
        async with database.transaction() as session:
            watched = throttle.sign_in_counters(folded, current_request().origin)
            counted = await throttle.check(session, watched)
            account = await _allowed(session, await _account(session, folded), security)
        matches = await passwords.verify_password(account.stored, password)
        fresh_hash = await _fresh_hash(account, password) if matches else None
        async with database.transaction() as session:
            await throttle.check(session, watched)  # again: another process may have counted failures meanwhile
            person = await _unchanged(session, account) if matches else None
            if person is not None:
                await throttle.trust(session, watched)
                person.password_hash = fresh_hash or person.password_hash
                return await sessions.open_session(session, person, security, "password", replaces=replaces)
            await throttle.count(session, counted)
            refused = events.SignInRefused(person_id=account.person_id, reason=_refusal_reason(account))
            await journal.record(session, refused, actor=None)
    raise InvalidCredentials


async def change_password(
    database: Database, principal: Principal, current: str, new: str, security: SecuritySettings
) -> OpenedSession:
    """Change one's own password: every session ends, a new one is opened for this browser (TA-001).

    Raises `WrongPassword`, `PasswordTooWeak`, `TooManyAttempts`, `SignInBusy`.
    """
    watched = throttle.confirmation_counters(principal.person_id)
    async with throttle.one_at_a_time(principal.person_id):
        async with database.transaction() as session:
            await throttle.check(session, watched)
            person, _ = await queries.current(session, principal)
            checked = passwords.check_strength(new, person.email or "", person.name)
        account = _Account(person.id, person.password_hash)
        if not await passwords.verify_password(account.stored, current):
            async with database.transaction() as session:
                await throttle.count(session, watched)
                refused = events.SignInRefused(person_id=person.id, reason="wrong_password")
                await journal.record(session, refused, actor=principal.person_id)
            raise WrongPassword
        if await passwords.verify_password(account.stored, checked):
            raise PasswordTooWeak(reason="unchanged")
        hashed = await passwords.hash_password(checked)
        async with database.transaction() as session:
            await throttle.trust(session, watched)
            return await _renew(session, principal, account, hashed, security)


async def _renew(
    session: AsyncSession, principal: Principal, account: _Account, hashed: str, security: SecuritySettings
) -> OpenedSession:
    person = await _unchanged(session, account)
    if person is None:
        raise WrongPassword
    person.password_hash = hashed
    await sessions.end_sessions_of(session, person.id, "password_changed", actor=principal.person_id)
    await journal.record(session, events.PasswordChanged(person_id=person.id), actor=principal.person_id)
    return await sessions.open_session(session, person, security, "password")


async def _account(session: AsyncSession, email: str) -> _Account:
    """Read an account; what cannot be an address is looked up all the same, as one that nobody has."""
    readable = email if email.isascii() and email.isprintable() and len(email) <= LONGEST_EMAIL else ""
    person = await queries.account(session, readable)
    if person is None:
        return _Account(person_id=None, stored=None)
    if person.state != PersonState.ACTIVE:
        return _Account(person_id=person.id, stored=None, disabled=True)
    return _Account(person_id=person.id, stored=person.password_hash)


async def _allowed(session: AsyncSession, account: _Account, security: SecuritySettings) -> _Account:
    """With the local form off, let the sealed account alone in, while it is open; every other is as if unknown."""
    if security.local_sign_in:
        return account
    sealed = await emergency.open_for(session)
    if sealed is None:
        raise LocalSignInOff
    return account if account.person_id == sealed else _Account(account.person_id, stored=None, closed=True)


async def _unchanged(session: AsyncSession, account: _Account) -> Person | None:
    """Lock the person; None when they were disabled or changed their password while argon2 worked."""
    person = await queries.locked(session, account.person_id) if account.person_id is not None else None
    same = person is not None and person.state == PersonState.ACTIVE and person.password_hash == account.stored
    return person if same else None


async def _fresh_hash(account: _Account, password: str) -> str | None:
    outdated = account.stored is not None and passwords.needs_new_hash(account.stored)
    return await passwords.hash_password(password) if outdated else None


def _refusal_reason(account: _Account) -> Literal["unknown_account", "wrong_password", "disabled", "way_closed"]:
    if account.closed:
        return "way_closed"
    if account.person_id is None:
        return "unknown_account"
    return "disabled" if account.disabled else "wrong_password"
