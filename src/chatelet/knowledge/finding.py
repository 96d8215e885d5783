"""Finding passages for a question in collections: the caller's rights are in the query, and asked at each question.

TRANSACTION   collections that may be read, circles entered, whose vectors answer
vector of the question, words of the search server (no transaction)
TRANSACTION   collections that may be read -> search in them
reranker, where there is one (no transaction)
TRANSACTION   those that may still be read -> the best, diverse, with their files; closed ones traced (`closing`)
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.knowledge import circles, closing, indexing, parts, reranking, search_server, selection, vector_models
from chatelet.knowledge.embedding import embed_question
from chatelet.knowledge.engines.contract import Scope
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.search import Asked, Hit, search
from chatelet.knowledge.tables import Collection, Document, DocumentVersion
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level

PLACES: Final = 12
_DEPTH: Final = 40
_WITH_NEIGHBOURS: Final = 3


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
    """The passages that fit, best first, then those beside the first ones; `withdrawn`: collections closed since."""

    hits: tuple[FoundPassage, ...] = ()
    withdrawn: int = 0
    lexical_only: bool = False
    fits: bool = False
    reranked_by: str | None = None
    rerank_error: str | None = None
    searched: frozenset[UUID] = frozenset()
    engine_down: bool = False  # the search server did not answer: PostgreSQL did


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
    async with services.database.transaction() as session:
        models = await vector_models.of_questions(session, principal, collections)
        scope = await _scope(session, principal, collections, clearance)
    vector, model = await embed_question(gateway, clearance, question, models)
    asked = Asked(question, vector=vector, model=model)
    words, engine_down = await search_server.words(services, clearance, asked, scope)
    async with services.database.transaction() as session:
        scope = await _scope(session, principal, list(scope.collections), clearance)
        engine = PostgresEngine(session, vectors=await indexing.has_vectors(session), words=words)
        outcome = await search(engine, asked, scope, _DEPTH)
    wanted = outcome.hits if outcome.fits or not fitting else ()
    ordered = await reranking.rerank(gateway, clearance, question, wanted)
    chosen = selection.select(ordered.hits, places) if fitting else ordered.hits[:places]
    async with services.database.transaction() as session:
        scope = await _scope(session, principal, list(scope.collections), clearance)
        await closing.trace(session, principal, scope.collections, "question")
        kept = [hit for hit in chosen if hit.passage.collection_id in scope.shelves]
        beside = await _beside(PostgresEngine(session), kept, scope) if fitting else []
        hits = await _placed(session, principal, [*kept, *beside])
    allowed = scope.collections
    withdrawn = len(set(collections) - allowed)
    return Findings(hits, withdrawn, vector is None, outcome.fits, ordered.model, ordered.error, allowed, engine_down)


async def _scope(
    session: AsyncSession, principal: Principal, collections: Sequence[UUID], clearance: Clearance
) -> Scope:
    """Return what the caller may read of these collections now, with the circles that they are in."""
    allowed = await closing.alone(session, await readable(session, principal, collections, clearance), collections)
    return Scope(allowed, await circles.entered_by(session, principal, allowed))


async def readable(
    session: AsyncSession, principal: Principal, collections: Sequence[UUID], clearance: Clearance
) -> frozenset[UUID]:
    """Return those of the collections that the caller may read now, and that this clearance covers.

    A curator may have raised a collection's level since the question was first asked: its passages would then reach a
    model that was chosen for less (TA-101).
    """
    covered = [level.value for level in Level if clearance.label.level.covers(level)]
    within = Collection.categories.contained_by(clearance.label.names)
    chosen = (Collection.id.in_(collections), Collection.level.in_(covered), within)
    return frozenset(await session.scalars(select(Collection.id).where(*chosen, parts.readable_by(principal))))


async def _beside(engine: PostgresEngine, hits: Sequence[Hit], scope: Scope) -> list[Hit]:
    """Return what stands before and after the best ones, last in order: an answer often runs over a passage's end."""
    present = {hit.passage.id for hit in hits}
    beside: list[Hit] = []
    for hit in hits[:_WITH_NEIGHBOURS]:
        for passage in await engine.neighbours(hit.passage, scope):
            if passage.id not in present:
                present.add(passage.id)
                beside.append(replace(hit, passage=passage))
    return beside


async def _placed(session: AsyncSession, principal: Principal, hits: Sequence[Hit]) -> tuple[FoundPassage, ...]:
    """Tell of which file each passage is; one whose document went, or changed readers, meanwhile is left out."""
    found = await session.execute(
        select(DocumentVersion.id, DocumentVersion.file_id, Document.name)
        .join(Document, Document.version_id == DocumentVersion.id)
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
