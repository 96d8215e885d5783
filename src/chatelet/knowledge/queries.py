"""Reads of collections and documents. Every read of a caller carries `parts.readable_by`."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, distinct, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files.tables import File
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit
from chatelet.knowledge import parts
from chatelet.knowledge.tables import Collection, CollectionGrant, Document, DocumentVersion


class CollectionRow(NamedTuple):
    """A collection, the caller's part in it (a rank), its owner's name, and counts."""

    collection: Collection
    part: int
    person_name: str | None
    unit_name: str | None
    documents: int
    unread: int
    shared: bool


class DocumentRow(NamedTuple):
    """A document with its current version and that version's file."""

    document: Document
    version: DocumentVersion
    file: File


def _collections(principal: Principal) -> Select[*tuple[Any, ...]]:
    current = select(func.count()).select_from(Document).where(Document.collection_id == Collection.id)
    unread = current.join(DocumentVersion, DocumentVersion.id == Document.version_id).where(
        DocumentVersion.state != "indexed"
    )
    return (
        select(
            Collection,
            parts.part_of(principal),
            Person.name,
            Unit.name,
            current.correlate(Collection).scalar_subquery(),
            unread.correlate(Collection).scalar_subquery(),
            exists().where(CollectionGrant.collection_id == Collection.id),
        )
        .outerjoin(Person, Person.id == Collection.person_id)
        .outerjoin(Unit, Unit.id == Collection.unit_id)
        .where(parts.readable_by(principal))
    )


async def collections_page(
    session: AsyncSession, principal: Principal, *, words: str, after: tuple[str, UUID] | None, limit: int
) -> list[CollectionRow]:
    """Return collections that the caller may read, by name."""
    query = _collections(principal).order_by(Collection.sort_name, Collection.id).limit(limit)
    if words.strip():
        query = query.where(Collection.sort_name.contains(sort_key(words), autoescape=True))
    if after is not None:
        query = query.where(tuple_(Collection.sort_name, Collection.id) > tuple_(*after))
    return [CollectionRow(*row) for row in await session.execute(query)]


async def collection(session: AsyncSession, principal: Principal, collection_id: UUID) -> CollectionRow | None:
    """Return a collection that the caller may read."""
    found = (await session.execute(_collections(principal).where(Collection.id == collection_id))).first()
    return CollectionRow(*found) if found else None


async def collections(session: AsyncSession, principal: Principal, ids: Some[UUID]) -> list[CollectionRow]:
    """Return those of the collections that the caller may read."""
    query = _collections(principal).where(Collection.id.in_(ids))
    return [CollectionRow(*row) for row in await session.execute(query)]


async def grants(session: AsyncSession, collection_id: UUID) -> list[tuple[CollectionGrant, str | None]]:
    """Return with whom a collection is shared, with names, for verbs that know the caller curates it."""
    name = func.coalesce(Person.name, Unit.name)
    query = (
        select(CollectionGrant, name)
        .outerjoin(Person, Person.id == CollectionGrant.person_id)
        .outerjoin(Unit, Unit.id == CollectionGrant.unit_id)
        .where(CollectionGrant.collection_id == collection_id)
        .order_by(name, CollectionGrant.id)
    )
    return [(grant, shown) for grant, shown in await session.execute(query)]


def _documents(principal: Principal) -> Select[*tuple[Any, ...]]:
    return (
        select(Document, DocumentVersion, File)
        .join(Collection, Collection.id == Document.collection_id)
        .join(DocumentVersion, DocumentVersion.id == Document.version_id)
        .join(File, File.id == DocumentVersion.file_id)
        .where(parts.readable_by(principal))
    )


