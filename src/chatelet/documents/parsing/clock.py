"""The time given to one reading: it stops by itself, with what it has, before its process is stopped from outside."""

import time

_OWN_SHARE = 0.9  # of the time its process has


class Clock:
    """Tells when the time given to one reading is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds * _OWN_SHARE

    def left(self) -> float:
        """Return the seconds left, never below 0."""
        return max(0.0, self._end - time.monotonic())

    def over(self) -> bool:
        """Tell whether time is up."""
        return self.left() <= 0.0
