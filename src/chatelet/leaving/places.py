"""Where things are, seen before anything is written or destroyed: what is kept apart, and links that lead out."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from chatelet.leaving.errors import ExitFolderInside, ExitFolderNotEmpty, ExitLinkLeadsOut
from chatelet.settings import Settings

_TOLD: Final = 5


def erased(settings: Settings) -> tuple[Path, ...]:
    """Return the folders that an erasure empties, as the disk knows them."""
    apart = settings.storage.folder
    return tuple(path.resolve() for path in (settings.data_dir, apart) if path is not None)


def check_apart(settings: Settings, *folders: Path) -> None:
    """Raise `ExitFolderInside` when one of these folders is in what is erased, or holds it."""
    for folder in folders:
        for root in erased(settings):
            if _is_within(folder.resolve(), root) or _is_within(root, folder.resolve()):
                raise ExitFolderInside(folder=str(folder), inside=str(root))


def check_links(settings: Settings) -> None:
    """Raise `ExitLinkLeadsOut` when a link of what is erased leads to something that would stay."""
    roots = erased(settings)
    found = [
        str(one)
        for root in roots
        for one in _links(root)
        if one.exists() and not any(one.resolve().is_relative_to(inside) for inside in roots)
    ]
    if found:
        raise ExitLinkLeadsOut(links=", ".join(sorted(found)[:_TOLD]), count=len(found))


def make_new(folder: Path, *, or_with: str | None = None) -> None:
    """Make a folder closed to others, or take an empty one. Raises `ExitFolderNotEmpty`.

    `or_with`: one that holds this name is ours already.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ExitFolderNotEmpty(folder=str(folder)) from None
    if any(folder.iterdir()) and (or_with is None or not (folder / or_with).exists()):
        raise ExitFolderNotEmpty(folder=str(folder))
    with contextlib.suppress(OSError):  # a disk that knows no rights, a folder of somebody else
        folder.chmod(0o700)


def _is_within(path: Path, root: Path) -> bool:
    """Tell it by names, and by what the disk says: the same folder may be mounted twice."""
    return path.is_relative_to(root) or any(
        step.exists() and root.exists() and step.samefile(root) for step in (path, *path.parents)
    )


def _links(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        yield from (path for name in (*folders, *files) if (path := Path(folder) / name).is_symlink())
