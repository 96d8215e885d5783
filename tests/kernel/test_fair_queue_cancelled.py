"""A queue survives those who leave it at the very instant their turn comes."""

import asyncio

from chatelet.kernel.fair_queue import FairQueue


async def test_a_waiter_cancelled_as_the_slot_frees_neither_breaks_nor_loses_it() -> None:
    queue = FairQueue(1)
    order: list[str] = []

    async def hold(name: str, release: asyncio.Event) -> None:
        async with queue.slot(urgent=True):
            order.append(name)
            await release.wait()

    first, others = asyncio.Event(), asyncio.Event()
    others.set()
    holder = asyncio.create_task(hold("holder", first))
    await asyncio.sleep(0)
    leaving = asyncio.create_task(hold("leaving", others))
    staying = asyncio.create_task(hold("staying", others))
    await asyncio.sleep(0)
    leaving.cancel()  # its future is cancelled now, its task wakes later
    first.set()
    await holder
    await staying
    assert order == ["holder", "staying"]
    assert queue.waiting == 0
    await hold("again", others)
    async with asyncio.timeout(1):
        await asyncio.gather(*(hold(str(number), others) for number in range(5)))


async def test_admitted_then_cancelled_gives_the_slot_back() -> None:
    queue = FairQueue(1)
    release, done = asyncio.Event(), asyncio.Event()
    done.set()

    async def hold(event: asyncio.Event) -> None:
        async with queue.slot(urgent=False):
            await event.wait()

    holder = asyncio.create_task(hold(release))
    await asyncio.sleep(0)
    waiting = asyncio.create_task(hold(done))
    await asyncio.sleep(0)
    holder.cancel()
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(holder, waiting, return_exceptions=True)
    async with asyncio.timeout(1):
        await hold(done)
