"""`chatelet serve` and `chatelet worker`."""

import argparse
import asyncio
import contextlib
import gc
import signal
import socket
import sys
import time
from typing import Final

import uvicorn

from chatelet.app import Process, build_app
from chatelet.commands.database import Addresses, database_reached, database_running, prepare
from chatelet.commands.patience import Patience
from chatelet.conversations import service as conversations
from chatelet.identity.installation import ensure_installation_secret
from chatelet.identity.single_sign_on.provider_sessions import end_local_ones
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.errors import EmbeddedError
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import configure_logs, get_logger
from chatelet.policy.levels import service as levels
from chatelet.settings import Settings, load_settings

_BETWEEN_REVIVALS: Final = 2.0
log = get_logger(__name__)


class AnnouncingServer(uvicorn.Server):
    """Says where it listens once it does, with the one-time link while there is no administrator."""

    def __init__(
        self, config: uvicorn.Config, settings: Settings, secret: str | None, database: EmbeddedPostgres | None
    ) -> None:
        super().__init__(config)
        self._settings = settings
        self._secret = secret
        self._database = database
        self._revived_at = 0.0
        self._patience = Patience()

    async def on_tick(self, counter: int) -> bool:
        """Look, ten times a second, whether the embedded database still runs; have it back when it died."""
        self._patience.look(self.server_state.connections)
        if self._database is not None and not self._database.alive:
            await self._revive(self._database)
        return await super().on_tick(counter)

    async def _revive(self, database: EmbeddedPostgres) -> None:
        if time.monotonic() < self._revived_at + _BETWEEN_REVIVALS:
            return
        self._revived_at = time.monotonic()
        log.error("database_died")
        try:
            await asyncio.to_thread(database.clear_survivors)
            database.revive()  # from the main thread, which this loop has
        except EmbeddedError as error:
            log.exception("database_not_revived", **error.params)

    async def startup(self, sockets: "list[object] | None" = None) -> None:  # type: ignore[override]
        """Start, then speak."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if not self.started:
            return
        gc.collect()
        gc.freeze()  # what serves as long as the process is not looked at again: it cost 0.1 s at each full collection
        address = self._settings.address
        print(f"\n  {self._settings.institution_name} → {address}\n", file=sys.stderr)
        if self._secret:
            print(
                "  No administrator yet. Open this link once to become the first one:\n"
                f"  {address}/#/install?secret={self._secret}\n",
                file=sys.stderr,
            )
        sys.stderr.flush()


def run(_arguments: argparse.Namespace) -> int:
    """Start everything; return when asked to stop."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.log_level)
    listening: list[socket.socket] | None = None
    if settings.port == 0:  # taken now: links that are sent name it
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listening = [socket.create_server((settings.host, 0), family=family)]
        settings = settings.model_copy(update={"port": listening[0].getsockname()[1]})
    with _stopping_on_terminate(), database_running(settings) as addresses:
        prepare(settings, addresses)
        secret = asyncio.run(_before_serving(settings, addresses))
        app = build_app(settings, addresses.application, Process(alone=addresses.embedded))
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            server_header=False,
            date_header=False,
            proxy_headers=bool(settings.security.trusted_proxies),
            forwarded_allow_ips=list(settings.security.trusted_proxies),
            timeout_graceful_shutdown=settings.chat.shutdown_seconds,
            h11_max_incomplete_event_size=64 * 1024,
        )
        server = AnnouncingServer(config, settings, secret, addresses.server)
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has ended in order
            server.run(sockets=listening)
    return 0 if server.started else 1


def run_worker(_arguments: argparse.Namespace) -> int:
    """Run jobs beside other processes of the installation, until asked to stop."""
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
        async with database.transaction() as session:
            await levels.keep(session, settings.policy.levels)
            if not settings.security.local_sign_in:
                await end_local_ones(session)
            return await ensure_installation_secret(session)
    finally:
        await database.close()


@contextlib.contextmanager
def _stopping_on_terminate():  # type: ignore[no-untyped-def]
    """Turn SIGTERM into an orderly end before uvicorn takes over the signals."""

    def end(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
