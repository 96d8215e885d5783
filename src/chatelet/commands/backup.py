"""`chatelet backup …` and `chatelet restore`: make, list, verify, prune, restore; carry the keys apart."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import make_url

from chatelet.audit import events, journal
from chatelet.backups import keys, last, pruning, restoring, verifying
from chatelet.backups.backup_set import BackupSet, name_of, open_set
from chatelet.backups.errors import InstallationNotEmpty
from chatelet.backups.making import Made
from chatelet.backups.making import make as make_backup
from chatelet.backups.place import place_at
from chatelet.backups.restoring import Restored, Wanted
from chatelet.commands.database import database_reached, database_running, mark, marker
from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.embedded import snapshots
from chatelet.kernel.keys import KEY_NAME
from chatelet.kernel.logs import configure_logs
from chatelet.migrations import runner
from chatelet.settings import Settings, load_settings


def make(arguments: argparse.Namespace) -> int:
    """Make a backup, beside a running service or not."""
    settings = _settings()
    place, kind = place_at(arguments.to, settings), "ledger" if arguments.ledger_only else "whole"
    with database_reached(settings) as address:

        async def run() -> int:
            database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
            try:
                done = await make_backup(settings, database, place, incremental=arguments.incremental, kind=kind)
            finally:
                await database.close()
            _tell_made(settings, done)
            return 0

        return asyncio.run(run())


def show(arguments: argparse.Namespace) -> int:
    """List the backups of a place."""

    async def work(backup: BackupSet) -> int:
        for one in await backup.manifests(await backup.trusted(None)):
            print(f"{name_of(one)}  {one.kind}  {one.schema}  {one.rows} rows  {one.blobs.lines} blobs")
        return 0

    return _with_set(arguments, work)


def verify(arguments: argparse.Namespace) -> int:
    """Read a whole backup: signature, every piece, every blob."""

    async def work(backup: BackupSet) -> int:
        key = Path(arguments.public_key) if arguments.public_key else None
        done = await verifying.verify(backup, arguments.backup, key)
        whose = "the public key given" if done.foreign_key else "the public keys sealed in the set"
        print(f"{name_of(done.manifest)}: whole. {done.pieces} pieces, {done.blobs} blobs; signed, by {whose}.")
        return 0

    return _with_set(arguments, work)


def prune(arguments: argparse.Namespace) -> int:
    """Remove backups and snapshots older than --keep-days; the newest backup stays whatever its age."""
    settings = _settings()
    days = settings.privacy.backup_days if arguments.keep_days is None else arguments.keep_days
    place = place_at(arguments.source, settings, must_exist=True)

    async def run() -> pruning.Pruned:
        async with place.claimed():
            return await pruning.prune(await open_set(place, keys.wrapping_key(settings)), days)

    gate.install_for(settings.egress)
    done = asyncio.run(run())
    last.note_pruned(settings)
    if done.backups:
        with database_reached(settings, as_it_is=True) as address:
            asyncio.run(_tell_pruned(settings, address, done, days))
    snapshots.forget(settings.data_dir / "snapshots", days)
    print(f"{len(done.backups)} backups removed, {done.pieces} pieces and {done.blobs} blobs that no other needs.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Restore into an empty installation."""
    settings = _settings()
    if marker(settings).exists():
        raise InstallationNotEmpty(what="data_folder", folder=str(settings.data_dir))
    wanted = Wanted(
        backup=arguments.backup,
        public_key=Path(arguments.public_key) if arguments.public_key else None,
        accept_unknown=arguments.accept_unknown_erasures,
    )
    wrapping = keys.wrapping_key(settings)
    place = place_at(arguments.source, settings, must_exist=True)
    with database_running(settings) as addresses:

        async def run() -> Restored:
            owner = Database(addresses.owner, pool_size=2, ca_file=settings.database.ca_file)
            try:
                backup = await open_set(place, wrapping)
                role = make_url(addresses.application).username or ""
                return await restoring.restore(settings, owner, role, backup, wanted)
            finally:
                await owner.close()

        done = asyncio.run(run())
    mark(settings, runner.head())
    _tell_restored(done)
    return 0


def export_keys(arguments: argparse.Namespace) -> int:
    """Write the installation's keys to a file, sealed under a passphrase read from standard input."""
    settings = _settings()
    sealed = keys.export_keys(settings, _passphrase())
    path = Path(arguments.file)
    if path.exists():
        print("chatelet: this file exists, nothing was changed.", file=sys.stderr)
        return 2
    path.touch(mode=0o600)
    path.write_bytes(sealed)
    print(f"Keys written to {path}, fingerprint {keys.fingerprint(settings)}. Keep it elsewhere than the backups.")
    return 0


def import_keys(arguments: argparse.Namespace) -> int:
    """Put back the keys of a file that `export-keys` wrote."""
    settings = _settings()
    for path in keys.import_keys(settings, Path(arguments.file).read_bytes(), _passphrase()):
        print(f"Written: {path}")
    print(f"Fingerprint {keys.fingerprint(settings)}.")
    return 0


def _tell_made(settings: Settings, done: Made) -> None:
    made, counted = done.manifest, f"{done.sent} sent, {done.kept} there already"
    print(f"{name_of(made)}: {made.rows} rows, {made.blobs.lines} blobs; {counted}.")
    if made.missing:
        print(f"  {made.missing} files had lost their blobs before this backup.", file=sys.stderr)
    path = settings.security.key_file or settings.data_dir / "keys" / KEY_NAME
    print(f"  Not in it: the key-encryption key ({path}, fingerprint {keys.fingerprint(settings)}).")
    print("  Without that key nothing of it can be read: keep it apart (`chatelet backup export-keys FILE`).")


async def _tell_pruned(settings: Settings, address: str, done: pruning.Pruned, days: int) -> None:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            told = [events.BackupsPruned(backup_id=one.id, kept_days=days) for one in done.backups]
            await journal.record_all(session, told, actor=None)
    finally:
        await database.close()


def _tell_restored(done: Restored) -> None:
    again, found, ledger = done.replayed, done.manifest, done.ledger
    print(f"Restored {name_of(found)}: {found.rows} rows, {done.blobs} blobs; schema {found.schema} → {runner.head()}.")
    print(
        f"  Destroyed again, as they had been since: {again.persons} persons, {again.conversations} conversations, "
        f"{again.documents} documents, {again.files} files."
    )
    print(f"  Destructions are known until {ledger.made_at:%Y-%m-%d %H:%M} UTC, when {name_of(ledger)} was made.")
    print("  What was erased after that instant is here again, and nothing here can tell: erase it again.")
    if ledger.ledger_since > found.made_at:
        print(f"  Nor is anything known of what was destroyed before {ledger.ledger_since:%Y-%m-%d}.")
    for name in sorted(done.left_out):
        print(f"  Left out: {name}, for want of a PostgreSQL extension that the backed up database had.")
    if done.indexing:
        print(f"  {done.indexing} documents will be indexed again by the service.")
    print("  Every session is ended: people sign in again. Now: chatelet check && chatelet audit verify")


def _with_set(arguments: argparse.Namespace, work: Callable[[BackupSet], Awaitable[int]]) -> int:
    settings = _settings()
    gate.install_for(settings.egress)
    place = place_at(arguments.source, settings, must_exist=True)

    async def run() -> int:
        return await work(await open_set(place, keys.wrapping_key(settings)))

    return asyncio.run(run())


def _passphrase() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _settings() -> Settings:
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    return settings
