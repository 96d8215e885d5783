"""Web processes of one node: their line with what started them, their shares, and one exposition for all."""

import asyncio
import socket
from uuid import UUID, uuid4

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.parser import text_string_to_metric_families

from chatelet.kernel.line import Line, Message
from chatelet.kernel.metrics import collected, render_of
from chatelet.kernel.siblings import Siblings, share


def test_shares_are_the_whole_and_never_nothing() -> None:
    for of in range(1, 9):
        for total in range(of, 40):
            shares = [share(total, number, of) for number in range(1, of + 1)]
            assert sum(shares) == total
            assert max(shares) - min(shares) <= 1
        assert {share(1, number, of) for number in range(1, of + 1)} == {1}


def counted(times: int) -> CollectorRegistry:
    registry = CollectorRegistry()
    Counter("things_total", "Things", ["kind"], registry=registry).labels('a "b"\n').inc(times)
    Histogram("seconds", "How long", buckets=(1, 2), registry=registry).observe(times)
    return registry


def test_one_exposition_for_all() -> None:
    """Each family once, each sample with its worker: sums over workers are what all of them counted."""
    told = render_of([], {1: collected(counted(1)), 2: collected(counted(2)), 3: None}).decode()
    families = {family.name: family for family in text_string_to_metric_families(told)}
    things = {sample.labels["worker"]: sample for sample in families["things"].samples if sample.name == "things_total"}
    assert {worker: sample.value for worker, sample in things.items()} == {"1": 1, "2": 2}
    assert things["1"].labels["kind"] == 'a "b"\n'
    counts = [sample.value for sample in families["seconds"].samples if sample.name == "seconds_count"]
    assert counts == [1, 1]
    for name in ("things_total", "seconds"):
        assert told.count(f"# TYPE {name} ") == 1


@pytest.fixture
async def ends() -> tuple[Siblings, Line]:
    ours, theirs = socket.socketpair()
    return Siblings(2, 3, theirs), Line(ours)


async def test_a_worker_tells_of_itself_and_hears_of_others(ends: tuple[Siblings, Line]) -> None:
    siblings, parent = ends
    heard: asyncio.Queue[Message] = asyncio.Queue()
    dead: asyncio.Queue[UUID] = asyncio.Queue()
    alone = asyncio.Event()
    me, other = uuid4(), uuid4()
    for kind in ("name", "beat", "scrape"):
        parent.subscribe(kind, heard.put_nowait)
    following = asyncio.create_task(parent.follow(await parent.open()))
    await siblings.start(me, on_dead=dead.put, on_alone=alone.set)
    async with asyncio.timeout(5):
        assert (await heard.get()) == {"kind": "name", "worker_id": str(me)}
        assert (await heard.get()) == {"kind": "beat"}
        parent.send("unknown to this version")
        parent.send("dead", worker_id=str(other))
        assert await dead.get() == other
        scraping = asyncio.create_task(siblings.metrics())
        while (asked := await heard.get())["kind"] != "scrape":
            pass
        parent.send("collected", scrape=asked["scrape"], parent=[], workers={"2": collected(counted(4)), "3": None})
        assert 'things_total{kind="a \\"b\\"\\n",worker="2"} 4.0' in (await scraping).decode()
        assert not alone.is_set()
        parent.close()
        await alone.wait()
    await siblings.stop()
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
