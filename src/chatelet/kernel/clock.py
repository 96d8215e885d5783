"""The one place that reads the wall clock, so that tests can travel in time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, timezone-aware, in UTC."""
    return datetime.now(UTC)
