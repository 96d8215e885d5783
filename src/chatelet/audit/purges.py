"""What the verifier accepts to find missing: what a purge took away, if the journal itself tells of it."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec

from chatelet.audit.events import JournalPurged
from chatelet.audit.report import Problem, Reason
from chatelet.audit.rows import EventRow
from chatelet.audit.vocabulary import unpack

LEAST_RETENTION_DAYS: Final = 180  # CNIL, deliberation 2021-122: six months to one year
_DAY: Final = 86_400_000  # milliseconds, as in identifiers


class Purges:
    """Holds the claim made before reading, what it excused, and the purges that verified events tell of."""

    def __init__(self, claim: UUID | None) -> None:
        self._claim = claim
        self._told_before = UUID(int=0)
        self._told_links = 0
        self._first_excused: int | None = None
        self._last_excused = UUID(int=0)
        self.count = 0

    @property
    def before(self) -> datetime | None:
        """Everything before this instant may be gone."""
        if not self._told_before.int:
            return None
        return datetime.fromtimestamp((self._told_before.int >> 80) / 1000, UTC)

    def excuse(self, seq: int, event_id: UUID) -> bool:
        """Whether this event may be missing, if the claim is confirmed in the end."""
        if self._claim is None or event_id >= self._claim:
            return False
        self.count += 1
        self._first_excused = seq if self._first_excused is None else self._first_excused
        self._last_excused = max(self._last_excused, event_id)
        return True

    def hear(self, seq: int, row: EventRow) -> Problem | None:
        """Take note of a verified event that tells of a purge."""
        try:
            purge = unpack(JournalPurged, row.object_id, row.data)
        except msgspec.MsgspecError:
            return Problem(Reason.EVENT_ALTERED, seq, row.id)
        kept_days = ((row.id.int >> 80) - (purge.before.int >> 80)) / _DAY
        if not LEAST_RETENTION_DAYS <= purge.retention_days <= kept_days:
            return Problem(Reason.PURGE_TOO_EARLY, seq, row.id)
        self._told_before = max(self._told_before, purge.before)
        self._told_links = max(self._told_links, purge.links_through)
        return None

    def conclude(self, first_seq: int) -> Problem | None:
        """Check that the journal told of all that is missing; the chain starts at `first_seq`."""
        if first_seq > 1 and self._told_links < first_seq - 1:
            return Problem(Reason.PURGE_UNTOLD, self._told_links + 1)
        if self.count and self._last_excused >= self._told_before:
            return Problem(Reason.PURGE_UNTOLD, self._first_excused)
        return None
