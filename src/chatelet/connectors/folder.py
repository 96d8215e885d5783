"""A folder of the server, or a share that the system mounted there.

    allowed folder ──▶ root ──▶ walk by descriptors, no link followed ──▶ entries, in batches, in one thread

Every name is opened from the descriptor of its folder, never through a path: a folder replaced by a link, or a share
taken away in the middle, leads nowhere else.

A share that is not mounted looks like an empty folder, and what is not told is taken for deleted. So three things are
`PlaceUnreachable`, never a listing: a root with nothing in it at all, a root without its `witness` where one is
declared, and a root that is no more the folder it was when the listing ends. Other file systems mounted below the root
are not entered, for the same reason: each is a place of its own. A folder that lets us not in holds nothing for us.
"""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from chatelet.connectors.contract import Entry, PlaceUnreachable
from chatelet.connectors.folder_walk import Root, pieces, walked
from chatelet.connectors.paths import parts_of

_BATCH: Final = 100
_PATIENCE: Final = 120.0  # for one batch or one piece: a share that hangs answers nothing at all
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Folder:
    """A `Place`. `within` is the allowed folder that `root` is or is under."""

    def __init__(self, root: Path, within: Path, witness: str | None = None, *, patience: float = _PATIENCE) -> None:
        self._root = Root(within, root.relative_to(within).parts, witness)
        self._patience = patience
        self._thread = ThreadPoolExecutor(1, "place-folder")

    async def entries(self) -> AsyncIterator[Entry]:
        """Tell all files. Raises `PlaceError`."""
        walk = walked(self._root)
        try:
            while batch := await self._run(_next_of, walk):
                for entry in batch:
                    yield entry
        finally:
            self._let_go(walk)

    async def read(self, entry: Entry, *, limit: int) -> AsyncIterator[bytes]:
        """Give the content of a file. Raises `EntryGone`, `EntryTooLarge`, `PlaceError`."""
        content = pieces(self._root, parts_of(entry.path), limit)
        try:
            while piece := await self._run(_next_piece, content):
                yield piece
        finally:
            self._let_go(content)

    async def close(self) -> None:
        """Let the thread end after what it does; one that hangs on a dead share is not waited for."""
        self._thread.shutdown(wait=False)

    async def _run(self, act: Callable[_P, _T], *given: _P.args, **named: _P.kwargs) -> _T:
        doing = self._thread.submit(act, *given, **named)
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.wrap_future(doing)
        except TimeoutError:
            raise PlaceUnreachable from None

    def _let_go(self, given: Generator[object]) -> None:
        """Close descriptors in the thread, after what it does; here when the place is closed already."""
        try:
            self._thread.submit(given.close)
        except RuntimeError:
            with contextlib.suppress(ValueError):  # it still runs, in a thread that hangs
                given.close()


def _next_of(entries: Generator[Entry]) -> list[Entry]:
    return list(itertools.islice(entries, _BATCH))


def _next_piece(content: Generator[bytes]) -> bytes:
    return next(content, b"")
