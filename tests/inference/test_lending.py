"""Embedded models of a node with several web processes: run once by their parent, whoever asks."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator

import pytest

from chatelet.inference.backends.embedded import EmbeddedEncoder
from chatelet.inference.backends.lending import BorrowedModel, Lender
from chatelet.inference.condition import Condition, State
from chatelet.kernel.line import Line


class Borrower:
    """A worker's side, and the parent's end of its line."""

    def __init__(self, number: int) -> None:
        ours, theirs = socket.socketpair()
        self.number = number
        self.parents, self.line = Line(ours), Line(theirs)
        self.doors: list[tuple[str, str]] = []
        self.conditions: list[Condition] = []
        self.model = BorrowedModel(self.line, EmbeddedEncoder(), on_ready=self._ready, on_change=self.conditions.append)
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, lender: Lender) -> None:
        self.parents.subscribe("borrow", lambda told: lender.borrow(told["model"], self.number))
        self.parents.subscribe("give_back", lambda told: lender.give_back(told["model"], self.number))
        for line in (self.parents, self.line):
            self._tasks.append(asyncio.create_task(line.follow(await line.open())))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.parents.close()
        self.line.close()

    async def _ready(self, url: str, key: str) -> None:
        self.doors.append((url, key))


@pytest.fixture
async def lent() -> AsyncIterator[tuple[Lender, Borrower, Borrower]]:
    first, second = Borrower(1), Borrower(2)
    lender = Lender(lambda _kind: EmbeddedEncoder(), {1: first.parents, 2: second.parents}.get)
    for borrower in (first, second):
        await borrower.open(lender)
    yield lender, first, second
    for borrower in (first, second):
        await borrower.model.stop()
        await borrower.close()
    await lender.stop()


async def test_one_process_for_all_and_none_when_nobody_wants_it(lent: tuple[Lender, Borrower, Borrower]) -> None:
    lender, first, second = lent
    assert lender.process_of("vectors") is None
    first.model.start()
    async with asyncio.timeout(60):
        assert (await first.model.settled()).state is State.READY
        process = lender.process_of("vectors")
        second.model.start()  # comes when it is up already
        while not second.doors:
            await asyncio.sleep(0.01)
    assert first.doors == second.doors
    assert lender.process_of("vectors") == process
    lender.forget(1)  # killed: what it had stays for the one that takes its place
    assert lender.process_of("vectors") == process
    await second.model.stop()
    assert process is not None
    async with asyncio.timeout(10):
        with contextlib.suppress(ProcessLookupError):
            while True:
                os.kill(process, 0)
                await asyncio.sleep(0.05)
    assert lender.process_of("vectors") is None
