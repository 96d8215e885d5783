"""The last step of every way in that is not the local form: who it is here, what the rules give, the session.

One transaction for who enters, one for who does not: a refusal is journalled, and told to the inspector.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import sessions
from chatelet.identity.errors import InvalidCredentials
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.single_sign_on import giving, inspector, persons, provider_sessions, queries
from chatelet.identity.single_sign_on.claims import matches
from chatelet.identity.single_sign_on.errors import (
    AccountDisabled,
    FlowInvalid,
    NotKnownHere,
    PasswordExpired,
    ProviderUnreachable,
    RefusedByProvider,
    TokenRefused,
)
from chatelet.identity.single_sign_on.exchange import Tokens
from chatelet.identity.single_sign_on.giving import Changed, Gift
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError

_Reason = Literal[
    "disabled",
    "not_known",
    "flow_invalid",
    "token_refused",
    "refused_by_provider",
    "provider_unreachable",
    "wrong_password",
]
_REASONS: Final[dict[type[AppError], _Reason]] = {
    AccountDisabled: "disabled",
    NotKnownHere: "not_known",
    FlowInvalid: "flow_invalid",
    TokenRefused: "token_refused",
    RefusedByProvider: "refused_by_provider",
    PasswordExpired: "refused_by_provider",
    InvalidCredentials: "wrong_password",
    ProviderUnreachable: "provider_unreachable",
}


async def enter(
    session: AsyncSession,
    sso: SingleSignOn,
    provider: Provider,
    claims: Mapping[str, Any],
    *,
    tokens: Tokens | None,
    replaces: str | None,
) -> OpenedSession:
    """Open a session for whom the claims are about; `tokens` are an OpenID provider's.

    Raises `NotKnownHere`, `AccountDisabled`.
    """
    person = await persons.recognise(session, provider, claims)
    gifts, changed = await give(session, provider, person.id, claims)
    if changed.roles:
        await sessions.end_sessions_of(session, person.id, "renewed", actor=person.id)
    method = "single_sign_on" if tokens is not None else "directory"
    opened = await sessions.open_session(session, person, sso.security, method, replaces=replaces)
    await provider_sessions.tie(session, sso.keyring, provider, opened.principal.session_id, tokens, claims)
    await inspector.keep(
        session,
        sso.keyring,
        provider.id,
        outcome="signed_in",
        issuer=provider.issuer,
        claims=claims,
        person_id=person.id,
        gifts=gifts,
    )
    return opened


async def give(
    session: AsyncSession,
    provider: Provider,
    person_id: UUID,
    claims: Mapping[str, Any],
    *,
    at: Literal["sign_in", "renewal"] = "sign_in",
) -> tuple[list[Gift], Changed]:
    """Make what the provider's rules gave a person what they give now, journalled line by line.

    The person's row is locked. Where roles changed, it is for the caller to end the older sessions (TA-001).
    """
    gifts = await giving.resolve(session, matches(await queries.rules_of(session, provider.id), claims))
    changed = await giving.apply(session, person_id, provider.source, gifts)
    if changed.anything:
        summary = events.RightsFromClaims(
            person_id=person_id,
            provider=provider.code,
            at=at,
            units_given=len(changed.units_given),
            units_withdrawn=len(changed.units_withdrawn),
            roles_given=len(changed.roles_given),
            roles_withdrawn=len(changed.roles_withdrawn),
        )
        lines: list[events.Event] = [summary]
        for unit in changed.units_withdrawn:
            was_main = unit == changed.main_withdrawn
            lines.append(events.MembershipRemoved(person_id=person_id, unit_id=unit, was_main=was_main))
        lines += [events.MembershipGiven(person_id=person_id, unit_id=unit) for unit in changed.units_given]
        for kind, roles in ((events.RoleWithdrawn, changed.roles_withdrawn), (events.RoleGranted, changed.roles_given)):
            lines += [
                kind(person_id=person_id, role_id=one.role_id, unit_id=one.unit_id, role=one.code) for one in roles
            ]
        await journal.record_all(session, lines, actor=person_id)
    return gifts, changed


async def refuse(
    database: Database, sso: SingleSignOn, provider: Provider, error: AppError, claims: Mapping[str, Any]
) -> None:
    """Write why, in a transaction of its own."""
    async with database.transaction() as session:
        await refuse_in(session, sso, provider, error, claims)


async def refuse_in(
    session: AsyncSession,
    sso: SingleSignOn,
    provider: Provider,
    error: AppError,
    claims: Mapping[str, Any],
    *,
    reason: str | None = None,
) -> None:
    """Write why, for the journal and the inspector; `reason` says more than the error that the person sees."""
    refused = events.SignInRefused(reason=_REASONS.get(type(error), "provider_unreachable"), provider=provider.code)
    await journal.record(session, refused, actor=None)
    await inspector.keep(
        session,
        sso.keyring,
        provider.id,
        outcome=error.code,
        reason=reason or str(error.params.get("reason", ""))[:200] or None,
        issuer=provider.issuer,
        claims=claims,
    )
