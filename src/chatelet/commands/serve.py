"""`chatelet serve` and `chatelet worker`.

serve, one web process    this one: database, models, answers and jobs
serve --workers N         this one keeps the database and the models, and N others that answer (commands/workers)
"""

import argparse
import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Generator
from datetime import timedelta
from typing import Final
from uuid import UUID

from chatelet.commands.cleaning import DiskCleaner
from chatelet.commands.database import Addresses, database_reached, database_running, prepare
from chatelet.commands.endings import JournalEnding
from chatelet.commands.revival import Revival, announce
from chatelet.commands.running import importing
from chatelet.conversations import service as conversations
from chatelet.identity.installation import ensure_installation_secret
from chatelet.identity.single_sign_on.provider_sessions import end_local_ones
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import configure_logs
from chatelet.policy.levels import service as levels
from chatelet.settings import Settings, load_settings

_NOBODY: Final = UUID(int=0)


def run(arguments: argparse.Namespace) -> int:
    """Start everything; return when asked to stop."""
    settings = load_settings()
    if arguments.workers is not None:
        settings = settings.model_copy(update={"workers": arguments.workers})
    configure_logs(settings.log_format, settings.log_level)
    listening: socket.socket | None = None
    if settings.port == 0 or settings.workers > 1:  # taken now: links that are sent name it, and workers share it
        try:
            listening = _listening(settings)
        except OSError as error:
            print(f"chatelet: {settings.host}:{settings.port} cannot be listened on: {error}", file=sys.stderr)
            return 1
        settings = settings.model_copy(update={"port": listening.getsockname()[1]})
    with _stopping_on_terminate(), database_running(settings) as addresses:
        prepare(settings, addresses)
        secret = asyncio.run(_before_serving(settings, addresses))
        if listening is not None and settings.workers > 1:
            from chatelet.commands.workers.supervisor import supervise  # late: what answers is not imported here

            return supervise(settings, addresses, listening, secret)
        return _serve_alone(settings, addresses, listening, secret)


def _serve_alone(settings: Settings, addresses: Addresses, listening: socket.socket | None, secret: str | None) -> int:
    with importing():
        from chatelet.app import Process, build_app  # late, with uvicorn: a parent of workers does without
        from chatelet.commands.web import WebServer

    app = build_app(settings, addresses.application, Process(alone=addresses.embedded))
    revival, ending = Revival(addresses.server), JournalEnding(settings, addresses)
    cleaner = DiskCleaner(settings, addresses)

    async def look() -> None:
        await revival.look()
        ending.look()
        cleaner.look()

    server = WebServer(app, settings, on_started=lambda: announce(settings, secret), look=look)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has ended in order
        server.run(sockets=None if listening is None else [listening])
    return 0 if server.started else 1


def run_worker(_arguments: argparse.Namespace) -> int:
    """Run jobs beside other processes of the installation, until asked to stop."""
    with importing():
        from chatelet.app import Process, build_app

    settings = load_settings()
    configure_logs(settings.log_format, settings.log_level)
    with database_reached(settings) as address:
        app = build_app(settings, address, Process(answers=False, alone=False))

        async def work() -> None:
            stop = asyncio.Event()
            for name in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(name, stop.set)
            async with app.router.lifespan_context(app):
                await stop.wait()

        asyncio.run(work())
    return 0


async def _before_serving(settings: Settings, addresses: Addresses) -> str | None:
    """Refuse a wrong key or the loss of a level in use, end sessions of a way closed since.

    Returns the one-time secret without administrator.
    """
    keyring = Keyring(load_key(settings.security.key_file, settings.data_dir, KEY_NAME))
    database = Database(addresses.application, pool_size=2, ca_file=settings.database.ca_file)
    try:
        await conversations.check_keyring(database, keyring)
        if settings.workers > 1 and addresses.embedded:
            await _end_orphans(database, keyring, settings)
        async with database.transaction() as session:
            await levels.keep(session, settings.policy.levels)
            if not settings.security.local_sign_in:
                await end_local_ones(session)
            return await ensure_installation_secret(session)
    finally:
        await database.close()


async def _end_orphans(database: Database, keyring: Keyring, settings: Settings) -> None:
    """Close every turn still said to run: no worker has started, and the database is ours alone."""
    from chatelet.chat.reaping import reap

    while await reap(database, keyring, settings.policy, stale=timedelta(0), not_of=_NOBODY):
        pass


def _listening(settings: Settings) -> socket.socket:
    """Take the port now, and listen: who comes early waits."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=2_048)


@contextlib.contextmanager
def _stopping_on_terminate() -> Generator[None]:
    """Turn SIGTERM into an orderly end before uvicorn takes over the signals."""

    def end(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
