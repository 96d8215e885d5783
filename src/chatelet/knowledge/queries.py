"""Reads of collections and documents.

Every read of a caller carries `parts.readable_by` and, of documents, `circles.open_to`.
"""

from collections.abc import Collection as Some
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files import queries as file_queries
from chatelet.documents.files.queries import Kept
from chatelet.documents.files.tables import File
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit
from chatelet.kernel import clock
from chatelet.kernel.errors import InvalidRequest
from chatelet.knowledge import circles, parts
from chatelet.knowledge.sources.tables import Source
from chatelet.knowledge.tables import Collection, CollectionGrant, Document, DocumentVersion
from chatelet.policy.sensitivity import Label


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


class DocumentFilter(NamedTuple):
    """Which documents of a collection, in what order: of a folder ("" is the root), or of all of them."""

    folder: str | None = None
    words: str = ""
    state: Literal["all", "failed", "badly_read", "due"] = "all"
    sort: Literal["name", "updated"] = "name"


class DocumentCounts(NamedTuple):
    """How many documents a collection has; how many were badly read, and how many are due for review."""

    total: int
    badly_read: int
    due: int


_POOR = 0.8  # a recognition under this is worth a look: one word in five or so is doubtful


def _collections(principal: Principal) -> Select[*tuple[Any, ...]]:
    mine = (Document.collection_id == Collection.id, circles.open_to(principal))
    current = select(func.count()).select_from(Document).where(*mine)
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
        .where(parts.readable_by(principal), circles.open_to(principal))
    )


async def documents_page(
    session: AsyncSession,
    principal: Principal,
    collection_id: UUID,
    wanted: DocumentFilter,
    *,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[DocumentRow]:
    """Return documents of a collection that the caller may read. Raises `InvalidRequest`: a cursor of another order."""
    query = _documents(principal).where(Document.collection_id == collection_id, *_wanted(wanted))
    if wanted.sort == "updated":
        query = query.order_by(Document.updated_at.desc(), Document.id.desc())
        if after is not None:
            query = query.where(tuple_(Document.updated_at, Document.id) < tuple_(_moment(after[0]), after[1]))
    else:
        query = query.order_by(Document.sort_name, Document.id)
        if after is not None:
            query = query.where(tuple_(Document.sort_name, Document.id) > tuple_(*after))
    return [DocumentRow(*row) for row in await session.execute(query.limit(limit))]


async def count_wanted(session: AsyncSession, principal: Principal, collection_id: UUID, wanted: DocumentFilter) -> int:
    """Count the caller's documents that a filter leaves, in a collection already found readable."""
    mine = (Document.collection_id == collection_id, circles.open_to(principal))
    query = _current(select(func.count())).where(*mine, *_wanted(wanted))
    return await session.scalar(query) or 0


async def count_documents(session: AsyncSession, principal: Principal, collection_id: UUID) -> DocumentCounts:
    """Count the caller's documents in a collection already found readable."""
    counts = select(func.count(), func.count().filter(_badly_read()), func.count().filter(_due()))
    mine = (Document.collection_id == collection_id, circles.open_to(principal))
    found = (await session.execute(_current(counts).where(*mine))).one()
    return DocumentCounts(*found)


async def chosen(
    session: AsyncSession, principal: Principal, collection_id: UUID, ids: Some[UUID]
) -> list[DocumentRow]:
    """Return those of the documents that the collection holds and the caller may read, locked."""
    query = _documents(principal).where(Document.collection_id == collection_id, Document.id.in_(ids))
    found = await session.execute(query.order_by(Document.id).with_for_update(of=Document))
    return [DocumentRow(*row) for row in found]


async def weight_of(session: AsyncSession, documents: Some[UUID]) -> tuple[int, int]:
    """Count the versions of documents, and their bytes."""
    query = (
        select(func.count(), func.coalesce(func.sum(File.size_bytes), 0))
        .select_from(DocumentVersion)
        .join(File, File.id == DocumentVersion.file_id)
        .where(DocumentVersion.document_id.in_(documents))
    )
    versions, size = (await session.execute(query)).one()
    return int(versions), int(size)


async def names_in(session: AsyncSession, collection_id: UUID, folder: str, names: Some[str]) -> set[str]:
    """Return those of the names that a folder of a collection has already."""
    query = select(Document.name).where(
        Document.collection_id == collection_id, Document.folder == folder, Document.name.in_(names)
    )
    return set(await session.scalars(query))


def _current(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Document)
        .join(DocumentVersion, DocumentVersion.id == Document.version_id)
        .join(File, File.id == DocumentVersion.file_id)
    )


