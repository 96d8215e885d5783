"""Sessions: the only authentication there is, keys and directories included; what opens and ends a session.

A session lives while it is not ended, not older than `expires_at`, used within `idle_minutes`, and its person is
active; one query decides. What ends is announced on `REVOKED_CHANNEL` (`session:<uuid>`, `key:<uuid>` or
`person:<uuid>`) so that open streams end too.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, assert_never, cast
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import queries
from chatelet.identity.credentials import Credential
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.keys.checking import principal_of
from chatelet.identity.principal import Language, Principal
from chatelet.identity.rights import decode_rights
from chatelet.identity.scim.directory import Directory, directory_of_token
from chatelet.identity.tables import Person, PersonSession
from chatelet.identity.tokens import LONGEST_TOKEN, hash_token, new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.notifications import notify, notify_all
from chatelet.settings import SecuritySettings

REVOKED_CHANNEL: Final = "chatelet_revoked"
_TOUCH_EVERY: Final = timedelta(minutes=1)
_KEPT_AFTER_END: Final = timedelta(days=1)
Method = Literal["password", "invitation", "first_administrator", "single_sign_on", "directory"]
EndReason = Literal[
    "signed_out", "expired", "idle", "password_changed", "person_disabled", "renewed", "provider_ended", "way_closed"
]


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """What a sign-in gives: `token` goes into the cookie and nowhere else."""

    token: str
    principal: Principal

    def __repr__(self) -> str:
        return f"OpenedSession(session_id={self.principal.session_id})"


async def authenticate(executor: Executor, presented: Credential | str | None) -> Principal | Directory:
    """Return who calls, in one query, whatever they showed: a session, a key, a directory's token (TA-008).

    A plain text is a session's. Raises `NotSignedIn`; for a key `KeyRefused`, `KeyScopeExceeded`. Notes the visit at
    most once a minute.
    """
    if not isinstance(presented, Credential):
        return await _principal_of(executor, presented)
    match presented.kind:
        case "session":
            return await _principal_of(executor, presented.text)
        case "key":
            return await principal_of(executor, presented)
        case "directory":
            return await directory_of_token(executor, presented)
    assert_never(presented.kind)


async def _principal_of(executor: Executor, token: str | None) -> Principal:
    if not token or len(token) > LONGEST_TOKEN:
        raise NotSignedIn
    moment = now()
    found = await queries.living_session(executor, hash_token(token), moment)
    if found is None:
        raise NotSignedIn
    if moment - found.last_seen_at >= _TOUCH_EVERY:
        await queries.note_visit(executor, found.session_id, found.person_id, moment)
    return Principal(
        person_id=found.person_id,
        session_id=found.session_id,
        rights=decode_rights(found.held),
        units=frozenset(found.units),
        language=cast("Language", found.language),
        name=found.name,
        email=found.email,
        expires_at=found.expires_at,
    )


async def open_session(
    session: AsyncSession, person: Person, security: SecuritySettings, method: Method, *, replaces: str | None = None
) -> OpenedSession:
    """Open a session for `person`; the one of this browser (`replaces`, its cookie), if any, ends (TA-001)."""
    if replaces:
        await _end_replaced(session, replaces)
    token, moment = new_token(), now()
    row = PersonSession(
        id=uuid7(),
        person_id=person.id,
        token_hash=token.hash,
        created_at=moment,
        last_seen_at=moment,
        idle_minutes=security.session_idle_minutes,
        expires_at=moment + timedelta(hours=security.session_hours),
        ended_at=None,
    )
    session.add(row)
    person.last_seen_at = moment
    await session.flush()
    await journal.record(session, events.SessionOpened(session_id=row.id, method=method), actor=person.id)
    return OpenedSession(token=token.text, principal=await _principal_of(session, token.text))


async def end_session(session: AsyncSession, principal: Principal, reason: EndReason) -> None:
    """End the caller's own session, here and in its open streams."""
    ended = await session.execute(
        update(PersonSession)
        .where(PersonSession.id == principal.session_id, PersonSession.ended_at.is_(None))
        .values(ended_at=now())
        .returning(PersonSession.id)
    )
    await _tell(session, list(ended.scalars()), reason, actor=principal.person_id)


async def end_sessions_of(session: AsyncSession, person_id: UUID, reason: EndReason, *, actor: UUID | None) -> None:
    """End every session of a person; disabling is announced by the person too, for what knows no session."""
    ended = await session.execute(
        update(PersonSession)
        .where(PersonSession.person_id == person_id, PersonSession.ended_at.is_(None))
        .values(ended_at=now())
        .returning(PersonSession.id)
    )
    await _tell(session, list(ended.scalars()), reason, actor=actor)
    if reason == "person_disabled":
        await notify(session, REVOKED_CHANNEL, f"person:{person_id}")


async def end_sessions_of_all(
    session: AsyncSession, persons: Collection[UUID], reason: EndReason, *, actor: UUID | None
) -> None:
    """End every session of these persons, as `end_sessions_of` does of one."""
    ended = await session.execute(
        update(PersonSession)
        .where(PersonSession.person_id.in_(persons), PersonSession.ended_at.is_(None))
        .values(ended_at=now())
        .returning(PersonSession.id)
    )
    await _tell(session, list(ended.scalars()), reason, actor=actor)
    if reason == "person_disabled":
        await notify_all(session, REVOKED_CHANNEL, [f"person:{person_id}" for person_id in persons])


async def end_sessions(
    session: AsyncSession, identifiers: Collection[UUID], reason: EndReason, *, actor: UUID | None = None
) -> int:
    """End these sessions, here and in their open streams; return how many still lived."""
    ended = await session.execute(
        update(PersonSession)
        .where(PersonSession.id.in_(identifiers), PersonSession.ended_at.is_(None))
        .values(ended_at=now())
        .returning(PersonSession.id)
    )
    found = list(ended.scalars())
    await _tell(session, found, reason, actor=actor)
    return len(found)


async def purge(session: AsyncSession) -> int:
    """Delete the sessions that ended or expired more than a day ago; return how many."""
    limit = now() - _KEPT_AFTER_END
    purged = await session.execute(
        delete(PersonSession)
        .where(or_(PersonSession.expires_at < limit, PersonSession.ended_at < limit))
        .returning(PersonSession.id)
    )
    return len(purged.all())


async def _end_replaced(session: AsyncSession, token: str) -> None:
    ended = await session.execute(
        update(PersonSession)
        .where(PersonSession.token_hash == hash_token(token), PersonSession.ended_at.is_(None))
        .values(ended_at=now())
        .returning(PersonSession.id, PersonSession.person_id)
    )
    for session_id, person_id in ended:
        await _tell(session, [session_id], "renewed", actor=person_id)


async def _tell(session: AsyncSession, ended: list[UUID], reason: EndReason, *, actor: UUID | None) -> None:
    await notify_all(session, REVOKED_CHANNEL, [f"session:{session_id}" for session_id in ended])
    closed = [events.SessionClosed(session_id=session_id, reason=reason) for session_id in ended]
    await journal.record_all(session, closed, actor=actor)
