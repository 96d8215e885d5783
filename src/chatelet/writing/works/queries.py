"""Reads and guarded writes of works. What a person asks for starts from `own`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.tables import Person
from chatelet.writing.tables import Work, WorkPiece

UNDER_WAY = ("queued", "running")


def own(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that every read of one's own works carries."""
    return Work.person_id == principal.person_id


async def work(session: AsyncSession, principal: Principal, work_id: UUID, *, lock: bool = False) -> Work | None:
    """Return one of the caller's own works."""
    query = select(Work).where(Work.id == work_id, own(principal))
    return await session.scalar(query.with_for_update() if lock else query)


async def works(session: AsyncSession, principal: Principal, limit: int, kinds: Collection[str] = ()) -> Sequence[Work]:
    """Return the caller's last works, the newest first; of these kinds, when some are named."""
    query = select(Work).where(own(principal)).order_by(Work.id.desc()).limit(limit)
    return (await session.scalars(query.where(Work.kind.in_(kinds)) if kinds else query)).all()


async def under_way(session: AsyncSession, principal: Principal) -> int:
    """Count the caller's works that wait or run."""
    query = select(func.count()).where(own(principal), Work.state.in_(UNDER_WAY))
    return int(await session.scalar(query) or 0)


async def by_id(session: AsyncSession, work_id: UUID, *, lock: bool = False) -> Work | None:
    """Return a work, for jobs."""
    return await session.get(Work, work_id, with_for_update=lock or None, populate_existing=True)


async def pieces(session: AsyncSession, work_id: UUID) -> Sequence[WorkPiece]:
    """Return what was written of a work, in the order in which it came."""
    query = select(WorkPiece).where(WorkPiece.work_id == work_id).order_by(WorkPiece.id)
    return (await session.scalars(query)).all()


async def touch(session: AsyncSession, work_id: UUID, token: UUID, moment: datetime) -> bool:
    """Say that the process `token` still has it; False when it was taken, paused, cancelled, or its person disabled."""
    welcome = exists().where(Person.id == Work.person_id, Person.state == PersonState.ACTIVE)
    query = update(Work).where(Work.id == work_id, Work.token == token, Work.state == "running", welcome)
    found = await session.execute(query.values(touched_at=moment).returning(Work.id))
    return found.scalar() is not None


async def lost(session: AsyncSession, before: datetime, limit: int) -> Sequence[Work]:
    """Return works that no process has: killed half way, or whose job is gone."""
    query = select(Work).where(Work.state.in_(UNDER_WAY), Work.touched_at < before)
    return (await session.scalars(query.order_by(Work.touched_at).limit(limit).with_for_update(skip_locked=True))).all()


async def reopened(session: AsyncSession, moment: datetime, limit: int) -> Sequence[Work]:
    """Return works that waited for an allowance, which opens again."""
    query = select(Work).where(Work.state == "paused", Work.resumes_at <= moment).order_by(Work.resumes_at)
    return (await session.scalars(query.limit(limit).with_for_update(skip_locked=True))).all()


async def expired(session: AsyncSession, moment: datetime, limit: int) -> Sequence[Work]:
    """Return works whose time is over."""
    query = select(Work).where(Work.expires_at < moment).order_by(Work.expires_at).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def remove(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Delete works, keys first of all: their rows hold them."""
    await session.execute(delete(Work).where(Work.id.in_(ids)))


async def is_active(session: AsyncSession, person_id: UUID) -> bool:
    """Tell whether a person may still have works done."""
    return await session.scalar(select(Person.state).where(Person.id == person_id)) == PersonState.ACTIVE
