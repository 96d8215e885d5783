"""Where backups are: a folder, or a path in a bucket that speaks S3; one way to both (kernel.storage).

set.json                 which set this is, its key wrapped
public_keys.sealed       whose signatures count, sealed: whoever can write here cannot add theirs
running.json             who is at work
manifests/<time>-<id>    one for each backup
pieces/<aa>/<name>       sealed lines, named by what they hold
blobs/<aa>/<sha256>      blobs as the installation stores them, sealed under keys of its own
"""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from chatelet.backups.errors import BackupNotFound, BackupPlaceUnknown, BackupUnderWay
from chatelet.kernel import clock
from chatelet.kernel.storage import BlobMissing, Storage
from chatelet.settings import Settings, StorageSettings

Folder = Literal["manifests", "pieces", "blobs"]
SET: Final = "set.json"
PUBLIC_KEYS: Final = "public_keys.sealed"
_RUNNING: Final = "running.json"
_STALE: Final = timedelta(days=1)


class _Worker(msgspec.Struct, frozen=True):
    host: str
    pid: int
    since: datetime


class Place:
    """Objects under one prefix of a storage."""

    def __init__(self, storage: Storage, prefix: str, *, is_folder: bool) -> None:
        self._storage, self._prefix, self._is_folder = storage, prefix, is_folder

    async def put(self, name: str, data: bytes) -> None:
        """Write an object, in place of what its name held. Raises `StorageUnavailable`."""
        await self._storage.put(self._prefix + name, data)

    async def get(self, name: str) -> bytes:
        """Read an object. Raises `BlobMissing`, `StorageUnavailable`."""
        return await self._storage.get(self._prefix + name)

    async def names(self, folder: Folder) -> set[str]:
        """Return the last step of the name of every object of a folder."""
        return {one.name.rsplit("/", 1)[-1] async for one in self._storage.listed(self._prefix + folder)}

    async def delete(self, folder: Folder, names: set[str]) -> None:
        """Delete objects."""
        await self._storage.delete([self._prefix + path_of(folder, name) for name in sorted(names)])

    async def is_empty(self) -> bool:
        """Tell whether nothing is here."""
        async for _one in self._storage.listed(self._prefix.rstrip("/")):
            return False
        return True

    async def settle(self) -> None:
        """Have a folder's writes reach the disk before what refers to them is written."""
        if self._is_folder:
            await asyncio.to_thread(os.sync)

    @asynccontextmanager
    async def claimed(self) -> AsyncGenerator[None]:
        """Be alone at work here; who died here, or began a day ago, does not count. Raises `BackupUnderWay`."""
        mine = msgspec.json.encode(_Worker(socket.gethostname(), os.getpid(), clock.now()))
        if not await self._storage.claim(self._prefix + _RUNNING, mine):
            await self._check_dead()
            await self.put(_RUNNING, mine)
        try:
            yield
        finally:
            await self._storage.delete([self._prefix + _RUNNING])

    async def _check_dead(self) -> None:
        try:
            found = msgspec.json.decode(await self.get(_RUNNING), type=_Worker)
        except (BlobMissing, msgspec.MsgspecError):
            return
        here = found.host == socket.gethostname()
        if (here and not _lives(found.pid)) or found.since < clock.now() - _STALE:
            return
        raise BackupUnderWay(host=found.host, process=found.pid)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def path_of(folder: Folder, name: str) -> str:
    """Return where an object is; pieces and blobs are spread over 256 folders."""
    return f"{folder}/{name}" if folder == "manifests" else f"{folder}/{name[:2]}/{name}"


def place_at(where: str | None, settings: Settings, *, must_exist: bool = False) -> Place:
    """Return the place that was named, or that of the settings. Raises `BackupPlaceUnknown`, `BackupNotFound`."""
    named = where or settings.backup.to
    if not named:
        raise BackupPlaceUnknown
    if "://" not in named:
        folder = Path(named).resolve()
        if must_exist and not folder.is_dir():
            raise BackupNotFound(place=named)
        return Place(Storage(StorageSettings(folder=folder), folder), "", is_folder=True)
    bucket = bucket_of(named, settings)
    prefix = urlsplit(named).path.strip("/")
    return Place(Storage(bucket, settings.data_dir), f"{prefix}/" if prefix else "", is_folder=False)


def bucket_of(named: str, settings: Settings) -> StorageSettings:
    """Return how to reach the bucket of s3://bucket/path. Raises `BackupPlaceUnknown`."""
    parts, given = urlsplit(named), settings.backup
    if parts.scheme != "s3" or not parts.netloc:
        raise BackupPlaceUnknown(place=named)
    return StorageSettings(
        bucket=parts.netloc,
        endpoint=given.endpoint,
        region=given.region,
        access_key_file=given.access_key_file,
        secret_key_file=given.secret_key_file,
    )
