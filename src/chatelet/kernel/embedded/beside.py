"""The embedded server that another process of ours runs, or does not, for commands used beside it. Starts nothing."""

import fcntl
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from chatelet.kernel.embedded import roles
from chatelet.kernel.embedded.cluster import Cluster, cluster_in
from chatelet.kernel.embedded.lock import take_lock
from chatelet.kernel.embedded.postmaster import PORT
from chatelet.kernel.embedded.survivors import stop_survivors

_SOCKET_LINE = 4  # of postmaster.pid, counted from 0


def application_address(data_dir: Path) -> str | None:
    """Return the application's address of the server of `data_dir`; None when no supervisor holds the folder."""
    return _address(data_dir, roles.APPLICATION)


def owner_address(data_dir: Path) -> str | None:
    """Return the address of the role that owns the tables, likewise."""
    return _address(data_dir, roles.OWNER)


def _address(data_dir: Path, role: str) -> str | None:
    cluster = cluster_in(data_dir.resolve() / "postgres")
    if not _is_held(cluster):
        return None
    try:
        socket = (cluster.data / "postmaster.pid").read_text().splitlines()[_SOCKET_LINE]
        password = json.loads(cluster.secrets.read_text())[role]
    except (OSError, ValueError, LookupError):
        return None
    query = {"host": socket, "port": str(PORT)}
    url = URL.create("postgresql+asyncpg", role, password, database=roles.DATABASE, query=query)
    return url.render_as_string(hide_password=False)


@contextmanager
def folder_held(data_dir: Path) -> Generator[None]:
    """Keep every supervisor from a data folder, a server that outlived its own ended. Raises `DataFolderInUse`.

    Nothing to hold is no failure, nor is a folder that cannot be written: nobody serves from there.
    """
    cluster = cluster_in((data_dir / "postgres").resolve())
    if not cluster.folder.is_dir():
        yield
        return
    try:
        lock = take_lock(cluster)
    except OSError:
        yield
        return
    try:
        stop_survivors(cluster)
        yield
    finally:
        lock.release()


def _is_held(cluster: Cluster) -> bool:
    try:
        handle = os.open(cluster.lock, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
