"""One web process as its parent sees it: started, watched, and started again, sooner or later, when it ends unasked.

    started -> ready -> [ended: killed, crashed, or silent for too long and then killed] -> pause -> started

It is a new interpreter, not a fork: the parent has an event loop and threads, which forks of macOS and newer Pythons
do not survive, and what a worker begins with is then the same on the first day as after a crash.
"""

import asyncio
import contextlib
import json
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from chatelet.kernel.line import Line, Message
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import WORKER_ENDS

_PAUSES_SECONDS: Final = (0.0, 0.5, 1, 2, 5, 15, 30)
_STEADY_SECONDS: Final = 60.0
SILENT_SECONDS: Final = 30.0
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What every worker is told, and the socket that all listen on."""

    of: int
    port: int
    application: str  # address of the database; it holds a password, and is on no command line
    listening: socket.socket


class WebWorker:
    """`number` counts from 1. `subscribers` are told what it says; `on_end(self)` that it ended unasked."""

    def __init__(
        self,
        number: int,
        order: Order,
        subscribers: dict[str, Callable[["WebWorker", Message], None]],
        on_end: Callable[["WebWorker"], None],
    ) -> None:
        self.number = number
        self._order = order
        self._subscribers = subscribers
        self._on_end = on_end
        self.line: Line | None = None
        self.worker_id: str | None = None
        self.ready = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._heard_at = 0.0
        self._stopping = False

    async def keep(self) -> int:
        """Keep it running until it is asked to stop; return its code if it ended before it was ever ready."""
        failures, began, was_ready = 0, 0.0, False
        while not self._stopping:
            began = time.monotonic()
            code = await self._run()
            if self._stopping:
                break
            was_ready = was_ready or self.ready.is_set()
            if not was_ready:
                return code or 1
            self._tell_ended(code)
            failures = 0 if time.monotonic() - began > _STEADY_SECONDS else failures
            await asyncio.sleep(_PAUSES_SECONDS[min(failures, len(_PAUSES_SECONDS) - 1)])
            failures += 1
        return 0

    def signal(self, number: signal.Signals) -> None:
        """Ask it to stop in order (SIGTERM, twice to hurry), or end it (SIGKILL); it is not started again."""
        self._stopping = True
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)

    def end_if_silent(self, now: float) -> None:
        """End it when it has not given a sign of life for too long: it answers nobody, and would go on doing so."""
        if self.ready.is_set() and self._process is not None and now - self._heard_at > SILENT_SECONDS:
            log.error("worker_silent", worker=self.number, pid=self._process.pid, seconds=SILENT_SECONDS)
            self._heard_at = now
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def _run(self) -> int:
        """Run the process from its start to its end."""
        self.ready.clear()
        ours, theirs = socket.socketpair()
        listening = self._order.listening
        process = self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "chatelet.commands.workers.web"),
            stdin=asyncio.subprocess.PIPE,
            pass_fds=(theirs.fileno(), listening.fileno()),
            start_new_session=True,  # a Ctrl-C in our terminal reaches us, who end it in order
        )
        log.info("worker_started", worker=self.number, pid=process.pid)
        line = self.line = Line(ours)
        for kind in self._subscribers:
            line.subscribe(kind, self._handing_over(kind))
        line.subscribe("ready", lambda _message: self.ready.set())
        order = json.dumps(
            {
                "number": self.number,
                "of": self._order.of,
                "port": self._order.port,
                "application": self._order.application,
                "line": theirs.fileno(),
                "listening": listening.fileno(),
                "family": listening.family,
            }
        )
        reader = await line.open()
        following = asyncio.create_task(line.follow(reader, on_any=self._note_life), name=f"worker {self.number}")
        try:
            if process.stdin is not None:
                process.stdin.write(order.encode() + b"\n")
            theirs.close()
            if self._stopping:  # asked while it was being started
                process.terminate()
            return await process.wait()
        finally:
            self.line, self._process = None, None
            following.cancel()
            line.close()

    def _note_life(self) -> None:
        self._heard_at = time.monotonic()

    def _handing_over(self, kind: str) -> Callable[[Message], None]:
        def hand_over(message: Message) -> None:
            self._subscribers[kind](self, message)

        return hand_over

    def _tell_ended(self, code: int) -> None:
        log.error("worker_ended", worker=self.number, code=code)
        WORKER_ENDS.labels(str(self.number)).inc()
        self._on_end(self)
        self.worker_id = None