async def documents_page(
    session: AsyncSession,
    principal: Principal,
    collection_id: UUID,
    *,
    folder: str | None,
    words: str,
    only_failed: bool,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[DocumentRow]:
    """Return documents of a collection that the caller may read, by name: of a folder, or all."""
    query = _documents(principal).where(Document.collection_id == collection_id)
    if folder is not None:
        query = query.where(Document.folder == folder)
    if words.strip():
        query = query.where(Document.sort_name.contains(sort_key(words), autoescape=True))
    if only_failed:
        query = query.where(DocumentVersion.state != "indexed")
    if after is not None:
        query = query.where(tuple_(Document.sort_name, Document.id) > tuple_(*after))
    found = await session.execute(query.order_by(Document.sort_name, Document.id).limit(limit))
    return [DocumentRow(*row) for row in found]


async def folders(session: AsyncSession, collection_id: UUID) -> Sequence[str]:
    """Return the folders of a collection already found readable."""
    query = select(distinct(Document.folder)).where(Document.collection_id == collection_id, Document.folder != "")
    return (await session.scalars(query.order_by(Document.folder).limit(5_000))).all()


async def count_documents(session: AsyncSession, collection_id: UUID) -> int:
    """Count the documents of a collection already found readable."""
    return (
        await session.scalar(select(func.count()).select_from(Document).where(Document.collection_id == collection_id))
        or 0
    )


async def document(session: AsyncSession, principal: Principal, document_id: UUID) -> DocumentRow | None:
    """Return a document that the caller may read."""
    found = (await session.execute(_documents(principal).where(Document.id == document_id))).first()
    return DocumentRow(*found) if found else None


async def named(session: AsyncSession, collection_id: UUID, folder: str, name: str) -> Document | None:
    """Return the document of this name in a folder of a collection, locked."""
    query = select(Document).where(
        Document.collection_id == collection_id, Document.folder == folder, Document.name == name
    )
    return await session.scalar(query.order_by(Document.id).limit(1).with_for_update())


async def versions(session: AsyncSession, document_id: UUID) -> list[DocumentVersion]:
    """Return the versions of a document already found readable, newest first."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return list(await session.scalars(query.order_by(DocumentVersion.number.desc())))


async def version_of_file(session: AsyncSession, file_id: UUID) -> tuple[DocumentVersion, Document] | None:
    """Return the version that a file is, for jobs, locked."""
    found = await session.execute(
        select(DocumentVersion, Document)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.file_id == file_id)
        .with_for_update(of=DocumentVersion)
    )
    row = found.first()
    return (row[0], row[1]) if row else None


async def readable_files(
    session: AsyncSession, principal: Principal, ids: Some[UUID]
) -> list[tuple[File, Document | None, DocumentVersion | None]]:
    """Return those of the files that the caller may look into: their own, or of a collection they may read."""
    mine = select(File).where(File.id.in_(ids), File.person_id == principal.person_id)
    owned = [
        (row, None, None) for row in await session.scalars(mine.where(File.holder_kind.is_distinct_from("document")))
    ]
    held = await session.execute(
        select(File, Document, DocumentVersion)
        .join(DocumentVersion, DocumentVersion.file_id == File.id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Collection, Collection.id == Document.collection_id)
        .where(File.id.in_(ids), parts.readable_by(principal))
    )
    return [*owned, *((row[0], row[1], row[2]) for row in held)]


async def documents_of(session: AsyncSession, collection_id: UUID) -> list[UUID]:
    """Return the documents of a collection, for its deletion."""
    return list(await session.scalars(select(Document.id).where(Document.collection_id == collection_id)))


async def kept_by_unit(session: AsyncSession, unit_id: UUID) -> tuple[int, int, int]:
    """Count files, bytes and pages in the collections of a unit, alone to do so until the transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(_OF_A_UNIT, func.hashtext(str(unit_id)))))
    sums = (func.count(), func.coalesce(func.sum(File.size_bytes), 0), func.coalesce(func.sum(File.pages), 0))
    found = await session.execute(
        select(*sums)
        .join(DocumentVersion, DocumentVersion.file_id == File.id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Collection, Collection.id == Document.collection_id)
        .where(Collection.unit_id == unit_id)
    )
    files, size, pages = found.one()
    return int(files), int(size), int(pages)


_OF_A_UNIT = 0x556E6974  # "Unit": the first half of the advisory lock under which a unit's files are counted
