"""The rhythm of a process: at once where few turns run, together where hundreds do."""

import asyncio

import pytest

from chatelet.chat.beat import INTERVAL_SECONDS, Beat


class Woken:
    def __init__(self) -> None:
        self.times = 0

    def wake(self) -> None:
        self.times += 1


@pytest.mark.parametrize(("turns", "seconds"), [(0, 0.03), (150, 0.03), (300, 0.06), (500, 0.1), (5_000, 0.1)])
def test_slower_as_turns_are_more_within_bounds(turns: int, seconds: float) -> None:
    assert Beat(lambda: turns).seconds == pytest.approx(seconds)


async def test_few_turns_read_as_their_words_come() -> None:
    beat, task = Beat(lambda: 10), asyncio.current_task()
    assert task is not None
    await asyncio.wait_for(beat.pace(), INTERVAL_SECONDS / 10)


async def test_many_turns_read_at_the_beat_and_their_listeners_hear_it_in_the_same_one() -> None:
    beat, turn, order = Beat(lambda: 300), Woken(), list[str]()

    async def carry(name: str) -> None:
        await beat.pace()
        beat.mark(turn)
        order.append(f"{name} {turn.times}")

    async with asyncio.timeout(5):
        await asyncio.gather(*(carry(name) for name in "abc"))
        assert order == ["a 0", "b 0", "c 0"]
        await asyncio.sleep(0)
        assert turn.times == 1


async def test_a_turn_that_is_stopped_between_two_beats_leaves_the_others_alone() -> None:
    beat = Beat(lambda: 300)
    stopped, other = asyncio.create_task(beat.pace()), asyncio.create_task(beat.pace())
    await asyncio.sleep(0)
    stopped.cancel()
    async with asyncio.timeout(5):
        await other
    assert stopped.cancelled()
