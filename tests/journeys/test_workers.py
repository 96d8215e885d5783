"""`serve --workers 2`: two web processes behind one address, as people, an administrator and a scrape meet them."""

import asyncio
import contextlib
import json
import os
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import psutil
import pytest

from tests.fakes.model_server import ModelServer
from tests.journeys.service import Service, installation
from tests.journeys.test_quotas import left, limit, until
from tests.journeys.visitor import Stream, Visitor

_SAMPLE = re.compile(r'(\w+)\{([^}]*)worker="(\d)"[^}]*\} (\S+)')


@pytest.fixture
async def apart() -> AsyncIterator[aiohttp.ClientSession]:
    """A connection for each request, so that either worker may take it."""
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar(), read_bufsize=2**20
    ) as session:
        yield session


@pytest.fixture
async def two(scripted: ModelServer) -> AsyncIterator[Service]:
    environment = {
        "CHATELET_WORKERS": "2",
        "CHATELET_CHAT__RUNNING_TURNS_PER_PERSON": "50",
        "CHATELET_CHAT__SHUTDOWN_SECONDS": "1",
    }
    with installation(scripted.url, **environment, plain=True) as service:
        await service.start(300)
        await service.create_person("ada@exemple.fr")
        yield service


async def signed_in(service: Service, http: aiohttp.ClientSession, email: str = "ada@exemple.fr") -> Visitor:
    visitor = Visitor(http, service.address)
    await visitor.sign_in(email)
    return visitor


async def of_each(service: Service, http: aiohttp.ClientSession, name: str) -> dict[str, float]:
    """Read one metric of both workers; which of them answers the scrape does not matter."""
    async with http.get(service.address + "/metrics") as response:
        told = await response.text()
    assert told.count(f"# TYPE {name} ") == 1, "a family is told once"
    return {worker: float(value) for found, _, worker, value in _SAMPLE.findall(told) if found == name}


