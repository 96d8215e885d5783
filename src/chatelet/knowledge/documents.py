"""The verbs on documents of a collection: add (or give a new version), change, go back, delete.

Both ends are checked, when a document is added and each time it is used (TA-023): the file must be the caller's own
and free, the collection one they contribute to.
"""

from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.errors import FileQuotaReached
from chatelet.documents.files import service as files
from chatelet.documents.files import views as file_views
from chatelet.documents.files.queries import Kept
from chatelet.documents.services import DocumentServices
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.kernel import clock, jobs
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.paging import read_cursor, write_cursor
from chatelet.knowledge import indexing, queries, service
from chatelet.knowledge.errors import (
    CollectionLevelExceeded,
    DocumentFollowed,
    DocumentNameTaken,
    DocumentNotFound,
    FolderFollowed,
)
from chatelet.knowledge.parts import Part
from chatelet.knowledge.queries import CollectionRow, DocumentFilter, DocumentRow
from chatelet.knowledge.schemas import (
    DocumentChange,
    DocumentList,
    DocumentOut,
    DocumentPage,
    NewDocument,
    NewDocuments,
    VersionList,
    VersionOut,
)
from chatelet.knowledge.tables import Collection, Document, DocumentVersion
from chatelet.policy.sensitivity import Level
from chatelet.settings import DocumentSettings

_LONGEST_PAGE: Final = 200
_KEPT_BY_SOURCE: Final = frozenset({"name", "folder"})


async def list_documents(
    session: AsyncSession,
    services: DocumentServices,
    principal: Principal,
    collection_id: UUID,
    wanted: DocumentFilter,
    *,
    cursor: str | None,
    limit: int,
) -> DocumentPage:
    """Return a page of a collection's documents. Raises `CollectionNotFound`, `InvalidRequest`."""
    await service.access(session, principal, collection_id)
    after, limit = read_cursor(cursor) if cursor else None, min(limit, _LONGEST_PAGE)
    found = await queries.documents_page(session, principal, collection_id, wanted, after=after, limit=limit + 1)
    last = found[limit - 1].document if len(found) > limit else None
    counts = await queries.count_documents(session, principal, collection_id)
    return DocumentPage(
        items=[_shown(services, row) for row in found[:limit]],
        next_cursor=write_cursor(_place(last, wanted), last.id) if last else None,
        folders=list(await queries.folders(session, principal, collection_id)),
        followed_folders=list(await queries.followed_folders(session, collection_id)),
        total=counts.total,
        found=await queries.count_wanted(session, principal, collection_id, wanted),
        badly_read=counts.badly_read,
        due=counts.due,
    )


async def add(
    session: AsyncSession, services: DocumentServices, principal: Principal, collection_id: UUID, new: NewDocuments
) -> DocumentList:
    """Add documents from the caller's own files, all or none; the name of one that is there makes its new version.

    Raises as `service.access`, `FileNotFound`, `FileInUse`, `FileQuotaReached`, `CollectionLevelExceeded`.
    """
    row = await service.access(session, principal, collection_id, Part.CONTRIBUTOR)
    for folder in {one.folder for one in new.items}:
        await check_folder(session, collection_id, folder)
    # One at a time: of two documents of one name that come at once, the second is a version of the first.
    await session.get_one(Collection, collection_id, with_for_update={"key_share": True})
    added = [await _add(session, services, principal, row, one) for one in new.items]
    await check_room(session, row.collection, services.settings.documents)
    found = [await _readable(session, principal, identifier) for identifier in dict.fromkeys(added)]
    return DocumentList(items=[_shown(services, one) for one in found])


async def change(
    session: AsyncSession, services: DocumentServices, principal: Principal, document_id: UUID, wanted: DocumentChange
) -> DocumentOut:
    """Change a document's name, place, tags or review date.

    Raises `DocumentNotFound`, `CollectionPartMissing`, `DocumentNameTaken`.
    """
    document = (await access(session, principal, document_id, Part.CONTRIBUTOR)).document
    changed = [name for name in sorted(wanted.model_fields_set) if getattr(document, name) != getattr(wanted, name)]
    if not _KEPT_BY_SOURCE.isdisjoint(changed):
        check_free(document)
    if "folder" in changed and wanted.folder is not None:
        await check_folder(session, document.collection_id, wanted.folder)
    for name in changed:
        value = getattr(wanted, name)
        if value is not None or name == "review_on":
            setattr(document, name, value)
    await _check_name(session, document)
    document.sort_name, document.updated_at = sort_key(document.name), clock.now()
    await session.flush()
    if changed:
        await tell(session, principal.person_id, document, "changed", changed=tuple(changed))
    return _shown(services, await _readable(session, principal, document_id))


