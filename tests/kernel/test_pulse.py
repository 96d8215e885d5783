"""A database that says nothing is told as such wherever it falls silent: to connect, to listen, to answer."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import asyncpg
import pytest
from sqlalchemy import text

from chatelet.kernel import database as databases
from chatelet.kernel import notifications
from chatelet.kernel.database import Database
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


async def test_one_made_again_trusts_none_of_those_that_stood(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What took the listening connection may have taken others unheard: idle ones go at once, the mute ones in time."""
    monkeypatch.setattr(databases, "_DOUBT_SECONDS", 0.2)
    async with database.driver_connection() as idle, database.driver_connection() as mute:
        pass
    async with (
        database.driver_connection() as quick,
        database.driver_connection() as slow,
    ):
        assert {quick, slow} == {idle, mute}, "the pool lends them again"
        async with database.driver_connection() as third:
            pass
        listening = await database.connect()
        waiting = asyncio.create_task(slow.execute("SELECT pg_sleep(60)"))
        database.renew(listening)
        assert third.is_closed(), "nobody used it"
        assert not quick.is_closed()
        with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError)):
            await asyncio.wait_for(waiting, 30)
        assert not listening.is_closed()
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT 1")) == 1
    await listening.close()


async def test_those_given_back_meanwhile_are_left_alone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "_DOUBT_SECONDS", 0.1)
    listening = await database.connect()
    async with database.driver_connection() as working:
        database.renew(listening)
    async with database.driver_connection() as again:
        assert again is working
        await asyncio.sleep(0.3)
        assert await again.fetchval("SELECT 1") == 1
    await listening.close()
