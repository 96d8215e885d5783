"""Composition root: settings → database, keys, models, turns, jobs → routers → lifespan. Wired here, nowhere else."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from fastapi import FastAPI

from chatelet import __version__
from chatelet.adoption.charter.gate import CHARTER_CHANNEL, CharterGate
from chatelet.adoption.cohorts.openings import OPENINGS_CHANNEL, OpeningGate
from chatelet.audit import events, journal
from chatelet.audit.forwarding.forwarder import forward_forever
from chatelet.audit.keys import sealing_key
from chatelet.audit.sealer import seal_forever
from chatelet.chat.prompt import system_message
from chatelet.chat.running import STOP_CHANNEL, RunningTurns
from chatelet.chat.services import ChatServices
from chatelet.chat.v1.exchanges import Exchanges
from chatelet.connectors.scholarly.desk import desk_of
from chatelet.connectors.web.services import web_search
from chatelet.conversations import api as conversations_api
from chatelet.destinations import DECLARERS
from chatelet.documents.parsing import server as reading_server
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.identity.imports import admin as imports_admin
from chatelet.identity.open_answers import OpenAnswers, WatchedAnswers
from chatelet.identity.principal import LANGUAGES
from chatelet.identity.scim.api import install_scim_errors
from chatelet.identity.sessions import REVOKED_CHANNEL
from chatelet.identity.single_sign_on.service import RETURNS, single_sign_on
from chatelet.identity.units.service import MERGED_CHANNEL
from chatelet.inference.registry import REGISTRY_CHANNEL
from chatelet.inference.service import Inference
from chatelet.kernel.antivirus import scanner
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.destinations import from_settings
from chatelet.kernel.errors import AppError
from chatelet.kernel.fair_queue import FairQueue
from chatelet.kernel.http import Edge, install_error_handlers
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import get_logger
from chatelet.kernel.notifications import Notifications
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.siblings import Siblings
from chatelet.kernel.static import WebPage
from chatelet.kernel.storage import Storage
from chatelet.knowledge import search_server
from chatelet.knowledge.papers.services import PaperServices
from chatelet.knowledge.sources.services import SourceServices, surroundings_of
from chatelet.policy.egress.keeping import keep_counts
from chatelet.policy.levels.declared import LevelsDeclared
from chatelet.policy.quotas.rules import QUOTAS_CHANNEL, QuotaRules
from chatelet.policy.quotas.service import Quotas
from chatelet.policy.refused import journalled
from chatelet.policy.rules.book import POLICIES_CHANNEL, Policies
from chatelet.research.services import ResearchServices
from chatelet.routes import ROUTES
from chatelet.routines import jobs_of
from chatelet.settings import Settings
from chatelet.writing.manuscripts import api as manuscripts_api
from chatelet.writing.services import WritingServices

if TYPE_CHECKING:
    from chatelet.kernel.tracing.export import Exporter

_BODY_LIMITS = {
    conversations_api.IMPORT_PATH: 256 * 1024 * 1024,
    imports_admin.UNITS_PATH: imports_admin.LARGEST,
    imports_admin.PERSONS_PATH: imports_admin.LARGEST,
    manuscripts_api.PATH: manuscripts_api.LARGEST,
}
_PAGES = {"read_seconds": 20, "file_pages": 200}  # of the web: what takes longer is not waited for
_LAST_FORWARD_SECONDS = 3.0  # what the collector does not take by then waits in the journal
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Process:
    """What this process does. A small installation has one, which does everything; `alone` says so.

    `siblings` are the other web processes of this node, if any; `end` is called when what started them is gone.
    """

    answers: bool = True
    jobs: bool = True
    seals: bool = True
    alone: bool = True
    siblings: Siblings | None = None
    end: Callable[[], None] = lambda: None


def build_app(settings: Settings, database_address: str, process: Process = Process()) -> FastAPI:
    """Return the application; nothing is opened before its lifespan starts."""
    app = FastAPI(
        title="Châtelet",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lambda app: _lifespan(app, settings, database_address, process),
    )
    install_error_handlers(app)
    app.add_exception_handler(AppError, journalled(app.exception_handlers[AppError]))
    install_scim_errors(app)
    for module in ROUTES:
        app.include_router(module.router)
    app.mount("/", WebPage())
    answers = app.state.answers = OpenAnswers()
    app.add_middleware(WatchedAnswers, answers=answers)
    app.add_middleware(LevelsDeclared, levels=settings.policy.levels)
    app.add_middleware(Edge, address=settings.address, body_limits=_BODY_LIMITS, returns=re.compile(RETURNS))
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI, settings: Settings, address: str, process: Process) -> AsyncGenerator[None]:
    gate.install_for(settings.egress, [(one.host, one.purpose) for one in from_settings(settings)])
    siblings = app.state.siblings = process.siblings
    database = Database(address, pool_size=settings.database.pool_size, ca_file=settings.database.ca_file)
    keyring = Keyring(load_key(settings.security.key_file, settings.data_dir, KEY_NAME))
    outbound = Outbound(user_agent=f"chatelet/{__version__}")
    traces = _tracing(settings, database, outbound)
    inference = Inference(settings, database, keyring, outbound, runs_embedded=process.answers, siblings=siblings)
    running = RunningTurns(database, keyring, settings.chat, settings.policy)
    if siblings is not None:
        await siblings.start(running.worker_id, on_dead=running.reap_all_of, on_alone=process.end)
    quotas = Quotas(QuotaRules(), settings.usage.time_zone)
    exchanges = Exchanges(settings.api, siblings.share_of) if siblings is not None else Exchanges(settings.api)
    charter, opening = CharterGate(), OpeningGate()
    policies = app.state.policies = Policies()
    search_server.declare(outbound, settings.search)
    documents = DocumentServices(
        database=database,
        keyring=keyring,
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=SandboxedReader(settings.documents, settings.policy.detectors),
        scan=scanner(settings.documents.antivirus),
        outbound=outbound,
        policies=policies,
    )
    scholarly = app.state.scholarly = desk_of(settings, outbound, database)
    chat = ChatServices(
        database=database,
        keyring=keyring,
        settings=settings,
        running=running,
        gateway=inference.gateway,
        quotas=quotas,
        exchanges=exchanges,
        documents=documents,
        policies=policies,
        web=web_search(outbound, settings.web_search),
        scholarly=scholarly,
        page_reader=SandboxedReader(settings.documents.model_copy(update=_PAGES), reads_articles=True),
        openings=FairQueue(settings.database.pool_size),
        gates=(opening, charter) if settings.adoption.access == "waves" else (charter,),
    )
    writing = WritingServices(documents, inference.gateway, quotas, gates=chat.gates)
    app.state.database, app.state.keyring, app.state.settings = database, keyring, settings
    app.state.inference, app.state.chat, app.state.quotas = inference, chat, quotas
    app.state.papers = PaperServices(documents, chat.web.pages, scholarly)
    app.state.documents, app.state.declarers, app.state.writing = documents, DECLARERS, writing
    privacy = app.state.privacy = privacy_of(settings, database, documents)
    sources = app.state.sources = SourceServices(documents, surroundings_of(settings, outbound))
    research = app.state.research = ResearchServices(chat, scholarly, writing)
    sso = app.state.single_sign_on = single_sign_on(outbound, keyring, settings.address, settings.security)

    notifications = Notifications(database.connect, silent=database.cut, renewed=database.renew)
    notifications.subscribe(STOP_CHANNEL, running.on_stop)
    notifications.subscribe(REVOKED_CHANNEL, running.on_revoked)
    notifications.subscribe(REVOKED_CHANNEL, exchanges.on_revoked)
    notifications.subscribe(REVOKED_CHANNEL, app.state.answers.on_revoked)
    notifications.subscribe(CHARTER_CHANNEL, charter.forget)
    notifications.subscribe(OPENINGS_CHANNEL, opening.forget)
    notifications.subscribe_async(REGISTRY_CHANNEL, inference.on_notification)

    async def read_quotas(_payload: str) -> None:
        async with database.transaction() as session:
            await quotas.refresh(session)

    async def read_policies(_payload: str) -> None:
        async with database.transaction() as session:
            await policies.refresh(session)

    notifications.subscribe_async(QUOTAS_CHANNEL, read_quotas)
    notifications.subscribe_async(POLICIES_CHANNEL, read_policies)
    # A unit that took another over took its quotas, its rules and its opening too: what is kept in memory of units.
    notifications.subscribe_async(MERGED_CHANNEL, read_quotas)
    notifications.subscribe_async(MERGED_CHANNEL, read_policies)
    notifications.subscribe(MERGED_CHANNEL, opening.forget)
    await notifications.start()
    await read_quotas("")
    await read_policies("")
    await inference.start()
    await inference.warm(*((system_message(language, settings.institution_name),) for language in LANGUAGES))
    await running.start(alone=process.alone)
    jobs = jobs_of(chat, sso, privacy, sources, research) if process.jobs else None
    if jobs is not None:
        jobs.start()
    stop_sealing = asyncio.Event()
    sealing = _sealing(settings, database, stop_sealing) if process.seals else None
    stop_forwarding = asyncio.Event()
    forwarding = _forwarding(settings, database, stop_forwarding) if process.jobs else None
    counting = asyncio.create_task(keep_counts(database), name="egress-counts")
    await _tell(database, events.ServiceStarted(process=_kind(process), version=__version__))
    try:
        yield
    finally:
        await exchanges.stop_all(patience=settings.chat.shutdown_seconds)
        await running.stop_all()
        if jobs is not None:
            await jobs.stop()
        await inference.stop()
        await asyncio.to_thread(reading_server.close)
        if traces is not None:
            await traces.stop()
        await outbound.close()
        counting.cancel()
        await asyncio.gather(counting, return_exceptions=True)
        await notifications.stop()
        await _tell(database, events.ServiceStopped(process=_kind(process)))
        if siblings is not None:
            await siblings.stop()
        stop_sealing.set()
        if sealing is not None:
            await sealing
        if forwarding is not None:
            stop_forwarding.set()
            await asyncio.wait({forwarding}, timeout=_LAST_FORWARD_SECONDS)
            forwarding.cancel()
            await asyncio.gather(forwarding, return_exceptions=True)
        await database.close()


def _tracing(settings: Settings, database: Database, outbound: Outbound) -> "Exporter | None":
    if settings.traces.endpoint is None and settings.traces.file is None:
        return None
    from chatelet.kernel.tracing import statements  # late: most installations trace nothing
    from chatelet.kernel.tracing.export import Exporter

    statements.watch(database.engine)
    exporter = Exporter(settings.traces, outbound)
    exporter.start()
    return exporter


def _sealing(settings: Settings, database: Database, stop: asyncio.Event) -> asyncio.Task[None] | None:
    """Seal the journal here, unless its key is held elsewhere."""
    key = sealing_key(settings.data_dir, settings.security.seal_key_file)
    if key is None:
        log.info("journal_sealed_elsewhere")
        return None
    folder = settings.data_dir / "journal"
    return asyncio.create_task(seal_forever(database, key, folder, stop=stop), name="journal-sealer")


def _forwarding(settings: Settings, database: Database, stop: asyncio.Event) -> asyncio.Task[None] | None:
    """Hand the journal to its collector, when one is set."""
    if settings.audit.forward.address is None:
        return None
    host = urlsplit(settings.address).hostname or ""
    return asyncio.create_task(
        forward_forever(database, settings.audit.forward, host, stop=stop), name="journal-forwarder"
    )


async def _tell(database: Database, event: "events.ServiceStarted | events.ServiceStopped") -> None:
    async with database.transaction() as session:
        await journal.record(session, event, actor=None)


def _kind(process: Process) -> Literal["serve", "worker"]:
    return "serve" if process.answers else "worker"
