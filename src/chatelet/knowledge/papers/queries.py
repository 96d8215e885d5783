"""All SQL of papers: who reads a base reads its papers."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.knowledge.papers.tables import Paper
from chatelet.knowledge.tables import Document, DocumentVersion


async def of_collection(session: AsyncSession, collection_id: UUID, most: int) -> Sequence[Paper]:
    """Return the papers of a base already found readable, in their order of entry."""
    wanted = select(Paper).where(Paper.collection_id == collection_id).order_by(Paper.id).limit(most)
    return (await session.scalars(wanted)).all()


async def among(session: AsyncSession, collection_id: UUID, ids: Sequence[UUID]) -> Sequence[Paper]:
    """Return those of these papers that are of a base already found readable."""
    wanted = select(Paper).where(Paper.collection_id == collection_id, Paper.id.in_(ids)).order_by(Paper.id)
    return (await session.scalars(wanted)).all()


async def unread(session: AsyncSession, papers: Sequence[Paper]) -> frozenset[UUID]:
    """Return the documents of full texts, of these papers, that were fetched and cannot be found in yet."""
    ids = [one.text_document_id for one in papers if one.text_document_id is not None]
    wanted = (
        select(Document.id)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(Document.id.in_(ids), Document.version_id.is_(None), DocumentVersion.state == "waiting")
    )
    return frozenset((await session.scalars(wanted)).all()) if ids else frozenset()


async def named(session: AsyncSession, collection_id: UUID, names: Sequence[str]) -> Paper | None:
    """Return the paper of a base that has one of these names."""
    wanted = select(Paper).where(Paper.collection_id == collection_id, Paper.names.overlap(list(names)))
    return await session.scalar(wanted.order_by(Paper.id).limit(1))


async def by_id(session: AsyncSession, paper_id: UUID, *, lock: bool = False) -> Paper | None:
    """Return a paper, for a job."""
    return await session.get(Paper, paper_id, with_for_update=lock or None, populate_existing=True)
