"""Changes of a rewriting, accepted or rejected: kept with what was proposed, in the text at once, in a file when taken.

decisions -> the segment as proposed, what is rejected as it was -> judged again -> kept; its text written again
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.policy.sensitivity import Label
from chatelet.writing import deciding, sentences
from chatelet.writing.deciding import Decided
from chatelet.writing.errors import SentenceNotFound, WorkNotReady
from chatelet.writing.services import WritingServices
from chatelet.writing.task import Task
from chatelet.writing.works import again, views
from chatelet.writing.works.again import Done
from chatelet.writing.works.schemas import Decision, NewDecisions, SegmentOut
from chatelet.writing.works.sealed import Kept

_TRIES: Final = 5  # where the same person decides elsewhere at the same moment


async def decide(
    services: WritingServices, principal: Principal, work_id: UUID, number: int, wanted: NewDecisions
) -> SegmentOut:
    """Keep what is decided of a sentence.

    Raises `WorkNotFound`, `WorkNotReady` (not done, or of another language), `SentenceNotFound`, as `again.written`
    """
    one = Decided(wanted.place, tuple(sorted(set(wanted.accepted))), tuple(sorted(set(wanted.rejected))))

    def change(found: Done) -> dict[int, Kept]:
        return {number: _decided(found.asked.task, found.segment(number), [one])}

    task, changed = await _changed(services, principal, work_id, change)
    return views.segment(task, changed[number])


async def decide_all(services: WritingServices, principal: Principal, work_id: UUID, decision: Decision) -> None:
    """Decide alike of every change that is open. Raises as `decide`."""

    def change(found: Done) -> dict[int, Kept]:
        told = ((kept.outcome.number, _alike(found.asked.task, kept, decision)) for kept in found.kept)
        return {number: kept for number, kept in told if kept is not None}

    await _changed(services, principal, work_id, change)


async def _changed(
    services: WritingServices, principal: Principal, work_id: UUID, change: Callable[[Done], dict[int, Kept]]
) -> tuple[Task, dict[int, Kept]]:
    """Write down what changes of a work; begun again when it changed elsewhere meanwhile."""
    for _ in range(_TRIES):
        async with services.database.transaction() as session:
            found = await again.done(session, services, principal, work_id)
            if not views.is_open(found.row, found.asked):
                raise WorkNotReady(state=found.row.state)
        changed = change(found)
        try:
            await _kept(services, principal, found, changed)
        except again.Overtaken:
            continue
        return found.asked.task, changed
    raise WorkNotReady(state="running")


async def _kept(services: WritingServices, principal: Principal, found: Done, changed: Mapping[int, Kept]) -> None:
    label = Label.of(found.row.level, found.row.categories)
    is_file = found.row.file_id is not None
    told, file_id = (again.due(found.told), None) if is_file else await again.written(services, found, label, changed)
    async with again.same(services, principal, found, file_id) as (session, row):
        again.keep(session, found, row, changed, told)
        event = events.WorkChanged(work_id=row.id, action="chosen")
        await journal.record(session, event, actor=principal.person_id)


def _decided(task: Task, kept: Kept, wanted: Sequence[Decided]) -> Kept:
    """Return a segment as it was decided. Raises `SentenceNotFound`."""
    proposed = kept.proposed or kept.outcome
    pairs = sentences.pairs_of(task, kept.source, proposed)
    decided = kept.decided
    for one in wanted:
        if one.place >= len(pairs) or not {*one.accepted, *one.rejected} <= deciding.open_changes(pairs[one.place]):
            raise SentenceNotFound
        decided = deciding.joined(decided, one)
    pieces = deciding.pieces(proposed.pieces, pairs, decided)
    if pieces is None:
        raise SentenceNotFound
    outcome = msgspec.structs.replace(proposed, pieces=pieces)
    if pieces != proposed.pieces:
        reasons = sentences.judged_again(task, kept.source, outcome)
        outcome = msgspec.structs.replace(outcome, reasons=reasons, terms_missed=())
    return Kept(kept.source, outcome, proposed, decided)


def _alike(task: Task, kept: Kept, decision: Decision) -> Kept | None:
    """Return a segment with its open changes decided alike; none when it has none, or they cannot be."""
    before = {one.place: one for one in kept.decided}
    wanted: list[Decided] = []
    for place, pair in enumerate(sentences.pairs_of(task, kept.source, kept.proposed or kept.outcome)):
        one = before.get(place, Decided(place))
        left = sorted(deciding.open_changes(pair) - {*one.accepted, *one.rejected})
        if left:
            wanted.append(msgspec.structs.replace(one, **{decision: (*getattr(one, decision), *left)}))
    try:
        return _decided(task, kept, wanted) if wanted else None
    except SentenceNotFound:
        return None
