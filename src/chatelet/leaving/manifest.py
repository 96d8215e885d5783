"""What an export holds, file by file, so that it is known whole wherever it is copied."""

import hashlib
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final, Literal
from uuid import UUID

import msgspec

from chatelet.leaving import durable
from chatelet.leaving.errors import ExitExportDamaged
from chatelet.leaving.sealing import SUFFIX

NAME: Final = "manifest.json"
SEALED: Final = "sealed"
_READ_AT_ONCE: Final = 1024 * 1024


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the export, by its path in it."""

    path: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`recipient`: who opens what is sealed. The journal tells that the export `id` was begun."""

    format: Literal["chatelet-exit-export/1"] = "chatelet-exit-export/1"
    id: UUID
    installation: str
    version: str
    made_at: datetime
    recipient: str
    rows: dict[str, int]
    persons: int
    collections: int
    files: tuple[Entry, ...]

    @property
    def bytes(self) -> int:
        """How much there is."""
        return sum(one.bytes for one in self.files)


def entry_of(folder: Path, path: Path) -> Entry:
    """Return the line of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_READ_AT_ONCE):
            digest.update(data)
    return Entry(path.relative_to(folder).as_posix(), path.stat().st_size, digest.hexdigest())


def entries_of(folder: Path) -> tuple[Entry, ...]:
    """Return the line of every file of an export that has no manifest yet."""
    return tuple(entry_of(folder, path) for path in sorted(folder.rglob("*")) if path.is_file())


def write(folder: Path, manifest: Manifest) -> None:
    """Write it, last of all, once the disk holds what it tells of."""
    durable.sync_all(folder)
    durable.write(folder / NAME, msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n")


def read(folder: Path) -> tuple[Manifest, str]:
    """Read an export whole; return its manifest and the SHA-256 of it. Raises `ExitExportDamaged`."""
    try:
        written = (folder / NAME).read_bytes()
        manifest = msgspec.json.decode(written, type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise ExitExportDamaged(reason="manifest", found=type(error).__name__) from None
    if not all(_is_inside(one.path) for one in manifest.files):
        raise ExitExportDamaged(reason="path")
    for one in manifest.files:
        path = folder / one.path
        if not path.is_file() or entry_of(folder, path) != one:
            raise ExitExportDamaged(reason="file", file=one.path)
    return manifest, hashlib.sha256(written).hexdigest()


def _is_inside(path: str) -> bool:
    """Tell whether a path stays in the export, a sealed file under its folder: nobody signed the manifest."""
    steps = PurePosixPath(path)
    if steps.is_absolute() or ".." in steps.parts or str(steps) != path or "\0" in path or not steps.parts:
        return False
    return not path.endswith(SUFFIX) or steps.parts[0] == SEALED
