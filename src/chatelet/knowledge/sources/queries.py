"""Reads of places and of sources. A place's manager starts from `managed_by`, a curator from the collection."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units.tables import Unit
from chatelet.knowledge import circles
from chatelet.knowledge.sources.tables import DeclaredPlace, Source, SourceItem
from chatelet.knowledge.tables import Circle, Collection, Document

_LONGEST_LIST = 200


class PlaceRow(NamedTuple):
    """A place, the unit that it is for, and how many sources follow it."""

    place: DeclaredPlace
    unit: Unit | None
    sources: int


class SourceRow(NamedTuple):
    """A source and its place."""

    source: Source
    place: DeclaredPlace


def managed_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `DeclaredPlace`, joined to its `Unit`: the caller manages it."""
    reach = principal.rights.reach(Right.PLACES_MANAGE)
    if reach is None:
        return true()
    return Unit.path.overlap(sorted(reach)) if reach else false()


async def places(session: AsyncSession, principal: Principal) -> list[PlaceRow]:
    """Return the places that the caller manages, by name."""
    found = await session.execute(_places(principal).order_by(func.lower(DeclaredPlace.name), DeclaredPlace.id))
    return [PlaceRow(*row) for row in found]


async def place(session: AsyncSession, principal: Principal, place_id: UUID) -> PlaceRow | None:
    """Return a place that the caller manages, locked."""
    query = _places(principal).where(DeclaredPlace.id == place_id).with_for_update(of=DeclaredPlace)
    found = (await session.execute(query)).first()
    return PlaceRow(*found) if found else None


def _places(principal: Principal) -> "Select[DeclaredPlace, Unit, int]":
    following = select(func.count()).where(Source.place_id == DeclaredPlace.id).scalar_subquery()
    return (
        select(DeclaredPlace, Unit, following)
        .outerjoin(Unit, Unit.id == DeclaredPlace.unit_id)
        .where(managed_by(principal))
    )


async def places_for(session: AsyncSession, collection: Collection) -> Sequence[DeclaredPlace]:
    """Return the places that a collection may follow, by name."""
    query = select(DeclaredPlace).where(usable_in(collection)).order_by(func.lower(DeclaredPlace.name))
    return (await session.scalars(query.limit(_LONGEST_LIST))).all()


def usable_in(collection: Collection) -> ColumnElement[bool]:
    """Return the condition on `DeclaredPlace`: for everybody, or for the collection's unit or one above it."""
    if collection.unit_id is None:
        return false()
    above = exists().where(Unit.id == collection.unit_id, Unit.path.any_() == DeclaredPlace.unit_id)
    return or_(DeclaredPlace.unit_id.is_(None), above)


async def sources_of(session: AsyncSession, collection_id: UUID) -> list[SourceRow]:
    """Return the sources of a collection that the caller curates, by folder."""
    found = await session.execute(_sources().where(Source.collection_id == collection_id).order_by(Source.folder))
    return [SourceRow(*row) for row in found]


async def source(session: AsyncSession, source_id: UUID) -> SourceRow | None:
    """Return a source, locked, for verbs that then check the caller's part in its collection."""
    query = _sources().where(Source.id == source_id).with_for_update(of=Source)
    found = (await session.execute(query.execution_options(populate_existing=True))).first()
    return SourceRow(*found) if found else None


def _sources() -> "Select[Source, DeclaredPlace]":
    return select(Source, DeclaredPlace).join(DeclaredPlace, DeclaredPlace.id == Source.place_id)


async def following(session: AsyncSession, place_id: UUID) -> Sequence[Source]:
    """Return the sources that follow a place, locked."""
    return (await session.scalars(select(Source).where(Source.place_id == place_id).with_for_update())).all()


async def is_folder_taken(session: AsyncSession, collection_id: UUID, folder: str) -> bool:
    """Tell whether a folder holds documents, or is one with another source's: the same, under it, or above it."""
    kept = select(Source.id).where(
        Source.collection_id == collection_id,
        or_(
            Source.folder == folder,
            Source.folder.startswith(f"{folder}/", autoescape=True),
            func.starts_with(folder, func.concat(Source.folder, "/")),
        ),
    )
    there = select(Document.id).where(
        Document.collection_id == collection_id,
        or_(Document.folder == folder, Document.folder.startswith(f"{folder}/", autoescape=True)),
    )
    return bool(await session.scalar(select(or_(kept.exists(), there.exists()))))


async def failures(session: AsyncSession, principal: Principal, source_id: UUID) -> tuple[list[tuple[str, str]], int]:
    """Return the entries that could not be brought and that the caller may read there, and how many others."""
    seen = or_(
        SourceItem.circle_id.is_(None),
        exists().where(Circle.id == SourceItem.circle_id, circles.names(principal)),
    )
    wrong = (SourceItem.source_id == source_id, SourceItem.error_code.is_not(None))
    found = await session.execute(
        select(SourceItem.path, SourceItem.error_code)
        .where(*wrong, seen)
        .order_by(SourceItem.path)
        .limit(_LONGEST_LIST)
    )
    hidden = await session.scalar(select(func.count()).where(*wrong, ~seen)) or 0
    return [(path, code or "") for path, code in found], hidden


async def documents_of(session: AsyncSession, source_id: UUID) -> Sequence[Document]:
    """Return the documents that a source brought."""
    return (await session.scalars(select(Document).where(Document.source_id == source_id).with_for_update())).all()
