"""Vectors of another model made beside those that answer, a version at a time, from the passages of the index.

    each level: which model should answer? -> versions without its vectors -> each in a transaction of its own
                -> none is left: it answers -> vectors of the one before are deleted

Killed anywhere, it goes on where it was: what is missing is asked of the index, and nothing is lost meanwhile.
"""

import time
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.services import DocumentServices
from chatelet.inference.gateway import Gateway
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.knowledge import queries, unit_rules, vector_models
from chatelet.knowledge.embedding import embed_passages
from chatelet.knowledge.engines.postgres import PostgresEngine, passages_of_version
from chatelet.knowledge.engines.tables import PassageRow
from chatelet.policy.clearance import clear
from chatelet.policy.errors import Refusal
from chatelet.policy.sensitivity import Label, Level

_SECONDS: Final = 50.0  # of each tick
_FAILURES: Final = 3  # in a row: the server is down, the next tick tries again
log = get_logger(__name__)


async def keep_vectors(services: DocumentServices, gateway: Gateway, *, seconds: float = _SECONDS) -> int:
    """Do some of what is missing, level by level; return how many versions were embedded."""
    deadline, done = time.monotonic() + seconds, 0
    ceiling = Level(services.settings.policy.highest_level)
    async with services.database.transaction() as session:
        present = await vector_models.levels(session)
    for level in present:
        wanted = vector_models.target(gateway, level, ceiling, services.policies.of(()))
        async with services.database.transaction() as session:
            row = await vector_models.follow(session, level, wanted)
        for model in dict.fromkeys((row.answering, row.arriving or row.answering)) if row else ():
            done += await _complete(services, gateway, level, model, deadline)
        while time.monotonic() < deadline:  # of an earlier tick: questions under way have ended
            async with services.database.transaction() as session:
                if not await vector_models.forget(session, level):
                    break
        async with services.database.transaction() as session:
            await vector_models.settle(session, level)
    return done


async def _complete(services: DocumentServices, gateway: Gateway, level: Level, model: str, deadline: float) -> int:
    """Make what is missing of one model's vectors, until none is or `deadline` passes; return how many versions."""
    after, done, failures, refused = UUID(int=0), 0, 0, 0
    while time.monotonic() < deadline and failures < _FAILURES:
        async with services.database.transaction() as session:
            found = await vector_models.next_without(session, level, model, after=after)
        if not found:
            break
        for version in found:
            after = version
            try:
                await embed_version(services, gateway, version, level, model)
                done, failures = done + 1, 0
            except Refusal:
                refused += 1  # a rule of its unit: its words are found, without vectors
            except AppError as error:
                log.warning("vectors_put_off", version=str(version), model=model, error=error.code)
                failures += 1
            if time.monotonic() >= deadline or failures >= _FAILURES:
                break
    if refused:
        log.info("vectors_refused", level=level.value, model=model, versions=refused)
    return done


async def embed_version(
    services: DocumentServices, gateway: Gateway, version_id: UUID, level: Level, model: str
) -> None:
    """Make the vectors of a version's passages by `model`; those of other models stay. Raises what models do."""
    async with services.database.transaction() as session:
        passages = await passages_of_version(session, version_id)
        label = await queries.label_of_version(session, version_id) or Label(level)
        rules = await unit_rules.of_version(session, services, version_id)
    clearance = clear(UUID(int=0), label, ceiling=Level(services.settings.policy.highest_level), rules=rules)
    windows, _ = await embed_passages(gateway, clearance, passages, wanted=model)
    async with services.database.transaction() as session:
        present = await _held(session, version_id)
        kept = [window for window in windows if window.passage_id in present]
        await PostgresEngine(session).add_windows(kept, model)


async def _held(session: AsyncSession, version_id: UUID) -> frozenset[UUID]:
    """Return the passages that are still there, and keep them until the end of the transaction."""
    chosen = select(PassageRow.id).where(PassageRow.version_id == version_id)
    return frozenset(await session.scalars(chosen.with_for_update(key_share=True, read=True)))
