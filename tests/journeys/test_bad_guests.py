"""Clients that wear a service out: none reads, none finishes its question, all ask at once. Others feel nothing of it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from statistics import median

import aiohttp
import psutil
import pytest

from chatelet.commands.patience import Patience
from tests.fakes.model_server import ModelServer, running_model_server
from tests.journeys.service import Service, installation
from tests.journeys.test_faults import signed_in
from tests.journeys.visitor import Stream, Visitor

IDLE, LORIS, FLOOD = 1_000, 300, 120
ONE_AT_A_TIME = "concurrent_answers = 4\n"


@pytest.fixture(scope="module")
async def busy(http: aiohttp.ClientSession) -> AsyncIterator[tuple[Service, ModelServer]]:
    """A service whose model writes four answers at once; beyond, people wait in the fair queue."""
    async with running_model_server() as model:
        settings = {"CHATELET_CHAT__RUNNING_TURNS_PER_PERSON": "200", "CHATELET_CHAT__RUNNING_TURNS": "500"}
        with installation(model.url, **settings) as service:
            config = service.data_dir.parent / "chatelet.toml"
            config.write_text(config.read_text().replace("connect_seconds", ONE_AT_A_TIME + "connect_seconds", 1))
            await service.start()
            for name in ("ada", "bob"):
                await service.create_person(f"{name}@exemple.fr")
            yield service, model


def place(service: Service) -> tuple[str, int]:
    host, _, port = service.address.removeprefix("http://").partition(":")
    return host, int(port)


async def first_words(visitor: Visitor, conversation: str) -> float:
    """Return after how many seconds an answer began."""
    began = time.perf_counter()
    async with visitor.asking(conversation, "Bonjour [[tokens=10 rate=100]]") as stream:
        await stream.read(lambda seen: bool(seen.text))
        waited = time.perf_counter() - began
        await stream.read()
    assert stream.closed["state"] == "answered"
    return waited


async def test_one_person_asking_everything_at_once_does_not_make_another_wait(
    busy: tuple[Service, ModelServer], http: aiohttp.ClientSession
) -> None:
    """TA-155, over HTTP: whoever waits behind the flood waits for one answer to end, never for the flood."""
    service, _model = busy
    ada, bob = await signed_in(service, http), await signed_in(service, http, "bob@exemple.fr")
    conversations = await asyncio.gather(*(ada.conversation() for _ in range(FLOOD)))
    alone = [await first_words(bob, await bob.conversation()) for _ in range(5)]
    flood = [asyncio.create_task(ada.ask(one, "Tout [[tokens=20 rate=40]]")) for one in conversations]
    await asyncio.sleep(2)
    beside = [await first_words(bob, await bob.conversation()) for _ in range(5)]
    assert not all(task.done() for task in flood), "the flood was over before it was felt"
    one_answer = 20 / 40
    assert median(beside) < 2 * median(alone) + one_answer, (alone, beside)
    for task in flood:
        task.cancel()
    await asyncio.gather(*flood, return_exceptions=True)


def told_places(stream: Stream) -> list[int]:
    """Return the places in the queue that a stream told, in their order."""
    waits = [event for event in stream.all("status") if event["step"] == "waiting"]
    return [event["position_in_queue"] for event in waits if event["position_in_queue"] is not None]


async def test_whoever_waits_for_the_model_is_told_their_place(
    busy: tuple[Service, ModelServer], http: aiohttp.ClientSession
) -> None:
    """All that the model writes at once is somebody else's: one is told a place, and answered when another stops."""
    service, _model = busy
    ada, bob = await signed_in(service, http), await signed_in(service, http, "bob@exemple.fr")
    conversations = [await ada.conversation() for _ in range(4)]
    async with contextlib.AsyncExitStack() as answers:
        held = [
            await answers.enter_async_context(ada.asking(one, "Tout [[tokens=4000 rate=20]]")) for one in conversations
        ]
        for stream in held:
            await stream.read(lambda seen: bool(seen.text), seconds=60)
        async with bob.asking(await bob.conversation(), "Bonjour [[say=Bonjour.]]") as waiting:
            await waiting.read(told_places, seconds=60)
            assert waiting.text == ""
            for conversation, stream in zip(conversations, held, strict=True):
                assert await ada.stop(conversation, stream.opened["turn_id"]) == 202
            await waiting.read(seconds=60)
    assert (waiting.closed["state"], waiting.text) == ("answered", "Bonjour.")
    assert min(told_places(waiting)) >= 1


