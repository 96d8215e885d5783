"""Finds an event linked twice without keeping every identifier: only those of the last hour.

An event is linked about a second after it was written. One that is older than the last seal by more than an hour is
late: a clock set back, or an old event put in the queue again. Late ones are few; a second reading tells whether they
stand twice.
"""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from chatelet.audit.report import Problem, Reason
from chatelet.audit.rows import LinkRow, Row

_LATE: Final = timedelta(hours=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FORGET_EACH: Final = 50_000


class Repeats:
    """The identifiers met lately."""

    def __init__(self) -> None:
        self.late: set[UUID] = set()
        self._recent: set[UUID] = set()
        self._floor = 0  # milliseconds since 1970
        self._forget_at = _FORGET_EACH

    def meets(self, event_id: UUID) -> bool:
        """Whether this event was met already, as far as memory goes; the others are in `late`."""
        known = self.late if event_id.int >> 80 < self._floor else self._recent
        repeated = event_id in known
        known.add(event_id)
        return repeated

    def forget_before(self, sealed_at: datetime) -> None:
        """Take note of a seal: from now on, what is an hour older than it is late."""
        self._floor = max(self._floor, (sealed_at - _LATE - _EPOCH) // timedelta(milliseconds=1))
        if len(self._recent) > self._forget_at:
            self._recent = {event_id for event_id in self._recent if event_id.int >> 80 >= self._floor}
            self._forget_at = 2 * len(self._recent) + _FORGET_EACH


class SecondReading:
    """Looks for late events that stand twice; feed it every row again."""

    def __init__(self, late: set[UUID]) -> None:
        self.problem: Problem | None = None
        self._late = late
        self._met: set[UUID] = set()

    def feed(self, row: Row) -> None:
        """Take the next row."""
        if self.problem is not None or not isinstance(row, LinkRow) or row.event_id not in self._late:
            return
        if row.event_id in self._met:
            self.problem = Problem(Reason.EVENT_LINKED_TWICE, row.seq, row.event_id)
        self._met.add(row.event_id)
