"""All sources at once under one deadline: each ends in one state, and what came in time is given.

    Question ─┬─ hal ──────── answered
              ├─ crossref ─── late       ─▶ Answer, Answer, …  in the order of the sources
              └─ arxiv ────── dead

Nothing is asked unless the clearance permits it (`accepts`), and nothing of what was asked is logged.
"""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol

from chatelet.connectors.scholarly import client
from chatelet.connectors.scholarly.client import Asked
from chatelet.connectors.scholarly.contract import Answer, Marks, Question, State
from chatelet.connectors.scholarly.errors import SourceBroken, SourceError
from chatelet.connectors.scholarly.record import Record, Scheme, SourceName
from chatelet.kernel.logs import get_logger
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Label, Level

_STATES: Final[dict[str, State]] = {
    "source_dead": "dead",
    "source_late": "late",
    "source_refused": "refused",
    "source_broken": "broken",
}
_LEAST_TO_THREAD: Final = 200_000  # bytes: beyond, reading would hold up the loop
log = get_logger(__name__)


class _Ask(Protocol):
    """Ask one source, until the deadline of them all."""

    def __call__(self, *, deadline: float) -> Awaitable[list[Record]]: ...


@dataclass(frozen=True, slots=True)
class Sources:
    """What this installation asks. `accepts`: the most that they may receive; `seconds`: one deadline for all."""

    outbound: Outbound
    asked: tuple[Asked, ...] = ()
    accepts: Label = field(default_factory=lambda: Label(Level.PUBLIC))
    seconds: float = 3.0

    @property
    def names(self) -> list[SourceName]:
        """Return who is asked."""
        return [one.service.name for one in self.asked]


async def search(sources: Sources, question: Question, clearance: Clearance) -> list[Answer]:
    """Ask every source that answers words. Raises nothing: what failed is a state."""
    wanted: list[tuple[Asked, _Ask]] = []
    for one in sources.asked:
        if question.page > 1 and one.service.marks is not None:
            wanted.append((one, partial(_later, sources, one, one.service.marks, question)))
        elif (target := one.service.search(question, one.courtesy)) is not None:
            wanted.append((one, partial(_read, sources, one, target, exact=False)))
    return await _all(sources, wanted, permitted=clearance.permits(sources.accepts))


async def resolve(sources: Sources, scheme: Scheme, value: str, clearance: Clearance) -> list[Answer]:
    """Ask every source that knows such identifiers for this one."""
    targets = [(one, one.service.resolve(scheme, value, one.courtesy)) for one in sources.asked]
    wanted: list[tuple[Asked, _Ask]] = [
        (one, partial(_read, sources, one, target, exact=True)) for one, target in targets if target is not None
    ]
    return await _all(sources, wanted, permitted=clearance.permits(sources.accepts))


async def _all(sources: Sources, wanted: Sequence[tuple[Asked, _Ask]], *, permitted: bool) -> list[Answer]:
    if not permitted:
        return [Answer(one.service.name, "refused") for one, _ask in wanted]
    begun = time.monotonic()
    deadline = begun + sources.seconds
    tasks = [asyncio.create_task(_one(ask, deadline, one)) for one, ask in wanted]
    if tasks:
        _done, late = await asyncio.wait(tasks, timeout=max(deadline - time.monotonic(), 0))
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    spent = round((time.monotonic() - begun) * 1_000)
    return [
        Answer(one.service.name, "late", milliseconds=spent) if task.cancelled() else task.result()
        for task, (one, _ask) in zip(tasks, wanted, strict=True)
    ]


async def _one(ask: _Ask, deadline: float, asked: Asked) -> Answer:
    begun = time.monotonic()
    try:
        records, state = await ask(deadline=deadline), "answered"
    except SourceError as error:
        records, state = list[Record](), error.code
        log.info("scholarly_source_failed", source=asked.service.name, code=error.code)
    spent = round((time.monotonic() - begun) * 1_000)
    return Answer(asked.service.name, _STATES.get(state, "answered"), records, spent)


async def _later(sources: Sources, asked: Asked, marks: Marks, question: Question, *, deadline: float) -> list[Record]:
    """Read a later page of a source that pages by marks: nothing when its results end before."""
    target = marks.before(question, asked.courtesy)
    body, _kind = await client.get(sources.outbound, asked, target, deadline, exact=False)
    mark = marks.read(body)
    if mark is None:
        return []
    target = marks.after(question, asked.courtesy, mark)
    return await _read(sources, asked, target, exact=False, deadline=deadline)


async def _read(sources: Sources, asked: Asked, target: str, *, exact: bool, deadline: float) -> list[Record]:
    body, kind = await client.get(sources.outbound, asked, target, deadline, exact=exact)
    if not body and exact:
        return []
    if not body:
        raise SourceBroken
    parse = asked.service.parse
    return parse(body, kind) if len(body) < _LEAST_TO_THREAD else await asyncio.to_thread(parse, body, kind)
