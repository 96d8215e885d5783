"""What a work tells of itself: how many segments, what was left as it was and why, what needs a human eye.

Made from outcomes alone, so that it can be told half way, and again after a restart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from chatelet.documents.rebuilding.contract import Segment
from chatelet.writing.chunks import aligned
from chatelet.writing.differences import counted
from chatelet.writing.giving_back import as_read
from chatelet.writing.task import PLACES, Outcome

_SHOWN: Final = 160  # characters of a segment
_MOST: Final = 500  # lines: beyond, a reader reads the whole


class Line(msgspec.Struct, frozen=True):
    """A segment to look at. `kept`: it is as it was; otherwise it was written, with a doubt that `reasons` tell."""

    number: int
    kept: bool
    reasons: tuple[str, ...]
    source: str
    written: str
    page: int | None = None
    part: str = "body"


class Correction(msgspec.Struct, frozen=True):
    """A change that was made in a text rewritten in its language, and why, as its letters tell."""

    number: int
    before: str
    after: str
    why: str


class Report(msgspec.Struct, frozen=True):
    """Figures of a work, and the segments that a person should look at, in reading order."""

    segments: int = 0
    written: int = 0
    reused: int = 0
    copied: int = 0
    kept: int = 0
    left: int = 0
    locked: int = 0
    retried: int = 0
    figures_checked: int = 0
    terms_applied: dict[str, int] = {}
    terms_missed: dict[str, int] = {}
    names: dict[str, int] = {}
    reasons: dict[str, int] = {}
    changes: dict[str, int] = {}
    corrections: tuple[Correction, ...] = ()
    to_look_at: tuple[Line, ...] = ()
    more_to_look_at: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether every segment was written."""
        return not self.kept and not self.left


def make(
    segments: Sequence[Segment],
    outcomes: Mapping[int, Outcome],
    left_out: Sequence[str] = (),
    *,
    is_compared: bool = False,
) -> Report:
    """Return the report of a work, whatever is done of it; change by change when its words are compared."""
    corrections = _corrections(segments, outcomes) if is_compared else []
    told = _Tally.of(outcomes.values())
    lines = [_line(one, outcomes[one.number]) for one in segments if one.number in told.to_see]
    locked = sum(segment.locked for segment in segments)
    return Report(
        segments=len(segments),
        written=told.states["written"],
        reused=told.states["reused"],
        copied=told.states["copied"],
        kept=told.states["kept"],
        left=len(segments) - locked - len(outcomes),
        locked=locked,
        retried=told.retried,
        figures_checked=told.figures,
        terms_applied=dict(told.applied.most_common()),
        terms_missed=dict(told.missed.most_common()),
        names=dict(told.names.most_common()),
        reasons=dict(told.reasons.most_common()),
        changes=_counted(one.why for one in corrections),
        corrections=tuple(corrections[:_MOST]),
        to_look_at=tuple(lines[:_MOST]),
        more_to_look_at=max(0, len(lines) - _MOST),
        left_out=tuple(left_out),
    )


@dataclass(slots=True)
class _Tally:
    """Figures of outcomes, told in one pass: each is opened once."""

    states: Counter[str] = field(default_factory=Counter[str])
    applied: Counter[str] = field(default_factory=Counter[str])
    missed: Counter[str] = field(default_factory=Counter[str])
    names: Counter[str] = field(default_factory=Counter[str])
    reasons: Counter[str] = field(default_factory=Counter[str])
    to_see: set[int] = field(default_factory=set[int])
    retried: int = 0
    figures: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "_Tally":
        told = cls()
        for one in outcomes:
            told.states[one.state] += 1
            told.applied.update(one.terms_applied)
            told.missed.update(one.terms_missed)
            told.names.update(one.names)
            told.reasons.update(reason.value for reason in one.reasons)
            told.retried += one.attempts > 1
            told.figures += one.figures
            if one.reasons:
                told.to_see.add(one.number)
        return told


def told_again(before: Report, outcomes: Mapping[int, Outcome]) -> Report:
    """Return a report once a person chose other words: what needs an eye is told anew, the counts stay."""
    done = list(outcomes.values())
    lines = [
        msgspec.structs.replace(
            line,
            kept=outcomes[line.number].state == "kept",
            reasons=tuple(reason.value for reason in outcomes[line.number].reasons),
            written="" if outcomes[line.number].state == "kept" else _cut(outcomes[line.number].text),
        )
        for line in before.to_look_at
        if line.number in outcomes and outcomes[line.number].reasons
    ]
    states = Counter(one.state for one in done)
    return msgspec.structs.replace(
        before,
        written=states["written"],
        kept=states["kept"],
        copied=states["copied"],
        reused=states["reused"],
        terms_missed=_counted(term for one in done for term in one.terms_missed),
        reasons=_counted(reason.value for one in done for reason in one.reasons),
        to_look_at=tuple(lines),
    )


def of_parts(wanted: int, outcomes: Mapping[int, Outcome]) -> Report:
    """Return the figures of a draft: the parts that a model wrote, those that it could not."""
    states = Counter(one.state for one in outcomes.values())
    return Report(
        segments=wanted,
        written=states["written"],
        kept=states["kept"],
        retried=sum(one.attempts > 1 for one in outcomes.values()),
        reasons=_counted(reason.value for one in outcomes.values() for reason in one.reasons),
    )


def unsure(outcomes: Iterable[Outcome]) -> frozenset[int]:
    """Return the segments to highlight in the document: written with a doubt, or left as they were."""
    return frozenset(one.number for one in outcomes if one.reasons)


def _corrections(segments: Sequence[Segment], outcomes: Mapping[int, Outcome]) -> list[Correction]:
    """Return the changes of what was written, in reading order."""
    return [
        Correction(segment.number, change.before, change.after, change.why)
        for segment in segments
        if (one := outcomes.get(segment.number)) is not None and one.state in {"written", "reused"}
        for before, after in aligned(as_read(segment.pieces), as_read(one.pieces))
        for change in counted(before, after)
        if change.why is not None
    ]


def _line(segment: Segment, outcome: Outcome) -> Line:
    is_kept = outcome.state == "kept"
    return Line(
        segment.number,
        is_kept,
        tuple(reason.value for reason in outcome.reasons),
        _cut(segment.text),
        "" if is_kept and not PLACES & set(outcome.reasons) else _cut(outcome.text),
        segment.page,
        segment.part.value,
    )


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(words).most_common())
