"""The first administrator: made once, by the holder of the secret that the server printed (TA-007)."""

import hmac
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet import __version__
from chatelet.audit import events, journal
from chatelet.identity import accounts, queries, sessions, throttle
from chatelet.identity.errors import InstallationClosed
from chatelet.identity.principal import LANGUAGES
from chatelet.identity.roles.queries import has_administrator
from chatelet.identity.schemas import InstallationOut, SignInWay
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.single_sign_on import emergency
from chatelet.identity.single_sign_on.queries import offered
from chatelet.identity.tables import Installation
from chatelet.identity.tokens import hash_token, new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.requests import current_request
from chatelet.settings import SecuritySettings

_Refused = Literal["wrong_secret", "already_done"]
_UNSET: Final = b""


async def ensure_installation_secret(session: AsyncSession) -> str | None:
    """Return a fresh one-time secret, replacing the last, while there is no administrator; None afterwards."""
    row = await queries.lock_installation(session)
    if await has_administrator(session):
        return None
    token = new_token()
    row.secret_hash, row.made_at, row.consumed_at = token.hash, now(), None
    await session.flush()
    return token.text


async def describe(session: AsyncSession, name: str, *, local_sign_in: bool) -> InstallationOut:
    """Return what anybody may know of the installation."""
    return InstallationOut(
        name=name,
        version=__version__,
        needs_first_administrator=not await has_administrator(session),
        languages=list(LANGUAGES),
        providers=[SignInWay.model_validate(row) for row in await offered(session)],
        local_sign_in=local_sign_in or await emergency.open_for(session) is not None,
    )


async def make_first_administrator(
    database: Database, secret: str, *, email: str, name: str, password: str, security: SecuritySettings
) -> OpenedSession:
    """Create the first administrator and sign them in; exactly one of any number of simultaneous calls succeeds.

    Raises `InstallationClosed`, `TooManyAttempts`, and what `accounts.draft` raises.
    """
    async with database.transaction() as session:
        refused = await _refusal(session, await queries.read_installation(session), secret)
    if refused is None:
        new = await accounts.draft(email, name, password, is_administrator=True)
        async with database.transaction() as session:
            made = await _make(session, secret, new, security)
        if isinstance(made, OpenedSession):
            return made
        refused = made
    watched = throttle.token_counters(current_request().origin)
    async with database.transaction() as session:
        await throttle.count(session, await throttle.check(session, watched))
        await journal.record(session, events.AdministratorFirstRefused(reason=refused), actor=None)
    raise InstallationClosed


async def close(session: AsyncSession) -> None:
    """Make the one-time link stop working: an administrator is being made by command."""
    _consume(await queries.lock_installation(session))


async def _make(
    session: AsyncSession, secret: str, new: accounts.Draft, security: SecuritySettings
) -> OpenedSession | _Refused:
    row = await queries.lock_installation(session)  # whoever waits here finds the secret consumed
    refused = await _refusal(session, row, secret)
    if refused is not None:
        return refused
    _consume(row)
    person = await accounts.insert_person(session, new)
    await throttle.trust(session, throttle.sign_in_counters(new.email, current_request().origin))
    created = events.PersonCreated(person_id=person.id, by="first_administrator", is_administrator=True)
    await journal.record_all(session, [created, events.AdministratorFirst(person_id=person.id)], actor=person.id)
    return await sessions.open_session(session, person, security, "first_administrator")


def _consume(row: Installation) -> None:
    row.secret_hash, row.consumed_at = None, now()


async def _refusal(session: AsyncSession, row: Installation, secret: str) -> _Refused | None:
    if row.consumed_at is not None or await has_administrator(session):
        return "already_done"
    right = hmac.compare_digest(row.secret_hash or _UNSET, hash_token(secret))
    return None if right else "wrong_secret"