async def remove(session: AsyncSession, principal: Principal, document_id: UUID) -> None:
    """Delete a document, its versions, files, keys and passages. Raises `DocumentNotFound`, `CollectionPartMissing`."""
    document = (await access(session, principal, document_id, Part.CONTRIBUTOR)).document
    check_free(document)
    await remove_rows(session, [document], actor=principal.person_id)


async def remove_rows(session: AsyncSession, rows: Sequence[Document], *, actor: UUID | None) -> None:
    """Delete documents with all that is theirs, for verbs that already know by what right."""
    ids = [row.id for row in rows]
    await session.execute(delete(Document).where(Document.id.in_(ids)))
    for row in rows:
        session.expunge(row)
    await files.delete_held(session, ids, actor=actor)
    for row in rows:
        await tell(session, actor, row, "removed")


async def list_versions(session: AsyncSession, principal: Principal, document_id: UUID) -> VersionList:
    """Return the versions of a document, newest first. Raises `DocumentNotFound`."""
    await _readable(session, principal, document_id)
    return VersionList(items=[_version(row) for row in await queries.versions(session, document_id)])


async def restore(
    session: AsyncSession, services: DocumentServices, principal: Principal, document_id: UUID, version_id: UUID
) -> DocumentOut:
    """Have answers drawn from an earlier version again. Raises `DocumentNotFound`, `CollectionPartMissing`."""
    document = (await access(session, principal, document_id, Part.CONTRIBUTOR)).document
    check_free(document)
    version = await session.get(DocumentVersion, version_id)
    if version is None or version.document_id != document_id:
        raise DocumentNotFound
    await _make_current(session, document, version)
    await tell(session, principal.person_id, document, "version", file_id=version.file_id)
    return _shown(services, await _readable(session, principal, document_id))


async def read_again(
    session: AsyncSession, services: DocumentServices, principal: Principal, document_id: UUID
) -> DocumentOut:
    """Try once more what failed: the reading of the file, else its indexing.

    Raises `DocumentNotFound`, `CollectionPartMissing`.
    """
    row = await access(session, principal, document_id, Part.CONTRIBUTOR)
    if row.file.state == "failed":
        await files.again(session, row.file)
        row.version.state, row.version.error_code = "waiting", None
        await session.flush()
    elif row.version.state == "failed":
        await _make_current(session, row.document, row.version)
    return _shown(services, await _readable(session, principal, document_id))


async def _add(
    session: AsyncSession, services: DocumentServices, principal: Principal, row: CollectionRow, new: NewDocument
) -> UUID:
    identifier = uuid7()
    [file] = await files.hold(session, principal, [new.file_id], kind="document", holder_id=identifier)
    name = file_views.name_of(services, file)
    known = await queries.named(session, row.collection.id, new.folder, name)
    document = known or _new(identifier, principal, row, new, name)
    if known is None:
        session.add(document)
    file.holder_id = document.id
    label = files.label_in_base(file)
    if not Level(row.collection.level).covers(label.level):
        raise CollectionLevelExceeded(level=label.level, limit=row.collection.level)
    file.level = row.collection.level
    await add_version(session, document, file.id, actor=principal.person_id, is_new=known is None)
    return document.id


async def add_version(
    session: AsyncSession, document: Document, file_id: UUID, *, actor: UUID | None, is_new: bool
) -> None:
    """Make a file the current version of a document, and journal it."""
    await session.flush()
    number = await session.scalar(
        select(func.coalesce(func.max(DocumentVersion.number), 0) + 1).where(DocumentVersion.document_id == document.id)
    )
    version = DocumentVersion(
        id=uuid7(),
        document_id=document.id,
        file_id=file_id,
        number=number,
        state="waiting",
        passages=0,
        created_by=actor,
        created_at=clock.now(),
    )
    session.add(version)
    await session.flush()
    await _make_current(session, document, version)
    await tell(session, actor, document, "added" if is_new else "version", file_id=file_id)


