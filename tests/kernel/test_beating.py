"""What is no more one's own stops by itself; a cancellation from elsewhere stays one."""

import asyncio

import pytest

from chatelet.kernel.beating import beating


class Lost(Exception):
    """Another has it."""


async def test_what_is_lost_stops() -> None:
    answers = iter([True, True, False])

    async def touch() -> bool:
        return next(answers)

    with pytest.raises(Lost):
        async with beating(touch, every=0.001, lost=Lost):
            await asyncio.Event().wait()
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_what_ends_is_not_touched_again() -> None:
    beats = 0

    async def touch() -> bool:
        nonlocal beats
        beats += 1
        return True

    async with beating(touch, every=0.001, lost=Lost):
        while beats < 2:
            await asyncio.sleep(0)
    before = beats
    await asyncio.sleep(0.01)
    assert beats == before


async def test_a_cancellation_is_told_as_it_is() -> None:
    async def touch() -> bool:
        return True

    async def held() -> None:
        async with beating(touch, every=60, lost=Lost):
            await asyncio.Event().wait()

    task = asyncio.create_task(held())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
