"""What one person's keys may have running at once is that of the node, however many processes it has (TA-153)."""

import asyncio
from uuid import UUID, uuid4

import pytest

from chatelet.chat.v1.errors import TooManyCalls
from chatelet.chat.v1.exchanges import Exchanges
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Rights
from chatelet.kernel import clock
from chatelet.kernel.siblings import share
from chatelet.settings import ApiSettings


def asker(person_id: UUID) -> Principal:
    return Principal(person_id, uuid4(), Rights(frozenset(), {}), frozenset(), "fr", "Ada", None, clock.now())


def node(processes: int, limits: ApiSettings) -> list[Exchanges]:
    def of(number: int) -> Exchanges:
        return Exchanges(limits, lambda total: share(total, number, processes))

    return [of(number) for number in range(1, processes + 1)]


@pytest.mark.parametrize(("processes", "limit", "carried"), [(1, 5, 5), (2, 5, 5), (3, 64, 64), (4, 1, 4)])
async def test_more_processes_give_one_person_no_more(processes: int, limit: int, carried: int) -> None:
    """But one each, so that a person reaches every process."""
    ada, bob = uuid4(), uuid4()
    tasks: list[asyncio.Task[None]] = []
    for exchanges in node(processes, ApiSettings(running_per_person=limit)):
        with pytest.raises(TooManyCalls):
            while len(tasks) <= 2 * carried:
                exchanges.check_room(asker(ada))
                tasks.append(asyncio.create_task(_forever()))
                exchanges.add(tasks[-1], asker(ada))
        exchanges.check_room(asker(bob))
    assert len(tasks) == carried
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _forever() -> None:
    await asyncio.Event().wait()
