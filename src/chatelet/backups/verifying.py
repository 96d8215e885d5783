"""Verifies a backup without the installation: its signature, then every piece and blob, opened and recomputed."""

from dataclasses import dataclass
from pathlib import Path

from chatelet.backups import blobs
from chatelet.backups.backup_set import BackupSet, chosen
from chatelet.backups.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at. `foreign_key`: the signature was checked against a public key kept elsewhere."""

    manifest: Manifest
    pieces: int
    blobs: int
    foreign_key: bool


async def verify(backup: BackupSet, wanted: str | None, public_key: Path | None) -> Verified:
    """Read the whole of a backup. Raises `BackupDamaged`, `BackupNotFound`."""
    found = chosen(await backup.manifests(await backup.trusted(public_key)), wanted)
    for stream in found.tables.values():
        async for _lines in backup.lines(stream):
            pass
    for name in found.kept.values():
        await backup.piece(name)
    names = {entry.sha256 async for entry in blobs.entries(backup, found.blobs)}
    for name in sorted(names):
        await backup.blob(name)
    return Verified(found, len(found.pieces), len(names), public_key is not None)
