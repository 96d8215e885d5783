"""One run of a source at a time: a lease that the process renews, and that every write checks.

claim -> renewed every half minute, beside the run -> held (in each transaction of the run) -> ended | broken off

A process that dies leaves a lease that ends by itself; the source is then due again, and goes on from what is stored.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.connectors.declared import DECLARED, Credential, Declared
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.sources import places
from chatelet.knowledge.sources.cadence import CADENCE, next_time
from chatelet.knowledge.sources.errors import SourcePlaceWithdrawn
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import DeclaredPlace, Source, SourceItem
from chatelet.knowledge.tables import Collection
from chatelet.policy.sensitivity import Level

_LEASE: Final = timedelta(seconds=90)
_RENEWED: Final = 30.0  # seconds
_FIRST_RETRY: Final = timedelta(minutes=5)
_LONGEST_RETRY: Final = timedelta(hours=6)


class LeaseLost(Exception):
    """The source was paused, removed or taken over: this run writes nothing more."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run knows of its source when it begins."""

    id: UUID
    token: UUID
    source_id: UUID
    collection_id: UUID
    level: Level
    path: str
    folder: str
    follows_rights: bool
    declared: Declared
    credential: Credential | None = field(repr=False)


async def claim(services: SourceServices, source_id: UUID) -> Run | None:
    """Begin a run, unless the source is not due or another process runs it. Raises `SourcePlaceWithdrawn`."""
    moment = clock.now()
    async with services.documents.database.transaction() as session:
        query = select(Source).where(
            Source.id == source_id,
            ~Source.paused,
            Source.due_at <= moment,
            or_(Source.lease_token.is_(None), Source.lease_until < moment),
        )
        source = await session.scalar(query.with_for_update(skip_locked=True))
        if source is None:
            return None
        collection = await session.get_one(Collection, source.collection_id)
        place = await session.get_one(DeclaredPlace, source.place_id)
        source.run_id, source.lease_token, source.lease_until = uuid7(), uuid7(), moment + _LEASE
        source.state, source.started_at, source.ended_at = "listing", moment, None
        source.listed = source.added = source.changed = source.removed = source.leaving = 0
        is_usable = await places.is_for(session, place, collection)
        run = _run(services, source, collection, place)
    if not is_usable:
        await break_off(services, run, SourcePlaceWithdrawn.code)
        return None
    return run


async def held(session: AsyncSession, run: Run) -> Source:
    """Return the source, locked, while this run may still write. Raises `LeaseLost`."""
    source = await session.scalar(
        select(Source).where(Source.id == run.source_id, Source.lease_token == run.token).with_for_update()
    )
    if source is None:
        raise LeaseLost
    source.lease_until = clock.now() + _LEASE
    return source


@asynccontextmanager
async def renewed(database: Database, run: Run) -> AsyncGenerator[None]:
    """Keep the lease while the block goes on, however long the place keeps silent."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(_RENEWED)
            mine = (Source.id == run.source_id, Source.lease_token == run.token)
            async with database.transaction() as session:
                await session.execute(update(Source).where(*mine).values(lease_until=clock.now() + _LEASE))

    task = asyncio.create_task(renew(), name="source-lease")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await task


async def end(services: SourceServices, run: Run, *, is_whole: bool) -> None:
    """Say how a run went; one that did not bring all goes on as soon as others had their turn."""
    async with services.documents.database.transaction() as session:
        source = await held(session, run)
        moment = clock.now()
        source.state = ("asking" if source.leaving else "done") if is_whole else "unfinished"
        source.error_code, source.attempts, source.may_leave = None, 0, 0
        source.next_run_at = _next(services, source)
        await _let_go(session, source)
        source.due_at = source.next_run_at if is_whole else moment


async def break_off(services: SourceServices, run: Run, code: str) -> None:
    """Say why a run could not go on, and try again after a while, later each time; the cadence is kept."""
    async with services.documents.database.transaction() as session:
        source = await held(session, run)
        source.state, source.error_code = "failed", code
        planned = source.next_run_at = _next(services, source)
        retry = clock.now() + min(_LONGEST_RETRY, _FIRST_RETRY * 2 ** min(source.attempts, 12))
        source.attempts += 1
        await _let_go(session, source)
        source.due_at = min(retry, planned)


async def _let_go(session: AsyncSession, source: Source) -> None:
    source.lease_token, source.lease_until, source.ended_at = None, None, clock.now()
    failures = select(func.count()).where(SourceItem.source_id == source.id, SourceItem.error_code.is_not(None))
    source.failed = await session.scalar(failures) or 0
    await session.flush()
    ran = events.SourceRan(
        collection_id=source.collection_id,
        source_id=source.id,
        state=source.state,
        error=source.error_code,
        listed=source.listed,
        added=source.added,
        changed=source.changed,
        removed=source.removed,
        failed=source.failed,
        leaving=source.leaving,
    )
    await journal.record(session, ran, actor=None)


def _next(services: SourceServices, source: Source) -> datetime:
    zone = services.documents.settings.usage.time_zone
    return next_time(CADENCE.validate_python(source.cadence), clock.now(), zone)


def _run(services: SourceServices, source: Source, collection: Collection, place: DeclaredPlace) -> Run:
    assert source.run_id is not None
    assert source.lease_token is not None
    return Run(
        id=source.run_id,
        token=source.lease_token,
        source_id=source.id,
        collection_id=collection.id,
        level=Level(collection.level),
        path=source.path,
        folder=source.folder,
        follows_rights=source.follows_rights or place.rights_required,
        declared=DECLARED.validate_python(place.declared),
        credential=places.opened(services.documents.keyring, place),
    )
