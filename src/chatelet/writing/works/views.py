"""A work as its person sees it."""

from collections.abc import Iterable
from heapq import nsmallest
from typing import cast

from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.policy.sensitivity import Label, Level
from chatelet.writing import deciding, sentences
from chatelet.writing.deciding import Decided
from chatelet.writing.tables import Work, WorkPiece
from chatelet.writing.task import Outcome, Task
from chatelet.writing.works.schemas import (
    ChangeOut,
    Decision,
    LineOut,
    PairOut,
    SegmentList,
    SegmentOut,
    WorkKind,
    WorkOut,
    WorkState,
    WritingReport,
)
from chatelet.writing.works.sealed import Asked, Kept, Sealer, Told

_PAGE = 200


def shown(keyring: Keyring, row: Work, *, whole: bool = False) -> WorkOut:
    """Return a work; its report and its text when the `whole` is asked."""
    sealer = Sealer.of(keyring, row.id, row.wrapped_key)
    asked = sealer.asked(row.asked_sealed)
    told = sealer.told(row.told_sealed) if row.told_sealed else None
    return WorkOut(
        id=row.id,
        kind=cast("WorkKind", row.kind),
        state=cast("WorkState", row.state),
        name=asked.name,
        is_file=not asked.text,
        source=asked.task.source,
        to="-".join(filter(None, (asked.task.target, asked.task.region))),
        style=asked.task.style,
        form=asked.summary.wish.form if asked.summary else None,
        template=asked.draft.template.name if asked.draft else None,
        level=Level(row.level),
        categories=Label.of(row.level, row.categories).in_order,
        model=row.model_id,
        segments=row.segments,
        done=row.done,
        seconds_left=_seconds_left(row),
        error=row.error_code,
        resumes_at=row.resumes_at,
        has_result=row.result_file_id is not None,
        is_open=is_open(row, asked),
        is_tracked=asked.is_tracked,
        result_name=told.name if told else None,
        text=told.text if told and whole and asked.text else None,
        report=_report(told) if told and whole and told.summary is None else None,
        created_at=row.created_at,
        ended_at=row.ended_at,
        expires_at=row.expires_at,
    )


def is_open(row: Work, asked: Asked) -> bool:
    """Tell whether changes of a work are accepted or rejected here."""
    return row.state == "done" and asked.task.is_compared


def kept_of(keyring: Keyring, row: Work, pieces: Iterable[WorkPiece]) -> list[Kept]:
    """Open what was written of a work so far, in reading order; what was written last of a segment counts."""
    sealer = Sealer.of(keyring, row.id, row.wrapped_key)
    found = {kept.outcome.number: kept for piece in pieces for kept in sealer.kept(piece.sealed, piece.id)}
    return [found[number] for number in sorted(found)]


def segments(keyring: Keyring, row: Work, pieces: Iterable[WorkPiece], after: int) -> SegmentList:
    """Return a page of segments, from number `after` on."""
    sealer = Sealer.of(keyring, row.id, row.wrapped_key)
    found: dict[int, Kept] = {}
    for piece in pieces:
        held = (kept for kept in sealer.kept(piece.sealed, piece.id) if kept.outcome.number >= after)
        found.update((kept.outcome.number, kept) for kept in held)
        if len(found) > 4 * _PAGE:  # a book is never held for one page of it
            found = {number: found[number] for number in nsmallest(_PAGE + 1, found)}
    task = sealer.asked(row.asked_sealed).task
    first = nsmallest(_PAGE + 1, found)
    following = first[_PAGE] if len(first) > _PAGE else None
    return SegmentList(items=[segment(task, found[number]) for number in first[:_PAGE]], next=following)


def segment(task: Task, kept: Kept) -> SegmentOut:
    """Return a segment, sentence by sentence; of a rewriting, as it was proposed, with what was decided."""
    outcome = kept.outcome
    decided = {one.place: one for one in kept.decided}
    pairs = sentences.pairs_of(task, kept.source, kept.proposed or outcome)
    return SegmentOut(
        number=outcome.number,
        state=outcome.state,
        reasons=[reason.value for reason in outcome.reasons],
        pairs=[_pair(one, decided.get(place), outcome) for place, one in enumerate(pairs)],
        page=outcome.page,
        part=outcome.part.value,
    )


def _pair(pair: sentences.Pair, decided: Decided | None, outcome: Outcome) -> PairOut:
    return PairOut(
        source=pair.source,
        written=deciding.words(pair.changes, decided) if decided else pair.written,
        reasons=[reason.value for reason in pair.reasons if reason in outcome.reasons],
        changes=[
            ChangeOut(before=was, after=now, why=why, decision=_decision(decided, place))
            for place, (was, now, why) in enumerate(pair.changes)
        ],
    )


def _decision(decided: Decided | None, place: int) -> Decision | None:
    if decided is None:
        return None
    return "accepted" if place in decided.accepted else "rejected" if place in decided.rejected else None


def _report(told: Told) -> WritingReport:
    report = told.report
    return WritingReport(
        segments=report.segments,
        written=report.written,
        reused=report.reused,
        copied=report.copied,
        kept=report.kept,
        left=report.left,
        locked=report.locked,
        retried=report.retried,
        figures_checked=report.figures_checked,
        terms_applied=report.terms_applied,
        terms_missed=report.terms_missed,
        names=report.names,
        reasons=report.reasons,
        changes=report.changes,
        to_look_at=[
            LineOut(
                number=line.number,
                kept=line.kept,
                reasons=list(line.reasons),
                source=line.source,
                written=line.written,
                page=line.page,
                part=line.part,
            )
            for line in report.to_look_at
        ],
        more_to_look_at=report.more_to_look_at,
        left_out=list(report.left_out),
    )


def _seconds_left(row: Work) -> int | None:
    """Return how long the rest takes at the pace of this run."""
    done = row.done - row.done_before
    if row.state != "running" or row.started_at is None or done <= 0:
        return None
    return round((clock.now() - row.started_at).total_seconds() / done * max(0, row.segments - row.done))
