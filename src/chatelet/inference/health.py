"""Is each backend up? Probed in the background, corrected at once by what real requests meet.

unknown -> ready <-> unreachable     one probing task per backend: 30 s apart when up, 1 s to 30 s when down
A request that cannot connect marks its backend down; any other failure only asks for a probe now, since one turn's
trouble must not refuse another's. A backend down is worth one try every 2 s, so that recovery needs no luck.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from chatelet.inference.condition import Condition, State
from chatelet.inference.errors import ModelError, ModelOverloaded
from chatelet.inference.registry import EMBEDDED, Backend
from chatelet.kernel.logs import get_logger

_STEADY_SECONDS: Final = 30.0
_BACKOFF_SECONDS: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_RETRY_SECONDS: Final = 2.0
_UNKNOWN: Final = Condition(State.UNKNOWN)
log = get_logger(__name__)

Probe = Callable[[Backend], Awaitable[None]]


class Health:
    """`probe(backend)` raises a `ModelError` when the backend is not well."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._conditions: dict[str, Condition] = {}
        self._failed_at: dict[str, float] = {}
        self._pokes: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, tuple[Backend, asyncio.Task[None]]] = {}

    def condition(self, backend: str) -> Condition:
        """Return how a backend is believed to be."""
        return self._conditions.get(backend, _UNKNOWN)

    def is_up(self, backend: str) -> bool:
        """Tell whether a backend is believed to answer, now or once loaded."""
        return self.condition(backend).state in {State.READY, State.LOADING, State.UNKNOWN}

    def may_retry(self, backend: str) -> bool:
        """Tell whether a backend believed down is worth a try."""
        if self.condition(backend).state is not State.UNREACHABLE:
            return False
        return time.monotonic() - self._failed_at.get(backend, 0.0) >= _RETRY_SECONDS

    def set(self, backend: str, condition: Condition) -> None:
        """Say how a backend is (the embedded one is known, not probed)."""
        before = self.condition(backend)
        if condition.state is State.UNREACHABLE:
            self._failed_at[backend] = time.monotonic()
        if condition.state is not before.state:
            log.info("backend_state", backend=backend, state=condition.state, error=condition.error_code)
        self._conditions[backend] = condition

    def succeeded(self, backend: str) -> None:
        """Note that a request was answered."""
        if self.condition(backend).state is not State.READY:
            self.set(backend, Condition(State.READY))

    def failed(self, backend: str, error: ModelError) -> None:
        """Note that a request met `error`."""
        if backend != EMBEDDED and error.params.get("reason") == "no_connection":
            self.set(backend, Condition(State.UNREACHABLE, error_code=error.code))
        if backend in self._pokes:
            self._pokes[backend].set()

    def watch(self, backends: Iterable[Backend]) -> None:
        """Probe exactly these from now on."""
        wanted = {backend.name: backend for backend in backends}
        for name, (backend, task) in list(self._tasks.items()):
            if wanted.get(name) != backend:
                task.cancel()
                del self._tasks[name], self._pokes[name]
                self._conditions.pop(name, None)
        for name, backend in wanted.items():
            if name not in self._tasks:
                self._pokes[name] = asyncio.Event()
                task = asyncio.create_task(self._keep_probing(backend), name=f"probe-{name}")
                self._tasks[name] = (backend, task)

    async def probe_now(self, backend: Backend) -> Condition:
        """Probe once and return what was found."""
        try:
            await self._probe(backend)
        except ModelOverloaded:  # it answers
            self.set(backend.name, Condition(State.READY))
        except ModelError as error:
            self.set(backend.name, Condition(State.UNREACHABLE, error_code=error.code))
        else:
            self.set(backend.name, Condition(State.READY))
        return self.condition(backend.name)

    async def stop(self) -> None:
        """Probe no more."""
        tasks = [task for _backend, task in self._tasks.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()
        self._pokes.clear()

    async def _keep_probing(self, backend: Backend) -> None:
        failures = 0
        poke = self._pokes[backend.name]
        while True:
            condition = await self.probe_now(backend)
            failures = 0 if condition.state is State.READY else failures + 1
            pause = _BACKOFF_SECONDS[min(failures, len(_BACKOFF_SECONDS)) - 1] if failures else _STEADY_SECONDS
            poke.clear()
            try:
                async with asyncio.timeout(pause * random.uniform(0.9, 1.1)):  # noqa: S311 (spreads load, hides nothing)
                    await poke.wait()
            except TimeoutError:
                continue
            await asyncio.sleep(0.2)  # many failures at once ask for one probe