async def test_those_who_read_nothing_and_those_who_never_finish_asking(
    busy: tuple[Service, ModelServer], http: aiohttp.ClientSession
) -> None:
    service, _model = busy
    bob = await signed_in(service, http, "bob@exemple.fr")
    assert service.process is not None
    process = psutil.Process(service.process.pid)
    await first_words(bob, await bob.conversation())
    descriptors, memory = process.num_fds(), process.memory_info().rss
    idle = [await asyncio.open_connection(*place(service)) for _ in range(IDLE)]
    loris = [await asyncio.open_connection(*place(service)) for _ in range(LORIS)]
    for _reader, writer in loris:
        writer.write(b"GET /api/health/live HTTP/1.1\r\nhost: x\r\nx-slow: ")
    deaf = [await _deaf(bob, service, await bob.conversation()) for _ in range(10)]
    waited = [await first_words(bob, await bob.conversation()) for _ in range(3)]
    assert median(waited) < 1.5, waited
    assert process.memory_info().rss - memory < 60 * 1024 * 1024
    for _reader, writer in [*idle, *loris, *deaf]:
        writer.transport.abort()
    async with asyncio.timeout(20):
        while process.num_fds() > descriptors + 20:
            await asyncio.sleep(0.2)


async def _deaf(
    visitor: Visitor, service: Service, conversation: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Ask for a long answer and read none of it."""
    reader, writer = await asyncio.open_connection(*place(service), limit=1024)
    body = b'{"text": "Long [[tokens=3000]]"}'
    head = (
        f"POST /api/conversations/{conversation}/turns HTTP/1.1\r\nhost: x\r\ncookie: {visitor.headers['Cookie']}\r\n"
    )
    writer.write(f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
    return reader, writer


class _Connection:
    """What uvicorn keeps of a connection, as far as `Patience` looks."""

    def __init__(self, *, cycle: object = None, idle: object = None) -> None:
        self.cycle, self.timeout_keep_alive_task, self.transport = cycle, idle, self
        self.ended = False

    def abort(self) -> None:
        self.ended = True


class _Cycle:
    def __init__(self, *, response_complete: bool) -> None:
        self.response_complete = response_complete


def test_only_unfinished_headers_have_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: moment)
    never, again = _Connection(), _Connection(cycle=_Cycle(response_complete=True))
    kept = _Connection(cycle=_Cycle(response_complete=True), idle=object())
    answered = _Connection(cycle=_Cycle(response_complete=False))
    patience, everyone = Patience(30), [never, again, kept, answered]
    assert patience.look(everyone) == 0
    moment += 29
    assert patience.look(everyone) == 0
    moment += 2
    assert patience.look(everyone) == 2
    assert [one.ended for one in everyone] == [True, True, False, False]


async def test_a_slow_loris_is_ended(busy: tuple[Service, ModelServer]) -> None:
    reader, writer = await asyncio.open_connection(*place(busy[0]))
    writer.write(b"GET /api/health/live HTTP/1.1\r\nx-slow: ")
    began = time.monotonic()

    async def drip() -> None:
        while True:
            await asyncio.sleep(2)
            writer.write(b"y")

    dripping = asyncio.create_task(drip())
    try:
        with contextlib.suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 45) == b""
    finally:
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)
        writer.transport.abort()
        await asyncio.sleep(0)
    assert 25 < time.monotonic() - began < 40
