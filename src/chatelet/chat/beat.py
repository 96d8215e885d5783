"""The rhythm at which listeners are woken: once per beat for all turns that have news, never a timer per token.

The first characters of an answer do not wait for the beat. When the event loop is late, a beat carries more text:
under load the writes become fewer and larger by themselves.
"""

import asyncio
from typing import Final, Protocol

INTERVAL_SECONDS: Final = 0.03


class Wakeable(Protocol):
    """What has listeners to wake."""

    def wake(self) -> None:
        """Wake every listener."""
        ...


class Beat:
    """One per process."""

    __slots__ = ("_due", "_timer")

    def __init__(self) -> None:
        self._due: set[Wakeable] = set()
        self._timer: asyncio.TimerHandle | None = None

    def mark(self, turn: Wakeable) -> None:
        """Wake `turn`'s listeners at the next beat."""
        self._due.add(turn)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(INTERVAL_SECONDS, self._strike)

    def _strike(self) -> None:
        self._timer = None
        due, self._due = self._due, set()
        for turn in due:
            turn.wake()
