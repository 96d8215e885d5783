"""Which model's vectors answer for the collections of a level, and which ones take their place meanwhile.

    answering   questions are compared with its vectors
    arriving    makes vectors beside them; once no document lacks any, it answers in one statement
    leaving     answered before: its vectors are deleted a little at a time

A level has its own line because a model is cleared up to one: what reads public pages may not read others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.kernel import clock
from chatelet.kernel.errors import AppError
from chatelet.knowledge import parts
from chatelet.knowledge.engines.tables import VectorModel
from chatelet.knowledge.tables import Collection
from chatelet.policy.clearance import clear
from chatelet.policy.rules.value import UnitRules
from chatelet.policy.sensitivity import Label, Level

_MOST_WINDOWS: Final = """
SELECT w.model FROM passage_windows AS w JOIN document_versions AS v ON v.id = w.version_id
JOIN documents AS d ON d.id = v.document_id JOIN collections AS c ON c.id = d.collection_id
WHERE c.level = :level GROUP BY w.model ORDER BY count(*) DESC, w.model LIMIT 1
"""
_LEVELS: Final = """
SELECT DISTINCT level FROM collections AS c
WHERE EXISTS (SELECT 1 FROM documents AS d JOIN document_versions AS v ON v.id = d.version_id
              WHERE d.collection_id = c.id AND v.state = 'indexed')
"""
_MISSING: Final = """
FROM document_versions AS v JOIN documents AS d ON d.version_id = v.id JOIN collections AS c ON c.id = d.collection_id
WHERE v.state = 'indexed' AND v.passages > 0 AND c.level = :level
"""
_WITHOUT: Final = "AND NOT EXISTS (SELECT 1 FROM passage_windows AS w WHERE w.version_id = v.id AND w.model = :model)"
_NEXT_WITHOUT: Final = f"SELECT v.id {_MISSING} {_WITHOUT} AND v.id > :after ORDER BY v.id LIMIT :limit"
_COUNT: Final = f"SELECT count(*), count(*) FILTER (WHERE true {_WITHOUT}) {_MISSING}"
_FORGET: Final = """
DELETE FROM passage_windows WHERE ctid = ANY(ARRAY(
    SELECT w.ctid FROM passage_windows AS w JOIN document_versions AS v ON v.id = w.version_id
    JOIN documents AS d ON d.id = v.document_id JOIN collections AS c ON c.id = d.collection_id
    WHERE c.level = :level AND w.model = ANY(:models) LIMIT :limit
)) RETURNING 1
"""
_FORGOTTEN_AT_ONCE: Final = 5_000
_FIRST: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the vectors of one level are: `done` of `documents` have those of `arriving`, or of `answering`."""

    level: Level
    answering: str
    arriving: str | None
    documents: int
    done: int
    leaving: tuple[str, ...]


async def levels(session: AsyncSession) -> list[Level]:
    """Return the levels at which something is indexed."""
    present = set(await session.scalars(text(_LEVELS)))
    return [level for level in Level if level.value in present]


def target(gateway: Gateway, level: Level, ceiling: Level, rules: tuple[UnitRules, ...]) -> str | None:
    """Return the model that makes vectors of this level now; None when no one may, or no one answers.

    One for the whole installation, since vectors of two models do not compare: `rules` are those of everybody.
    """
    try:
        return gateway.choose_encoder(clear(UUID(int=0), Label(level), ceiling=ceiling, rules=rules)).wanted.id
    except AppError:
        return None


async def follow(session: AsyncSession, level: Level, wanted: str | None) -> VectorModel | None:
    """Have `wanted` answer for a level, or arrive if another model's vectors are there; None keeps what is."""
    row = await session.get(VectorModel, level.value, with_for_update=True)
    if wanted is None or (row is not None and wanted == (row.arriving or row.answering)):
        return row
    moment = clock.now()
    if row is None:
        before = await session.scalar(text(_MOST_WINDOWS), {"level": level.value})
        made = insert(VectorModel).values(level=level.value, answering=before or wanted, leaving=[], changed_at=moment)
        await session.execute(made.on_conflict_do_nothing())  # another process may be indexing as well
        row = await session.get_one(VectorModel, level.value, with_for_update=True)
    if row.arriving is not None:
        row.leaving = [*row.leaving, row.arriving]
    row.arriving = wanted if wanted != row.answering else None
    row.leaving = [one for one in row.leaving if one not in {row.answering, row.arriving}]
    row.changed_at = moment
    await session.flush()
    await _tell(session, row)
    return row


async def settle(session: AsyncSession, level: Level) -> bool:
    """Have the model that arrives answer, if no document lacks its vectors; tell whether it does."""
    row = await session.get(VectorModel, level.value, with_for_update=True)
    if row is None or row.arriving is None or await next_without(session, level, row.arriving, limit=1):
        return False
    row.leaving = [*row.leaving, row.answering]
    row.answering, row.arriving, row.changed_at = row.arriving, None, clock.now()
    await session.flush()
    await _tell(session, row)
    return True


async def forget(session: AsyncSession, level: Level) -> bool:
    """Delete some vectors of models that left; tell whether any may be left."""
    row = await session.get(VectorModel, level.value, with_for_update=True)
    if row is None or not row.leaving:
        return False
    values = {"level": level.value, "models": row.leaving, "limit": _FORGOTTEN_AT_ONCE}
    gone = (await session.scalars(text(_FORGET), values)).all()
    if len(gone) < _FORGOTTEN_AT_ONCE:
        row.leaving = []
    return bool(row.leaving)


async def next_without(
    session: AsyncSession, level: Level, model: str, *, after: UUID = _FIRST, limit: int = 20
) -> list[UUID]:
    """Return versions that answers are drawn from, and that have no vector of `model`, in order from `after`."""
    values = {"level": level.value, "model": model, "after": after, "limit": limit}
    return list(await session.scalars(text(_NEXT_WITHOUT), values))


async def of_questions(session: AsyncSession, principal: Principal, collections: Sequence[UUID]) -> list[str]:
    """Return the models to make a question's vector with, the first that can: those that answer, then that arrive."""
    chosen = select(Collection.level).where(Collection.id.in_(collections), parts.readable_by(principal))
    rows = list(await session.scalars(select(VectorModel).where(VectorModel.level.in_(chosen))))
    rows.sort(key=lambda row: -Level(row.level).rank)
    named = [*(row.answering for row in rows), *(row.arriving for row in rows if row.arriving)]
    return list(dict.fromkeys(named))


async def progress(session: AsyncSession) -> list[Progress]:
    """Return how far each level is."""
    told: list[Progress] = []
    for row in await session.scalars(select(VectorModel)):
        values = {"level": row.level, "model": row.arriving or row.answering}
        whole, without = (await session.execute(text(_COUNT), values)).one()
        told.append(Progress(Level(row.level), row.answering, row.arriving, whole, whole - without, tuple(row.leaving)))
    return sorted(told, key=lambda one: one.level.rank)


async def _tell(session: AsyncSession, row: VectorModel) -> None:
    event = events.VectorModelChanged(
        level=row.level, model=row.arriving or row.answering, action="arriving" if row.arriving else "answering"
    )
    await journal.record(session, event, actor=None)
