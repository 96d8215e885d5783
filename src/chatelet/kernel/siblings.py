"""One of several web processes of a node, as it sees the others: through the process that started them all.

beat         every second: whoever says nothing is ended and started again
metrics      a scrape reaches one process and tells of all
the end      of the line: the parent is gone, and so must we be
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from chatelet.kernel.line import Line, Message
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import REGISTRY, collected, render_of

BEAT_SECONDS: Final = 1.0
_SCRAPE_SECONDS: Final = 5.0
log = get_logger(__name__)


class Siblings:
    """`number` counts from 1 to `of`; a process started again takes the number of the one that died."""

    def __init__(self, number: int, of: int, connection: socket.socket) -> None:
        self.number = number
        self.of = of
        self.line = Line(connection)
        self._tasks: list[asyncio.Task[None]] = []
        self._burying: set[asyncio.Task[None]] = set()
        self._scrapes: dict[int, asyncio.Future[Message]] = {}
        self._asked = 0

    async def start(
        self, worker_id: UUID, *, on_dead: Callable[[UUID], Awaitable[None]], on_alone: Callable[[], None]
    ) -> None:
        """Speak, as `worker_id`; `on_dead` is told of another that died, `on_alone` when the parent is gone."""

        def bury(message: Message) -> None:
            burying = asyncio.ensure_future(_guarded(on_dead(UUID(message["worker_id"]))))
            self._burying.add(burying)
            burying.add_done_callback(self._burying.discard)

        self.line.subscribe("dead", bury)
        self.line.subscribe("collect", self._tell_metrics)
        self.line.subscribe("collected", self._take_metrics)
        reader = await self.line.open()
        self.line.send("name", worker_id=str(worker_id))

        async def follow() -> None:
            await self.line.follow(reader)
            on_alone()

        self._tasks = [
            asyncio.create_task(follow(), name="siblings"),
            asyncio.create_task(self._beat(), name="beat"),
        ]

    async def stop(self) -> None:
        """Say nothing more."""
        for task in (*self._tasks, *self._burying):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.line.close()

    def share_of(self, total: int) -> int:
        """Return what is ours of what the node may have at once; at least one."""
        return share(total, self.number, self.of)

    async def metrics(self) -> bytes:
        """Return the exposition of every process of the node, each with its `worker`."""
        self._asked += 1
        scrape = self._asked
        waiting = self._scrapes[scrape] = asyncio.get_running_loop().create_future()
        self.line.send("scrape", scrape=scrape)
        try:
            async with asyncio.timeout(_SCRAPE_SECONDS):
                told = await waiting
        finally:
            del self._scrapes[scrape]
        return render_of(told["parent"], {int(number): families for number, families in told["workers"].items()})

    async def _beat(self) -> None:
        while True:
            self.line.send("beat")
            await asyncio.sleep(BEAT_SECONDS)

    def _tell_metrics(self, message: Message) -> None:
        self.line.send("metrics", scrape=message["scrape"], families=collected(REGISTRY))

    def _take_metrics(self, message: Message) -> None:
        waiting = self._scrapes.get(message["scrape"])
        if waiting is not None and not waiting.done():
            waiting.set_result(message)


def share(total: int, number: int, of: int) -> int:
    """Return the part of `total` that is of `number`, from 1: the parts of all are the whole, but never nothing."""
    return max(1, total * number // of - total * (number - 1) // of)


async def _guarded(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:  # the next look at heartbeats does it
        log.exception("dead_worker_not_reaped")
