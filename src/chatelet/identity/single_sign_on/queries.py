"""Reads of providers and their rules. They belong to the installation: administrators read all, sign-in the enabled."""

from collections.abc import Sequence
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.single_sign_on.claims import Operator, Rule
from chatelet.identity.single_sign_on.tables import ClaimRule, ProviderSession, SignInProvider

Kind = Literal["openid", "directory"]


async def offered(session: AsyncSession) -> Sequence[SignInProvider]:
    """Return the providers of the sign-in screen, in their order."""
    enabled = select(SignInProvider).where(SignInProvider.enabled)
    return (await session.scalars(enabled.order_by(SignInProvider.position, SignInProvider.code))).all()


async def offered_by_code(session: AsyncSession, code: str, kind: Kind = "openid") -> SignInProvider | None:
    """Find an enabled provider."""
    if not code.isprintable():
        return None
    enabled = select(SignInProvider).where(SignInProvider.kind == kind, SignInProvider.enabled)
    found = await session.execute(enabled.where(SignInProvider.code == code))
    return found.scalar_one_or_none()


async def every(session: AsyncSession) -> Sequence[SignInProvider]:
    """Return all providers, for administrators."""
    ordered = select(SignInProvider).order_by(SignInProvider.position, SignInProvider.code)
    return (await session.scalars(ordered)).all()


async def one(session: AsyncSession, provider_id: UUID, *, lock: bool = False) -> SignInProvider | None:
    """Find a provider, enabled or not."""
    return await session.get(SignInProvider, provider_id, with_for_update=lock or None)


async def rules_of(session: AsyncSession, provider_id: UUID) -> tuple[Rule, ...]:
    """Return a provider's rules, in their order."""
    rows = await session.scalars(
        select(ClaimRule).where(ClaimRule.provider_id == provider_id).order_by(ClaimRule.position)
    )
    return tuple(
        Rule(
            position=row.position,
            claim=row.claim,
            operator=cast("Operator", row.operator),
            values=tuple(row.values),
            unit_code=row.unit_code,
            takes_unit_from_claim=row.takes_unit_from_claim,
            role_code=row.role_code,
            id=row.id,
        )
        for row in rows
    )


async def provider_session(session: AsyncSession, session_id: UUID) -> ProviderSession | None:
    """Find what ties a session to a provider, locked; None for a local one."""
    return await session.get(ProviderSession, session_id, with_for_update=True)
