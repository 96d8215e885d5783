"""Finding passages for a question in collections: the caller's rights are in the query, and asked at each question.

vector of the question (no transaction) -> collections that may be read, circles entered -> search in them -> the best
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.knowledge import circles, indexing, parts, selection
from chatelet.knowledge.embedding import embed_question
from chatelet.knowledge.engines.contract import Scope
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.search import Asked, Hit, Outcome, search
from chatelet.knowledge.tables import Collection, Document, DocumentVersion
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level

PLACES: Final = 12
_DEPTH: Final = 40
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of a document: `start` is its place in the text of the file; `hit` says why it was found."""

    file_id: UUID
    document_id: UUID
    name: str
    text: str
    start: int
    page: int | None
    hit: Hit


@dataclass(frozen=True, slots=True)
class Findings:
    """The passages that fit, best first. `withdrawn` counts collections that may no longer be read."""

    hits: tuple[FoundPassage, ...] = ()
    withdrawn: int = 0
    lexical_only: bool = False
    fits: bool = False


async def find(
    services: DocumentServices,
    gateway: Gateway,
    principal: Principal,
    collections: Sequence[UUID],
    question: str,
    clearance: Clearance,
    *,
    places: int = PLACES,
    fitting: bool = True,
) -> Findings:
    """Return the passages of these collections that fit the question: none when nothing fits, unless all are wanted."""
    vector, model = await _vector(gateway, clearance, question)
    async with services.database.transaction() as session:
        allowed = await readable(session, principal, collections, clearance)
        engine = PostgresEngine(session, vectors=await indexing.has_vectors(session))
        scope = Scope(allowed, await circles.entered_by(session, principal, allowed))
        outcome = await search(engine, Asked(question, vector=vector, model=model), scope, _DEPTH)
        chosen = _chosen(outcome, places, fitting=fitting)
        hits = await _placed(session, principal, chosen)
    return Findings(hits, len(set(collections) - allowed), vector is None, outcome.fits)


async def readable(
    session: AsyncSession, principal: Principal, collections: Sequence[UUID], clearance: Clearance
) -> frozenset[UUID]:
    """Return those of the collections that the caller may read now, and that this clearance covers.

    A curator may have raised a collection's level since the question was first asked: its passages would then reach a
    model that was chosen for less (TA-101).
    """
    covered = [level.value for level in Level if clearance.label.level.covers(level)]
    chosen = (Collection.id.in_(collections), Collection.level.in_(covered))
    return frozenset(await session.scalars(select(Collection.id).where(*chosen, parts.readable_by(principal))))


async def _vector(gateway: Gateway, clearance: Clearance, question: str) -> tuple[tuple[float, ...] | None, str]:
    try:
        return await embed_question(gateway, clearance, question)
    except AppError as error:
        log.warning("question_without_vector", error=error.code)
        return None, ""


def _chosen(outcome: Outcome, places: int, *, fitting: bool) -> list[Hit]:
    if not fitting:
        return list(outcome.hits[:places])
    return selection.select(outcome.hits, places) if outcome.fits else []


async def _placed(session: AsyncSession, principal: Principal, hits: Sequence[Hit]) -> tuple[FoundPassage, ...]:
    """Tell of which file each passage is; one whose document went, or changed readers, meanwhile is left out."""
    found = await session.execute(
        select(DocumentVersion.id, DocumentVersion.file_id, Document.name)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.id.in_([hit.passage.version_id for hit in hits]), circles.open_to(principal))
    )
    files = {version: (file, name) for version, file, name in found}
    placed: list[FoundPassage] = []
    for hit in hits:
        passage = hit.passage
        if passage.version_id in files:
            file_id, name = files[passage.version_id]
            placed.append(
                FoundPassage(file_id, passage.document_id, name, passage.text, passage.start, passage.page, hit)
            )
    return tuple(placed)
