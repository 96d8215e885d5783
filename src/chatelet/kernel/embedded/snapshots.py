"""Snapshots of a database by `pg_dump`, taken before each migration; the newest five are kept, as long as backups.

The newest is kept for a week at least: it is what a migration that went wrong is undone with.
Read back with `pg_restore --dbname=… file`.
"""

import os
import re
import shutil
import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from chatelet.kernel.addresses import tls_mode
from chatelet.kernel.clock import jump, now
from chatelet.kernel.embedded.account import ENVIRONMENT
from chatelet.kernel.embedded.binaries import carried_binaries
from chatelet.kernel.embedded.errors import FULL_DISK_WORDS, DataFolderFull, SnapshotFailed, storage_errors

KEPT = 5
_SUFFIX = ".dump"
_NEWEST_KEPT = timedelta(days=7)
_JUMP = timedelta(hours=12)  # what a wrong date destroys does not come back
_ABANDONED = timedelta(days=1)  # a dump takes less


def snapshot(url: str, folder: Path, label: str, ca_file: Path | None = None) -> Path:
    """Dump the database of `url` (any SQLAlchemy address, embedded or not) into `folder`, whole or not at all.

    The file is `<UTC time>-<label>.dump`, in PostgreSQL's custom format, readable by us only.
    """
    safe_label = re.sub(r"[^A-Za-z0-9._]+", "-", label).strip("-.") or "snapshot"
    target = folder / f"{now():%Y%m%dT%H%M%S.%fZ}-{safe_label}{_SUFFIX}"
    partial = folder / f".{target.name}.partial"
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for abandoned in folder.glob(".*.partial"):
            abandoned.unlink()
        try:
            _dump(url, ca_file, partial, label)
            partial.rename(target)
        finally:
            partial.unlink(missing_ok=True)
        for old in sorted(folder.glob(f"*{_SUFFIX}"), reverse=True)[KEPT:]:
            old.unlink()
    return target


def forget(folder: Path, days: int) -> int:
    """Remove the snapshots older than so many days, which hold what was deleted since; return how many.

    Those that were never ended go too. Nothing goes once the clock jumped.
    """
    if jump() > _JUMP:
        return 0
    whole = sorted(((_age(one), one) for one in folder.glob(f"[!.]*{_SUFFIX}")), key=lambda known: known[0])
    old = [
        one
        for rank, (age, one) in enumerate(whole)
        if age > (timedelta(days=days) if rank else max(timedelta(days=days), _NEWEST_KEPT))
    ]
    partial = [one for one in folder.glob(".*.partial") if _age(one) > _ABANDONED]
    for one in old + partial:
        one.unlink(missing_ok=True)
    return len(old)


def _age(path: Path) -> timedelta:
    """Return how long ago a file was last written; none at all for one that left meanwhile."""
    try:
        written = path.stat().st_mtime
    except FileNotFoundError:
        return timedelta(0)
    return timedelta(seconds=now().timestamp() - written)


def _dump(address: str, ca_file: Path | None, partial: Path, label: str) -> None:
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        done = subprocess.run(  # noqa: S603  # our own program or the system's, constant arguments
            [_program(address), "--format=custom", "--no-password"],
            env={**ENVIRONMENT, **_environment(address, ca_file)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.fsync(file.fileno())
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip()
        if FULL_DISK_WORDS in reason:
            raise DataFolderFull(folder=str(partial.parent))
        raise SnapshotFailed(label=label, reason=reason[-600:] or f"exit code {done.returncode}")


def _program(address: str) -> str:
    """Return the `pg_dump` that we carry, or the system's where TLS is wanted: ours was built without it.

    Without one, ours is asked all the same: it refuses rather than speak in clear, and its refusal is told.
    """
    carried = str(carried_binaries().program("pg_dump"))
    if tls_mode(address) in {None, "disable", "allow", "prefer"}:
        return carried
    return shutil.which("pg_dump") or carried


def _environment(address: str, ca_file: Path | None) -> dict[str, str]:
    """Translate an address into libpq's variables."""
    url = make_url(address)
    query = {name: value if isinstance(value, str) else value[0] for name, value in url.query.items()}
    root = ca_file or query.get("sslrootcert") or ssl.get_default_verify_paths().cafile
    wanted = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": str(url.port or query.get("port") or 5432),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("ssl") or tls_mode(address),
        "PGSSLROOTCERT": str(root) if root else None,
    }
    return {name: value for name, value in wanted.items() if value}
