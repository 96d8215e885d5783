"""The rhythm at which turns are read and listeners woken: once per beat for all, never a timer per token.

The first characters of an answer do not wait for the beat. A process that carries few turns reads each as its words
come, and wakes listeners every 30 ms. One that carries hundreds beats slower, up to ten times a second, and reads at
the beat too: one wake-up then serves all that has arrived, where each token would cost one.
"""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

INTERVAL_SECONDS: Final = 0.03
_LONGEST_SECONDS: Final = 0.1
_SECONDS_PER_TURN: Final = 0.0002
_AT_ONCE: Final = 25  # turns read between two looks at what else came: about 3 ms


class Wakeable(Protocol):
    """What has listeners to wake."""

    def wake(self) -> None:
        """Wake every listener."""
        ...


class Beat:
    """One per process. `turns` tells how many it carries."""

    __slots__ = ("_due", "_paced", "_struck", "_timer", "_turns")

    def __init__(self, turns: Callable[[], int]) -> None:
        self._turns = turns
        self._due: set[Wakeable] = set()
        self._paced: list[asyncio.Future[None]] = []
        self._struck: list[asyncio.Future[None]] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def seconds(self) -> float:
        """From one beat to the next, as things stand."""
        return min(max(INTERVAL_SECONDS, self._turns() * _SECONDS_PER_TURN), _LONGEST_SECONDS)

    def mark(self, turn: Wakeable) -> None:
        """Wake `turn`'s listeners at the next beat."""
        self._due.add(turn)
        self._arm()

    async def pace(self) -> None:
        """Wait for the next beat where many turns are carried; not at all where few are."""
        if self.seconds <= INTERVAL_SECONDS:
            return
        next_beat = asyncio.get_running_loop().create_future()
        self._paced.append(next_beat)
        self._arm()
        await next_beat

    def _arm(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.seconds, self._strike)

    def _strike(self) -> None:
        self._struck, self._paced = self._paced, []
        self._release()

    def _release(self) -> None:
        """Let some of the turns read; then those they marked be told; what else waits for the loop comes between."""
        waiters, self._struck = self._struck[:_AT_ONCE], self._struck[_AT_ONCE:]
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)
        asyncio.get_running_loop().call_soon(self._wake)

    def _wake(self) -> None:
        due, self._due = self._due, set()
        for turn in due:
            turn.wake()
        if self._struck:
            asyncio.get_running_loop().call_soon(self._release)
            return
        self._timer = None
        if self._paced or self._due:
            self._arm()
