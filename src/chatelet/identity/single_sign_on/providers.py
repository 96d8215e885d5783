"""The verbs on providers and their rules, for administrators. Each change is journalled; never a secret."""

import ssl
from collections.abc import Collection
from dataclasses import asdict
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.audit.vocabulary import Changes
from chatelet.identity.principal import Principal
from chatelet.identity.roles.tables import Role
from chatelet.identity.single_sign_on import provider_sessions, queries
from chatelet.identity.single_sign_on.claims import Rule
from chatelet.identity.single_sign_on.errors import (
    CertificateInvalid,
    ClaimRuleInvalid,
    ProviderNotFound,
    ProviderTaken,
)
from chatelet.identity.single_sign_on.provider import secret_context
from chatelet.identity.single_sign_on.schemas import NewProvider, ProviderChange, RuleBody
from chatelet.identity.single_sign_on.tables import ClaimRule, SignInProvider
from chatelet.kernel.clock import now
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.identifiers import uuid7

_MAY_BE_FORGOTTEN: Final = frozenset({"client_secret", "ca_certificate"})


async def add(session: AsyncSession, administrator: Principal, keyring: Keyring, new: NewProvider) -> SignInProvider:
    """Declare a provider. Raises `ProviderTaken`, `CertificateInvalid`."""
    taken = or_(
        SignInProvider.code == new.code,
        (SignInProvider.issuer == new.issuer) & (SignInProvider.client_id == new.client_id),
    )
    if await session.scalar(select(SignInProvider.id).where(taken).limit(1)):
        raise ProviderTaken
    moment, identifier = now(), uuid7()
    row = SignInProvider(id=identifier, created_at=moment, updated_at=moment, client_secret_sealed=None)
    for name, value in new.model_dump(exclude={"client_secret", "ca_certificate"}).items():
        setattr(row, name, value)
    _give_secret(row, keyring, new.client_secret)
    row.ca_certificate = checked_certificate(new.ca_certificate)
    session.add(row)
    await session.flush()
    await tell(session, administrator, row.code, "added")
    return row


async def change(
    session: AsyncSession, administrator: Principal, keyring: Keyring, provider_id: UUID, body: ProviderChange
) -> SignInProvider:
    """Change a provider; switched off, its sessions end. Raises `ProviderNotFound`, `ProviderTaken`."""
    row = await find(session, provider_id, lock=True, kind="openid")
    given = body.model_fields_set
    if "client_id" in given and await _is_taken(session, row, body.client_id):
        raise ProviderTaken
    before = changes.seen(row, given - {"client_secret"})
    if "client_secret" in given:
        _give_secret(row, keyring, body.client_secret)
    if "ca_certificate" in given:
        row.ca_certificate = checked_certificate(body.ca_certificate)
    for name in given - _MAY_BE_FORGOTTEN:
        value = getattr(body, name)
        if value is not None:
            setattr(row, name, value)
    row.updated_at = now()
    await session.flush()
    if not row.enabled:
        await provider_sessions.end_those_of(session, row.id, "way_closed")
    values = changes.between(before, changes.seen(row, before), codes=("language", "sign_out"), texts=before)
    await tell(session, administrator, row.code, "changed", changed=sorted(given), values=values)
    return row


async def remove(session: AsyncSession, administrator: Principal, provider_id: UUID) -> None:
    """Forget a provider: its sessions end, persons and what they were given stay. Raises `ProviderNotFound`."""
    row = await find(session, provider_id, lock=True)
    await provider_sessions.end_those_of(session, row.id, "way_closed")
    await session.delete(row)
    await session.flush()
    await tell(session, administrator, row.code, "removed")


