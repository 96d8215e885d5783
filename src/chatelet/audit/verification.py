"""The verifier: a pure machine fed with the rows of the journal; it needs public keys, no database, no private key.

    feed(row)*, conclude() → Report        rows in the order of `reading.rows`; memory does not grow with the journal

What finds what: the digest of an event, an edit of any column; the chain, an edit, a deletion, another order; the
signed seals, a chain made again; the queue of the sealer, an event inserted behind its back; the head, kept elsewhere,
an end cut off with its seals. Missing events are excused only below the bound of a purge that the journal itself tells.
"""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from chatelet.audit.encoding import GENESIS, NO_SEAL, chain, event_digest, seal_statement, signature_digest
from chatelet.audit.events import JournalPurged
from chatelet.audit.head import Head
from chatelet.audit.keys import PublicKeys
from chatelet.audit.purges import Purges
from chatelet.audit.repeats import Repeats
from chatelet.audit.report import Problem, Reason, Report
from chatelet.audit.rows import EventRow, Header, LinkRow, Row, SealRow, UnlinkedRow

GRACE: Final = timedelta(minutes=5)  # how long an event may stay without link, or a link without seal
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Verifier:
    """Feed it every row, then `conclude`. Only the first problem is kept: what follows one proves nothing more."""

    def __init__(self, header: Header, keys: PublicKeys, *, head: Head | None = None, grace: timedelta = GRACE) -> None:
        self.problem: Problem | None = None
        self._repeats = Repeats()
        self._purges = Purges(header.purged_before)
        self._seals = _Seals(keys, head)
        self._old = header.read_at - grace
        self._first_seq = 0
        self._seq = 0
        self._chain_hash: bytes = GENESIS
        self._oldest_unsealed: datetime | None = None
        self._oldest_waiting: datetime | None = None
        self._waiting = 0
        self._stray: Problem | None = None  # a missing link explains more than the events it leaves behind

    def feed(self, row: Row) -> None:
        """Take the next row."""
        if self.problem is not None:
            return
        match row:
            case LinkRow():
                self.problem = self._check_place(row) or self._check_event(row)
            case SealRow():
                self.problem = self._seals.check(row, self._seq, self._chain_hash)
                if self.problem is None:
                    self._repeats.forget_before(row.sealed_at)
                    self._oldest_unsealed = None
            case UnlinkedRow():
                self._stray = self._stray or self._note_unlinked(row)

    @property
    def late(self) -> set[UUID]:
        """Late events: rare; `SecondReading` tells whether they stand twice."""
        return self._repeats.late

    def conclude(self, found_again: Problem | None = None) -> Report:
        """Return the report, once every row was fed; `found_again` is what a second reading found."""
        ends = self._seals.conclude(self._seq) or self._purges.conclude(self._first_seq)
        problem = self.problem or found_again or ends or self._stray
        seal = self._seals.last
        return Report(
            problem=problem,
            first_seq=self._first_seq,
            last_seq=self._seq,
            sealed_seq=seal.seq if seal else 0,
            sealed_at=seal.sealed_at if seal else None,
            head_seq=self._seals.head.seq if self._seals.head else None,
            purged=self._purges.count,
            purged_before=self._purges.before,
            late=len(self._repeats.late),
            waiting=self._waiting,
            unlinked_since=self._if_old(self._oldest_waiting),
            unsealed_since=self._if_old(self._oldest_unsealed),
        )

    def _check_place(self, link: LinkRow) -> Problem | None:
        if not self._first_seq:
            start = self._seals.start_for(link.seq)
            if start is None:
                return Problem(Reason.LINK_MISSING, 1)
            self._first_seq, self._seq, self._chain_hash = link.seq, link.seq - 1, start
        if link.seq != self._seq + 1:
            reason = Reason.LINK_MISSING if link.seq > self._seq else Reason.LINK_OUT_OF_ORDER
            return Problem(reason, self._seq + 1 if link.seq > self._seq else link.seq)
        if link.chain_hash != chain(self._chain_hash, link.seq, link.event_id, link.digest):
            return Problem(Reason.LINK_ALTERED, link.seq, link.event_id)
        self._seq, self._chain_hash = link.seq, link.chain_hash
        return None

    def _check_event(self, link: LinkRow) -> Problem | None:
        if self._repeats.meets(link.event_id):
            return Problem(Reason.EVENT_LINKED_TWICE, link.seq, link.event_id)
        event = link.event
        if event is None:
            excused = self._purges.excuse(link.seq, link.event_id)
            return None if excused else Problem(Reason.EVENT_MISSING, link.seq, link.event_id)
        if event.id != link.event_id or event.digest != link.digest or not _is_whole(event):
            return Problem(Reason.EVENT_ALTERED, link.seq, link.event_id)
        self._oldest_unsealed = self._oldest_unsealed or event.occurred_at
        return self._purges.hear(link.seq, event) if event.name == JournalPurged.name else None

    def _note_unlinked(self, row: UnlinkedRow) -> Problem | None:
        self._oldest_waiting = min(self._oldest_waiting or row.event.occurred_at, row.event.occurred_at)
        self._waiting += row.waiting
        if not row.waiting:  # an event and its place in the queue are one transaction, and so is its move to the chain
            return Problem(Reason.EVENT_UNLINKED, None, row.event.id)
        return None if _is_whole(row.event) else Problem(Reason.EVENT_ALTERED, None, row.event.id)

    def _if_old(self, moment: datetime | None) -> datetime | None:
        return moment if moment is not None and moment < self._old else None