def _wanted(wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.folder is not None:
        conditions.append(Document.folder == wanted.folder)
    if words := wanted.words.strip():
        named = Document.sort_name.contains(sort_key(words), autoescape=True)
        conditions.append(or_(named, Document.tags.contains([words])))
    if wanted.state == "failed":
        conditions.append(DocumentVersion.state != "indexed")
    elif wanted.state == "badly_read":
        conditions.append(_badly_read())
    elif wanted.state == "due":
        conditions.append(_due())
    return conditions


def _badly_read() -> ColumnElement[bool]:
    """Return the condition: not read, read in part, or recognised with little confidence."""
    return or_(
        DocumentVersion.state == "failed",
        File.state == "failed",
        File.status == "partial",
        File.report["confidence"].as_float() < _POOR,
    )


def _due() -> ColumnElement[bool]:
    return Document.review_on <= clock.now().date()


def _moment(told: str) -> datetime:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise InvalidRequest(field="cursor") from None
    if moment.tzinfo is None:
        raise InvalidRequest(field="cursor")
    return moment


async def folders(session: AsyncSession, principal: Principal, collection_id: UUID) -> Sequence[str]:
    """Return the folders where the caller has documents, in a collection already found readable."""
    mine = (Document.collection_id == collection_id, circles.open_to(principal))
    query = select(Document.folder).distinct().where(*mine, Document.folder != "")
    return (await session.scalars(query.order_by(Document.folder).limit(5_000))).all()


async def document(session: AsyncSession, principal: Principal, document_id: UUID) -> DocumentRow | None:
    """Return a document that the caller may read."""
    found = (await session.execute(_documents(principal).where(Document.id == document_id))).first()
    return DocumentRow(*found) if found else None


async def named(
    session: AsyncSession, collection_id: UUID, folder: str, name: str, *, lock: bool = True
) -> Document | None:
    """Return the document of this name in a folder of a collection, locked unless its existence is all that matters."""
    query = select(Document).where(
        Document.collection_id == collection_id, Document.folder == folder, Document.name == name
    )
    query = query.order_by(Document.id).limit(1)
    return await session.scalar(query.with_for_update() if lock else query)


async def versions(session: AsyncSession, document_id: UUID) -> list[DocumentVersion]:
    """Return the versions of a document already found readable, newest first."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return list(await session.scalars(query.order_by(DocumentVersion.number.desc())))


async def collection_of_file(session: AsyncSession, file_id: UUID) -> Collection | None:
    """Return the collection that a file is in, for jobs, locked before its documents are."""
    query = select(Collection).join(Document).join(DocumentVersion, DocumentVersion.document_id == Document.id)
    return await session.scalar(
        query.where(DocumentVersion.file_id == file_id).with_for_update(of=Collection, key_share=True)
    )


async def version_of_file(session: AsyncSession, file_id: UUID) -> tuple[DocumentVersion, Document] | None:
    """Return the version that a file is, for jobs, locked with its document: its readers stay until then."""
    found = await session.execute(
        select(DocumentVersion, Document)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.file_id == file_id)
        .with_for_update(of=(DocumentVersion, Document))
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
        .where(File.id.in_(ids), parts.readable_by(principal), circles.open_to(principal))
    )
    return [*owned, *((row[0], row[1], row[2]) for row in held)]


async def followed_folders(session: AsyncSession, collection_id: UUID) -> Sequence[str]:
    """Return the folders of a collection that sources keep: nothing is put there by hand."""
    query = select(Source.folder).where(Source.collection_id == collection_id)
    return (await session.scalars(query.order_by(Source.folder))).all()


async def followed_folder(session: AsyncSession, collection_id: UUID, folder: str) -> str | None:
    """Return the folder, this one or one above it, that a source of the collection keeps."""
    parts_of = folder.split("/") if folder else []
    above = ["/".join(parts_of[: count + 1]) for count in range(len(parts_of))]
    query = select(Source.folder).where(Source.collection_id == collection_id, Source.folder.in_(above))
    return await session.scalar(query.limit(1))


async def label_of_version(session: AsyncSession, version_id: UUID) -> Label | None:
    """Return the label of a version's passages: that of the file, joined with that of the collection."""
    held = (File.level, File.categories, Collection.level, Collection.categories)
    query = select(*held).join(DocumentVersion, DocumentVersion.file_id == File.id)
    query = query.join(Document, Document.id == DocumentVersion.document_id)
    row = (
        await session.execute(
            query.join(Collection, Collection.id == Document.collection_id).where(DocumentVersion.id == version_id)
        )
    ).first()
    return Label.of(row[0], row[1]).join(Label.of(row[2], row[3])) if row else None


async def documents_of(session: AsyncSession, collection_id: UUID) -> list[UUID]:
    """Return the documents of a collection, for its deletion."""
    return list(await session.scalars(select(Document.id).where(Document.collection_id == collection_id)))


async def files_of(session: AsyncSession, collection_id: UUID) -> list[File]:
    """Return the files of all versions of a collection's documents."""
    found = select(File).join(DocumentVersion, DocumentVersion.file_id == File.id).join(Document)
    return list(await session.scalars(found.where(Document.collection_id == collection_id)))


async def versions_by_state(session: AsyncSession) -> dict[str, int]:
    """Count the versions that answers are drawn from, by state, for the whole installation: for its administrator."""
    counted = select(DocumentVersion.state, func.count()).group_by(DocumentVersion.state)
    found = await session.execute(counted.join(Document, Document.version_id == DocumentVersion.id))
    return {row[0]: row[1] for row in found}


async def kept_by_unit(session: AsyncSession, unit_id: UUID) -> Kept:
    """Count files, bytes and pages in the collections of a unit, alone to do so until the transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(_OF_A_UNIT, func.hashtext(str(unit_id)))))
    return await _kept(session, Collection.unit_id == unit_id)


async def kept_by_person(session: AsyncSession, person_id: UUID) -> Kept:
    """Count what a person keeps, in their own collections too, alone to do so until the transaction ends."""
    alone = await file_queries.kept_by(session, person_id)
    inside = await _kept(session, Collection.person_id == person_id)
    return Kept(alone.files + inside.files, alone.bytes + inside.bytes, alone.pages + inside.pages)


async def _kept(session: AsyncSession, owned: ColumnElement[bool]) -> Kept:
    sums = (func.count(), func.coalesce(func.sum(File.size_bytes), 0), func.coalesce(func.sum(File.pages), 0))
    found = await session.execute(
        select(*sums)
        .join(DocumentVersion, DocumentVersion.file_id == File.id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Collection, Collection.id == Document.collection_id)
        .where(owned)
    )
    files, size, pages = found.one()
    return Kept(int(files), int(size), int(pages))


_OF_A_UNIT = 0x556E6974  # "Unit": the first half of the advisory lock under which a unit's files are counted
