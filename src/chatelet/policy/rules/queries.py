"""Reads of the versions of the policies, and of the labels of past turns that a dry run looks at: never their words."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.policy.rules.tables import PolicyVersion

_LISTED: Final = 50


async def published(session: AsyncSession) -> PolicyVersion | None:
    """Return the version that holds."""
    return await session.scalar(select(PolicyVersion).where(PolicyVersion.state == "published"))


async def draft(session: AsyncSession) -> PolicyVersion | None:
    """Return the draft, locked."""
    return await session.scalar(select(PolicyVersion).where(PolicyVersion.state == "draft").with_for_update())


async def versions(session: AsyncSession) -> Sequence[PolicyVersion]:
    """Return the last versions, the newest first."""
    return (await session.scalars(select(PolicyVersion).order_by(PolicyVersion.number.desc()).limit(_LISTED))).all()


async def next_number(session: AsyncSession) -> int:
    """Return the number of the version to come."""
    return int(await session.scalar(select(func.coalesce(func.max(PolicyVersion.number), 0))) or 0) + 1
