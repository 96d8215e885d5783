"""What a verification concludes: intact, broken (with the first bad place and the reason), or incomplete."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

Verdict = Literal["intact", "broken", "incomplete"]


class Reason(StrEnum):
    """Why the journal is broken."""

    EVENT_ALTERED = "event_altered"
    EVENT_MISSING = "event_missing"
    EVENT_UNLINKED = "event_unlinked"
    EVENT_LINKED_TWICE = "event_linked_twice"
    LINK_ALTERED = "link_altered"
    LINK_MISSING = "link_missing"
    LINK_OUT_OF_ORDER = "link_out_of_order"
    SEAL_FORGED = "seal_forged"
    SEAL_UNKNOWN_KEY = "seal_unknown_key"
    SEAL_MISMATCH = "seal_mismatch"
    SEAL_MISSING = "seal_missing"
    TRUNCATED = "truncated"
    HEAD_MISMATCH = "head_mismatch"
    PURGE_UNTOLD = "purge_untold"
    PURGE_TOO_EARLY = "purge_too_early"


WORDS: Final[dict[Reason, str]] = {
    Reason.EVENT_ALTERED: "an event does not have the content it was written with",
    Reason.EVENT_MISSING: "an event was deleted",
    Reason.EVENT_UNLINKED: "an event was inserted without going through the queue of the sealer",
    Reason.EVENT_LINKED_TWICE: "an event stands twice in the chain",
    Reason.LINK_ALTERED: "a link of the chain was altered, or another order given to it",
    Reason.LINK_MISSING: "a link of the chain was deleted",
    Reason.LINK_OUT_OF_ORDER: "a link of the chain is repeated or not in its place",
    Reason.SEAL_FORGED: "a seal's signature does not hold: it was altered, forged, or the seal before it was deleted",
    Reason.SEAL_UNKNOWN_KEY: "a seal is signed with a key that is not among the public keys given",
    Reason.SEAL_MISMATCH: "the chain is not the one that was sealed: it was made again",
    Reason.SEAL_MISSING: "the seal that the head tells of was deleted",
    Reason.TRUNCATED: "the journal stops before the head: its end was cut off, or an older backup was restored",
    Reason.HEAD_MISMATCH: "the journal is not the one that the head tells of",
    Reason.PURGE_UNTOLD: "events or links are missing and no event of the journal tells of their purge",
    Reason.PURGE_TOO_EARLY: "events were purged before the end of their least retention",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """The first bad place: its number in the chain, or the event when it has none."""

    reason: Reason
    seq: int | None = None
    event_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was read and what it proves. `sealed_seq` is up to where; the rest of the chain has no signature yet."""

    problem: Problem | None
    first_seq: int
    last_seq: int
    sealed_seq: int
    sealed_at: datetime | None
    head_seq: int | None
    purged: int
    purged_before: datetime | None
    late: int
    waiting: int
    unlinked_since: datetime | None  # set when events wait for the sealer longer than the grace
    unsealed_since: datetime | None  # set when links wait for a seal longer than the grace

    @property
    def verdict(self) -> Verdict:
        """Broken beats incomplete."""
        if self.problem is not None:
            return "broken"
        return "incomplete" if self.unlinked_since or self.unsealed_since else "intact"


def tell(report: Report) -> str:
    """Say the report in a few lines: figures, instants and identifiers, nothing that an intruder could have worded."""
    lines = [f"Journal: {report.verdict}."]
    problem = report.problem
    if problem is not None:
        place = f"link {problem.seq}" if problem.seq is not None else "outside the chain"
        event = f", event {problem.event_id}" if problem.event_id else ""
        lines.append(f"First problem ({problem.reason}), {place}{event}: {WORDS[problem.reason]}.")
    if report.last_seq:
        sealed = f", sealed up to {report.sealed_seq} at {report.sealed_at}" if report.sealed_at else ", no seal"
        lines.append(f"Links {report.first_seq} to {report.last_seq} read{sealed}.")
    else:
        lines.append("No link read.")
    lines.append(f"Compared with the head at {report.head_seq}." if report.head_seq else _NO_HEAD)
    if report.purged_before:
        lines.append(f"Purged, and told by the journal: everything before {report.purged_before}.")
    if report.late:
        lines.append(f"{report.late} events are more than an hour older than the seal before them (a clock set back?).")
    if report.waiting:
        lines.append(f"{report.waiting} events wait to be linked.")
    if report.unlinked_since:
        lines.append(f"The oldest waits since {report.unlinked_since}: does the sealer run?")
    if report.unsealed_since:
        lines.append(f"No seal covers what came since {report.unsealed_since}: does the sealer run?")
    return "\n".join(lines)


_NO_HEAD: Final = "No head to compare with: an end cut off with its seals would not show."
