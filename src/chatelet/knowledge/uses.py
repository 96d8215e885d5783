"""How often documents are given to answers and cited, by month: to tell curators what is never found.

Counts only, in transactions of their own once an answer is closed: an answer never fails for them, and they tell
neither whose question it was nor what it said (TA-125). Under `LEAST` questions, curators are told nothing.
"""

from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.inference.consumption.anonymity import LEAST
from chatelet.kernel import clock
from chatelet.kernel.database import Executor, execute
from chatelet.knowledge import circles, service
from chatelet.knowledge.parts import Part
from chatelet.knowledge.schemas import NeverFound, UseOut
from chatelet.knowledge.tables import CollectionQuestions, Document, DocumentUse, DocumentVersion

_SHOWN: Final = 200
_ADD_DOCUMENTS: Final = """
INSERT INTO document_uses AS known (document_id, month, given, cited)
SELECT d.id, $1::date, 1, (bool_or(v.file_id = ANY($3::uuid[])))::int
FROM document_versions AS v JOIN documents AS d ON d.id = v.document_id
WHERE v.file_id = ANY($2::uuid[]) GROUP BY d.id ORDER BY d.id
ON CONFLICT (document_id, month) DO UPDATE SET given = known.given + 1, cited = known.cited + excluded.cited
"""
_ADD_QUESTIONS: Final = """
INSERT INTO collection_questions AS known (collection_id, month, asked, unanswered)
SELECT id, $1::date, 1, $3::int FROM collections WHERE id = ANY($2::uuid[]) ORDER BY id
ON CONFLICT (collection_id, month) DO UPDATE
SET asked = known.asked + 1, unanswered = known.unanswered + excluded.unanswered
"""


@dataclass(frozen=True, slots=True)
class Use:
    """What one answer was given: collections searched, files whose passages it got, those it cites and is held by."""

    collections: frozenset[UUID]
    given: frozenset[UUID] = frozenset()
    cited: frozenset[UUID] = frozenset()
    found: bool = False  # something in these collections had to do with the question


async def record(executor: Executor, use: Use, *, time_zone: str) -> None:
    """Count one answer."""
    month = _month(clock.now(), time_zone)
    await execute(executor, _ADD_QUESTIONS, month, sorted(use.collections), int(not use.found))
    if use.given:
        await execute(executor, _ADD_DOCUMENTS, month, sorted(use.given), sorted(use.cited))


async def never_found(
    session: AsyncSession, principal: Principal, collection_id: UUID, *, days: int, by_size: bool, time_zone: str
) -> UseOut:
    """Return what of a collection answers were not given for so long, to its curators. Raises as `service.access`."""
    await service.access(session, principal, collection_id, Part.CURATOR)
    since = _month(clock.now() - timedelta(days=days), time_zone)
    asked, unanswered = await _questions(session, collection_id, since)
    if asked < LEAST:
        return UseOut(since=since, questions=None, items=[])
    documents, passages = await _count(session, principal, collection_id)
    absent = _absent(since)
    never, never_passages = await _count(session, principal, collection_id, absent)
    chosen = select(Document.id, Document.name, Document.folder, DocumentVersion.passages, Document.created_at)
    held = chosen.join(DocumentVersion, DocumentVersion.id == Document.version_id)
    order = (DocumentVersion.passages.desc(),) if by_size else ()
    wanted = held.where(*_of(principal, collection_id), *absent)
    rows = await session.execute(wanted.order_by(*order, Document.sort_name, Document.id).limit(_SHOWN))
    items = [NeverFound(document_id=i, name=n, folder=f, passages=p, added_on=at.date()) for i, n, f, p, at in rows]
    return UseOut(
        since=since,
        questions=asked,
        unanswered=unanswered,
        documents=documents,
        passages=passages,
        never_documents=never,
        never_passages=never_passages,
        items=items,
    )


async def _questions(session: AsyncSession, collection_id: UUID, since: date) -> tuple[int, int]:
    sums = (
        func.coalesce(func.sum(CollectionQuestions.asked), 0),
        func.coalesce(func.sum(CollectionQuestions.unanswered), 0),
    )
    here = (CollectionQuestions.collection_id == collection_id, CollectionQuestions.month >= since)
    asked, unanswered = (await session.execute(select(*sums).where(*here))).one()
    return int(asked), int(unanswered)


async def _count(
    session: AsyncSession, principal: Principal, collection_id: UUID, conditions: Some[ColumnElement[bool]] = ()
) -> tuple[int, int]:
    counts = select(func.count(), func.coalesce(func.sum(DocumentVersion.passages), 0)).select_from(Document)
    held = counts.join(DocumentVersion, DocumentVersion.id == Document.version_id)
    documents, passages = (await session.execute(held.where(*_of(principal, collection_id), *conditions))).one()
    return int(documents), int(passages)


def _of(principal: Principal, collection_id: UUID) -> tuple[ColumnElement[bool], ...]:
    mine = circles.open_to(principal)
    return Document.collection_id == collection_id, DocumentVersion.state == "indexed", mine


def _absent(since: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions: there since before, and in no answer since."""
    used = exists().where(DocumentUse.document_id == Document.id, DocumentUse.month >= since)
    return Document.created_at < since, ~used


def _month(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date().replace(day=1)
