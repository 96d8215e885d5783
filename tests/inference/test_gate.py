"""The embedded model's queue: first come, first served; positions told; leaving costs nobody a place."""

import asyncio

from chatelet.inference.gate import Gate


async def test_positions_and_order() -> None:
    gate = Gate(1)
    told: dict[str, list[int]] = {"a": [], "b": [], "title": []}
    served: list[str] = []
    release = asyncio.Event()

    async def come(name: str, *, urgent: bool = True) -> None:
        async with gate.slot(urgent=urgent, moved=told[name].append):
            served.append(name)
            await release.wait()

    async with gate.slot(urgent=True):
        tasks = [asyncio.create_task(come("title", urgent=False))]
        await asyncio.sleep(0)
        tasks += [asyncio.create_task(come("a")), asyncio.create_task(come("b"))]
        await asyncio.sleep(0)
        assert gate.waiting == 3
        assert served == []
    release.set()
    await asyncio.gather(*tasks)
    assert served == ["a", "b", "title"]
    assert told == {"a": [1], "b": [2, 1], "title": [1, 2, 3, 2, 1]}


async def test_leaving_the_queue() -> None:
    gate = Gate(1)
    told: list[int] = []

    async def come(moved: list[int]) -> None:
        async with gate.slot(urgent=True, moved=moved.append):
            pass

    async with gate.slot(urgent=True):
        first = asyncio.create_task(come([]))
        second = asyncio.create_task(come(told))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert told == [2, 1]
    await second
    async with asyncio.timeout(1), gate.slot(urgent=True):
        assert gate.waiting == 0


async def test_cancelled_at_the_instant_of_admission() -> None:
    gate = Gate(1)

    async def come() -> None:
        async with gate.slot(urgent=True):
            pass

    slot = gate.slot(urgent=True)
    await slot.__aenter__()
    waiting = asyncio.create_task(come())
    await asyncio.sleep(0)
    await slot.__aexit__(None, None, None)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(1), gate.slot(urgent=True):
        pass