def _new(identifier: UUID, principal: Principal, row: CollectionRow, new: NewDocument, name: str) -> Document:
    moment = clock.now()
    return Document(
        id=identifier,
        collection_id=row.collection.id,
        name=name,
        sort_name=sort_key(name),
        folder=new.folder,
        tags=new.tags,
        created_by=principal.person_id,
        created_at=moment,
        updated_at=moment,
    )


async def _make_current(session: AsyncSession, document: Document, version: DocumentVersion) -> None:
    """Make a version the one to answer from; its passages take the place of the others' by a job."""
    await session.execute(
        update(DocumentVersion)
        .where(DocumentVersion.document_id == document.id, DocumentVersion.id != version.id)
        .values(state="superseded", passages=0)
    )
    version.state, version.error_code = "waiting", None
    document.version_id, document.updated_at = version.id, clock.now()
    await session.flush()
    await jobs.enqueue(session, indexing.INDEX, {"file": str(version.file_id)})


def check_free(document: Document) -> None:
    """Raise where a source keeps the document in step: what is changed by hand, the next run would undo."""
    if document.source_id is not None:
        raise DocumentFollowed


async def check_folder(session: AsyncSession, collection_id: UUID, folder: str) -> None:
    """Raise where a source keeps the folder, or one above it: nothing is put there by hand."""
    if await queries.followed_folder(session, collection_id, folder) is not None:
        raise FolderFollowed


async def access(session: AsyncSession, principal: Principal, document_id: UUID, part: Part) -> DocumentRow:
    """Return a document where the caller has `part`. Raises `DocumentNotFound`, `CollectionPartMissing`."""
    row = await _readable(session, principal, document_id)
    await service.access(session, principal, row.document.collection_id, part)
    return row


async def _readable(session: AsyncSession, principal: Principal, document_id: UUID) -> DocumentRow:
    row = await queries.document(session, principal, document_id)
    if row is None:
        raise DocumentNotFound
    return row


async def _check_name(session: AsyncSession, document: Document) -> None:
    """Raise where another document of the folder has this name: the next file of that name would be its version."""
    with session.no_autoflush:
        there = await queries.named(session, document.collection_id, document.folder, document.name)
    if there is not None and there.id != document.id:
        raise DocumentNameTaken


def _place(document: Document, wanted: DocumentFilter) -> str:
    return document.updated_at.isoformat() if wanted.sort == "updated" else document.sort_name


async def check_room(session: AsyncSession, collection: Collection, limits: DocumentSettings) -> None:
    """Raise where the unit, or the person whose own it is, now keeps more than it may, and nothing was added."""
    if collection.unit_id is not None:
        kept, holder = await queries.kept_by_unit(session, collection.unit_id), "unit"
        limit = Kept(limits.unit_files, limits.unit_bytes, limits.unit_pages)
    elif collection.person_id is not None:
        kept, holder = await queries.kept_by_person(session, collection.person_id), "person"
        limit = Kept(limits.person_files, limits.person_bytes, limits.person_pages)
    else:
        return
    for measure, has, may in zip(Kept._fields, kept, limit, strict=True):
        if has > may:
            raise FileQuotaReached(holder=holder, measure=measure, limit=may)


async def tell(
    session: AsyncSession,
    actor: UUID | None,
    document: Document,
    action: Literal["added", "version", "changed", "removed"],
    *,
    file_id: UUID | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    """Journal what became of a document."""
    event = events.DocumentChanged(
        collection_id=document.collection_id,
        document_id=document.id,
        action=action,
        file_id=file_id,
        changed=changed,
    )
    await journal.record(session, event, actor=actor)


def _shown(services: DocumentServices, row: DocumentRow) -> DocumentOut:
    document = row.document
    return DocumentOut(
        id=document.id,
        collection_id=document.collection_id,
        name=document.name,
        folder=document.folder,
        tags=document.tags,
        review_on=document.review_on,
        version=_version(row.version),
        file=file_views.shown(services, row.file),
        created_at=document.created_at,
        updated_at=document.updated_at,
        followed=document.source_id is not None,
        narrowed=document.circle_id is not None,
    )


def _version(row: DocumentVersion) -> VersionOut:
    return VersionOut.model_validate(
        {
            "id": row.id,
            "number": row.number,
            "file_id": row.file_id,
            "state": row.state,
            "passages": row.passages,
            "error": row.error_code,
            "created_at": row.created_at,
        }
    )
