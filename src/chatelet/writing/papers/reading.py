"""The passages of papers, numbered through all of them: their full text where there is one, their record always.

rights of the caller, now ─▶ files read ─▶ passages of a page each ─▶ those that fit the question, within a budget
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.evidence.passage import Passage
from chatelet.identity.principal import Principal
from chatelet.knowledge import among, closing, service
from chatelet.knowledge.papers import queries
from chatelet.knowledge.papers.errors import PaperNotFound
from chatelet.knowledge.papers.tables import Paper
from chatelet.knowledge.tables import Document, DocumentVersion
from chatelet.policy.sensitivity import Label
from chatelet.writing.services import WritingServices
from chatelet.writing.summary.sources import Given, sources_of


@dataclass(frozen=True, slots=True)
class Chosen:
    """Papers that the caller may read, with their files and the label of their base."""

    collection_id: UUID
    papers: tuple[Paper, ...]
    files: tuple[tuple[UUID, File], ...]
    label: Label
    is_reading: bool = False  # a file of theirs is there, and not read yet


@dataclass(frozen=True, slots=True)
class OfPaper:
    """A passage, and the paper that it is from."""

    paper_id: UUID
    passage: Passage


async def choose(session: AsyncSession, principal: Principal, collection_id: UUID, ids: Sequence[UUID]) -> Chosen:
    """Return papers of a base, with the files of their current versions; of a closed base, it is traced.

    Raises `CollectionNotFound`, and `PaperNotFound` unless all are of it.
    """
    row = await service.access(session, principal, collection_id)
    papers = await queries.among(session, collection_id, ids)
    if len(papers) != len(set(ids)):
        raise PaperNotFound
    await closing.trace(session, principal, [collection_id], "document")
    of = {one: paper.id for paper in papers for one in (paper.text_document_id, paper.document_id) if one is not None}
    found = await session.execute(
        select(Document.id, File)
        .join(DocumentVersion, DocumentVersion.id == Document.version_id)
        .join(File, File.id == DocumentVersion.file_id)
        .where(Document.id.in_(of), File.state != "failed")
    )
    held = sorted(((of[one], file) for one, file in found), key=lambda pair: (pair[0], pair[1].id))
    files = tuple(pair for pair in held if pair[1].state == "read")
    label = Label.of(row.collection.level, row.collection.categories)
    return Chosen(collection_id, tuple(papers), files, label, is_reading=len(files) < len(held))


async def passages(services: WritingServices, chosen: Chosen, question: str, characters: int) -> list[OfPaper]:
    """Return the passages that fit best, each paper having its share, numbered from 1. No transaction."""
    share = characters // max(1, len(chosen.papers))
    kept: list[OfPaper] = []
    for paper in chosen.papers:
        own: list[Passage] = []
        for paper_id, file in chosen.files:
            if paper_id == paper.id:
                own += await _of_file(services, file)
        places = await asyncio.to_thread(among.best, question, [one.text for one in own], share)
        kept += [OfPaper(paper.id, own[place]) for place in places]
    return [replace(one, passage=replace(one.passage, number=number)) for number, one in enumerate(kept, 1)]


async def document_of(services: WritingServices, file: File) -> ParsedDocument:
    """Return what was read of a file. No transaction."""
    return await FileBlobs(services.documents.storage, services.keyring, file.id, file.wrapped_key).reading()


async def _of_file(services: WritingServices, file: File) -> list[Passage]:
    document = await document_of(services, file)
    [source] = await asyncio.to_thread(sources_of, [Given(file.id, "", document)])
    return list(source.passages)
