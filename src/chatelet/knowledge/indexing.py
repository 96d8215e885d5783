"""Indexing of a version: its passages and their vectors take the place, in one transaction, of the document's others.

    read text -> passages -> vectors (no transaction; without them, words only, and vectors later) -> written together

The index is disposable: `rebuild` asks for every current version again. While another model's vectors are being made
(`reembedding`), a document gets both.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices
from chatelet.inference.gateway import Gateway
from chatelet.kernel import clock, jobs
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.knowledge import chunking, circles, queries, search_server, unit_rules, vector_models
from chatelet.knowledge.embedding import embed_passages
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.engines.postgres_maintenance import maintain
from chatelet.knowledge.engines.tables import PassageRow
from chatelet.knowledge.errors import CollectionLevelExceeded
from chatelet.knowledge.passages import IndexedPassage, Window
from chatelet.knowledge.tables import Collection, Document, DocumentVersion
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level

INDEX: Final = "index_document"
_NO_TEXT: Final = "file_empty"
_STEPS: Final = 40  # of maintenance, at each tick
log = get_logger(__name__)


async def index_file(services: DocumentServices, gateway: Gateway, file_id: UUID) -> None:
    """Index the version that a file is, when it is read and current; otherwise say why it is not."""
    async with services.database.transaction() as session:
        # Locked first, as by who adds: two documents that enter at once each add their categories to what is there.
        collection = await queries.collection_of_file(session, file_id)
        found = await queries.version_of_file(session, file_id)
        file = await session.get(File, file_id)
        if collection is None or found is None or file is None:
            return
        version, document = found
        if document.version_id != version.id or file.state not in {"read", "failed"}:
            return
        if file.state == "failed":
            version.state, version.error_code = "failed", file.error_code
            return
        title, label = document.name, await entered(session, collection, file)
        if not Level(collection.level).covers(label.level):
            version.state, version.error_code = "failed", CollectionLevelExceeded.code
            return
    blobs = FileBlobs(services.storage, services.keyring, file.id, file.wrapped_key)
    parsed = await blobs.reading()
    passages = await asyncio.to_thread(
        chunking.passages_of,
        parsed,
        collection_id=document.collection_id,
        document_id=document.id,
        version_id=version.id,
        title=title,
    )
    if not passages:  # all that it says is hidden
        async with services.database.transaction() as session:
            told = update(DocumentVersion).where(DocumentVersion.id == version.id)
            await session.execute(told.values(state="failed", error_code=_NO_TEXT))
        return
    vectors = await _vectors(services, gateway, file, collection.unit_id, label, passages)
    async with services.database.transaction() as session:
        await _write(session, file_id, passages, vectors)
        if services.settings.search.engine == "opensearch":
            await jobs.enqueue(session, search_server.MIRROR, {"version": str(version.id)})


async def entered(session: AsyncSession, collection: Collection, file: File) -> Label:
    """Return the label of a document's passages; its collection holds its categories from now on."""
    held = Label.of(collection.level, collection.categories)
    label = held.join(Label.of(file.level, file.categories))
    if label.categories != held.categories:
        collection.categories = label.names
        changed = events.CollectionChanged(
            collection_id=collection.id,
            action="changed",
            unit_id=collection.unit_id,
            level=held.level,
            changed=("categories",),
        )
        await journal.record(session, changed, actor=None)
    return label


async def _write(
    session: AsyncSession,
    file_id: UUID,
    passages: Sequence[IndexedPassage],
    vectors: Mapping[str, Sequence[Window]],
) -> None:
    """Replace what is indexed of the document, unless another version became current meanwhile."""
    found = await queries.version_of_file(session, file_id)
    if found is None or found[1].version_id != found[0].id:
        return
    version, document = found
    await session.execute(delete(PassageRow).where(PassageRow.document_id == document.id))
    engine = PostgresEngine(session, vectors=await has_vectors(session))
    shelf = circles.shelf_of(document)
    await engine.index([replace(passage, collection_id=shelf) for passage in passages])
    for model, windows in vectors.items():
        await engine.add_windows(windows, model)
    version.state, version.error_code = "indexed", None
    version.passages, version.indexed_at = len(passages), clock.now()
    event = events.DocumentIndexed(
        collection_id=document.collection_id,
        document_id=document.id,
        version_id=version.id,
        passages=len(passages),
    )
    await journal.record(session, event, actor=None)


async def forget(session: AsyncSession, document_id: UUID) -> None:
    """Delete what is indexed of a document: its next version is not found yet, its earlier ones no more."""
    await session.execute(delete(PassageRow).where(PassageRow.document_id == document_id))


async def rebuild(session: AsyncSession) -> int:
    """Ask for every current version to be indexed again, from what was read; return how many were asked for."""
    found = await session.scalars(
        select(DocumentVersion.file_id).join(Document, Document.version_id == DocumentVersion.id)
    )
    files = list(found)
    await jobs.enqueue_all(session, INDEX, [{"file": str(one)} for one in files])
    return len(files)


async def keep(services: DocumentServices) -> None:
    """Do what the index puts off: its graph of vectors, its counts of terms."""
    for _ in range(_STEPS):
        async with services.database.transaction() as session:
            if not await maintain(session, vectors=await has_vectors(session)):
                return


async def has_vectors(session: AsyncSession) -> bool:
    """Tell whether this database keeps vectors (the extension `vector` is there)."""
    return bool(await session.scalar(text("SELECT to_regclass('public.passage_windows') IS NOT NULL")))


async def _vectors(
    services: DocumentServices,
    gateway: Gateway,
    file: File,
    unit_id: UUID | None,
    label: Label,
    passages: Sequence[IndexedPassage],
) -> dict[str, list[Window]]:
    """Return the vectors of each model that answers for this level, or soon will; without one, words only for now."""
    ceiling = Level(services.settings.policy.highest_level)
    async with services.database.transaction() as session:
        if not await has_vectors(session):
            return {}
        wanted = vector_models.target(gateway, label.level, ceiling, services.policies.of(()))
        row = await vector_models.follow(session, label.level, wanted)
        rules = await unit_rules.of_document(session, services, person_id=file.person_id, unit_id=unit_id)
        models = [one for one in (row.answering, row.arriving) if one] if row else []
    vectors: dict[str, list[Window]] = {}
    for model in models:
        try:
            clearance = clear(file.person_id or UUID(int=0), label, ceiling=ceiling, rules=rules)
            vectors[model], _ = await embed_passages(gateway, clearance, passages, wanted=model)
        except AppError as error:
            log.warning("vectors_put_off", file=str(file.id), model=model, error=error.code)
    return vectors
