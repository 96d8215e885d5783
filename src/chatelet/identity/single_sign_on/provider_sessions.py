"""What ties our sessions to a provider's: kept at sign-in, found when either side ends."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity import sessions
from chatelet.identity.sessions import EndReason
from chatelet.identity.single_sign_on.exchange import Tokens
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.tables import ProviderSession
from chatelet.identity.tables import Person, PersonSession
from chatelet.kernel.clock import now
from chatelet.kernel.crypto import Keyring

CHECK_EVERY: Final = timedelta(minutes=14)  # looked at each minute: within the quarter of an hour
_LONGEST_SID: Final = 255


async def tie(
    session: AsyncSession,
    keyring: Keyring,
    provider: Provider,
    session_id: UUID,
    tokens: Tokens | None,
    claims: Mapping[str, Any],
) -> None:
    """Keep what ending this session will need; with a refresh token, or a directory, what asking again will need."""
    sid = claims.get("sid") if tokens else None
    refresh = tokens.refresh_token if tokens else None
    session.add(
        ProviderSession(
            session_id=session_id,
            provider_id=provider.id,
            sid=sid if isinstance(sid, str) and len(sid) <= _LONGEST_SID and sid.isprintable() else None,
            id_token_sealed=seal_id_token(keyring, session_id, (tokens.id_token if tokens else None) or ""),
            refresh_token_sealed=seal_refresh_token(keyring, session_id, refresh) if refresh else None,
            check_at=now() + CHECK_EVERY if refresh or tokens is None else None,
            sign_out_hash=None,
            sign_out_until=None,
        )
    )
    await session.flush()


async def end_those_of(
    session: AsyncSession, provider_id: UUID, reason: EndReason, *, sid: str | None = None, subject: str | None = None
) -> int:
    """End the sessions opened through a provider: one (`sid`), a person's (`subject`, of its issuer), or all."""
    query = (
        select(ProviderSession.session_id)
        .join(PersonSession, PersonSession.id == ProviderSession.session_id)
        .where(ProviderSession.provider_id == provider_id, PersonSession.ended_at.is_(None))
    )
    if sid is not None:  # a provider that put no `sid` in its ID tokens names sessions by their subject
        unnamed = ProviderSession.sid.is_(None) if subject is not None else false()
        query = query.where(or_(ProviderSession.sid == sid, unnamed))
    if subject is not None:
        query = query.join(Person, Person.id == PersonSession.person_id).where(Person.subject == subject)
    found = (await session.scalars(query)).all()
    return await sessions.end_sessions(session, found, reason) if found else 0


async def end_local_ones(session: AsyncSession) -> int:
    """End every session that no provider opened: the local form was switched off since (at each start)."""
    tied = exists().where(ProviderSession.session_id == PersonSession.id)
    found = (await session.scalars(select(PersonSession.id).where(PersonSession.ended_at.is_(None), ~tied))).all()
    return await sessions.end_sessions(session, found, "way_closed") if found else 0


def seal_id_token(keyring: Keyring, session_id: UUID, token: str) -> bytes:
    """Seal what tells the provider which session to end."""
    return keyring.seal(token.encode(), f"id-token:{session_id}".encode())


def open_id_token(keyring: Keyring, row: ProviderSession) -> str:
    """Open what `seal_id_token` sealed."""
    return keyring.open(row.id_token_sealed, f"id-token:{row.session_id}".encode()).decode()


def seal_refresh_token(keyring: Keyring, session_id: UUID, token: str) -> bytes:
    """Seal what asks again."""
    return keyring.seal(token.encode(), f"refresh-token:{session_id}".encode())


def open_refresh_token(keyring: Keyring, row: ProviderSession) -> str | None:
    """Open what `seal_refresh_token` sealed."""
    sealed = row.refresh_token_sealed
    return keyring.open(sealed, f"refresh-token:{row.session_id}".encode()).decode() if sealed is not None else None
