"""Whose turn it is to be asked about, provider by provider, within the time of a run.

    providers with something due -> one task each -> sessions claimed some at a time, until none is due or time is over

Providers do not wait for one another: one that hangs holds its own sessions alone. What was claimed and not asked
about comes again after `_AGAIN_AFTER`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.single_sign_on.queries import Kind
from chatelet.identity.single_sign_on.tables import ProviderSession, SignInProvider
from chatelet.identity.tables import PersonSession
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger

_AGAIN_AFTER: Final = timedelta(minutes=5)
_RUN_SECONDS: Final = 240.0  # less than until what was claimed is due again
log = get_logger(__name__)


class Run:
    """The time that a run has left, in seconds of this process."""

    def __init__(self, seconds: float = _RUN_SECONDS) -> None:
        self._until = time.monotonic() + seconds

    def is_over(self) -> bool:
        """Tell whether nothing new is begun."""
        return time.monotonic() >= self._until


async def each_provider(database: Database, kind: Kind, ask: Callable[[UUID, Run], Awaitable[int]]) -> int:
    """Run `ask` for each provider with sessions due, all at once; return how many sessions ended."""
    async with database.transaction() as session:
        providers = await _with_due(session, kind)
    run = Run()

    async def alone(provider_id: UUID) -> int:
        try:
            return await ask(provider_id, run)
        except Exception:  # the others go on
            log.exception("renewals_failed", provider_id=str(provider_id))
            return 0

    return sum(await asyncio.gather(*(alone(one) for one in providers)))


async def claim(session: AsyncSession, provider_id: UUID, most: int) -> list[UUID]:
    """Return living sessions to ask a provider about, at most so many; nobody else asks about them meanwhile."""
    moment = now()
    found = await session.scalars(
        select(ProviderSession)
        .join(PersonSession, PersonSession.id == ProviderSession.session_id)
        .where(ProviderSession.provider_id == provider_id, *_due())
        .order_by(ProviderSession.check_at)
        .limit(most)
        .with_for_update(of=ProviderSession, skip_locked=True)
    )
    rows = found.all()
    for row in rows:
        row.check_at = moment + _AGAIN_AFTER
    await session.flush()
    return [row.session_id for row in rows]


async def _with_due(session: AsyncSession, kind: Kind) -> list[UUID]:
    found = await session.scalars(
        select(ProviderSession.provider_id)
        .join(PersonSession, PersonSession.id == ProviderSession.session_id)
        .join(SignInProvider, SignInProvider.id == ProviderSession.provider_id)
        .where(SignInProvider.kind == kind, *_due())
        .distinct()
    )
    return list(found)


def _due() -> tuple[ColumnElement[bool], ...]:
    moment = now()
    idle = PersonSession.last_seen_at + func.make_interval(0, 0, 0, 0, 0, PersonSession.idle_minutes)
    return (
        ProviderSession.check_at <= moment,
        PersonSession.ended_at.is_(None),
        PersonSession.expires_at > moment,
        idle > moment,
    )
