"""The embedded models of a node with several web processes: its parent runs them, once, and lends them to all.

worker: borrow(kind) -> parent: starts it with the first who asks -> condition, address and key to who borrowed it
the last who borrowed gives it back, or is gone -> the parent ends it
"""

import asyncio
from collections.abc import Callable
from functools import partial

from chatelet.inference.backends.embedded import EmbeddedModel, LocalModel, OnChange, OnReady, What
from chatelet.inference.condition import Condition, State
from chatelet.kernel.line import Line, Message


class BorrowedModel(LocalModel):
    """A model that the parent runs, as one of its workers sees it."""

    def __init__(self, line: Line, what: What, *, on_ready: OnReady, on_change: OnChange) -> None:
        super().__init__(what, on_ready=on_ready, on_change=on_change)
        self._line = line
        self._told: asyncio.Queue[Message] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Ask for it, once."""
        if self._task is None:
            self._line.subscribe(f"model {self._what.kind}", self._told.put_nowait)
            self._task = asyncio.create_task(self._follow(), name=f"borrowed-{self._what.kind}")
            self._line.send("borrow", model=self._what.kind)

    async def stop(self) -> None:
        """Give it back."""
        if self._task is not None:
            self._line.send("give_back", model=self._what.kind)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _follow(self) -> None:
        while True:
            told = await self._told.get()
            if told["url"] is not None:
                await self._on_ready(told["url"], told["key"])
            self._become(State(told["state"]), told["progress"])


class Lender:
    """In the parent. `lines` gives the line of each worker that lives, by its number."""

    def __init__(self, models: Callable[[str], What], lines: Callable[[int], Line | None]) -> None:
        self._models = models
        self._lines = lines
        self._running: dict[str, EmbeddedModel] = {}
        self._borrowers: dict[str, set[int]] = {}
        self._doors: dict[str, tuple[str, str]] = {}  # address and key of those that are up
        self._ending: set[asyncio.Task[None]] = set()

    def borrow(self, kind: str, worker: int) -> None:
        """Lend a model, started with the first who asks, and tell how it is."""
        self._borrowers.setdefault(kind, set()).add(worker)
        if kind not in self._running:
            self._running[kind] = EmbeddedModel(
                self._models(kind), on_ready=partial(self._on_ready, kind), on_change=partial(self._tell, kind)
            )
            self._running[kind].start()
        self._tell(kind, self._running[kind].condition, only=worker)

    def give_back(self, kind: str, worker: int) -> None:
        """Take a model back; nobody has it any more: end it."""
        borrowers = self._borrowers.get(kind, set())
        borrowers.discard(worker)
        if not borrowers and kind in self._running:
            self._doors.pop(kind, None)
            ending = asyncio.create_task(self._running.pop(kind).stop())
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)

    def forget(self, worker: int) -> None:
        """Take back what a worker had that is gone; a model stays loaded for the one that takes its place."""
        for borrowers in self._borrowers.values():
            borrowers.discard(worker)

    def process_of(self, kind: str) -> int | None:
        """Return the process that runs a model, None while there is none."""
        model = self._running.get(kind)
        return None if model is None else model.process_id

    async def stop(self) -> None:
        """End every model."""
        running, self._running = self._running, {}
        await asyncio.gather(*(model.stop() for model in running.values()), *self._ending)

    async def _on_ready(self, kind: str, url: str, key: str) -> None:
        self._doors[kind] = url, key

    def _tell(self, kind: str, condition: Condition, *, only: int | None = None) -> None:
        url, key = self._doors.get(kind, (None, None)) if condition.state is State.READY else (None, None)
        for worker in self._borrowers.get(kind, set()) if only is None else {only}:
            line = self._lines(worker)
            if line is not None:
                line.send(f"model {kind}", state=condition.state.value, progress=condition.progress, url=url, key=key)
