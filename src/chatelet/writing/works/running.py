"""Doing a work, by a job: whatever happens to the process, another goes on where it was.

    claim (a token names this run) -> segments -> write, each batch kept as it comes -> file -> told -> closed
                                                  └ paused, cancelled, taken by another: left at once

A model or a storage that is away for a moment puts the work off; what nobody mends ends it, and it may be resumed.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, cast
from uuid import UUID

import msgspec

from chatelet.audit import events, journal
from chatelet.documents.errors import FileNotFound, ReaderUnavailable
from chatelet.documents.files import made
from chatelet.documents.rebuilding.contract import Options, PiecesMisplaced, Segment
from chatelet.inference.errors import ModelError, NoModelAvailable
from chatelet.kernel import clock, jobs
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.kernel.storage import StorageUnavailable
from chatelet.policy.sensitivity import Label
from chatelet.writing import beginning, report
from chatelet.writing.asking import Asking, limits_of
from chatelet.writing.carrying import Given, carry
from chatelet.writing.errors import NothingToWrite
from chatelet.writing.giving_back import GivenBack, name_of_result
from chatelet.writing.glossaries import service as glossaries
from chatelet.writing.prompt import PromptLanguage
from chatelet.writing.services import Counted, WritingServices
from chatelet.writing.tables import Work, WorkPiece
from chatelet.writing.task import Outcome, Task
from chatelet.writing.works import queries, views
from chatelet.writing.works.sealed import KEPT_ALIVE, Asked, Kept, Sealer, Told
from chatelet.writing.works.service import WRITE

_BEAT: Final = 4.0  # seconds
_PUT_OFF: Final = timedelta(seconds=20)
_MOST_ATTEMPTS: Final = 5
_MENDS: Final = (ModelError, NoModelAvailable, StorageUnavailable, ReaderUnavailable)
log = get_logger(__name__)


class Left(Exception):
    """The work was paused or cancelled, or another process has it: nothing more is written of it here."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A work that this process has."""

    services: WritingServices
    row: Work
    token: UUID
    asked: Asked
    sealer: Sealer
    done: dict[int, Outcome]


async def run(services: WritingServices, work_id: UUID) -> None:
    """Do a work as far as it goes; never raises but to say that this process ends."""
    claimed = await _claim(services, work_id)
    if claimed is None:
        return
    try:
        async with _beating(claimed):
            await _carry(claimed)
    except Left:
        log.info("work_left", work=str(work_id))
    except _MENDS as error:
        await _put_off(claimed, error)
    except AppError as error:
        await _fail(claimed, error.code)
    except PiecesMisplaced:
        await _fail(claimed, "file_unreadable")
    except Exception:
        log.exception("work_failed", work=str(work_id))
        await _fail(claimed, AppError.code)


async def _claim(services: WritingServices, work_id: UUID) -> _Run | None:
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
        kept = views.kept_of(services.keyring, row, await queries.pieces(session, work_id))
        sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
    done = {one.outcome.number: one.outcome for one in kept}
    return _Run(services, row, token, sealer.asked(row.asked_sealed), sealer, done)


async def _carry(claimed: _Run) -> None:
    services, row = claimed.services, claimed.row
    data = await _data(claimed)
    segments = await services.documents.reader.segments(data, claimed.asked.name)
    if not any(not one.locked and one.text.strip() for one in segments):
        raise NothingToWrite
    task = _task(claimed.asked, segments)
    label = Label.of(row.level, row.categories)
    clearance, choice = beginning.choose(services, row.person_id, label, claimed.asked.model)
    counted = Counted(row.person_id, frozenset(claimed.asked.units))
    asking = Asking(services, clearance, choice, counted)
    sources = {one.number: one.text for one in segments}
    await _note_size(claimed, segments, choice.first.id)

    async def keep(outcomes: Sequence[Outcome]) -> None:
        await _keep(claimed, [Kept(sources[one.number], one) for one in outcomes])

    memory = await glossaries.memory(services, claimed.asked.memory_id, row.person_id)
    language: PromptLanguage = "fr" if "fr" in {task.source, task.target} else "en"
    given = Given(data, claimed.asked.name, task, _options(claimed.asked, task), language)
    limits = limits_of(services, choice.first)
    back = await carry(
        services.documents.reader, given, segments, asking.ask, limits, keep, done=claimed.done, memory=memory
    )
    await _close(claimed, task, segments, back, asking)


async def _data(claimed: _Run) -> bytes:
    if claimed.row.file_id is None:
        return claimed.asked.text.encode()
    async with claimed.services.database.transaction() as session:
        file = await made.row_of(session, claimed.row.file_id)
    if file is None:
        raise FileNotFound
    return await made.original(claimed.services.documents, file)


