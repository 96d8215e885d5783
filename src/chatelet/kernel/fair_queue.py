"""A few places, shared fairly between persons: answers that a backend writes at once, questions being stored.

    who is served next: what is urgent (a person's answer) before what is not (its title, a summary); among persons,
    whoever has the fewest places; among these, whoever was served longest ago; for one person, first come, first served

One person's thousand requests therefore hold one place in turn, not a thousand (TA-155). An eighth of the places is
kept for persons who hold none: they need not wait until a long answer of somebody else ends. Positions are told.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

Moved = Callable[[int], None]
_TOLD_AT_ONCE: Final = 50  # waiters; beyond, positions are told a few times a second
_TELL_EVERY: Final = 0.25
_KEPT: Final = 8  # of that many places, one is kept for who has none; with fewer places, none is


class _Waiter:
    __slots__ = ("admitted", "moved", "owner", "position")

    def __init__(self, owner: UUID | None, moved: Moved | None) -> None:
        self.admitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.owner = owner
        self.moved = moved
        self.position = 0


class _Lane:
    """Waiters of one urgency, by person, the one served longest ago first."""

    def __init__(self) -> None:
        self._queues: dict[UUID | None, deque[_Waiter]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def add(self, waiter: _Waiter) -> None:
        self._queues.setdefault(waiter.owner, deque()).append(waiter)

    def remove(self, waiter: _Waiter) -> bool:
        """Let go of a waiter; False when it had been taken already."""
        queue = self._queues.get(waiter.owner)
        if queue is None or waiter not in queue:
            return False
        queue.remove(waiter)
        if not queue:
            del self._queues[waiter.owner]
        return True

    def take(self, running: Counter[UUID | None], *, only_new: bool = False) -> _Waiter | None:
        """Take whoever is next, or nobody if `only_new` and all have something running; their person ends the round."""
        if not self._queues:
            return None
        owner = min(self._queues, key=running.__getitem__)
        if only_new and running[owner]:
            return None
        queue = self._queues.pop(owner)
        waiter = queue.popleft()
        if queue:
            self._queues[owner] = queue
        return waiter

    def in_order(self, running: Counter[UUID | None]) -> list[_Waiter]:
        """Return the waiters as they would be taken, were nothing to end meanwhile."""
        ranked = [
            (running[owner] + place, round_, waiter)
            for round_, (owner, queue) in enumerate(self._queues.items())
            for place, waiter in enumerate(queue)
        ]
        return [waiter for *_, waiter in sorted(ranked, key=lambda ranks: ranks[:2])]


class FairQueue:
    """Admits `slots` at once. `owner`: a person, or None for what is done for nobody in particular."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._running: Counter[UUID | None] = Counter()
        self._urgent, self._patient = _Lane(), _Lane()
        self._telling: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._urgent) + len(self._patient)

    def resize(self, slots: int) -> None:
        """Admit more or fewer at once from now on; what runs goes on."""
        if slots != self._slots:
            self._slots = slots
            self._admit()

    @asynccontextmanager
    async def slot(
        self, *, urgent: bool, owner: UUID | None = None, moved: Moved | None = None
    ) -> AsyncGenerator[None]:
        """Wait for a slot and hold it; `moved(position)` tells the place in the queue, from 1, as it changes."""
        await self._enter(urgent=urgent, owner=owner, moved=moved)
        try:
            yield
        finally:
            self._leave(owner)

    async def _enter(self, *, urgent: bool, owner: UUID | None, moved: Moved | None) -> None:
        lane = self._urgent if urgent else self._patient
        waiter = _Waiter(owner, moved)
        lane.add(waiter)
        self._admit()
        if waiter.admitted.done():
            return
        self._tell()
        try:
            await waiter.admitted
        except asyncio.CancelledError:
            if lane.remove(waiter):
                self._tell()
            elif not waiter.admitted.cancelled():  # admitted, then cancelled in the same instant
                self._leave(owner)
            raise

    def _leave(self, owner: UUID | None) -> None:
        self._running[owner] -= 1
        if not self._running[owner]:
            del self._running[owner]
        self._admit()

    def _admit(self) -> None:
        moved = False
        while self._running.total() < self._slots:
            waiter = self._next()
            if waiter is None:
                break
            if not waiter.admitted.done():  # a waiter just cancelled has not left the queue yet
                self._running[waiter.owner] += 1
                waiter.admitted.set_result(None)
                moved = True
        if moved:
            self._tell()

    def _next(self) -> _Waiter | None:
        only_kept_left = self._running.total() >= self._slots - self._slots // _KEPT
        waiter = self._urgent.take(self._running, only_new=only_kept_left)
        return waiter or (None if only_kept_left else self._patient.take(self._running))

    def _tell(self) -> None:
        """Tell positions, at once in a short queue: in a long one, each change would be told to everyone."""
        if self.waiting <= _TOLD_AT_ONCE:
            self._tell_positions()
        elif self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(_TELL_EVERY, self._tell_positions)

    def _tell_positions(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        waiters = (*self._urgent.in_order(self._running), *self._patient.in_order(self._running))
        for position, waiter in enumerate(waiters, start=1):
            if waiter.position != position:
                waiter.position = position
                if waiter.moved is not None:
                    waiter.moved(position)
