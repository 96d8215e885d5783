"""How many answers one model writes at once: a queue, first come first served, whose positions are visible.

Answers that a person waits for pass before titles and summaries.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

Moved = Callable[[int], None]


class _Waiter:
    __slots__ = ("admitted", "moved", "position")

    def __init__(self, moved: Moved | None) -> None:
        self.admitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.moved = moved
        self.position = 0


class Gate:
    """Admits `slots` at once."""

    def __init__(self, slots: int) -> None:
        self._free = slots
        self._urgent: deque[_Waiter] = deque()
        self._patient: deque[_Waiter] = deque()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._urgent) + len(self._patient)

    @asynccontextmanager
    async def slot(self, *, urgent: bool, moved: Moved | None = None) -> AsyncGenerator[None]:
        """Wait for a slot and hold it; `moved(position)` tells the place in the queue, from 1, each time it changes."""
        await self._enter(urgent=urgent, moved=moved)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, *, urgent: bool, moved: Moved | None) -> None:
        if self._free > 0:
            self._free -= 1
            return
        queue = self._urgent if urgent else self._patient
        waiter = _Waiter(moved)
        queue.append(waiter)
        self._tell_positions()
        try:
            await waiter.admitted
        except asyncio.CancelledError:
            if waiter in queue:
                queue.remove(waiter)
                self._tell_positions()
            elif not waiter.admitted.cancelled():  # admitted, then cancelled in the same instant
                self._leave()
            raise

    def _leave(self) -> None:
        while queue := self._urgent or self._patient:
            waiter = queue.popleft()
            if not waiter.admitted.done():  # a waiter just cancelled has not left the queue yet
                waiter.admitted.set_result(None)
                self._tell_positions()
                return
        self._free += 1

    def _tell_positions(self) -> None:
        for position, waiter in enumerate((*self._urgent, *self._patient), start=1):
            if waiter.position != position:
                waiter.position = position
                if waiter.moved is not None:
                    waiter.moved(position)
