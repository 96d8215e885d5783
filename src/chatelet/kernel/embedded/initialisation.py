"""The birth of a cluster, once: its passwords and its `initdb`; and the refusal of data of another major version."""

import json
import os
import secrets
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from chatelet.kernel.embedded.account import Account
from chatelet.kernel.embedded.binaries import Binaries
from chatelet.kernel.embedded.cluster import Cluster, write_private
from chatelet.kernel.embedded.errors import DatabaseSecretsMissing, DatabaseVersionMismatch, failed_step

SUPERUSER = "postgres"
_HBA = "local all all scram-sha-256\n"
# pg_trgm still asks the C library what a letter is: with LC_CTYPE=C it drops every accented one. Collation is builtin.
_CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "C")
_BUILDING = "building-"
_UNKNOWN_LOCALE = "invalid locale name"


@dataclass(frozen=True)
class Secrets:
    """Passwords of the three roles, in characters that need no quoting anywhere."""

    postgres: str
    chatelet_owner: str
    chatelet_app: str


def check_version(cluster: Cluster, binaries: Binaries) -> None:
    """Refuse data that these programs cannot read."""
    if not cluster.data.is_dir():
        return
    mark = cluster.data / "PG_VERSION"
    written = mark.read_text().strip() if mark.is_file() else "unknown"
    if written != binaries.major:
        raise DatabaseVersionMismatch(folder=str(cluster.data), data_version=written, binaries_version=binaries.major)


def load_secrets(cluster: Cluster) -> Secrets:
    """Read the passwords; draw and store them as long as there is no cluster."""
    if not cluster.data.is_dir():
        drawn = Secrets(*(secrets.token_urlsafe(32) for _ in range(3)))
        write_private(cluster.secrets, json.dumps(asdict(drawn), indent=2) + "\n")
        return drawn
    try:
        return Secrets(**json.loads(cluster.secrets.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        raise DatabaseSecretsMissing(file=str(cluster.secrets)) from None


def initialise(cluster: Cluster, binaries: Binaries, account: Account, superuser: str, *, durable: bool) -> None:
    """Make the cluster if it is not there, aside, renamed at the end: nothing half made is ever used.

    Aside under a new name each time: an initdb whose supervisor was killed may still be writing in the last one, so
    what it left is swept at every start.
    """
    write_private(cluster.hba, _HBA, reader=account)
    for abandoned in cluster.folder.glob(f"{_BUILDING}*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    if cluster.data.is_dir():
        return
    password = cluster.folder / "initdb.password"
    write_private(password, superuser, reader=account)
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=cluster.folder))
    try:
        _run_initdb(building, binaries, account, password, durable=durable)
        building.rename(cluster.data)
    finally:
        password.unlink()
        shutil.rmtree(building, ignore_errors=True)
    _sync_folder(cluster.folder)


def _run_initdb(building: Path, binaries: Binaries, account: Account, password: Path, *, durable: bool) -> None:
    """Run initdb with the first character type that this system knows; it empties the folder when it fails."""
    account.give(building)
    said = ""
    for character_type in _CHARACTER_TYPES:
        command = [
            binaries.program("initdb"),
            f"--pgdata={building}",
            f"--username={SUPERUSER}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={character_type}",
            "--data-checksums",
            "--no-instructions",
        ]
        made = account.run(command if durable else [*command, "--no-sync"], timeout=600)
        if made.returncode == 0:
            return
        said = made.stdout.strip()
        if _UNKNOWN_LOCALE not in said:
            break
    raise failed_step("initdb", building.parent, said)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
