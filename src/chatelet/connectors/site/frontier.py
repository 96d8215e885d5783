"""What remains to be asked of a site, nearest first, each target once, within bounds."""

from collections import deque
from dataclasses import dataclass, replace
from typing import Final

from chatelet.connectors.site.addresses import is_worth_asking

_MOST_SEEN_PER_PAGE: Final = 20
_MOST_QUERIES: Final = 200  # of one path: beyond, it is a calendar, or a search


@dataclass(frozen=True, slots=True)
class Visit:
    """One target to ask, `depth` links from the start. `last`: it failed once already."""

    target: str
    depth: int
    is_start: bool = False
    last: bool = False


class Frontier:
    """A queue without repeats."""

    def __init__(self, pages: int) -> None:
        self._waiting: deque[Visit] = deque()
        self._failed: deque[Visit] = deque()
        self._seen: set[str] = set()
        self._queries: dict[str, int] = {}
        self._most = (pages + 100) * _MOST_SEEN_PER_PAGE

    def add(self, visit: Visit) -> bool:
        """Put a target in the queue, unless it was there before or is not worth it; tell whether it was put."""
        target = visit.target
        if target in self._seen or len(self._seen) >= self._most or not is_worth_asking(target):
            return False
        path, _, query = target.partition("?")
        if query:
            self._queries[path] = self._queries.get(path, 0) + 1
            if self._queries[path] > _MOST_QUERIES:
                return False
        self._seen.add(target)
        self._waiting.append(visit)
        return True

    def again(self, visit: Visit) -> None:
        """Put a target that failed at the end, once."""
        self._failed.append(replace(visit, last=True))

    def next(self) -> Visit | None:
        """Take the nearest target; those that failed when nothing else is left."""
        queue = self._waiting or self._failed
        return queue.popleft() if queue else None
