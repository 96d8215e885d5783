"""Reads of files. Those of a caller start from `own`: whoever gave it, while no collection holds it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, cast, func, or_, select, text
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import Subquery

from chatelet.documents.files.tables import NOT_EXAMINED, File
from chatelet.identity.principal import Principal

_OF_A_PERSON = 0x46696C65  # "File": the first half of the advisory lock under which a person's files are counted


class Kept(NamedTuple):
    """What somebody keeps."""

    files: int
    bytes: int
    pages: int


def own(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `File` that every read of one's own files carries."""
    return and_(
        File.person_id == principal.person_id, or_(File.holder_kind.is_(None), File.holder_kind == "conversation")
    )


async def file(session: AsyncSession, principal: Principal, file_id: UUID, *, lock: bool = False) -> File | None:
    """Return one of the caller's own files."""
    query = select(File).where(File.id == file_id, own(principal))
    return await session.scalar(query.with_for_update() if lock else query)


async def files(
    session: AsyncSession, principal: Principal, ids: Collection[UUID], *, lock: bool = False
) -> list[File]:
    """Return those of the caller's own files, in the order of their identifiers."""
    query = select(File).where(File.id.in_(ids), own(principal)).order_by(File.id)
    return list(await session.scalars(query.with_for_update() if lock else query))


async def looked_into(
    session: AsyncSession, principal: Principal, limit: int, *, holder_id: UUID | None = None
) -> list[File]:
    """Return the last files that the caller gave and that were read, whatever they were given for but a collection.

    With `holder_id`, those of that conversation or work.
    """
    query = select(File).where(
        File.person_id == principal.person_id,
        or_(File.holder_kind.is_(None), File.holder_kind.in_(("conversation", "work"))),
        File.state == "read",
        File.read_at.is_not(None),
        File.characters > 0,
    )
    if holder_id is not None:
        query = query.where(File.holder_id == holder_id)
    return list(await session.scalars(query.order_by(File.id.desc()).limit(limit)))


async def held_by(session: AsyncSession, holders: Collection[UUID]) -> list[File]:
    """Return the files of these conversations or documents, for verbs that already know by what right."""
    return list(await session.scalars(select(File).where(File.holder_id.in_(holders)).order_by(File.id)))


async def by_id(session: AsyncSession, file_id: UUID, *, lock: bool = False) -> File | None:
    """Return a file, for jobs and for verbs that already know by what right."""
    return await session.get(File, file_id, with_for_update=lock or None)


async def kept_by(session: AsyncSession, person_id: UUID) -> Kept:
    """Count what a person keeps, alone to do so until the transaction ends."""
    await session.execute(
        text("SELECT pg_advisory_xact_lock(:name, hashtext(:person))"),
        {"name": _OF_A_PERSON, "person": str(person_id)},
    )
    sums = (func.count(), func.coalesce(func.sum(File.size_bytes), 0), func.coalesce(func.sum(File.pages), 0))
    own_files = or_(File.holder_kind.is_(None), File.holder_kind.in_(("conversation", "work")))
    found = await session.execute(select(*sums).where(File.person_id == person_id, own_files))
    files, size, pages = found.one()
    return Kept(int(files), int(size), int(pages))


async def abandoned(session: AsyncSession, before: datetime) -> Sequence[File]:
    """Return files that nothing holds, given before a moment."""
    query = select(File).where(File.holder_id.is_(None), File.created_at < before).limit(1_000)
    return list(await session.scalars(query.with_for_update(skip_locked=True)))


async def not_examined(session: AsyncSession, since: datetime, limit: int) -> Sequence[File]:
    """Return files given since a moment that detectors broke on, locked."""
    query = select(File).where(File.state == "failed", File.error_code == NOT_EXAMINED, File.created_at >= since)
    waited_most = query.order_by(File.received_at, File.id).limit(limit)
    return list(await session.scalars(waited_most.with_for_update(skip_locked=True)))


async def outlived(session: AsyncSession, kept: Subquery, moment: datetime, limit: int) -> Sequence[File]:
    """Return attachments given longer ago than their person keeps them, locked."""
    since = cast(moment, File.created_at.type) - func.make_interval(0, 0, 0, kept.c.days, type_=INTERVAL())
    query = (
        select(File)
        .join(kept, kept.c.person_id == File.person_id)
        .where(File.holder_kind == "conversation", File.created_at < since)
        .limit(limit)
    )
    return list(await session.scalars(query.with_for_update(of=File, skip_locked=True)))


async def existing(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Return those of the identifiers that are files."""
    return set(await session.scalars(select(File.id).where(File.id.in_(ids))))
