"""Signing out of both sides: ours tells the provider (RP-Initiated Logout), the provider's tells us (Back-Channel).

page -> DELETE /api/sessions/current -> a one-time ticket -> POST /api/sign-out -> a form that takes the browser to the
provider. `ask`: who we are, and the provider asks the person. `post`: the ID token too, in a body, for a provider that
takes one; never in an address (TA-011). `none`: only our session ends
provider -> POST /api/sign-in/<code>/sign-out -> logout token verified, once -> sessions end, open streams included
"""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.single_sign_on import exchange, id_tokens, provider_sessions, queries
from chatelet.identity.single_sign_on.errors import SignOutTokenRefused, TokenRefused
from chatelet.identity.single_sign_on.provider import Provider, provider_of
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.tables import ProviderSession, SignInFlow, SpentToken
from chatelet.identity.tokens import LONGEST_TOKEN, hash_token, new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger

_TICKET: Final = timedelta(minutes=5)
_REMEMBERED: Final = timedelta(hours=1)  # longer than a logout token may be old
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SignOutForm:
    """What the browser takes to the provider."""

    method: Literal["get", "post"]
    action: str
    fields: dict[str, str] = field(repr=False)


async def ticket(session: AsyncSession, session_id: UUID) -> str | None:
    """Return what lets this browser sign out at the provider, once, within minutes; None where nothing is to end."""
    row = await queries.provider_session(session, session_id)
    known = await queries.one(session, row.provider_id) if row is not None else None
    if row is None or known is None or known.sign_out == "none":
        return None
    token = new_token()
    row.sign_out_hash, row.sign_out_until = token.hash, now() + _TICKET
    await session.flush()
    return token.text


async def depart(database: Database, sso: SingleSignOn, text: str) -> SignOutForm | None:
    """Use a ticket; None when it does not serve, or the provider has no way to sign out: our session is over anyway."""
    if len(text) > LONGEST_TOKEN:
        return None
    async with database.transaction() as session:
        found = await session.execute(
            select(ProviderSession)
            .where(ProviderSession.sign_out_hash == hash_token(text), ProviderSession.sign_out_until > now())
            .with_for_update()
        )
        row = found.scalar_one_or_none()
        known = await queries.one(session, row.provider_id) if row is not None else None
        if row is None or known is None or known.sign_out == "none":
            return None
        hinted = known.sign_out == "post"
        row.sign_out_hash = row.sign_out_until = None
        provider, id_token = provider_of(known, sso.keyring), provider_sessions.open_id_token(sso.keyring, row)
    try:
        metadata = await sso.discovery.metadata(provider)
    except AppError as error:
        log.warning("provider_sign_out_impossible", provider=provider.code, error=error.code)
        return None
    if metadata.end_session_endpoint is None:
        return None
    fields = {"client_id": provider.client_id, "post_logout_redirect_uri": f"{sso.address}/"}
    if hinted:
        return SignOutForm("post", metadata.end_session_endpoint, {**fields, "id_token_hint": id_token})
    return SignOutForm("get", metadata.end_session_endpoint, fields)


async def back_channel(database: Database, sso: SingleSignOn, code: str, logout_token: str) -> int:
    """End the sessions that a provider says are over; return how many. Raises `SignOutTokenRefused`."""
    async with database.transaction() as session:
        provider = await sso.offered(session, code)
    claims = await _verified(sso, provider, logout_token)
    async with database.transaction() as session:
        await _spend(session, provider, str(claims["jti"]))
        sid, subject = claims.get("sid"), claims.get("sub")
        return await provider_sessions.end_those_of(
            session,
            provider.id,
            "provider_ended",
            sid=sid if isinstance(sid, str) else None,
            subject=subject if isinstance(subject, str) else None,
        )


async def purge(session: AsyncSession) -> int:
    """Delete logout tokens that are too old to be used again, and flows that never came back; return how many."""
    spent = await session.execute(delete(SpentToken).where(SpentToken.expires_at < now()).returning(SpentToken.hash))
    left = await session.execute(
        delete(SignInFlow).where(SignInFlow.expires_at < now()).returning(SignInFlow.state_hash)
    )
    return len(spent.all()) + len(left.all())


async def _verified(sso: SingleSignOn, provider: Provider, token: str) -> dict[str, Any]:
    try:
        header, claims = await exchange.signed(sso.discovery, provider, token)
        id_tokens.check_logout_token(claims, provider, at=time.time(), kind=header.kind)
    except TokenRefused as refused:
        raise SignOutTokenRefused(**refused.params) from None
    return claims


async def _spend(session: AsyncSession, provider: Provider, identifier: str) -> None:
    """Raise `SignOutTokenRefused` when this token was already used."""
    digest = hashlib.sha256(f"{provider.issuer}\0{identifier}".encode("utf-8", "surrogatepass")).digest()
    line = insert(SpentToken).values(hash=digest, expires_at=now() + _REMEMBERED)
    first = await session.execute(line.on_conflict_do_nothing().returning(SpentToken.hash))
    if first.first() is None:
        raise SignOutTokenRefused(reason="replayed")
