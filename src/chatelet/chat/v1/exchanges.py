"""The exchanges that run in this process: how many, whose, and how they end from outside.

A key revoked, its owner disabled, the caller gone, the process stopping: each cancels the task that holds the model's
connection, which frees the model's slot at once (TA-002, TA-154). What one person may have at once is shared out
between the processes of a node, so that more of them give no more (TA-153).
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Final, Literal
from uuid import UUID

from chatelet.chat.beat import Beat
from chatelet.chat.errors import ServerBusy
from chatelet.chat.examination import Remembered
from chatelet.chat.v1.errors import TooManyCalls
from chatelet.identity.principal import Principal
from chatelet.kernel.metrics import API_CALLS_RUNNING
from chatelet.settings import ApiSettings

_SECONDS_TO_STOP: Final = 10
End = Literal["left", "revoked", "interrupted"]


class Exchanges:
    """One per process. `share_of`: what is this process's of what the node carries; all, for a process alone."""

    def __init__(self, limits: ApiSettings, share_of: Callable[[int], int] = int) -> None:
        self._limits = limits
        self._share_of = share_of
        self._running: dict[asyncio.Task[None], Principal] = {}
        self._of: Counter[UUID] = Counter()
        self._closing = False
        self.examined = Remembered()
        self.beat = Beat(self._running.__len__)

    def check_room(self, principal: Principal) -> None:
        """Raise `ServerBusy` or `TooManyCalls` before anything is asked of a model."""
        if self._closing or len(self._running) >= self._limits.running:
            raise ServerBusy(retry_after=5)
        most = self._share_of(self._limits.running_per_person)
        if self._of[principal.person_id] >= most:
            raise TooManyCalls(limit=most, retry_after=1)

    def add(self, task: asyncio.Task[None], principal: Principal) -> None:
        """Keep an exchange in sight until its task ends."""
        self._running[task] = principal
        self._of[principal.person_id] += 1
        API_CALLS_RUNNING.set(len(self._running))
        task.add_done_callback(self._forget)

    def on_revoked(self, payload: str) -> None:
        """End what a revoked key, or anything of a disabled person, has running."""
        kind, _, value = payload.partition(":")
        if kind not in {"key", "person"} or not value:
            return
        identifier = UUID(value)
        for task, principal in list(self._running.items()):
            if identifier == (principal.session_id if kind == "key" else principal.person_id):
                end(task, "revoked")

    async def stop_all(self, *, patience: float) -> None:
        """Let exchanges end for a moment, then end the others."""
        self._closing = True
        if self._running:
            _, late = await asyncio.wait(list(self._running), timeout=patience)
            for task in late:
                end(task, "interrupted")
            if late:
                await asyncio.wait(late, timeout=_SECONDS_TO_STOP)

    def _forget(self, task: asyncio.Task[None]) -> None:
        principal = self._running.pop(task)
        self._of[principal.person_id] -= 1
        if not self._of[principal.person_id]:
            del self._of[principal.person_id]
        API_CALLS_RUNNING.set(len(self._running))


def end(task: asyncio.Task[None], why: End) -> None:
    """Cancel an exchange and say why."""
    task.cancel(why)
