"""The line before a full process: whoever was refused for want of room comes back, and nobody passes before them.

refused -> place and seconds to wait -> asked again in time: the same place, or in
                                     -> not in time: the place is lost, the line moves on

A line per process: through a balancer, asking again may meet another process, with room or with a line of its own.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

_GRACE_SECONDS: Final = 5.0  # beyond what was told to wait, before a place is lost
_WINDOW_SECONDS: Final = 60.0  # over which leaving is counted
_SHORTEST: Final = 1
_LONGEST: Final = 10
_UNKNOWN: Final = 5  # seconds to wait while nobody has left yet


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone stands, from 1, and after how many seconds to ask again."""

    number: int
    seconds: int


class WaitingLine:
    """Persons in order of arrival. `clock`: monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[UUID, float] = {}  # in order of arrival: when their place is lost
        self._left: deque[float] = deque(maxlen=1024)

    def ask(self, who: UUID, free: int) -> Place | None:
        """Let `who` in (None) when one of the `free` rooms is theirs; otherwise keep their place and tell it."""
        now = self._clock()
        for gone in [one for one, until in self._until.items() if until < now]:
            del self._until[gone]
        before = list(self._until).index(who) if who in self._until else len(self._until)
        if before < free:
            self._until.pop(who, None)
            return None
        place = Place(before - free + 1, self._seconds(before - free + 1, now))
        self._until[who] = now + place.seconds + _GRACE_SECONDS
        return place

    def left(self) -> None:
        """Take note that a room was left."""
        self._left.append(self._clock())

    def _seconds(self, place: int, now: float) -> int:
        while self._left and self._left[0] < now - _WINDOW_SECONDS:
            self._left.popleft()
        if not self._left:
            return _UNKNOWN
        rate = len(self._left) / max(now - self._left[0], 1.0)
        return min(max(math.ceil(place / rate), _SHORTEST), _LONGEST)
