"""What is on the disk before anything goes on: contents, and the names that lead to them."""

import os
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Replace a file at once: after a power cut the old one or the new one is there, whole."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Have the disk hold a file's bytes, or the names of a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(folder: Path) -> None:
    """Have the disk hold a folder whole: every file, every name, its own."""
    for root, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(root) / name)
        sync(Path(root))
    sync(folder.parent)
