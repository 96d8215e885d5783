"""The parent of the web processes of a node: it answers nobody, so that nothing of theirs can end it.

database, migrations, one-time link     before, in serve
start all -> all ready -> announce -> watch: signs of life, the embedded database -> asked to stop -> end all
word between them: metrics of all for a scrape, models lent, "this one is dead: close its turns"
"""

import asyncio
import signal
import socket
import time
from typing import Any, Final

from chatelet.commands.cleaning import DiskCleaner
from chatelet.commands.database import Addresses
from chatelet.commands.endings import JournalEnding
from chatelet.commands.revival import Revival, announce
from chatelet.commands.workers.process import Order, WebWorker
from chatelet.inference.service import lender_of
from chatelet.kernel.line import Line, Message
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import SUPERVISION, WORKER_ENDS, WORKER_UP, collected
from chatelet.settings import Settings

_LOOK_SECONDS: Final = 0.1
_SCRAPE_SECONDS: Final = 2.0
_SECONDS_TO_CLOSE: Final = 20  # beyond the patience that turns and calls are given
log = get_logger(__name__)


def supervise(settings: Settings, addresses: Addresses, listening: socket.socket, secret: str | None) -> int:
    """Keep `settings.workers` web processes running until asked to stop; return the exit code."""
    return asyncio.run(Supervisor(settings, addresses, listening, secret).run())


class Supervisor:
    """One per node."""

    def __init__(self, settings: Settings, addresses: Addresses, listening: socket.socket, secret: str | None) -> None:
        self._settings = settings
        self._secret = secret
        self._revival = Revival(addresses.server)
        self._ending = JournalEnding(settings, addresses)
        self._cleaner = DiskCleaner(settings, addresses)
        self._lender = lender_of(settings, self._line_of)
        self._scrapes: dict[int, _Scrape] = {}
        self._asked = 0
        self._tasks: set[asyncio.Task[None]] = set()
        order = Order(settings.workers, settings.port, addresses.application, listening)
        subscribers = {
            "name": _note_name,
            "scrape": self._scrape,
            "metrics": self._take_metrics,
            "borrow": self._lend,
            "give_back": self._take_back,
        }
        self._workers = [
            WebWorker(number, order, subscribers, self._on_end) for number in range(1, settings.workers + 1)
        ]
        for worker in self._workers:  # told from the first scrape on, as zeros
            WORKER_ENDS.labels(str(worker.number))

    async def run(self) -> int:
        """Start, watch, stop."""
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._on_signal, asked)
        keeping = [asyncio.create_task(worker.keep(), name=f"keep {worker.number}") for worker in self._workers]
        watching = asyncio.create_task(self._watch(), name="watch")
        announcing = asyncio.create_task(self._announce(), name="announce")
        stopping = asyncio.create_task(asked.wait())
        await asyncio.wait([*keeping, stopping], return_when=asyncio.FIRST_COMPLETED)
        await self._end_all(keeping)
        for task in (watching, announcing, stopping):
            task.cancel()
        await self._lender.stop()
        return max(task.result() for task in keeping)

    def _on_signal(self, asked: asyncio.Event) -> None:
        if asked.is_set():  # asked twice: hurry
            for worker in self._workers:
                worker.signal(signal.SIGTERM)
        asked.set()

    async def _announce(self) -> None:
        for worker in self._workers:
            await worker.ready.wait()
        announce(self._settings, self._secret)

    async def _watch(self) -> None:
        looked_at = time.monotonic()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            await self._revival.look()
            self._ending.look()
            self._cleaner.look()
            now = time.monotonic()
            if now - looked_at < 1.0:  # a parent that was itself late accuses nobody
                for worker in self._workers:
                    worker.end_if_silent(now)
            looked_at = now

    async def _end_all(self, keeping: "list[asyncio.Task[int]]") -> None:
        for worker in self._workers:
            worker.signal(signal.SIGTERM)
        patience = 2 * self._settings.chat.shutdown_seconds + _SECONDS_TO_CLOSE
        _, late = await asyncio.wait(keeping, timeout=patience)
        if late:
            log.error("workers_killed", count=len(late), seconds=patience)
            for worker in self._workers:
                worker.signal(signal.SIGKILL)
            await asyncio.wait(late)

    def _on_end(self, ended: WebWorker) -> None:
        """Have the others close the turns of a worker that died, at once; what it borrowed waits for its successor."""
        self._lender.forget(ended.number)
        for scrape in self._scrapes.values():
            scrape.take(ended.number, None)
        for worker in self._workers:
            if worker.line is not None and ended.worker_id is not None:
                worker.line.send("dead", worker_id=ended.worker_id)

    def _scrape(self, asker: WebWorker, message: Message) -> None:
        task = asyncio.create_task(self._collect(asker, message["scrape"]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _collect(self, asker: WebWorker, asked: int) -> None:
        """Ask every worker for its metrics; one that says nothing in time is told as not up."""
        self._asked += 1
        number = self._asked
        scrape = self._scrapes[number] = _Scrape({worker.number for worker in self._workers if worker.ready.is_set()})
        for worker in self._workers:
            if worker.line is not None:
                worker.line.send("collect", scrape=number)
        found = await scrape.wait(_SCRAPE_SECONDS)
        del self._scrapes[number]
        told = {worker.number: found.get(worker.number) for worker in self._workers}
        for worker, families in told.items():
            WORKER_UP.labels(str(worker)).set(families is not None)
        if asker.line is not None:
            asker.line.send("collected", scrape=asked, workers=told, parent=collected(SUPERVISION))

    def _take_metrics(self, worker: WebWorker, message: Message) -> None:
        scrape = self._scrapes.get(message["scrape"])
        if scrape is not None:
            scrape.take(worker.number, message["families"])

    def _lend(self, worker: WebWorker, message: Message) -> None:
        self._lender.borrow(message["model"], worker.number)

    def _take_back(self, worker: WebWorker, message: Message) -> None:
        self._lender.give_back(message["model"], worker.number)

    def _line_of(self, number: int) -> Line | None:
        return self._workers[number - 1].line


class _Scrape:
    """The metrics of every worker, as they come."""

    def __init__(self, expected: set[int]) -> None:
        self._missing = set(expected)
        self._found: dict[int, Any] = {}
        self._complete = asyncio.Event()
        if not expected:
            self._complete.set()

    def take(self, worker: int, families: Any) -> None:
        """Note what one said; None: it is gone."""
        self._missing.discard(worker)
        if families is not None:
            self._found[worker] = families
        if not self._missing:
            self._complete.set()

    async def wait(self, seconds: float) -> dict[int, Any]:
        """Return what was found, once all have spoken, or so many seconds have passed."""
        try:
            async with asyncio.timeout(seconds):
                await self._complete.wait()
        except TimeoutError:
            log.warning("metrics_missing", workers=sorted(self._missing))
        return self._found


def _note_name(worker: WebWorker, message: Message) -> None:
    worker.worker_id = message["worker_id"]
