"""A database that says nothing is told as such wherever it falls silent: to connect, to listen, to answer."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import asyncpg
import pytest

from chatelet.kernel import notifications
from chatelet.kernel.notifications import Notifications

_HOURS = 10_000


class Mute:
    """A connection that says nothing from `after` on: "listen" or "answer"."""

    def __init__(self, after: str) -> None:
        self._after = after
        self.is_ended = False

    def add_termination_listener(self, _tell: Callable[[object], None]) -> None:
        pass

    async def add_listener(self, _channel: str, _deliver: object) -> None:
        if self._after == "listen":
            await asyncio.sleep(_HOURS)

    async def execute(self, _statement: str, *, timeout: float) -> None:
        await asyncio.wait_for(asyncio.sleep(_HOURS), timeout)

    def terminate(self) -> None:
        self.is_ended = True


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_RETRY_SECONDS", "_BETWEEN_PULSES", "_PULSE_SECONDS"):
        monkeypatch.setattr(notifications, name, 0.02)


@pytest.mark.parametrize("after", ["connect", "listen", "answer"])
async def test_it_is_told_and_tried_again(after: str) -> None:
    made: list[Mute] = []
    tries, told = 0, asyncio.Event()

    async def connect() -> asyncpg.Connection:
        nonlocal tries
        tries += 1
        if after == "connect":
            raise TimeoutError
        made.append(Mute(after))
        return cast("Any", made[-1])

    listening = Notifications(connect, silent=told.set)
    listening.subscribe("stop", lambda _payload: None)
    starting = asyncio.create_task(listening.start())
    async with asyncio.timeout(20):
        await told.wait()
        while tries < 3:
            await asyncio.sleep(0.01)
    starting.cancel()
    await listening.stop()
    assert all(one.is_ended for one in made), "none is left open"