async def write_rules(
    session: AsyncSession, administrator: Principal, provider_id: UUID, bodies: list[RuleBody]
) -> tuple[Rule, ...]:
    """Replace the rules; they count from each person's next sign-in. Raises `ProviderNotFound`, `ClaimRuleInvalid`."""
    row = await find(session, provider_id, lock=True)
    wanted = rules_from(bodies)
    await _check_roles(session, wanted)
    before = await queries.rules_of(session, row.id)
    await session.execute(delete(ClaimRule).where(ClaimRule.provider_id == row.id))
    for rule in wanted:
        line = ClaimRule(id=uuid7(), provider_id=row.id, position=rule.position, claim=rule.claim)
        line.operator, line.values, line.unit_code = rule.operator, list(rule.values), rule.unit_code
        line.takes_unit_from_claim, line.role_code = rule.takes_unit_from_claim, rule.role_code
        session.add(line)
    await session.flush()
    values = changes.between(_told_rules(before), _told_rules(wanted), texts=("rules",))
    await tell(session, administrator, row.code, "changed", changed=["rules"], rules=len(wanted), values=values)
    return wanted


def _told_rules(rules: Collection[Rule]) -> dict[str, object]:
    """Return how many there are, and what tells one set of rules from another."""
    return {"rules": [asdict(rule) for rule in rules], "rule_count": len(rules)}


async def find(
    session: AsyncSession, provider_id: UUID, *, lock: bool = False, kind: queries.Kind | None = None
) -> SignInProvider:
    """Return a provider, enabled or not; raise `ProviderNotFound`."""
    row = await queries.one(session, provider_id, lock=lock)
    if row is None or kind not in (None, row.kind):
        raise ProviderNotFound
    return row


async def rule_counts(session: AsyncSession) -> dict[UUID, int]:
    """Return how many rules each provider has."""
    found = await session.execute(select(ClaimRule.provider_id, func.count()).group_by(ClaimRule.provider_id))
    return {provider_id: count for provider_id, count in found}  # noqa: C416 (rows are not pairs to the type checker)


def rules_from(bodies: Collection[RuleBody]) -> tuple[Rule, ...]:
    """Return rules as written, numbered from 1."""
    return tuple(
        Rule(
            position=position,
            claim=body.claim,
            operator=body.operator,
            values=tuple(value for value in body.values if value),
            unit_code=None if body.takes_unit_from_claim else body.unit_code,
            takes_unit_from_claim=body.takes_unit_from_claim,
            role_code=body.role_code,
        )
        for position, body in enumerate(bodies, 1)
    )


async def _check_roles(session: AsyncSession, rules: tuple[Rule, ...]) -> None:
    """Check that each role exists; a unit may be imported later (the dry run and the inspector tell)."""
    known = set((await session.scalars(select(Role.code))).all())
    for rule in rules:
        if rule.role_code is not None and rule.role_code not in known:
            raise ClaimRuleInvalid(position=rule.position, reason="role_unknown")


async def _is_taken(session: AsyncSession, row: SignInProvider, client_id: str | None) -> bool:
    other = select(SignInProvider.id).where(
        SignInProvider.issuer == row.issuer, SignInProvider.client_id == client_id, SignInProvider.id != row.id
    )
    return await session.scalar(other) is not None


def _give_secret(row: SignInProvider, keyring: Keyring, secret: str | None) -> None:
    row.client_secret_sealed = None if secret is None else keyring.seal(secret.encode(), secret_context(row.id))


def checked_certificate(text: str | None) -> str | None:
    """Return a certificate authority as it is kept; raise `CertificateInvalid`."""
    if text is None or not text.strip():
        return None
    try:
        ssl.create_default_context(cadata=text)
    except (ssl.SSLError, ValueError, TypeError):
        raise CertificateInvalid from None
    return text.strip() + "\n"


async def tell(
    session: AsyncSession,
    administrator: Principal,
    code: str,
    action: Literal["added", "changed", "removed"],
    *,
    changed: Collection[str] = (),
    rules: int | None = None,
    values: Changes = (),
) -> None:
    """Journal a change: its fields, and what they were and are."""
    event = events.ProviderChanged(provider=code, action=action, changed=tuple(changed), rules=rules, values=values)
    await journal.record(session, event, actor=administrator.person_id)
