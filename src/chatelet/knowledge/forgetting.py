"""Documents whose time is over leave with their versions, files, keys and passages; what they weighed is counted."""

from collections.abc import Collection as Several
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.files import service as files
from chatelet.knowledge.tables import Collection, Document

# A unit's documents follow the rules on the units above them, a person's own those on the units they belong to.
_OUTLIVED: Final = """
SELECT documents.id, documents.collection_id FROM documents
JOIN collections ON collections.id = documents.collection_id
CROSS JOIN LATERAL (
    SELECT least(CAST(:base AS integer), min(rules.days)) AS days
    FROM retention_rules AS rules JOIN units ON rules.unit_id = ANY(units.path)
    WHERE rules.kind = 'documents' AND rules.replaced_at IS NULL AND (
        units.id = collections.unit_id
        OR units.id IN (SELECT unit_id FROM memberships WHERE memberships.person_id = collections.person_id)
    )
) AS kept
WHERE documents.updated_at < CAST(:moment AS timestamptz) - make_interval(days => kept.days)
LIMIT :limit
"""
_PASSAGES: Final = "SELECT count(*) FROM passages WHERE document_id = ANY(:ids)"
_VERSIONS: Final = "SELECT count(DISTINCT version_id) FROM passages WHERE document_id = ANY(:ids)"
_VECTORS: Final = """
SELECT count(*) FROM passage_windows JOIN passages ON passages.id = passage_windows.passage_id
WHERE passages.document_id = ANY(:ids)
"""
_OWN: Final = """
SELECT documents.id FROM documents JOIN collections ON collections.id = documents.collection_id
WHERE collections.person_id = :person
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What is found of documents, and gone with them."""

    passages: int
    vectors: int
    files: tuple[UUID, ...]
    versions: int = 0


async def outlived(session: AsyncSession, base: int | None, moment: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Return (document, collection) of documents unchanged for longer than they may be; `base`: the institution's."""
    rows = await session.execute(text(_OUTLIVED), {"base": base, "moment": moment, "limit": limit})
    return [(row[0], row[1]) for row in rows]


async def own_documents(session: AsyncSession, person_id: UUID) -> list[UUID]:
    """Return the documents of a person's own collections."""
    return list(await session.scalars(text(_OWN), {"person": person_id}))


async def weigh(session: AsyncSession, documents: Several[UUID]) -> Weight:
    """Count what hangs on documents."""
    ids = {"ids": list(documents)}
    passages = await session.scalar(text(_PASSAGES), ids) or 0
    has_vectors = await session.scalar(text("SELECT to_regclass('public.passage_windows') IS NOT NULL"))
    vectors = await session.scalar(text(_VECTORS), ids) if has_vectors else 0
    versions = await session.scalar(text(_VERSIONS), ids) or 0
    held = tuple(await files.held(session, documents))
    return Weight(int(passages), int(vectors or 0), held, int(versions))


async def remove_again(session: AsyncSession, ids: Several[UUID], collections: Several[UUID]) -> None:
    """Remove documents and collections that were removed once already, and came back with a backup."""
    found = await session.execute(select(Document.id, Document.collection_id).where(Document.id.in_(ids)))
    await remove(session, [(row[0], row[1]) for row in found])
    await session.execute(delete(Collection).where(Collection.id.in_(collections)))


async def remove(session: AsyncSession, found: Several[tuple[UUID, UUID]]) -> None:
    """Remove documents given as (document, collection)."""
    ids = [document for document, _ in found]
    await session.execute(delete(Document).where(Document.id.in_(ids)))
    await files.delete_held(session, ids, actor=None)
    told = [
        events.DocumentChanged(collection_id=collection, document_id=document, action="removed")
        for document, collection in found
    ]
    await journal.record_all(session, told, actor=None)
