"""Circles: those of a collection's readers who may read some of its documents, as the place they come from tells it.

A document in a circle is read by who may read the collection *and* is named in the circle. In the index a circle is a
shelf of its own, as a collection is (`engines.contract.Scope`): what a caller may not read takes no part in a search,
in its scores nor in its counts, and a document changes readers without being indexed again.
"""

import hashlib
from collections.abc import Collection as Some
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.aliases import aliases_of, fold
from chatelet.identity.principal import Principal
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.sources.tables import SourceItem
from chatelet.knowledge.tables import Circle, Document


def open_to(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `Document` that every read by a caller carries, beside that on its collection."""
    named = exists().where(Circle.id == Document.circle_id, names(principal))
    return or_(Document.circle_id.is_(None), named)


def names(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `Circle`: the caller is in it."""
    return Circle.readers.overlap(aliases_of(principal))


async def entered_by(session: AsyncSession, principal: Principal, collections: Some[UUID]) -> frozenset[UUID]:
    """Return the circles of these collections that the caller is in."""
    found = await session.scalars(select(Circle.id).where(Circle.collection_id.in_(collections), names(principal)))
    return frozenset(found)


def shelf_of(document: Document) -> UUID:
    """Return what a document's passages are searched under."""
    return document.circle_id or document.collection_id


async def circle_of(session: AsyncSession, collection_id: UUID, readers: Iterable[str]) -> UUID:
    """Return the circle of these readers, made if need be."""
    folded = sorted({fold(one) for one in readers})
    digest = hashlib.sha256("\n".join(folded).encode()).digest()
    made = insert(Circle).values(id=uuid7(), collection_id=collection_id, digest=digest, readers=folded)
    await session.execute(made.on_conflict_do_nothing(index_elements=["collection_id", "digest"]))
    found = select(Circle.id).where(Circle.collection_id == collection_id, Circle.digest == digest)
    return (await session.scalars(found)).one()


async def move(session: AsyncSession, document: Document, circle_id: UUID | None, *, vectors: bool) -> None:
    """Put a document, locked by the caller, in another circle (None: all who read the collection), passages too."""
    document.circle_id = circle_id
    await session.flush()
    await PostgresEngine(session, vectors=vectors).move(document.id, shelf_of(document))


async def forget_unused(session: AsyncSession, collection_id: UUID) -> None:
    """Delete the circles of a collection that no document is in, nor any entry of a source."""
    held = or_(exists().where(Document.circle_id == Circle.id), exists().where(SourceItem.circle_id == Circle.id))
    await session.execute(delete(Circle).where(Circle.collection_id == collection_id, ~held))
