"""Removes backups whose time is over, then what no other backup needs. The newest whole one is never removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from chatelet.backups import blobs
from chatelet.backups.backup_set import BackupSet, name_of
from chatelet.backups.manifest import Manifest
from chatelet.kernel import clock


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed."""

    backups: tuple[Manifest, ...]
    pieces: int
    blobs: int


async def prune(backup: BackupSet, keep_days: int) -> Pruned:
    """Keep those of the last `keep_days` days, in a claimed place. Manifests go first: cut, it is begun again."""
    found = await backup.manifests(await backup.trusted(None))
    gone = [one for one in found if one not in _kept(found, keep_days)]
    await backup.place.delete("manifests", {name_of(one) for one in gone})
    staying = [one for one in found if one not in gone]
    pieces = await backup.place.names("pieces") - {name for one in staying for name in one.pieces}
    needed = {entry.sha256 for one in staying for entry in [e async for e in blobs.entries(backup, one.blobs)]}
    unneeded = await backup.place.names("blobs") - needed
    await backup.place.delete("pieces", pieces)
    await backup.place.delete("blobs", unneeded)
    return Pruned(tuple(gone), len(pieces), len(unneeded))


def _kept(found: list[Manifest], keep_days: int) -> list[Manifest]:
    since = clock.now() - timedelta(days=keep_days)
    return [one for one in found if one.made_at >= since or one.id in set(_newest(found))]


def _newest(found: Iterable[Manifest]) -> list[object]:
    last = {one.kind: one.id for one in found}
    return [last[kind] for kind in last]
