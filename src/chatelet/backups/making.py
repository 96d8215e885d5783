"""Makes a backup: rows at one instant, then the blobs that they name, then the manifest, then a line in the journal.

    claim the place -> what is kept beside (the journal's head first: it may not be ahead of the rows) -> snapshot
    -> blobs -> what is absent, looked at again -> manifest, signed -> journal

Cut anywhere, it leaves pieces without a manifest: the next one uses them, pruning removes them.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from chatelet import __version__
from chatelet.audit import events, journal
from chatelet.audit.sealer import HEAD_FILE, PUBLIC_KEYS_FILE
from chatelet.backups import blobs, last, snapshot
from chatelet.backups.backup_set import BackupSet, open_or_make
from chatelet.backups.blobs import Copied, Entry
from chatelet.backups.keys import wrapping_key
from chatelet.backups.manifest import Kind, Manifest, Stream
from chatelet.backups.place import Place
from chatelet.documents.files import service as files
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.storage import Storage
from chatelet.privacy.certificates.service import signing_key
from chatelet.privacy.destroyed.ledger import remembers_since
from chatelet.settings import Settings

# Small files of the data folder that rows need to be verified; never a private key.
KEPT: Final = (
    f"journal/{HEAD_FILE}",
    f"journal/{PUBLIC_KEYS_FILE}",
    f"certificates/{PUBLIC_KEYS_FILE}",
)
LEDGER: Final = "destroyed"


@dataclass(frozen=True, slots=True)
class Made:
    """What was done."""

    manifest: Manifest
    sent: int
    kept: int


async def make(
    settings: Settings, database: Database, place: Place, *, incremental: bool, kind: Kind = "whole"
) -> Made:
    """Make a backup, or (`ledger`) only say again what was destroyed: seconds, to be run often."""
    wrapping = await asyncio.to_thread(wrapping_key, settings)
    signing = await asyncio.to_thread(signing_key, settings)
    async with place.claimed():
        backup = await open_or_make(place, wrapping)
        before: dict[str, Entry] = {}
        if incremental or kind == "ledger":
            await backup.look_around()
            before = await _index_before(backup) if kind == "whole" else {}
        made = await _gather(settings, database, backup, before, kind)
        await backup.write(made, signing)
    await _tell(database, made, backup)
    if kind == "whole":
        await asyncio.to_thread(last.write, settings, made)
    return Made(made, backup.sent, backup.kept)


async def _gather(
    settings: Settings, database: Database, backup: BackupSet, before: dict[str, Entry], kind: Kind
) -> Manifest:
    kept = {name: await backup.add_piece(data) for name, data in (await asyncio.to_thread(_kept, settings)).items()}
    async with snapshot.taken(database) as view:
        moment = clock.now()
        schema = await view.schema()
        partitions, sequences = await view.partitions(), await view.sequences()
        named = await view.files() if kind == "whole" else {}
        tables = await view.tables(backup.add_piece, LEDGER if kind == "ledger" else None)
    copied = Copied(Stream(lines=0, pieces=()), frozenset())
    if kind == "whole":
        storage = Storage(settings.storage, settings.data_dir)
        copied = await blobs.copy(storage, named, backup, before)
    return Manifest(
        id=uuid7(),
        set_id=backup.keys.id,
        kind=kind,
        installation=settings.institution_name,
        made_at=moment,
        ledger_since=remembers_since(moment, settings.privacy.backup_days),
        version=__version__,
        schema=schema,
        tables=tables,
        partitions=partitions,
        sequences=sequences,
        blobs=copied.index,
        missing=await _missing(database, copied.absent),
        kept=kept,
    )


async def _index_before(backup: BackupSet) -> dict[str, Entry]:
    """Return the index of the last backup: what it lists, unchanged since, is not read again."""
    found = [one for one in await backup.manifests(await backup.trusted(None)) if one.kind == "whole"]
    if not found:
        return {}
    return {entry.name: entry async for entry in blobs.entries(backup, found[-1].blobs)}


async def _missing(database: Database, absent: Collection[UUID]) -> int:
    """Count the files whose row is still there although their blobs are not: lost before this backup, not by it."""
    async with database.transaction() as session:
        return len(await files.existing(session, absent)) if absent else 0


async def _tell(database: Database, made: Manifest, backup: BackupSet) -> None:
    told = events.BackupMade(
        backup_id=made.id,
        rows=made.rows,
        blobs=made.blobs.lines,
        missing=made.missing,
        sent=backup.sent,
        kept=backup.kept,
        ledger_only=made.kind == "ledger",
    )
    async with database.transaction() as session:
        await journal.record(session, told, actor=None)


def _kept(settings: Settings) -> dict[str, bytes]:
    paths: dict[str, Path] = {name: settings.data_dir / name for name in KEPT}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
