"""The hold of one process on a work: a token that its row carries, a beat that says it lives, and how it ends.

Whatever is written of a work is written under its token: a process that lost it leaves at once.
"""

import contextlib
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.kernel import clock, jobs
from chatelet.kernel.beating import beating
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Work, WorkPiece
from chatelet.writing.works import queries
from chatelet.writing.works.sealed import KEPT_ALIVE, Asked, Sealer
from chatelet.writing.works.service import WRITE

_BEAT: Final = 4.0  # seconds
_PUT_OFF: Final = timedelta(seconds=20)
_MOST_ATTEMPTS: Final = 5
_LONGEST_WAIT: Final = timedelta(hours=1)  # an allowance may be raised before it opens again
log = get_logger(__name__)


class Left(Exception):
    """The work was paused or cancelled, or another process has it: nothing more is written of it here."""


@dataclass(frozen=True, slots=True)
class Run:
    """A work that this process has, and the pieces of it that were kept."""

    services: WritingServices
    row: Work
    token: UUID
    asked: Asked
    sealer: Sealer
    pieces: Sequence[WorkPiece]


async def claim(services: WritingServices, work_id: UUID) -> Run | None:
    """Take a work, unless another process has it."""
    token = uuid7()
    async with services.database.transaction() as session:
        row = await queries.by_id(session, work_id, lock=True)
        if row is None or row.state not in queries.UNDER_WAY or not await queries.is_active(session, row.person_id):
            return None
        moment = clock.now()
        if row.state == "running" and row.token is not None and moment - row.touched_at < KEPT_ALIVE:
            return None  # another process has it
        row.state, row.token, row.touched_at, row.started_at, row.error_code = "running", token, moment, moment, None
        row.done_before = row.done
        pieces = await queries.pieces(session, work_id)
        sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
    return Run(services, row, token, sealer.asked(row.asked_sealed), sealer, pieces)


async def put_off(claimed: Run, error: AppError) -> None:
    """Try again a little later; after so many times, it has failed."""
    if claimed.row.attempts + 1 >= _MOST_ATTEMPTS:
        await fail(claimed, error.code)
        return
    log.warning("work_put_off", work=str(claimed.row.id), error=error.code)
    with contextlib.suppress(Left):
        async with claimed.services.database.transaction() as session:
            row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
            row.state, row.token, row.touched_at, row.error_code = "queued", None, clock.now() + _PUT_OFF, error.code
            row.attempts = 0 if row.done > row.done_before else row.attempts + 1
            await jobs.enqueue(session, WRITE, {"work": str(row.id)}, after=_PUT_OFF)


async def wait(claimed: Run, error: QuotaReached) -> None:
    """Pause until the allowance opens again, with all that was written; its person may go on before."""
    again = min(datetime.fromisoformat(str(error.params["reopens_at"])), clock.now() + _LONGEST_WAIT)
    with contextlib.suppress(Left):
        async with claimed.services.database.transaction() as session:
            row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
            row.state, row.token, row.error_code, row.resumes_at = "paused", None, error.code, again
            event = events.WorkChanged(work_id=row.id, action="paused", error=error.code)
            await journal.record(session, event, actor=None)


async def fail(claimed: Run, code: str) -> None:
    """Say that a work has failed; what was written of it stays."""
    with contextlib.suppress(Left):
        async with claimed.services.database.transaction() as session:
            row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
            row.state, row.token, row.error_code, row.ended_at = "failed", None, code, clock.now()
            await journal.record(session, closed(row), actor=row.person_id)


async def still_ours(claimed: Run, row: Work | None) -> Work:
    """Return the row while this process has the work. Raises `Left`."""
    if row is None or row.token != claimed.token or row.state != "running":
        raise Left
    return row


def closed(row: Work, *, kept: int = 0) -> events.WorkClosed:
    """Return what the journal says of a work that ended."""
    return events.WorkClosed(
        work_id=row.id,
        kind=row.kind,
        state="done" if row.state == "done" else "failed",
        level=row.level,
        model=row.model_id,
        error=row.error_code,
        segments=row.segments,
        kept=kept,
        prompt_tokens=row.prompt_tokens,
        completion_tokens=row.completion_tokens,
    )


def held(claimed: Run) -> AbstractAsyncContextManager[None]:
    """Say now and then that the work lives; raises `Left` inside as soon as it is no more this process's."""

    async def touch() -> bool:
        async with claimed.services.database.transaction() as session:
            return await queries.touch(session, claimed.row.id, claimed.token, clock.now())

    return beating(touch, every=_BEAT, lost=Left)