class _Seals:
    """Checks each seal against the chain, the keys, the seal before and the head."""

    def __init__(self, keys: PublicKeys, head: Head | None) -> None:
        self.head = head
        self.last: SealRow | None = None
        self._keys = keys
        self._head_met = head is None

    def start_for(self, seq: int) -> bytes | None:
        """Return the chain hash that the first link of the reading follows, None when nothing vouches for it."""
        if seq == 1:
            return GENESIS if self.last is None else None
        return self.last.chain_hash if self.last is not None and self.last.seq == seq - 1 else None

    def check(self, seal: SealRow, seq: int, chain_hash: bytes) -> Problem | None:
        """Take the next seal; the chain is `chain_hash` at `seq` (0: no link read yet)."""
        if seq and seal.seq != seq:
            return Problem(Reason.LINK_MISSING, seq + 1)
        if seq and seal.chain_hash != chain_hash:
            return Problem(Reason.SEAL_MISMATCH, seal.seq)
        if not self._keys.knows(seal.key_id):
            return Problem(Reason.SEAL_UNKNOWN_KEY, seal.seq)
        previous = signature_digest(self.last.signature) if self.last else NO_SEAL
        statement = seal_statement(seal.seq, seal.chain_hash, seal.sealed_at, seal.key_id, previous)
        if not self._keys.verify(seal.key_id, seal.signature, statement):
            return Problem(Reason.SEAL_FORGED, seal.seq)
        self.last = seal
        if self.head is not None and self.head.seq == seal.seq:
            self._head_met = True
            if self.head.signature != seal.signature.hex() or self.head.chain_hash != seal.chain_hash.hex():
                return Problem(Reason.HEAD_MISMATCH, seal.seq)
        return None

    def conclude(self, seq: int) -> Problem | None:
        """Check that the reading went as far as the seals and the head; `seq` is the last link."""
        if self.last is not None and seq == 0:
            return Problem(Reason.LINK_MISSING, 1)
        if self.head is not None and not self._head_met:
            cut = self.head.seq > seq
            return Problem(Reason.TRUNCATED if cut else Reason.SEAL_MISSING, seq + 1 if cut else self.head.seq)
        return None


def _is_whole(event: EventRow) -> bool:
    """Whether an event has the content it was written with, and the instant that its identifier holds."""
    microseconds = (event.occurred_at - _EPOCH) // timedelta(microseconds=1)
    return microseconds == (event.id.int >> 80) * 1_000 and event_digest(event) == event.digest
