"""OpenSearch or Elasticsearch beside PostgreSQL, when settings name one: it finds words, PostgreSQL all the rest.

    writing    a job after each indexing; every five minutes what it lacks is added, and what is gone deleted
    asking     before the transaction that searches: candidates by words, which PostgreSQL reads again in its own scope
    failing    PostgreSQL finds the words too, and the answer says so

It is disposable, and believed in nothing but the order: a passage deleted or closed since is not in PostgreSQL's scope.
"""

from base64 import b64encode
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select

from chatelet.documents.services import DocumentServices
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.logs import get_logger
from chatelet.kernel.outbound import Endpoint, Outbound, OutboundError
from chatelet.knowledge.engines.contract import Found, Question, Scope
from chatelet.knowledge.engines.errors import SearchEngineNotCleared, SearchEngineUnreachable
from chatelet.knowledge.engines.opensearch import OpenSearchEngine
from chatelet.knowledge.engines.postgres import passages_of_version
from chatelet.knowledge.engines.tables import PassageRow
from chatelet.knowledge.search import DEPTH, Asked, terms_asked
from chatelet.knowledge.tables import Collection, Document
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Category, Label, Level
from chatelet.settings import SearchSettings

MIRROR: Final = "mirror_passages"
_ENDPOINT: Final = "search-server"
_PROBE_SECONDS: Final = 5.0
_LONGEST: Final = 4_096
log = get_logger(__name__)


def declare(outbound: Outbound, settings: SearchSettings) -> None:
    """Allow the server, if one is named; one whose credential or certificate cannot be read is not asked."""
    if settings.engine != "opensearch" or settings.url is None:
        return
    try:
        scheme, credential = _credential(settings.credential_file)
        outbound.declare(
            _ENDPOINT,
            Endpoint(
                settings.url, bearer=credential, ca_file=settings.ca_file, scheme=scheme, purpose=Purpose.SEARCH_ENGINE
            ),
        )
    except (OSError, ValueError) as error:
        log.warning("search_server_not_usable", error=type(error).__name__, reason=str(error)[:200])


async def probe(settings: SearchSettings) -> str | None:
    """Return why the server cannot be used; None when it answers."""
    outbound = Outbound()
    try:
        declare(outbound, settings)
        incoming = await outbound.get(_ENDPOINT, "/", within=_PROBE_SECONDS)
        incoming.close()
        return None if incoming.status == 200 else f"answers {incoming.status}"
    except OutboundError as error:
        return f"does not answer ({type(error).__name__.lower()})"
    finally:
        await outbound.close()


async def words(
    services: DocumentServices, clearance: Clearance, asked: Asked, scope: Scope
) -> tuple[Found | None, bool]:
    """Return what the server finds by words, None where PostgreSQL is to; and whether the server failed."""
    settings = services.settings.search
    if settings.engine != "opensearch" or services.outbound is None or not scope.collections:
        return None, False
    if not clearance.lets_names_to(Level(settings.highest_level)):  # terms are words: PostgreSQL finds them here
        return None, False
    try:
        engine = _engine(services.outbound, settings, clearance)
        _, terms = terms_asked(asked)
        return await engine.candidates(Question(terms), scope, DEPTH), False
    except SearchEngineNotCleared:
        return None, False
    except SearchEngineUnreachable as error:
        log.warning("search_server_down", reason=error.params.get("reason"))
        return None, True


async def mirror(services: DocumentServices, version_id: UUID) -> None:
    """Have the server hold of a version what PostgreSQL does, if it may. Raises `SearchEngineUnreachable`."""
    async with services.database.transaction() as session:
        passages = await passages_of_version(session, version_id)
        level = await session.scalar(
            select(Collection.level)
            .join(Document, Document.collection_id == Collection.id)
            .join(PassageRow, PassageRow.document_id == Document.id)
            .where(PassageRow.version_id == version_id)
            .limit(1)
        )
    engine = await _writing(services)
    await engine.delete(version_id)
    if level is not None and Level(services.settings.search.highest_level).covers(Level(level)):
        await engine.index(passages)


async def reconcile(services: DocumentServices) -> int:
    """Add what the server lacks, delete what is gone, moved or closed to it; return how many versions that was."""
    highest = Level(services.settings.search.highest_level)
    covered = [level.value for level in Level if highest.covers(level)]
    async with services.database.transaction() as session:
        rows = await session.execute(
            select(PassageRow.version_id, PassageRow.collection_id)
            .join(Document, Document.id == PassageRow.document_id)
            .join(Collection, Collection.id == Document.collection_id)
            .where(PassageRow.ordinal == 0, Collection.level.in_(covered))
        )
        wanted = {(row[0], row[1]) for row in rows}
    engine = await _writing(services)
    held = {one async for one in engine.versions()}
    changed = {version for version, _ in wanted ^ held}
    for version in sorted(changed):
        await mirror(services, version)
    return len(changed)


async def empty(outbound: Outbound, settings: SearchSettings) -> tuple[int, int]:
    """Remove every passage of the index; return how many there were, and are. Raises `SearchEngineUnreachable`."""
    highest = Level(settings.highest_level)
    held = clear(UUID(int=0), Label(highest, frozenset(Category)), ceiling=highest)
    engine = _engine(outbound, settings, held)
    await engine.prepare()
    return await engine.clear()


async def _writing(services: DocumentServices) -> OpenSearchEngine:
    settings = services.settings.search
    if services.outbound is None:
        raise SearchEngineUnreachable(reason="not_declared")
    highest = Level(settings.highest_level)
    engine = _engine(
        services.outbound, settings, clear(UUID(int=0), Label(highest, frozenset(Category)), ceiling=highest)
    )
    await engine.prepare()
    return engine


def _engine(outbound: Outbound, settings: SearchSettings, clearance: Clearance) -> OpenSearchEngine:
    index, level = f"{settings.index_prefix}-passages", Level(settings.highest_level)
    return OpenSearchEngine(outbound, clearance, endpoint=_ENDPOINT, index=index, highest_level=level)


def _credential(path: Path | None) -> tuple[str, str | None]:
    """Return a scheme and what follows it."""
    if path is None:
        return "Bearer", None
    with path.open(encoding="utf-8") as file:
        held = file.read(_LONGEST).strip()
    scheme, space, value = held.partition(" ")
    if space:
        return scheme, value.strip()
    return ("Basic", b64encode(held.encode()).decode()) if ":" in held else ("Bearer", held)
