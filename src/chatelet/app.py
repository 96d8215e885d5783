"""Composition root: settings → database, keys, models, turns, jobs → routers → lifespan. Wired here, nowhere else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from fastapi import FastAPI

from chatelet import __version__
from chatelet.audit import events, journal
from chatelet.audit.keys import sealing_key
from chatelet.audit.sealer import seal_forever
from chatelet.chat import api as chat_api
from chatelet.chat import tasks as chat_tasks
from chatelet.chat.prompt import system_message
from chatelet.chat.running import STOP_CHANNEL, RunningTurns
from chatelet.chat.services import ChatServices
from chatelet.conversations import api as conversations_api
from chatelet.conversations import tasks as conversations_tasks
from chatelet.identity import admin as identity_admin
from chatelet.identity import api as identity_api
from chatelet.identity import service as identity
from chatelet.identity.imports import admin as imports_admin
from chatelet.identity.principal import LANGUAGES
from chatelet.identity.roles import admin as roles_admin
from chatelet.identity.scim import admin as scim_admin
from chatelet.identity.scim import api as scim_api
from chatelet.identity.sessions import REVOKED_CHANNEL
from chatelet.identity.units import admin as units_admin
from chatelet.inference import admin as inference_admin
from chatelet.inference import api as inference_api
from chatelet.inference.registry import REGISTRY_CHANNEL
from chatelet.inference.service import Inference
from chatelet.kernel import health
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.http import Edge, install_error_handlers
from chatelet.kernel.jobs import Jobs
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import get_logger
from chatelet.kernel.notifications import Notifications
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.static import WebPage
from chatelet.settings import Settings

_BODY_LIMITS = {
    conversations_api.IMPORT_PATH: 256 * 1024 * 1024,
    imports_admin.UNITS_PATH: imports_admin.LARGEST,
    imports_admin.PERSONS_PATH: imports_admin.LARGEST,
}
_ROUTES = (
    identity_api, identity_admin, units_admin, roles_admin, scim_api, scim_admin, imports_admin,
    inference_api, inference_admin, conversations_api, chat_api, health,
)  # fmt: skip
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Process:
    """What this process does. A small installation has one, which does everything; `alone` says so."""

    answers: bool = True
    jobs: bool = True
    seals: bool = True
    alone: bool = True


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
    scim_api.install_scim_errors(app)
    for module in _ROUTES:
        app.include_router(module.router)
    app.mount("/", WebPage())
    app.add_middleware(Edge, address=settings.address, body_limits=_BODY_LIMITS)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI, settings: Settings, address: str, process: Process) -> AsyncGenerator[None]:
    database = Database(address, pool_size=settings.database.pool_size, ca_file=settings.database.ca_file)
    keyring = Keyring(load_key(settings.security.key_file, settings.data_dir, KEY_NAME))
    outbound = Outbound(user_agent=f"chatelet/{__version__}")
    inference = Inference(settings, database, keyring, outbound, runs_embedded=process.answers)
    running = RunningTurns(database, keyring, settings.chat)
    chat = ChatServices(
        database=database, keyring=keyring, settings=settings, running=running, gateway=inference.gateway
    )
    app.state.database, app.state.keyring, app.state.settings = database, keyring, settings
    app.state.inference, app.state.chat = inference, chat

    notifications = Notifications(database.connect)
    notifications.subscribe(STOP_CHANNEL, running.on_stop)
    notifications.subscribe(REVOKED_CHANNEL, running.on_revoked)
    notifications.subscribe_async(REGISTRY_CHANNEL, inference.on_notification)
    await notifications.start()
    await inference.start()
    await inference.warm(*((system_message(language, settings.institution_name),) for language in LANGUAGES))
    await running.start(alone=process.alone)
    jobs = _jobs(chat) if process.jobs else None
    if jobs is not None:
        jobs.start()
    stop_sealing = asyncio.Event()
    sealing = _sealing(settings, database, stop_sealing) if process.seals else None
    await _tell(database, events.ServiceStarted(process=_kind(process), version=__version__))
    try:
        yield
    finally:
        await running.stop_all()
        if jobs is not None:
            await jobs.stop()
        await inference.stop()
        await outbound.close()
        await notifications.stop()
        await _tell(database, events.ServiceStopped(process=_kind(process)))
        stop_sealing.set()
        if sealing is not None:
            await sealing
        await database.close()


def _jobs(chat: ChatServices) -> Jobs:
    """Return the jobs and routines of an installation."""
    jobs = Jobs(chat.database.connect)
    undo = timedelta(seconds=chat.settings.chat.undo_seconds)

    async def purge_deleted() -> None:
        await conversations_tasks.purge_deleted(chat.database, undo)

    async def purge_sessions() -> None:
        async with chat.database.transaction() as session:
            await identity.purge_expired(session)

    jobs.handle(chat_tasks.TITLE, lambda payload: chat_tasks.title(chat, payload))
    jobs.handle(chat_tasks.SUMMARY, lambda payload: chat_tasks.summarise(chat, payload))
    jobs.every("* * * * *", "purge_deleted", purge_deleted)
    jobs.every("17 3 * * *", "prepare_partitions", lambda: conversations_tasks.prepare_partitions(chat.database))
    jobs.every("23 * * * *", "purge_sessions", purge_sessions)
    return jobs


def _sealing(settings: Settings, database: Database, stop: asyncio.Event) -> asyncio.Task[None] | None:
    """Seal the journal here, unless its key is held elsewhere."""
    key = sealing_key(settings.data_dir, settings.security.seal_key_file)
    if key is None:
        log.info("journal_sealed_elsewhere")
        return None
    folder = settings.data_dir / "journal"
    return asyncio.create_task(seal_forever(database, key, folder, stop=stop), name="journal-sealer")


async def _tell(database: Database, event: "events.ServiceStarted | events.ServiceStopped") -> None:
    async with database.transaction() as session:
        await journal.record(session, event, actor=None)


def _kind(process: Process) -> Literal["serve", "worker"]:
    return "serve" if process.answers else "worker"
