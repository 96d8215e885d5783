"""Word between processes through PostgreSQL's LISTEN/NOTIFY: stop this turn, this session ended, the registry changed.

A notification is a hint, never the truth: what it announces is in a table. After a lost connection the listener
reconnects and tells every subscriber (payload "") to read again.

This connection is also where the process feels PostgreSQL's pulse: every few seconds it must answer. A network that
drops everything, or a server that hangs, tells nobody; a revoked session would go on and requests would wait for as
long as TCP tries. When the pulse stops, `silent` is called and the connection made anew; once it is, `renewed` is
called: what took one connection may have taken others, unheard (docs/adr/0044).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.logs import get_logger

Subscriber = Callable[[str], None]
_RETRY_SECONDS = 1.0
_BETWEEN_PULSES = 5.0
_PULSE_SECONDS = 8.0  # long enough for a database that only works hard
_UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
log = get_logger(__name__)


async def notify(session: AsyncSession, channel: str, payload: str) -> None:
    """Announce `payload` on `channel` once the session's transaction commits."""
    await session.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": channel, "payload": payload})


async def notify_all(session: AsyncSession, channel: str, payloads: Sequence[str]) -> None:
    """Announce each of `payloads`, in one statement."""
    if payloads:
        told = text("SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) AS payload")
        await session.execute(told, {"channel": channel, "payloads": list(payloads)})


class Notifications:
    """One listening connection per process, shared by every subscriber."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[asyncpg.Connection]],
        *,
        silent: Callable[[], None] | None = None,
        renewed: Callable[[asyncpg.Connection], None] | None = None,
    ) -> None:
        self._connect = connect
        self._silent = silent
        self._renewed = renewed
        self._subscribers: dict[str, list[Subscriber]] = {}
        self._task: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def subscribe(self, channel: str, subscriber: Subscriber) -> None:
        """Call `subscriber(payload)` for each notification; subscribe before `start`."""
        self._subscribers.setdefault(channel, []).append(subscriber)

    def subscribe_async(self, channel: str, subscriber: Callable[[str], Awaitable[None]]) -> None:
        """Like `subscribe`, for a coroutine: run as a task, its failure is logged."""

        def start(payload: str) -> None:
            task = asyncio.ensure_future(_guarded(channel, subscriber(payload)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        self.subscribe(channel, start)

    async def start(self) -> None:
        """Connect and listen until `stop`; return once listening."""
        listening = asyncio.Event()
        self._task = asyncio.create_task(self._listen_forever(listening), name="notifications")
        await listening.wait()

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for task in list(self._tasks):
            task.cancel()

    async def _listen_forever(self, listening: asyncio.Event) -> None:
        while True:
            try:
                connection = await self._connect()
            except TimeoutError:
                self._tell_silent()
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            except _UNREACHABLE as error:
                log.warning("notifications_unreachable", error=type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            lost = asyncio.Event()
            connection.add_termination_listener(_setter(lost))  # pyright: ignore[reportUnknownMemberType]
            try:
                async with asyncio.timeout(_PULSE_SECONDS):
                    for channel in self._subscribers:
                        await connection.add_listener(channel, self._deliver)  # pyright: ignore[reportUnknownMemberType]
                if listening.is_set():
                    if self._renewed is not None:
                        self._renewed(connection)
                    self._tell_all_to_read_again()
                listening.set()
                await self._feel(connection, lost)
            except TimeoutError:
                self._tell_silent()
            except _UNREACHABLE as error:
                log.warning("notifications_lost", error=type(error).__name__)
            finally:
                connection.terminate()

    async def _feel(self, connection: asyncpg.Connection, lost: asyncio.Event) -> None:
        """Return when the connection is lost; raise TimeoutError when it says nothing for too long."""
        while not lost.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(lost.wait(), _BETWEEN_PULSES)
                return
            await connection.execute("SELECT 1", timeout=_PULSE_SECONDS)  # pyright: ignore[reportUnknownMemberType]

    def _tell_silent(self) -> None:
        """Whether it was to connect, to listen or to answer: others wait on connections as dead as this one."""
        log.warning("database_silent", seconds=_PULSE_SECONDS)
        if self._silent is not None:
            self._silent()

    def _deliver(self, _connection: Any, _pid: int, channel: str, payload: object) -> None:
        for subscriber in self._subscribers.get(channel, ()):
            subscriber(str(payload))

    def _tell_all_to_read_again(self) -> None:
        for subscribers in self._subscribers.values():
            for subscriber in subscribers:
                subscriber("")


async def _guarded(channel: str, work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:
        log.exception("notification_failed", channel=channel)


def _setter(event: asyncio.Event) -> Callable[[object], None]:
    def set_it(_connection: object) -> None:
        event.set()

    return set_it
