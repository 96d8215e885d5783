"""Places shared between persons: first come, first served; positions told; leaving costs nobody a place."""

import asyncio
from uuid import UUID, uuid4

from chatelet.kernel.fair_queue import FairQueue


async def test_positions_and_order() -> None:
    queue = FairQueue(1)
    told: dict[str, list[int]] = {"a": [], "b": [], "title": []}
    served: list[str] = []
    release = asyncio.Event()

    async def come(name: str, *, urgent: bool = True) -> None:
        async with queue.slot(urgent=urgent, moved=told[name].append):
            served.append(name)
            await release.wait()

    async with queue.slot(urgent=True):
        tasks = [asyncio.create_task(come("title", urgent=False))]
        await asyncio.sleep(0)
        tasks += [asyncio.create_task(come("a")), asyncio.create_task(come("b"))]
        await asyncio.sleep(0)
        assert queue.waiting == 3
        assert served == []
    release.set()
    await asyncio.gather(*tasks)
    assert served == ["a", "b", "title"]
    assert told == {"a": [1], "b": [2, 1], "title": [1, 2, 3, 2, 1]}


async def test_leaving_the_queue() -> None:
    queue = FairQueue(1)
    told: list[int] = []

    async def come(moved: list[int]) -> None:
        async with queue.slot(urgent=True, moved=moved.append):
            pass

    async with queue.slot(urgent=True):
        first = asyncio.create_task(come([]))
        second = asyncio.create_task(come(told))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert told == [2, 1]
    await second
    async with asyncio.timeout(1), queue.slot(urgent=True):
        assert queue.waiting == 0


async def test_cancelled_at_the_instant_of_admission() -> None:
    queue = FairQueue(1)

    async def come() -> None:
        async with queue.slot(urgent=True):
            pass

    slot = queue.slot(urgent=True)
    await slot.__aenter__()
    waiting = asyncio.create_task(come())
    await asyncio.sleep(0)
    await slot.__aexit__(None, None, None)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(1), queue.slot(urgent=True):
        pass


async def test_one_person_with_many_requests_takes_one_place_in_turn() -> None:
    """TA-155: whoever comes after a thousand requests of somebody else waits for one answer, not for a thousand."""
    queue = FairQueue(2)
    crowd, other = uuid4(), uuid4()
    served: list[UUID] = []
    told: list[int] = []

    async def come(owner: UUID, moved: list[int] | None = None) -> None:
        async with queue.slot(urgent=True, owner=owner, moved=moved.append if moved is not None else None):
            served.append(owner)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(come(crowd)) for _ in range(1000)]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(come(other, told)))
    await asyncio.gather(*tasks)
    assert served.index(other) <= 6
    assert served.count(crowd) == 1000
    assert queue.waiting == 0


async def test_persons_alternate_whatever_their_numbers() -> None:
    queue = FairQueue(1)
    names = {name: uuid4() for name in "abc"}
    served: list[str] = []
    positions: dict[str, int] = {}

    async def come(name: str, number: int) -> None:
        tell = positions.__setitem__
        async with queue.slot(urgent=True, owner=names[name], moved=lambda at: tell(f"{name}{number}", at)):
            served.append(f"{name}{number}")
            await asyncio.sleep(0)

    async with queue.slot(urgent=True):
        tasks = [asyncio.create_task(come("a", number)) for number in range(4)]
        tasks += [asyncio.create_task(come("b", number)) for number in range(2)]
        tasks += [asyncio.create_task(come("c", 0))]
        await asyncio.sleep(0)
        assert sorted(positions, key=positions.__getitem__) == ["a0", "b0", "c0", "a1", "b1", "a2", "a3"]
    await asyncio.gather(*tasks)
    assert served == ["a0", "b0", "c0", "a1", "b1", "a2", "a3"]


async def test_a_queue_is_widened_and_narrowed_while_it_serves() -> None:
    queue = FairQueue(1)
    inside, release = 0, asyncio.Event()

    async def come() -> None:
        nonlocal inside
        async with queue.slot(urgent=True):
            inside += 1
            await release.wait()

    tasks = [asyncio.create_task(come()) for _ in range(5)]
    await asyncio.sleep(0.01)
    assert inside == 1
    queue.resize(3)
    await asyncio.sleep(0.01)
    assert inside == 3
    queue.resize(1)
    release.set()
    await asyncio.gather(*tasks)
    async with asyncio.timeout(1), queue.slot(urgent=True):
        assert queue.waiting == 0


async def test_a_flood_leaves_room_for_who_writes_nothing() -> None:
    """TA-155: an eighth of the places. Whoever comes is served at once, though every answer of the flood is long."""
    queue = FairQueue(16)
    crowd, others = uuid4(), [uuid4() for _ in range(3)]
    inside: list[UUID] = []
    ends: dict[UUID, asyncio.Event] = {one: asyncio.Event() for one in (crowd, *others)}

    async def come(owner: UUID, *, urgent: bool = True) -> None:
        async with queue.slot(urgent=urgent, owner=owner):
            inside.append(owner)
            await ends[owner].wait()

    tasks = [asyncio.create_task(come(crowd)) for _ in range(1000)]
    await asyncio.sleep(0.01)
    assert inside == [crowd] * 14
    tasks += [asyncio.create_task(come(owner, urgent=False)) for owner in others]  # titles have no place kept
    await asyncio.sleep(0.01)
    assert inside == [crowd] * 14
    tasks += [asyncio.create_task(come(owner)) for owner in others]
    await asyncio.sleep(0.01)
    assert inside[14:] == others[:2], "two places were kept, and they are taken"
    ends[others[0]].set()
    await asyncio.sleep(0.01)
    assert inside[16:] == [others[2]], "a place that is kept goes to who has none, not back to the flood"
    for end in ends.values():
        end.set()
    await asyncio.gather(*tasks)
    assert inside.count(crowd) == 1000
    assert (len(inside), queue.waiting) == (1006, 0)


async def test_places_kept_are_used_by_many_persons() -> None:
    queue = FairQueue(8)
    inside: list[UUID] = []
    release = asyncio.Event()

    async def come(owner: UUID) -> None:
        async with queue.slot(urgent=True, owner=owner):
            inside.append(owner)
            await release.wait()

    tasks = [asyncio.create_task(come(uuid4())) for _ in range(8)]
    await asyncio.sleep(0.01)
    assert len(inside) == 8
    release.set()
    await asyncio.gather(*tasks)
