"""A place in memory: what it tells and gives is written by the test, failures included."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from chatelet.connectors.contract import Entry, EntryGone, EntryTooLarge, PlaceError, PlaceRefused
from chatelet.connectors.declared import Credential, Declared
from chatelet.connectors.opening import Surroundings, allowed


@dataclass
class Kept:
    """The content of an entry, and who may read it there."""

    data: bytes
    readers: frozenset[str] | None = None
    failure: type[PlaceError] | None = None


@dataclass
class ScriptedPlaces:
    """Entries by path; `broken_after` breaks the listing off after so many, `failure` says with what."""

    kept: dict[str, Kept] = field(default_factory=dict)
    failure: type[PlaceError] | None = None
    broken_after: int = 0
    read: list[str] = field(default_factory=list)
    credentials: list[Credential | None] = field(default_factory=list)

    def put(self, path: str, data: bytes = b"Une note.", *readers: str, **more: type[PlaceError]) -> None:
        self.kept[path] = Kept(data, frozenset(readers) if readers else None, more.get("failure"))

    def open(self, declared: Declared, credential: Credential | None, surroundings: Surroundings) -> "ScriptedPlace":
        if not allowed(declared, credential, surroundings):
            raise PlaceRefused
        self.credentials.append(credential)
        return ScriptedPlace(self)


class ScriptedPlace:
    def __init__(self, places: ScriptedPlaces) -> None:
        self._places = places
        self.closed = False

    async def entries(self) -> AsyncIterator[Entry]:
        for number, (path, kept) in enumerate(list(self._places.kept.items())):
            if self._places.failure is not None and number >= self._places.broken_after:
                raise self._places.failure
            yield Entry(path, len(kept.data), str(hash(kept.data)), kept.readers)
        if self._places.failure is not None:
            raise self._places.failure

    async def read(self, entry: Entry, *, limit: int) -> AsyncIterator[bytes]:
        self._places.read.append(entry.path)
        kept = self._places.kept.get(entry.path)
        if kept is None:
            raise EntryGone
        if kept.failure is not None:
            raise kept.failure
        if len(kept.data) > limit:
            raise EntryTooLarge
        for start in range(0, len(kept.data), 7):
            yield kept.data[start : start + 7]

    async def close(self) -> None:
        self.closed = True
