"""The life of the turns of this process: start, follow, stop, store, outlive tabs, end with the process.

start -> a task per turn (chat.turn)          stop -> here, or by notification to the process that runs it
every flush: one statement stores the partial answers and the heartbeat of all turns
every few seconds: turns of dead processes become `interrupted`, listeners get a sign of life
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
from typing import Final
from uuid import UUID

from chatelet.chat.beat import Beat
from chatelet.chat.errors import ServerBusy
from chatelet.chat.live import Listener, LiveTurn
from chatelet.chat.reaping import reap
from chatelet.chat.waiting import WaitingLine
from chatelet.conversations import turns
from chatelet.conversations.turns import OpenedTurn
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import TURNS_RUNNING
from chatelet.settings import ChatSettings, PolicySettings

STOP_CHANNEL: Final = "chatelet_stop"
_REAP_SECONDS: Final = 3.0
Carry = Callable[[LiveTurn], Awaitable[None]]
log = get_logger(__name__)


class RunningTurns:
    """One per process."""

    def __init__(
        self, database: Database, keyring: Keyring, limits: ChatSettings, policy: PolicySettings | None = None
    ) -> None:
        self.worker_id = uuid7()
        self._database = database
        self._keyring = keyring
        self._limits = limits
        self._policy = policy or PolicySettings()
        self._live: dict[UUID, LiveTurn] = {}
        self._waiting = WaitingLine()
        self._beat = Beat(self._live.__len__)
        self._loops: list[asyncio.Task[None]] = []
        self._closing = False
        self._well_since = time.monotonic() - limits.stale_seconds  # since when the database answers without fail
        self._elsewhere: set[Listener] = set()  # connections here that follow a turn of another process

    async def start(self, *, alone: bool) -> None:
        """Begin flushing and reaping. `alone`: no other process can be running turns, so all are orphans."""
        await self.reap(stale=timedelta(0) if alone else self._stale)
        self._loops = [
            asyncio.create_task(self._forever(self._flush, self._limits.flush_milliseconds / 1000), name="flush"),
            asyncio.create_task(self._forever(self._look_after, _REAP_SECONDS), name="reaper"),
        ]

    async def stop_all(self) -> None:
        """Let running turns finish for a moment, then close the others as interrupted, with their text."""
        self._closing = True
        tasks = [live.task for live in self._live.values() if live.task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self._limits.shutdown_seconds)
            for task in late:
                task.cancel("interrupted")
            if late:
                await asyncio.wait(late, timeout=10)
        for loop in self._loops:
            loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await loop

    def check_capacity(self, person_id: UUID) -> None:
        """Raise `ServerBusy` before anything is stored when this process cannot take one more turn of this person."""
        free = 0 if self._closing else max(self._limits.running_turns - len(self._live), 0)
        place = self._waiting.ask(person_id, free)
        if place is not None:
            raise ServerBusy(place=place.number, retry_after=place.seconds)

    def launch(self, opened: OpenedTurn, person_id: UUID, carry: Carry) -> LiveTurn:
        """Run a turn in its own task; it belongs to the process, not to the request."""
        live = LiveTurn(opened, person_id, self._beat)
        self._live[opened.turn_id] = live
        TURNS_RUNNING.set(len(self._live))
        live.task = asyncio.create_task(self._carry(live, carry), name=f"turn {opened.turn_id}")
        return live

    def find(self, turn_id: UUID) -> LiveTurn | None:
        """Return a turn that runs, or just ended, in this process."""
        return self._live.get(turn_id)

    def stop(self, turn_id: UUID) -> bool:
        """Stop a turn of this process; False when it is not here."""
        live = self._live.get(turn_id)
        if live is None or live.task is None:
            return False
        live.task.cancel("stopped")
        return True

    def on_stop(self, payload: str) -> None:
        """Receive a stop asked in another process."""
        if payload:
            self.stop(UUID(payload))

    def on_revoked(self, payload: str) -> None:
        """End what a revoked session or person follows, and for a person what runs for them."""
        kind, _, value = payload.partition(":")
        if not value:
            return
        identifier = UUID(value)
        for listener in self._elsewhere:
            listener.cut = listener.cut or identifier in (listener.session_id, listener.person_id)
        for live in list(self._live.values()):
            if kind == "session":
                live.cut(lambda listener: listener.session_id == identifier)
            elif kind == "person":
                live.cut(lambda listener: listener.person_id == identifier)
                if live.person_id == identifier:
                    self.stop(live.opened.turn_id)

    @contextlib.contextmanager
    def listening(self, listener: Listener) -> Generator[None]:
        """Register a connection that follows a turn of another process, so that it can be cut."""
        self._elsewhere.add(listener)
        try:
            yield
        finally:
            self._elsewhere.discard(listener)

    async def reap(self, *, stale: timedelta, of: UUID | None = None) -> int:
        """Close as interrupted the turns whose process died; never one of ours, however late its heartbeat."""
        return await reap(self._database, self._keyring, self._policy, stale=stale, not_of=self.worker_id, of=of)

    async def reap_all_of(self, worker_id: UUID) -> None:
        """Close the turns of a worker that is known to be dead, without waiting for its heartbeat to look old."""
        while await self.reap(stale=timedelta(0), of=worker_id):
            pass

    @property
    def _stale(self) -> timedelta:
        return timedelta(seconds=self._limits.stale_seconds)

    async def _carry(self, live: LiveTurn, carry: Carry) -> None:
        try:
            await carry(live)
        finally:
            self._live.pop(live.opened.turn_id, None)
            self._waiting.left()
            TURNS_RUNNING.set(len(self._live))

    async def _flush(self) -> None:
        rows: list[tuple[UUID, bytes | None]] = []
        lengths: list[tuple[LiveTurn, int]] = []
        for live in self._live.values():
            sealed = None
            if live.length != live.flushed:
                sealed = live.opened.key.seal_text("partial", live.opened.turn_id, live.text)
                lengths.append((live, live.length))
            rows.append((live.opened.turn_id, sealed))
        if not rows:
            return
        async with self._database.driver_connection() as connection:
            await turns.flush(connection, self.worker_id, rows)
        for live, length in lengths:
            live.flushed = length

    async def _look_after(self) -> None:
        for live in self._live.values():
            live.wake()
        # After a database outage every heartbeat looks old: others get the time to give a sign of life.
        if time.monotonic() - self._well_since >= self._limits.stale_seconds:
            while await self.reap(stale=self._stale):
                pass

    async def _forever(self, step: Callable[[], Awaitable[None]], seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await step()
            except Exception as error:  # noqa: BLE001 (a failing step must not end the loop)
                self._well_since = time.monotonic()
                log.warning("loop_step_failed", step=step.__name__, error=type(error).__name__)