def _task(asked: Asked, segments: Sequence[Segment]) -> Task:
    """Return the task with the language of the text, told by its words when nobody said it."""
    if asked.is_language_given:
        return asked.task
    source = beginning.language_told(segments, None)
    if asked.task.kind == "translate":
        return msgspec.structs.replace(asked.task, source=source)
    target = asked.task.target if asked.task.changes_language else beginning.require_known(source)
    return msgspec.structs.replace(asked.task, source=source, target=target)


def _options(asked: Asked, task: Task) -> Options:
    return Options(
        language="-".join(filter(None, (task.target, task.region))),
        visible_mark=asked.visible_mark,
        track=asked.track,
        at=clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


async def _note_size(claimed: _Run, segments: Sequence[Segment], model_id: str) -> None:
    async with claimed.services.database.transaction() as session:
        row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.segments = sum(not one.locked for one in segments)
        row.model_id = model_id


async def _keep(claimed: _Run, kept: list[Kept]) -> None:
    """Keep what was written. Raises `Left`."""
    identifier = uuid7()
    sealed = claimed.sealer.seal_kept(kept, identifier)
    async with claimed.services.database.transaction() as session:
        row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.done += len(kept)
        row.touched_at = clock.now()
        session.add(WorkPiece(work_id=row.id, id=identifier, segments=len(kept), sealed=sealed))


async def _close(claimed: _Run, task: Task, segments: Sequence[Segment], back: GivenBack, asking: Asking) -> None:
    services, asked = claimed.services, claimed.asked
    told = report.make(segments, back.outcomes, back.rebuilt.left_out)
    mark = task.target if task.kind == "translate" else str(task.style)
    name = name_of_result(asked.name, mark, back.rebuilt.kind)
    text = back.rebuilt.data.decode("utf-8", "replace") if claimed.row.file_id is None else ""
    label = Label.of(claimed.row.level, claimed.row.categories)
    file_id = await made.store(
        services.documents, claimed.row.person_id, claimed.row.id,
        name=name, kind=back.rebuilt.kind, label=label, data=back.rebuilt.data,
    )  # fmt: skip
    shown = msgspec.structs.replace(asked, task=task, is_language_given=True)
    async with services.database.transaction() as session:
        row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.state, row.ended_at, row.token, row.result_file_id = "done", clock.now(), None, file_id
        row.told_sealed = claimed.sealer.seal_told(Told(told, text, name))
        row.asked_sealed = claimed.sealer.seal_asked(shown)
        row.prompt_tokens += asking.spent.prompt_tokens
        row.completion_tokens += asking.spent.completion_tokens
        await journal.record(session, _closed(row, kept=told.kept), actor=row.person_id)


async def _put_off(claimed: _Run, error: AppError) -> None:
    """Try again a little later; after so many times, it has failed."""
    if claimed.row.attempts + 1 >= _MOST_ATTEMPTS:
        await _fail(claimed, error.code)
        return
    log.warning("work_put_off", work=str(claimed.row.id), error=error.code)
    with contextlib.suppress(Left):
        async with claimed.services.database.transaction() as session:
            row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
            row.state, row.token, row.touched_at, row.error_code = "queued", None, clock.now() + _PUT_OFF, error.code
            row.attempts = 0 if row.done > row.done_before else row.attempts + 1
            await jobs.enqueue(session, WRITE, {"work": str(row.id)}, after=_PUT_OFF)


async def _fail(claimed: _Run, code: str) -> None:
    with contextlib.suppress(Left):
        async with claimed.services.database.transaction() as session:
            row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
            row.state, row.token, row.error_code, row.ended_at = "failed", None, code, clock.now()
            await journal.record(session, _closed(row), actor=row.person_id)


async def _still_ours(claimed: _Run, row: Work | None) -> Work:
    """Return the row while this process has the work. Raises `Left`."""
    if row is None or row.token != claimed.token or row.state != "running":
        raise Left
    return row


def _closed(row: Work, *, kept: int = 0) -> events.WorkClosed:
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


@asynccontextmanager
async def _beating(claimed: _Run) -> AsyncGenerator[None]:
    """Say now and then that the work lives; leave it as soon as it is no more this process's."""
    task = cast("asyncio.Task[None]", asyncio.current_task())
    is_left = False

    async def beat() -> None:
        nonlocal is_left
        while True:
            await asyncio.sleep(_BEAT)
            async with claimed.services.database.transaction() as session:
                if not await queries.touch(session, claimed.row.id, claimed.token, clock.now()):
                    is_left = True
                    task.cancel()
                    return

    heart = asyncio.create_task(beat())
    try:
        yield
    except asyncio.CancelledError:
        if not is_left:
            raise
        task.uncancel()
        raise Left from None
    finally:
        heart.cancel()
        await asyncio.gather(heart, return_exceptions=True)