async def eventually(look: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not await look():
            await asyncio.sleep(0.1)


def pid_of(service: Service, worker: str) -> int:
    """The process that a worker is now, as the log tells."""
    lines = [json.loads(line) for line in service.log.read_text("utf-8").splitlines() if line.startswith("{")]
    return [one["pid"] for one in lines if one.get("event") == "worker_started" and str(one["worker"]) == worker][-1]


async def test_one_of_two_is_killed_in_the_middle_of_answers(two: Service, apart: aiohttp.ClientSession) -> None:
    """Its answers end as interrupted with their text; those of the other go on, and it is started again by itself."""
    ada = await signed_in(two, apart)
    streams: dict[str, Stream] = {}
    cut: set[str] = set()

    async def follow(conversation: str) -> None:
        try:
            async with ada.asking(conversation, "Question [[tokens=300 rate=30]]") as stream:
                streams[conversation] = stream
                await stream.read()
        except aiohttp.ClientError:
            cut.add(conversation)

    tasks: list[asyncio.Task[None]] = []

    async def both_carry() -> bool:
        tasks.append(asyncio.create_task(follow(await ada.conversation())))
        return min((await of_each(two, apart, "chatelet_turns_running")).values()) >= 2

    await eventually(both_carry, 30)

    async def all_speak() -> bool:
        return len(streams) == len(tasks) and min(len(stream.text) for stream in streams.values()) > 20

    await eventually(all_speak)
    seen = {conversation: stream.text for conversation, stream in streams.items()}
    await asyncio.sleep(1)  # the longest a partial answer may wait to be stored
    carried = await of_each(two, apart, "chatelet_turns_running")
    os.kill(pid_of(two, "1"), signal.SIGKILL)

    async def closed_for_it() -> bool:
        states = [(await ada.get(f"/api/conversations/{one}"))["turns"][0]["state"] for one in streams]
        return states.count("interrupted") == carried["1"]

    await eventually(closed_for_it, 8)  # less than chat.stale_seconds: its death is known, not guessed
    await asyncio.gather(*tasks)
    states = Counter()
    for conversation, text in seen.items():
        stored = await ada.get(f"/api/conversations/{conversation}")
        [turn] = stored["turns"]
        states[turn["state"]] += 1
        assert stored["messages"][0]["text"].startswith("Question")
        assert stored["messages"][1]["text"].startswith(text), "what was read for a second is kept"
        ended = streams[conversation].events[-1]
        assert (ended["type"] != "closed") == (turn["state"] == "interrupted")
        if turn["state"] == "answered":
            assert stored["messages"][1]["text"] == streams[conversation].text
    assert states == {"interrupted": carried["1"], "answered": carried["2"]}

    async def is_back() -> bool:
        return (await of_each(two, apart, "chatelet_worker_up"))["1"] == 1

    await eventually(is_back, 30)
    assert await of_each(two, apart, "chatelet_worker_ends_total") == {"1": 1, "2": 0}
    assert (await ada.ask(await ada.conversation(), "Et maintenant ? [[say=Oui]]")).text == "Oui"
    verified = await asyncio.to_thread(two.command, "audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


async def test_two_workers_are_one_service(two: Service, apart: aiohttp.ClientSession) -> None:
    """Followed, stopped, limited and slowed down wherever a request arrives; ended together, in order."""
    ada = await signed_in(two, apart)
    conversation = await ada.conversation()
    async with ada.asking(conversation, "[[tokens=120 rate=30]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 10)
        turn = stream.opened["turn_id"]
        async with asyncio.TaskGroup() as group:
            for _ in range(6):
                group.create_task(followed(ada, conversation, turn))
        stopped = await ada.stop(conversation, turn)
        await stream.read(seconds=5)
    assert (stopped, stream.closed["state"]) == (202, "stopped")

    await two.create_person("chef@exemple.fr", "Chef", administrator=True)
    boss = await signed_in(two, apart, "chef@exemple.fr")
    await limit(boss, ada, amount=7)
    for _ in range(6):
        await until(ada, 7)
    allowed = int((await left(ada))[0]["left"])
    conversations = [await ada.conversation() for _ in range(allowed + 6)]

    async def ask(one: str) -> int:
        return (await ada.call("POST", f"/api/conversations/{one}/turns", {"text": "Et ? [[tokens=3]]"})).status

    assert Counter(await asyncio.gather(*map(ask, conversations))) == {200: allowed, 429: 6}

    async def guess(number: int) -> int:
        body = {"email": "inconnue@exemple.fr", "password": f"Mauvais mot de passe {number}"}
        return (await Visitor(apart, two.address).call("POST", "/api/sessions", body)).status

    guessed = Counter(await asyncio.gather(*map(guess, range(24))))
    assert guessed[401] <= 7, "5 are free, the next makes wait; one more may cross it in the other worker"
    assert guessed[401] + guessed[429] == 24

    assert two.process is not None
    children = psutil.Process(two.process.pid).children(recursive=True)
    await two.kill()  # the parent alone, without warning
    _gone, alive = await asyncio.to_thread(psutil.wait_procs, children, 25)
    assert not alive, "workers and database leave with it"

    await two.start(300)
    boss = await signed_in(two, apart, "chef@exemple.fr")
    async with boss.asking(await boss.conversation(), "Toujours là ? [[tokens=400 rate=30]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 50)
        ending = asyncio.create_task(two.stop())
        with contextlib.suppress(aiohttp.ClientError):
            await stream.read()
        assert await ending == 0
    lines = [json.loads(line) for line in two.log.read_text("utf-8").splitlines() if line.startswith("{")]
    assert {line.get("worker") for line in lines if line["event"] == "Application shutdown complete."} == {1, 2}


async def followed(visitor: Visitor, conversation: str, turn: str) -> None:
    async with visitor.following(conversation, turn, 0) as other:
        await other.read(lambda seen: len(seen.text) > 20)
