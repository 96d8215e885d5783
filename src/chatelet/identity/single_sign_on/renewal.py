"""Asks providers, from time to time, whether the persons of open sessions are still known there.

Only where a provider gave a refresh token. It answers tokens: the session goes on, never beyond its own end. It
answers `invalid_grant` (left, disabled, signed out there): the session ends here, open streams included. It does not
answer: the session goes on and is asked about again, so that a provider that is down stops nobody's work.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity import sessions
from chatelet.identity.single_sign_on import exchange, queries
from chatelet.identity.single_sign_on.errors import FlowInvalid
from chatelet.identity.single_sign_on.provider import Provider, provider_of
from chatelet.identity.single_sign_on.provider_sessions import CHECK_EVERY, open_refresh_token, seal_refresh_token
from chatelet.identity.single_sign_on.queries import Kind
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.tables import ProviderSession, SignInProvider
from chatelet.identity.tables import PersonSession
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger

_AT_ONCE: Final = 200
_AGAIN_AFTER: Final = timedelta(minutes=5)
log = get_logger(__name__)


async def check_due(database: Database, sso: SingleSignOn) -> int:
    """Ask about the sessions whose turn has come; return how many ended."""
    async with database.transaction() as session:
        due = await claim(session, "openid")
    ended = 0
    for session_id in due:
        ended += await _check(database, sso, session_id)
    return ended


async def claim(session: AsyncSession, kind: Kind) -> list[UUID]:
    """Return the living sessions to ask about; nobody else asks about them meanwhile."""
    moment = now()
    idle = PersonSession.last_seen_at + func.make_interval(0, 0, 0, 0, 0, PersonSession.idle_minutes)
    found = await session.scalars(
        select(ProviderSession)
        .join(PersonSession, PersonSession.id == ProviderSession.session_id)
        .join(SignInProvider, SignInProvider.id == ProviderSession.provider_id)
        .where(
            SignInProvider.kind == kind,
            ProviderSession.check_at <= moment,
            PersonSession.ended_at.is_(None),
            PersonSession.expires_at > moment,
            idle > moment,
        )
        .order_by(ProviderSession.check_at)
        .limit(_AT_ONCE)
        .with_for_update(of=ProviderSession, skip_locked=True)
    )
    rows = found.all()
    for row in rows:
        row.check_at = moment + _AGAIN_AFTER
    await session.flush()
    return [row.session_id for row in rows]


async def _check(database: Database, sso: SingleSignOn, session_id: UUID) -> int:
    asked = await _asked(database, sso, session_id)
    if asked is None:
        return 0
    provider, refresh_token = asked
    try:
        metadata = await sso.discovery.metadata(provider)
        tokens = await exchange.refresh(sso.way, provider, metadata, refresh_token)
    except FlowInvalid:
        async with database.transaction() as session:
            return await sessions.end_sessions(session, [session_id], "provider_ended")
    except AppError as error:
        log.warning("provider_not_asked", provider=provider.code, error=error.code)
        return 0
    async with database.transaction() as session:
        row = await queries.provider_session(session, session_id)
        if row is not None:
            row.check_at = now() + CHECK_EVERY
            if tokens.refresh_token is not None:
                row.refresh_token_sealed = seal_refresh_token(sso.keyring, session_id, tokens.refresh_token)
    return 0


async def _asked(database: Database, sso: SingleSignOn, session_id: UUID) -> tuple[Provider, str] | None:
    async with database.transaction() as session:
        row = await queries.provider_session(session, session_id)
        known = await queries.one(session, row.provider_id) if row is not None else None
        token = open_refresh_token(sso.keyring, row) if row is not None else None
        if known is None or token is None:
            return None
        return provider_of(known, sso.keyring), token
