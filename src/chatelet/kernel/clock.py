"""The one place that reads the wall clock, so that tests can travel in time; and that notices when it jumps."""

import time
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the present instant, timezone-aware, in UTC."""
    return datetime.now(UTC)


def _steady() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


_began, _began_steadily = now(), _steady()


def jump() -> timedelta:
    """Return how far the wall clock moved more (or less) than time really passed, since this process began."""
    return now() - _began - timedelta(seconds=_steady() - _began_steadily)
