"""Asks providers, from time to time, whether the persons of open sessions are still known there.

Only where a provider gave a refresh token. It answers tokens: the session goes on, never beyond its own end. It
answers `invalid_grant` (left, disabled, signed out there): the session ends here, open streams included. It does not
answer: the session goes on and is asked about again, so that a provider that is down stops nobody's work. One that does
not answer several times in a row is given up until the next run, and makes no other wait (`turns`).

    refresh -> the new refresh token, kept -> fresh claims -> the rules, as at a sign-in -> units and roles

A provider that tells nothing of the person at a renewal changes nothing; nor does one that fails half-way. The login
inspector keeps the renewals that changed something, failed on what was told or ended a session; not those, many, that
changed nothing.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity import sessions
from chatelet.identity.single_sign_on import entering, exchange, inspector, queries
from chatelet.identity.single_sign_on.errors import FlowInvalid, ProviderUnreachable
from chatelet.identity.single_sign_on.provider import Provider, provider_of
from chatelet.identity.single_sign_on.provider_sessions import (
    CHECK_EVERY,
    open_id_token,
    open_refresh_token,
    seal_refresh_token,
)
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.signatures import kept_claims
from chatelet.identity.single_sign_on.turns import Run, claim, each_provider
from chatelet.identity.tables import Person, PersonSession
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger

_AT_ONCE: Final = 8  # of one provider; of the database's connections, people who work come first
_CLAIMED: Final = 64
_FAILURES: Final = 5  # in a row: the provider is left in peace until the next run
log = get_logger(__name__)


async def check_due(database: Database, sso: SingleSignOn) -> int:
    """Ask about the sessions whose turn has come; return how many ended."""
    return await each_provider(
        database, "openid", lambda provider_id, run: _Asking(database, sso).all(provider_id, run)
    )


class _Asking:
    """One provider's sessions in one run, some at once. It is given up once it failed so often in a row."""

    def __init__(self, database: Database, sso: SingleSignOn) -> None:
        self._database, self._sso = database, sso
        self._failures = 0

    async def all(self, provider_id: UUID, run: Run) -> int:
        ended = 0
        while not self._is_over(run):
            async with self._database.transaction() as session:
                due = await claim(session, provider_id, _CLAIMED)
            if not due:
                break
            waiting = iter(due)
            ended += sum(await asyncio.gather(*(self._some(waiting, run) for _ in range(min(_AT_ONCE, len(due))))))
        if self._failures >= _FAILURES:
            log.warning("provider_given_up", provider_id=str(provider_id), failures=self._failures)
        return ended

    async def _some(self, waiting: Iterator[UUID], run: Run) -> int:
        ended = 0
        for session_id in waiting:
            if self._is_over(run):
                break
            try:
                ended += await _check(self._database, self._sso, session_id)
            except ProviderUnreachable as error:
                self._failures += 1
                log.warning("provider_not_asked", provider=error.params.get("provider"), error=error.code)
            except Exception:  # the other sessions are asked about
                log.exception("session_not_renewed")
            else:
                self._failures = 0
        return ended

    def _is_over(self, run: Run) -> bool:
        return self._failures >= _FAILURES or run.is_over()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known of a session before asking. `before`: the claims of its ID token; `wanted`: those of the rules."""

    provider: Provider
    refresh_token: str
    before: Mapping[str, Any]
    wanted: frozenset[str]


async def _check(database: Database, sso: SingleSignOn, session_id: UUID) -> int:
    """Ask about one session; return how many ended (0 or 1). Raises `ProviderUnreachable` before anything is told."""
    asked = await _asked(database, sso, session_id)
    if asked is None:
        return 0
    provider = asked.provider
    try:
        metadata = await sso.discovery.metadata(provider)
        tokens = await exchange.refresh(sso.way, provider, metadata, asked.refresh_token)
    except FlowInvalid:
        async with database.transaction() as session:
            await note(session, sso, provider, session_id, "ended_by_provider")
            return await sessions.end_sessions(session, [session_id], "provider_ended")
    except ProviderUnreachable:
        raise
    except AppError as error:
        log.warning("provider_not_asked", provider=provider.code, error=error.code)
        return 0
    async with database.transaction() as session:
        row = await queries.provider_session(session, session_id)
        if row is not None:
            row.check_at = now() + CHECK_EVERY
            if tokens.refresh_token is not None:
                row.refresh_token_sealed = seal_refresh_token(sso.keyring, session_id, tokens.refresh_token)
    try:
        claims = await exchange.renewed_claims(sso.way, sso.discovery, provider, tokens, asked.before, asked.wanted)
    except AppError as error:  # part of the claims would take back what the others give
        log.warning("claims_not_renewed", provider=provider.code, error=error.code, reason=error.params.get("reason"))
        reason = str(error.params.get("reason") or error.code)
        async with database.transaction() as session:
            await note(session, sso, provider, session_id, "not_renewed", reason)
        return 0
    return await renew_rights(database, sso, provider, session_id, claims) if claims is not None else 0


async def renew_rights(
    database: Database, sso: SingleSignOn, provider: Provider, session_id: UUID, claims: Mapping[str, Any]
) -> int:
    """Apply the rules to what was just told of a session's person; return how many sessions ended (0 or 1).

    Where roles changed, the person's sessions end, as at any change of roles (TA-001).
    """
    async with database.transaction() as session:
        person = await _person(session, session_id)
        if person is None or (person.issuer, person.subject) != (provider.issuer, claims.get("sub")):
            return 0
        gifts, changed = await entering.give(session, provider, person.id, claims, at="renewal")
        if changed.anything:
            await inspector.keep(
                session,
                sso.keyring,
                provider.id,
                outcome="renewed",
                issuer=provider.issuer,
                claims=claims,
                person_id=person.id,
                gifts=gifts,
            )
        if changed.roles:
            await sessions.end_sessions_of(session, person.id, "renewed", actor=person.id)
        return int(changed.roles)


async def note(
    session: AsyncSession,
    sso: SingleSignOn,
    provider: Provider,
    session_id: UUID,
    outcome: Literal["not_renewed", "ended_by_provider"],
    reason: str | None = None,
) -> None:
    """Tell the inspector of a renewal after which nothing was applied to the session's person."""
    person = await _person(session, session_id)
    if person is not None:
        await inspector.keep(
            session,
            sso.keyring,
            provider.id,
            outcome=outcome,
            reason=reason[:200] if reason else None,
            issuer=provider.issuer,
            claims={"sub": person.subject},
            person_id=person.id,
        )


async def _person(session: AsyncSession, session_id: UUID) -> Person | None:
    """Return whose session it is, locked; None once it ended."""
    found = await session.scalars(
        select(Person)
        .join(PersonSession, PersonSession.person_id == Person.id)
        .where(PersonSession.id == session_id, PersonSession.ended_at.is_(None))
        .with_for_update(of=Person)
    )
    return found.one_or_none()


async def _asked(database: Database, sso: SingleSignOn, session_id: UUID) -> _Asked | None:
    async with database.transaction() as session:
        row = await queries.provider_session(session, session_id)
        known = await queries.one(session, row.provider_id) if row is not None else None
        token = open_refresh_token(sso.keyring, row) if row is not None else None
        if row is None or known is None or token is None:
            return None
        rules = await queries.rules_of(session, known.id)
        return _Asked(
            provider_of(known, sso.keyring),
            token,
            kept_claims(open_id_token(sso.keyring, row)),
            frozenset(rule.claim for rule in rules),
        )
