"""What the thread of a folder does: walk and read by descriptors, each opened from that of its own folder."""

import errno
import os
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chatelet.connectors.contract import (
    Entry,
    EntryGone,
    EntryTooLarge,
    PlaceBroken,
    PlaceRefused,
    PlaceUnreachable,
)
from chatelet.connectors.folder_readers import Readers, narrowed, readers_of
from chatelet.connectors.paths import DEEPEST, is_told, mark_of, path_of

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_PIECE: Final = 256 * 1024
_MOST: Final = 1_000_000
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM})
_NOT_THERE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO, errno.EMLINK})


@dataclass(frozen=True, slots=True)
class Root:
    """A folder by the allowed one and the names that lead from it; links are followed to the allowed one only."""

    within: Path
    parts: tuple[str, ...]
    witness: str | None


def walked(root: Root) -> Generator[Entry]:
    """Tell all files under the root. Raises `PlaceError`."""
    with _coded(), _folder(root.within, root.parts) as top:
        before = _checked(top, root.witness)
        for number, entry in enumerate(_below(top, (), before.st_dev, _passing(root))):
            if number >= _MOST:
                raise PlaceBroken
            yield entry
        with _folder(root.within, root.parts) as again:
            after = _checked(again, root.witness)
        if (after.st_dev, after.st_ino) != (before.st_dev, before.st_ino):
            raise PlaceUnreachable


def pieces(root: Root, parts: tuple[str, ...], limit: int) -> Generator[bytes]:
    """Give the content of a file, never empty pieces. Raises `EntryGone`, `EntryTooLarge`, `PlaceError`."""
    with _coded():
        with _folder(root.within, root.parts) as top:
            _checked(top, root.witness)
            file = _opened(top, parts)
        with _closed_after(file):
            found = os.fstat(file)
            if not stat.S_ISREG(found.st_mode):
                raise EntryGone
            if found.st_size > limit:
                raise EntryTooLarge
            seen = 0
            while piece := os.read(file, _PIECE):
                seen += len(piece)
                if seen > limit:
                    raise EntryTooLarge
                yield piece


def _passing(root: Root) -> Readers:
    """Return who comes as far as the root. The allowed folder is the administrator's: its own mode tells nothing."""
    passing: Readers = None
    for length in range(1, len(root.parts) + 1):
        with _folder(root.within, root.parts[:length]) as folder:
            passing = narrowed(passing, readers_of(os.fstat(folder), ".", folder))
    return passing


def _below(folder: int, above: tuple[str, ...], device: int, passing: Readers) -> Generator[Entry]:
    """Tell what is in a folder and below it; `passing`: who comes as far as this folder."""
    if len(above) >= DEEPEST:
        raise PlaceBroken
    below: list[tuple[str, str]] = []
    for name, found in _listed(folder, is_root=not above):
        told = _told(folder, name)
        if told is None:
            continue
        if stat.S_ISDIR(found.st_mode):
            below.append((name, told))
        elif stat.S_ISREG(found.st_mode) and (path := path_of((*above, told))):
            readers = narrowed(passing, readers_of(found, name, folder))
            yield Entry(path, found.st_size, mark_of(found.st_size, found.st_mtime_ns), readers)
    for name, told in below:
        entered = _entered(folder, name)
        if entered is None:
            continue
        with _closed_after(entered):
            found = os.fstat(entered)
            if found.st_dev == device:
                yield from _below(entered, (*above, told), device, narrowed(passing, readers_of(found, ".", entered)))


def _listed(folder: int, *, is_root: bool) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as names:
        for one in names:
            if not is_told(one.name):
                continue
            try:
                yield one.name, one.stat(follow_symlinks=False)
            except OSError as error:
                if error.errno not in (_NOT_THERE if is_root else _NOT_THERE | _REFUSED):
                    raise


def _entered(folder: int, name: str) -> int | None:
    """Open a folder of a folder; None when it has gone, became a link, or does not let us in."""
    try:
        entered = os.open(name, _FOLDER, dir_fd=folder)
    except OSError as error:
        if error.errno in _NOT_THERE | _REFUSED:
            return None
        raise
    return entered


def _told(folder: int, name: str) -> str | None:
    """Return a name in Unicode: bytes that are not UTF-8 are Windows-1252, as an old system meant them.

    None when they are not even that, or when another file of the folder has that name in UTF-8.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        try:
            meant = os.fsencode(name).decode("cp1252")
        except UnicodeDecodeError:
            return None
        return None if _is_there(folder, meant) else meant
    return name


def _opened(top: int, parts: tuple[str, ...]) -> int:
    """Open a file by the names of its path. Raises `EntryGone`, `OSError`."""
    folder = os.dup(top)
    for place, part in enumerate(parts, 1):
        with _closed_after(folder):
            name = part if _is_there(folder, part) else _as_old_bytes(part)
            try:
                folder = os.open(name, _FILE if place == len(parts) else _FOLDER, dir_fd=folder)
            except OSError as error:
                raise (EntryGone if error.errno in _NOT_THERE else error) from None
    return folder


def _as_old_bytes(part: str) -> str:
    try:
        return os.fsdecode(part.encode("cp1252"))
    except UnicodeEncodeError:
        return part


def _is_there(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        if error.errno in _NOT_THERE:
            return False
        raise
    return True


def _checked(top: int, witness: str | None) -> os.stat_result:
    """Return what the root is. Raises `PlaceUnreachable` when it looks like a share that is not mounted."""
    with os.scandir(top) as names:
        empty = next(names, None) is None
    if empty or (witness is not None and not _is_there(top, witness)):
        raise PlaceUnreachable
    return os.fstat(top)


@contextmanager
def _folder(within: Path, parts: tuple[str, ...]) -> Generator[int]:
    folder = os.open(within, _FOLDER & ~os.O_NOFOLLOW)
    for part in parts:
        with _closed_after(folder):
            folder = os.open(part, _FOLDER, dir_fd=folder)
    with _closed_after(folder):
        yield folder


@contextmanager
def _closed_after(descriptor: int) -> Generator[None]:
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _coded() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise (PlaceRefused if error.errno in _REFUSED else PlaceUnreachable) from None
