"""The last backup of this installation, as a small file of the data folder: `chatelet check` tells its age."""

import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from chatelet.backups.manifest import Manifest
from chatelet.kernel import clock
from chatelet.settings import Settings


class Last(msgspec.Struct, frozen=True):
    """Which it was, and how much was missing."""

    id: UUID
    made_at: datetime
    rows: int
    blobs: int
    missing: int


def write(settings: Settings, made: Manifest) -> None:
    """Note a backup."""
    path = _path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    found = Last(made.id, made.made_at, made.rows, made.blobs.lines, made.missing)
    partial.write_bytes(msgspec.json.encode(found) + b"\n")
    partial.replace(path)


def read(settings: Settings) -> Last | None:
    """Return the last backup, if any is known here."""
    try:
        return msgspec.json.decode(_path(settings).read_bytes(), type=Last)
    except (OSError, msgspec.MsgspecError):
        return None


def note_pruned(settings: Settings) -> None:
    """Note that old backups were looked for and removed, now."""
    path = _pruned(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(msgspec.json.encode(clock.now()) + b"\n")
    partial.replace(path)


def pruned_at(settings: Settings) -> datetime | None:
    """Return when old backups were last removed, if it is known here."""
    try:
        return msgspec.json.decode(_pruned(settings).read_bytes(), type=datetime)
    except (OSError, msgspec.MsgspecError):
        return None


def _path(settings: Settings) -> Path:
    return settings.data_dir / "backups" / "last.json"


def _pruned(settings: Settings) -> Path:
    return settings.data_dir / "backups" / "pruned.json"
