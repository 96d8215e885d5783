"""Invitations: a link that lets one named person choose a password, once, within half an hour (TA-012)."""

from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import accounts, queries, sessions, throttle
from chatelet.identity.errors import InvitationInvalid, InvitationNotFound, LocalSignInOff, PersonExists
from chatelet.identity.names import clean_email, clean_name
from chatelet.identity.principal import Principal
from chatelet.identity.roles.queries import is_active_administrator
from chatelet.identity.schemas import (
    InvitationAcceptance,
    InvitationLink,
    InvitationOrder,
    InvitationOut,
    InvitationPage,
    NewInvitation,
)
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.tables import Invitation
from chatelet.identity.tokens import hash_token, new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.paging import page_of, read_cursor
from chatelet.kernel.requests import current_request
from chatelet.settings import SecuritySettings

LIFETIME: Final = timedelta(minutes=30)
_KEPT: Final = timedelta(days=1)
_LONGEST_PAGE: Final = 100
_Refused = Literal["unknown", "expired", "used", "withdrawn"]


async def invite(session: AsyncSession, principal: Principal, new: NewInvitation, *, address: str) -> InvitationLink:
    """Make a link under `address`; earlier links for the same e-mail stop working.

    Raises `EmailInvalid`, `NameInvalid`, `PersonExists`.
    """
    email, name = clean_email(new.email), clean_name(new.name)
    if await queries.is_known(session, email):
        raise PersonExists
    await _withdraw_earlier(session, principal, email)
    token, moment = new_token(), now()
    invitation = Invitation(
        id=uuid7(),
        email=email,
        name=name,
        is_administrator=new.is_administrator,
        token_hash=token.hash,
        made_by=principal.person_id,
        created_at=moment,
        expires_at=moment + LIFETIME,
        accepted_at=None,
    )
    session.add(invitation)
    await session.flush()
    made = events.InvitationMade(invitation_id=invitation.id, is_administrator=invitation.is_administrator)
    await journal.record(session, made, actor=principal.person_id)
    link = f"{address}/#/invitation?token={token.text}"
    return InvitationLink(id=invitation.id, link=link, expires_at=invitation.expires_at)


async def pending(
    session: AsyncSession, principal: Principal, words: str, order: InvitationOrder, *, cursor: str | None, limit: int
) -> InvitationPage:
    """Return a page of the invitations that can still be accepted."""
    limit = min(limit, _LONGEST_PAGE)
    after = read_cursor(cursor) if cursor else None
    found = await queries.pending_invitations(
        session, principal, words, order, moment=now(), after=after, limit=limit + 1
    )
    shown, following = page_of(found, limit, lambda row: (row[1], row[0].id))
    return InvitationPage(
        items=[InvitationOut.model_validate(invitation) for invitation, _place in shown], next_cursor=following
    )


async def withdraw(session: AsyncSession, principal: Principal, invitation_id: UUID) -> None:
    """Take back an invitation not yet accepted; raise `InvitationNotFound`."""
    invitation = await queries.withdrawable_invitation(session, principal, invitation_id)
    if invitation is None:
        raise InvitationNotFound
    await session.delete(invitation)
    withdrawn = events.InvitationWithdrawn(invitation_id=invitation_id)
    await journal.record(session, withdrawn, actor=principal.person_id)


async def accept(database: Database, acceptance: InvitationAcceptance, security: SecuritySettings) -> OpenedSession:
    """Make the person of an invitation and sign them in.

    Raises `LocalSignInOff`, `InvitationInvalid`, `TooManyAttempts`, and what `accounts.draft` raises.
    """
    if not security.local_sign_in:
        raise LocalSignInOff
    token_hash = hash_token(acceptance.token)
    async with database.transaction() as session:
        invitation = await queries.lock_invitation(session, token_hash)
        refused = await _refusal(session, invitation)
    if invitation is not None and refused is None:
        new = await accounts.draft(
            invitation.email,
            acceptance.name,
            acceptance.password,
            is_administrator=invitation.is_administrator,
            language=acceptance.language,
        )
        async with database.transaction() as session:
            invitation = await queries.lock_invitation(session, token_hash)
            refused = await _refusal(session, invitation)
            if invitation is not None and refused is None:
                return await _accept(session, invitation, new, security)
    watched = throttle.token_counters(current_request().origin)
    async with database.transaction() as session:
        await throttle.count(session, await throttle.check(session, watched))
        known = invitation.id if invitation else None
        refusal = events.InvitationRefused(invitation_id=known, reason=refused or "unknown")
        await journal.record(session, refusal, actor=None)
    raise InvitationInvalid


async def purge(session: AsyncSession) -> int:
    """Delete the invitations that ended more than a day ago; return how many."""
    purged = await session.execute(
        delete(Invitation).where(Invitation.expires_at < now() - _KEPT).returning(Invitation.id)
    )
    return len(purged.all())


async def _accept(
    session: AsyncSession, invitation: Invitation, new: accounts.Draft, security: SecuritySettings
) -> OpenedSession:
    person = await accounts.insert_person(session, new)
    invitation.accepted_at = now()
    await throttle.trust(session, throttle.sign_in_counters(new.email, current_request().origin))
    created = events.PersonCreated(person_id=person.id, by="invitation", is_administrator=new.is_administrator)
    accepted = events.InvitationAccepted(invitation_id=invitation.id, person_id=person.id)
    await journal.record_all(session, [created, accepted], actor=person.id)
    return await sessions.open_session(session, person, security, "invitation")


async def _withdraw_earlier(session: AsyncSession, principal: Principal, email: str) -> None:
    earlier = await session.execute(
        delete(Invitation).where(Invitation.email == email, Invitation.accepted_at.is_(None)).returning(Invitation.id)
    )
    gone = [events.InvitationWithdrawn(invitation_id=identifier) for identifier in earlier.scalars()]
    await journal.record_all(session, gone, actor=principal.person_id)


async def _refusal(session: AsyncSession, invitation: Invitation | None) -> _Refused | None:
    """Tell why an invitation no longer serves; it falls with the rights of the administrator who made it."""
    if invitation is None:
        return "unknown"
    if invitation.accepted_at is not None:
        return "used"
    if invitation.expires_at <= now():
        return "expired"
    return None if await is_active_administrator(session, invitation.made_by) else "withdrawn"
