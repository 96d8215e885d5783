"""Starts and stops the embedded PostgreSQL of one data folder; synchronous, for the main thread before its event loop.

Start:  folder → lock → account → programs → version → survivors → passwords → initdb (once) → server → roles
Stop:   server (fast, then immediate) → folder of the socket → lock
"""

import atexit
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import URL

from chatelet.kernel.embedded import postmaster, roles
from chatelet.kernel.embedded.account import Account, choose_account
from chatelet.kernel.embedded.binaries import Binaries, carried_binaries, reachable_binaries
from chatelet.kernel.embedded.cluster import (
    Cluster,
    close_socket_folder,
    open_cluster,
    open_log_folder,
    open_socket_folder,
)
from chatelet.kernel.embedded.errors import SnapshotFailed, storage_errors
from chatelet.kernel.embedded.initialisation import SUPERUSER, Secrets, check_version, initialise, load_secrets
from chatelet.kernel.embedded.lock import FolderLock, take_lock
from chatelet.kernel.embedded.snapshots import snapshot
from chatelet.kernel.embedded.survivors import stop_survivors

LOGS_KEPT = 10
CONNECTIONS = 60


@dataclass(frozen=True)
class EmbeddedAddresses:
    """SQLAlchemy addresses (asyncpg, over the Unix socket). They hold passwords: never to be logged."""

    owner_url: str  # owns the database, runs migrations
    application_url: str  # what the application uses


@dataclass(frozen=True)
class _Running:
    cluster: Cluster
    socket: Path
    process: subprocess.Popen[bytes]
    passwords: Secrets
    starter: int  # our pid: a forked child must not stop what is not its own
    launch: Callable[[], subprocess.Popen[bytes]]  # as it was launched

    def address(self, user: str, password: str) -> str:
        query = {"host": str(self.socket), "port": str(postmaster.PORT)}
        url = URL.create("postgresql+asyncpg", user, password, database=roles.DATABASE, query=query)
        return url.render_as_string(hide_password=False)

    def end(self) -> None:
        if self.starter == os.getpid():
            postmaster.stop(self.process)
            close_socket_folder(self.cluster, self.socket)


class EmbeddedPostgres:
    """The one supervisor of `data_dir`; keeps its things in `data_dir`/postgres and `data_dir`/snapshots."""

    def __init__(
        self, data_dir: Path, *, account: str | None = None, durable: bool = True, connections: int = CONNECTIONS
    ) -> None:
        self._data_dir = data_dir
        self._connections = connections
        self._account = account
        self._durable = durable
        self._lock: FolderLock | None = None
        self._running: _Running | None = None

    def start(self) -> EmbeddedAddresses:
        """Return when the database accepts connections. Raises an `EmbeddedError` that tells the remedy."""
        if not self.alive:
            self.stop()
            try:
                with storage_errors(self._data_dir):
                    self._bring_up()
            except BaseException:
                self.stop()
                raise
            atexit.register(self.stop)
        return self.addresses

    def stop(self) -> None:
        """Stop the server and free the folder. Harmless when nothing runs, and in a forked child."""
        atexit.unregister(self.stop)
        running, self._running = self._running, None
        if running is not None:
            running.end()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    @property
    def alive(self) -> bool:
        """Whether the server we started still runs."""
        return self._running is not None and self._running.process.poll() is None

    def clear_survivors(self) -> None:
        """End what a server that died left, before `revive`; it waits, and may be called from any thread."""
        if self._running is not None and not self.alive:
            stop_survivors(self._running.cluster)

    def revive(self) -> None:
        """Launch a server that died under us again, at the same addresses; from the main thread. It waits for nothing.

        The kernel stops it with the thread that launches it: another thread than the main one would end too soon.
        """
        if self._running is not None and not self.alive:
            self._running = replace(self._running, process=self._running.launch())

    @property
    def addresses(self) -> EmbeddedAddresses:
        """Where to connect, once started."""
        if self._running is None:
            raise RuntimeError("the embedded PostgreSQL is not started")
        passwords = self._running.passwords
        return EmbeddedAddresses(
            owner_url=self._running.address(roles.OWNER, passwords.chatelet_owner),
            application_url=self._running.address(roles.APPLICATION, passwords.chatelet_app),
        )

    def snapshot(self, label: str) -> Path:
        """Dump the whole database into `data_dir`/snapshots, as the superuser. The server must be started."""
        if self._running is None:
            raise SnapshotFailed(label=label, reason="the server is not started")
        url = self._running.address(SUPERUSER, self._running.passwords.postgres)
        return snapshot(url, self._data_dir / "snapshots", label)

    def _bring_up(self) -> None:
        cluster = open_cluster(self._data_dir.resolve())
        self._lock = take_lock(cluster)
        account = choose_account(self._account, cluster.data)
        binaries = reachable_binaries(carried_binaries(), account, cluster.folder)
        check_version(cluster, binaries)
        stop_survivors(cluster)
        passwords = load_secrets(cluster)
        initialise(cluster, binaries, account, passwords.postgres, durable=self._durable)
        self._serve(cluster, binaries, account, passwords)

    def _serve(self, cluster: Cluster, binaries: Binaries, account: Account, passwords: Secrets) -> None:
        open_log_folder(cluster, account, keep=LOGS_KEPT)
        socket = open_socket_folder(cluster, account)

        def launch() -> subprocess.Popen[bytes]:
            return postmaster.launch(
                cluster, binaries, account, socket, durable=self._durable, connections=self._connections
            )

        self._running = _Running(cluster, socket, launch(), passwords, os.getpid(), launch)
        postmaster.wait_ready(cluster, self._running.process)
        roles.provide(binaries, account, socket, passwords)
