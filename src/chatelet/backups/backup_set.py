"""A set of backups in one place: its keys, its pieces, its manifests. One key, and what is alike is kept once."""

import asyncio
import hashlib
import zlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from chatelet.audit.keys import PublicKeys, SealingKey, known_keys, public_keys
from chatelet.backups import keys, manifest
from chatelet.backups.errors import BackupDamaged, BackupNotFound
from chatelet.backups.keys import SetKeys
from chatelet.backups.manifest import Kind, Manifest, Stream
from chatelet.backups.place import PUBLIC_KEYS, SET, Place, path_of
from chatelet.kernel.crypto import UnreadableContent
from chatelet.kernel.storage import BlobMissing

_LEVEL: Final = 1  # of zlib: most rows are sealed already, the rest shrinks by as much as it is worth waiting for


@dataclass(slots=True)
class BackupSet:
    """An open set. `present` holds what is not to be sent again; figures count what was."""

    place: Place
    keys: SetKeys
    present: set[str] = field(default_factory=set[str])
    sent: int = 0
    kept: int = 0

    async def add_piece(self, plain: bytes) -> str:
        """Keep some bytes; return the name of their piece."""
        name = self.keys.name(plain)
        if self._is_new(name):
            sealed = await asyncio.to_thread(lambda: self.keys.seal(zlib.compress(plain, _LEVEL), name))
            await self.place.put(path_of("pieces", name), sealed)
        return name

    async def piece(self, name: str) -> bytes:
        """Return what `add_piece` kept. Raises `BackupDamaged`, `StorageUnavailable`."""
        try:
            sealed = await self.place.get(path_of("pieces", name))
            plain = await asyncio.to_thread(lambda: zlib.decompress(self.keys.open(sealed, name)))
        except (BlobMissing, UnreadableContent, zlib.error):
            raise BackupDamaged(what="piece", name=name) from None
        if self.keys.name(plain) != name:
            raise BackupDamaged(what="piece", name=name)
        return plain

    async def add_blob(self, data: bytes) -> str:
        """Keep a blob as it is; return its SHA-256."""
        name = hashlib.sha256(data).hexdigest()
        if self._is_new(name):
            await self.place.put(path_of("blobs", name), data)
        return name

    async def blob(self, name: str) -> bytes:
        """Return what `add_blob` kept. Raises `BackupDamaged`, `StorageUnavailable`."""
        try:
            data = await self.place.get(path_of("blobs", name))
        except BlobMissing:
            raise BackupDamaged(what="blob", name=name) from None
        if hashlib.sha256(data).hexdigest() != name:
            raise BackupDamaged(what="blob", name=name)
        return data

    def has(self, name: str) -> bool:
        """Tell whether something is there already, and count it as kept when it is."""
        self.kept += name in self.present
        return name in self.present

    def _is_new(self, name: str) -> bool:
        if self.has(name):
            return False
        self.present.add(name)
        self.sent += 1
        return True

    async def lines(self, stream: Stream) -> AsyncGenerator[bytes]:
        """Yield whole lines, piece by piece. Raises `BackupDamaged`."""
        found = 0
        for name in stream.pieces:
            plain = await self.piece(name)
            found += plain.count(b"\n")
            yield plain
        if found != stream.lines:
            raise BackupDamaged(what="lines")

    async def look_around(self) -> None:
        """Learn what is there, so that it is not sent again."""
        self.present = await self.place.names("pieces") | await self.place.names("blobs")

    async def write(self, made: Manifest, key: SealingKey) -> None:
        """Write a manifest, once all it refers to is there: from then on, the backup is."""
        await self.place.put(PUBLIC_KEYS, await self._trusting(key))
        await self.place.settle()
        await self.place.put(path_of("manifests", name_of(made)), manifest.sign(made, key))
        await self.place.settle()

    async def _trusting(self, key: SealingKey) -> bytes:
        found = await self._published()
        pem = found if key.public_pem in found else found + key.public_pem
        return self.keys.seal(pem, PUBLIC_KEYS)

    async def _published(self) -> bytes:
        try:
            return self.keys.open(await self.place.get(PUBLIC_KEYS), PUBLIC_KEYS)
        except BlobMissing:
            return b""
        except UnreadableContent:
            raise BackupDamaged(what="public_keys") from None

    async def trusted(self, given: Path | None) -> PublicKeys:
        """Return the public keys that count: those of a file kept elsewhere, or those sealed in the set."""
        if given is not None:
            return await asyncio.to_thread(public_keys, given)
        return known_keys(await self._published())

    async def manifests(self, trusted: PublicKeys) -> list[Manifest]:
        """Return every backup of the set, the oldest first. Raises `BackupDamaged`."""
        found: list[Manifest] = []
        for name in sorted(await self.place.names("manifests")):
            read = manifest.read(await self.place.get(path_of("manifests", name)), trusted)
            if read.set_id != self.keys.id:
                raise BackupDamaged(what="manifest_of_another_set")
            found.append(read)
        return sorted(found, key=lambda one: one.made_at)


def name_of(made: Manifest) -> str:
    """Return the name of a manifest: its instant first, so that names are in order."""
    return f"{made.made_at:%Y%m%dT%H%M%S.%fZ}-{made.kind}-{str(made.id)[-12:]}.json"


def chosen(found: list[Manifest], wanted: str | None, kind: Kind = "whole") -> Manifest:
    """Return the backup that `wanted` begins or ends the name of, the newest when None. Raises `BackupNotFound`."""
    of_kind = [one for one in found if one.kind == kind]
    matching = [one for one in of_kind if wanted is None or wanted == str(one.id) or name_of(one).startswith(wanted)]
    if not matching or (wanted is not None and len(matching) > 1):
        raise BackupNotFound(wanted=wanted or "any", found=len(of_kind))
    return matching[-1]


async def open_or_make(place: Place, wrapping: bytes) -> BackupSet:
    """Open the set of a place, or begin one there. Raises `BackupKeyWrong`, `BackupDamaged`."""
    try:
        return await open_set(place, wrapping)
    except BackupNotFound:
        if await place.names("manifests"):
            raise BackupDamaged(what=SET) from None
        made, file = keys.new_set(wrapping)
        await place.put(SET, file)
        return BackupSet(place, made)


async def open_set(place: Place, wrapping: bytes) -> BackupSet:
    """Open the set of a place. Raises `BackupNotFound`, `BackupKeyWrong`."""
    try:
        return BackupSet(place, keys.open_set(await place.get(SET), wrapping))
    except BlobMissing:
        raise BackupNotFound from None
