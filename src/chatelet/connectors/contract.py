"""What a connector to a place of documents does: tell what is there, read one entry.

    entries() -> Entry, Entry, …    all of it, in no order, each path once; broken off by an error, never cut short
    read(entry) -> bytes, bytes, …  its content, in pieces

`Entry.mark` changes whenever the content does (entity tag, time and size…): what has the same mark is not read again.
What is not told by a listing that ended well has gone from the place. An error is told by its code, never by what the
other side wrote.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


class PlaceError(Exception):
    """Base of what stops a listing or a reading; `code` is stored, counted and shown with a sentence."""

    code = "place_failed"


class PlaceUnreachable(PlaceError):
    """No answer: unknown host, refused connection, missing folder, too slow."""

    code = "place_unreachable"


class PlaceRefused(PlaceError):
    """The place does not accept the credential, or does not let this path be read."""

    code = "place_refused"


class PlaceBroken(PlaceError):
    """What came back is not what such a place answers, or goes beyond the limits."""

    code = "place_broken"


class EntryGone(PlaceError):
    """The entry was there when listed and is no more."""

    code = "entry_gone"


class EntryTooLarge(PlaceError):
    """More bytes than a file may have."""

    code = "entry_too_large"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a place. `path` names it there: parts between '/', none empty, '.' or '..'."""

    path: str
    size: int | None
    mark: str
    readers: frozenset[str] | None = None
    """Who may read it there: 'person:<mail address or login>', 'group:<name>'; None: the place keeps no such rights."""


class Place(Protocol):
    """A place opened for one run; not shared between tasks."""

    def entries(self) -> AsyncIterator[Entry]:
        """Tell all that is there. Raises `PlaceError`."""
        ...

    def read(self, entry: Entry, *, limit: int) -> AsyncIterator[bytes]:
        """Give the content of an entry. Raises `EntryGone`, `EntryTooLarge` beyond `limit` bytes, `PlaceError`."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
