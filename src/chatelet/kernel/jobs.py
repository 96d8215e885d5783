"""Jobs: work put off, enqueued in the transaction of the change that asks for it, run by any process.

One queue in PostgreSQL (pgqueuer). A job is a name and a small JSON payload of identifiers, never content. Handlers
must be idempotent: a job whose process dies is run again.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta

import asyncpg
from pgqueuer import AsyncpgDriver, PgQueuer, Queries, RetryRequested
from pgqueuer.models import Job, Schedule
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.database import Executor, asyncpg_connection, fetch
from chatelet.kernel.logs import get_logger
from chatelet.kernel.tracing.spans import root, traceparent

Payload = dict[str, str]
Handler = Callable[[Payload], Awaitable[None]]
Routine = Callable[[], Awaitable[object]]
_LONGEST_RETRIES = 5
_AT_ONCE = 2  # of one kind in one process: people who wait for an answer come first
_PARENT = "traceparent"
_FORGET = "DELETE FROM pgqueuer WHERE strpos(convert_from(payload, 'UTF8'), $1) > 0 RETURNING id"
_FORGET_ALL = """
DELETE FROM pgqueuer WHERE convert_from(payload, 'UTF8')::jsonb ->> $1::text = ANY($2::text[]) RETURNING id
"""
log = get_logger(__name__)


async def enqueue(
    executor: Executor, name: str, payload: Payload, *, after: timedelta | None = None, priority: int = 0
) -> None:
    """Ask for job `name` once the executor's transaction commits, not before `after`; the highest priority first."""
    connection = await asyncpg_connection(executor) if isinstance(executor, AsyncSession) else executor
    queries = Queries(AsyncpgDriver(connection))
    await queries.enqueue(name, json.dumps(_within(payload)).encode(), priority, execute_after=after)


async def enqueue_all(executor: Executor, name: str, payloads: Sequence[Payload]) -> None:
    """Ask for many jobs of one kind, in one statement."""
    if payloads:
        connection = await asyncpg_connection(executor) if isinstance(executor, AsyncSession) else executor
        queries = Queries(AsyncpgDriver(connection))
        texts: list[bytes | None] = [json.dumps(_within(payload)).encode() for payload in payloads]
        await queries.enqueue([name] * len(texts), texts, [0] * len(texts))


async def forget(session: AsyncSession, identifier: str) -> int:
    """Take back the jobs whose payload names `identifier`; return how many."""
    rows = await fetch(session, _FORGET, identifier)
    return len(rows)


async def forget_all(session: AsyncSession, name: str, identifiers: Iterable[object]) -> int:
    """Take back the jobs whose payload has one of `identifiers` as its `name`, in one pass; return how many."""
    rows = await fetch(session, _FORGET_ALL, name, [str(one) for one in identifiers])
    return len(rows)


class Jobs:
    """Runs the jobs and routines of this process on one connection of its own."""

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self._connect = connect
        self._handlers: dict[str, tuple[Handler, int]] = {}
        self._routines: dict[str, tuple[str, Routine]] = {}
        self._task: asyncio.Task[None] | None = None

    def handle(self, name: str, handler: Handler, *, at_once: int = _AT_ONCE) -> None:
        """Run `handler(payload)` for each job called `name`, so many at once in this process."""
        self._handlers[name] = (handler, at_once)

    def every(self, cron: str, name: str, routine: Routine) -> None:
        """Run `routine` at each tick of `cron` (five fields, UTC), in one process of the installation."""
        self._routines[name] = (cron, routine)

    def start(self) -> None:
        """Begin to work."""
        self._task = asyncio.create_task(self._work_forever(), name="jobs")

    async def stop(self) -> None:
        """Stop working; a job under way is run again by another process."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _work_forever(self) -> None:
        while True:
            try:
                await self._work()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
                log.warning("jobs_interrupted", error=type(error).__name__)
            await asyncio.sleep(2)

    async def _work(self) -> None:
        connection = await self._connect()
        try:
            queue = PgQueuer(AsyncpgDriver(connection))
            for name, (handler, at_once) in self._handlers.items():
                queue.entrypoint(name, concurrency_limit=at_once)(_job(name, handler))
            for name, (cron, routine) in self._routines.items():
                queue.schedule(name, cron)(_tick(name, routine))
            await queue.run(dequeue_timeout=timedelta(seconds=5), shutdown_on_listener_failure=True)
        finally:
            connection.terminate()


def _within(payload: Payload) -> Payload:
    """Say which trace a job is asked in, where there is one."""
    parent = traceparent()
    return payload if parent is None else {**payload, _PARENT: parent}


def _job(name: str, handler: Handler) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        try:
            payload = json.loads(job.payload or b"{}")
            with root("job", "consumer", within=payload.pop(_PARENT, None), job=name, attempts=job.attempts):
                await handler(payload)
        except Exception as error:
            log.warning("job_failed", job=name, attempts=job.attempts, error=type(error).__name__)
            if job.attempts >= _LONGEST_RETRIES:
                raise
            raise RetryRequested(delay=timedelta(seconds=2**job.attempts)) from error

    return run


def _tick(name: str, routine: Routine) -> Callable[[Schedule], Awaitable[None]]:
    async def run(_schedule: Schedule) -> None:
        try:
            with root("routine", "internal", job=name):
                await routine()
        except Exception:
            log.exception("routine_failed", routine=name)

    return run
