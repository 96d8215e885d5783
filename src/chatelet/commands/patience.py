"""Connections that never say what they want are ended (slow-loris): the server itself waits for headers for ever.

It only times a connection that is idle between two requests; one that has begun a request and sends a byte now and
then keeps its descriptor for as long as it likes, thousands of them all there are. A request that is being answered, or
whose headers are complete, is left alone: answers and uploads may be slow.
"""

import time
from collections.abc import Iterable
from typing import Any, Final
from weakref import WeakKeyDictionary

HEADERS_SECONDS: Final = 30.0
_LOOK_EVERY: Final = 1.0


class Patience:
    """Looks at the server's connections once a second."""

    def __init__(self, seconds: float = HEADERS_SECONDS) -> None:
        self._seconds = seconds
        self._since: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
        self._looked_at = 0.0

    def look(self, connections: Iterable[Any]) -> int:
        """End the connections that have been writing their headers for too long; return how many."""
        moment = time.monotonic()
        if moment - self._looked_at < _LOOK_EVERY:
            return 0
        self._looked_at = moment
        late: list[Any] = []
        for connection in connections:
            if not _writes_headers(connection):
                self._since.pop(connection, None)
            elif moment - self._since.setdefault(connection, moment) > self._seconds:
                late.append(connection)
        for connection in late:
            connection.transport.abort()
        return len(late)


def _writes_headers(connection: Any) -> bool:
    """Tell whether a connection of uvicorn is before the end of a request's headers, the first or a later one."""
    cycle = getattr(connection, "cycle", None)
    idle = getattr(connection, "timeout_keep_alive_task", None) is not None
    return not idle and (cycle is None or bool(cycle.response_complete))
