"""Reads and guarded writes of researches. What a person asks for starts from `own`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.tables import Person
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.research.tables import Research, ResearchPiece

UNDER_WAY = ("planning", "queued", "running")
HELD = ("planning", "running")


def own(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that every read of one's own researches carries."""
    return Research.person_id == principal.person_id


async def research(session: AsyncSession, principal: Principal, wanted: UUID, *, lock: bool = False) -> Research | None:
    """Return one of the caller's own researches."""
    query = select(Research).where(Research.id == wanted, own(principal))
    return await session.scalar(query.with_for_update() if lock else query)


async def researches(session: AsyncSession, principal: Principal, limit: int) -> Sequence[Research]:
    """Return the caller's last researches, the newest first."""
    query = select(Research).where(own(principal)).order_by(Research.id.desc()).limit(limit)
    return (await session.scalars(query)).all()


async def under_way(session: AsyncSession, principal: Principal) -> int:
    """Count the caller's researches that wait or run."""
    query = select(func.count()).where(own(principal), Research.state.in_(UNDER_WAY))
    return int(await session.scalar(query) or 0)


async def by_id(session: AsyncSession, wanted: UUID, *, lock: bool = False) -> Research | None:
    """Return a research, for jobs."""
    return await session.get(Research, wanted, with_for_update=lock or None, populate_existing=True)


async def pieces(session: AsyncSession, wanted: UUID) -> Sequence[ResearchPiece]:
    """Return what was found and written, in the order in which it came."""
    query = select(ResearchPiece).where(ResearchPiece.research_id == wanted).order_by(ResearchPiece.id)
    return (await session.scalars(query)).all()


async def piece(session: AsyncSession, wanted: UUID, kind: str, name: str) -> ResearchPiece | None:
    """Return one piece."""
    place = (ResearchPiece.research_id == wanted, ResearchPiece.kind == kind, ResearchPiece.name == name)
    return await session.scalar(select(ResearchPiece).where(*place))


async def keep(session: AsyncSession, wanted: UUID, kind: str, name: str, sealed: bytes) -> None:
    """Keep a piece, in place of the one before it."""
    new = insert(ResearchPiece).values(
        id=uuid7(), research_id=wanted, kind=kind, name=name, sealed=sealed, created_at=clock.now()
    )
    await session.execute(
        new.on_conflict_do_update(index_elements=["research_id", "kind", "name"], set_={"sealed": new.excluded.sealed})
    )


async def note_answer(session: AsyncSession, wanted: UUID, name: str, sealed: bytes) -> None:
    """Note what became of a search that was begun, were the research stopped or taken meanwhile."""
    place = (ResearchPiece.research_id == wanted, ResearchPiece.kind == "search", ResearchPiece.name == name)
    await session.execute(update(ResearchPiece).where(*place).values(sealed=sealed))


async def forget(session: AsyncSession, wanted: UUID, kinds: Collection[str], *, names: Collection[str] = ()) -> None:
    """Delete pieces of these kinds, all or those named."""
    query = delete(ResearchPiece).where(ResearchPiece.research_id == wanted, ResearchPiece.kind.in_(kinds))
    await session.execute(query.where(ResearchPiece.name.in_(names)) if names else query)


async def touch(session: AsyncSession, wanted: UUID, token: UUID, moment: datetime) -> bool:
    """Say that the process `token` still has it; False when it was taken, stopped, deleted, or its person disabled."""
    welcome = exists().where(Person.id == Research.person_id, Person.state == PersonState.ACTIVE)
    query = update(Research).where(Research.id == wanted, Research.token == token, Research.state.in_(HELD), welcome)
    found = await session.execute(query.values(touched_at=moment).returning(Research.id))
    return found.scalar() is not None


async def lost(session: AsyncSession, before: datetime, limit: int) -> Sequence[Research]:
    """Return researches that no process has: killed half way, or whose job is gone."""
    query = select(Research).where(Research.state.in_(UNDER_WAY), Research.touched_at < before)
    ordered = query.order_by(Research.touched_at).limit(limit).with_for_update(skip_locked=True)
    return (await session.scalars(ordered)).all()


async def expired(session: AsyncSession, moment: datetime, limit: int) -> Sequence[Research]:
    """Return researches whose time is over."""
    query = select(Research).where(Research.expires_at < moment).order_by(Research.expires_at).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def remove(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Delete researches, keys first of all: their rows hold them."""
    await session.execute(delete(Research).where(Research.id.in_(ids)))
