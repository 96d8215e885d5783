"""The places of one embedded cluster under `<data folder>/postgres/`, and who owns each.

`postgres/` and the files we write in it belong to us; only `data/`, `log/` and the folder of the socket belong to the
account of PostgreSQL. So nothing that account does (symbolic links included) can make us, when root, write elsewhere.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from chatelet.kernel.embedded.account import Account, account_of
from chatelet.kernel.embedded.errors import DataFolderForeign

SOCKET_NAME = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 100  # bytes; sun_path is 108 on Linux, 104 on macOS
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")


@dataclass(frozen=True)
class Cluster:
    """Where things are. `startup_log` is what PostgreSQL says before its own log opens: ours, so not in `log/`."""

    folder: Path
    data: Path
    log: Path
    socket: Path
    startup_log: Path
    hba: Path
    secrets: Path
    lock: Path


def cluster_in(folder: Path) -> Cluster:
    """Name the places under `folder`, without touching the disk."""
    return Cluster(
        folder=folder,
        data=folder / "data",
        log=folder / "log",
        socket=folder / "socket",
        startup_log=folder / "startup.log",
        hba=folder / "pg_hba.conf",
        secrets=folder / "secrets.json",
        lock=folder / "supervisor.lock",
    )


def open_cluster(data_dir: Path) -> Cluster:
    """Make `data_dir`/postgres. When root, other accounts may pass through what we make (0711), never list it."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    for missing in reversed([step for step in (data_dir, *data_dir.parents) if not step.exists()]):
        missing.mkdir()
        missing.chmod(mode)
    (data_dir / "postgres").mkdir(exist_ok=True)
    folder = (data_dir / "postgres").resolve()
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        names = [account_of(uid, uid).name for uid in (owner, os.geteuid())]
        raise DataFolderForeign(folder=str(folder), owner=names[0], account=names[1])
    folder.chmod(mode)
    return cluster_in(folder)


def open_log_folder(cluster: Cluster, account: Account, *, keep: int) -> None:
    """Make the folder of the log. PostgreSQL opens a new file at each start and each 5 MB; here the oldest go."""
    make_private_folder(cluster.log, account)
    for old in sorted(cluster.log.glob("*.log"), reverse=True)[keep:]:
        old.unlink()


def open_socket_folder(cluster: Cluster, account: Account) -> Path:
    """Make the folder of the socket: beside the data, or a short temporary one when that path is too long, or odd."""
    path = str(cluster.socket / SOCKET_NAME)
    if len(path.encode()) <= _LONGEST_SOCKET_PATH and set(path) <= _PLAIN:
        make_private_folder(cluster.socket, account)
        return cluster.socket
    temporary = Path(tempfile.mkdtemp(prefix="chatelet-"))  # 0700, under a name that nobody can guess
    account.give(temporary)
    return temporary


def close_socket_folder(cluster: Cluster, socket: Path) -> None:
    """Remove the folder of the socket when it was a temporary one."""
    if socket != cluster.socket:
        shutil.rmtree(socket, ignore_errors=True)


def last_words(cluster: Cluster, lines: int = 15) -> str:
    """Read the end of PostgreSQL's log, for an error message."""
    files = [cluster.startup_log, *sorted(cluster.log.glob("*.log"))[-1:]]
    said = "\n".join(file.read_text(errors="replace") for file in files if file.is_file())
    return "\n".join(said.strip().splitlines()[-lines:])


def make_private_folder(folder: Path, account: Account) -> None:
    """Make a folder that `account` alone may enter."""
    folder.mkdir(exist_ok=True)
    account.give(folder)
    folder.chmod(0o700)


def write_private(path: Path, text: str, *, reader: Account | None = None) -> None:
    """Write a 0600 file, owned by us or by `reader`, through a temporary one: `path` is whole or absent."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if reader is not None:
        reader.give(partial)
    partial.rename(path)
