"""A bad network between the service and its database: what people see meanwhile, and that nothing needs a restart."""

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from sqlalchemy import make_url

from tests.fakes.fault_proxy import FaultProxy, fault_proxy
from tests.fakes.model_server import ModelServer
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor

SILENT = 30.0  # the longest that a request may wait for a database that says nothing


def through(url: str, port: int) -> str:
    """Return the address of the same database, by the proxy."""
    found = make_url(url).set(drivername="postgresql", host="127.0.0.1", port=port)
    return found.difference_update_query(["host", "port"]).render_as_string(hide_password=False)


def socket_of(url: str) -> str:
    query = make_url(url).query
    return f"{query['host']}/.s.PGSQL.{query['port']}"


@dataclass(frozen=True)
class Place:
    """A service whose database is behind a proxy, and somebody at work."""

    service: Service
    proxy: FaultProxy
    ada: Visitor
    conversation: str


@pytest.fixture(scope="module")
async def proxied(scripted: ModelServer, own_addresses: tuple[str, str]) -> AsyncIterator[tuple[Service, FaultProxy]]:
    async with fault_proxy(socket_of(own_addresses[1])) as proxy:
        with installation(scripted.url) as service:
            key = service.data_dir.parent / "key"
            key.write_bytes(base64.b64encode(os.urandom(32)))
            service.environment |= {
                "CHATELET_DATABASE__URL": through(own_addresses[1], proxy.port),
                "CHATELET_DATABASE__OWNER_URL": through(own_addresses[0], proxy.port),
                "CHATELET_SECURITY__KEY_FILE": str(key),
            }
            migrated = await asyncio.to_thread(service.command, "migrate")
            assert migrated.returncode == 0, migrated.stderr
            await service.start()
            await service.create_person("ada@exemple.fr")
            yield service, proxy
            assert await service.stop() == 0  # while the proxy still runs: it shares this loop


@pytest.fixture
async def place(proxied: tuple[Service, FaultProxy], http: aiohttp.ClientSession) -> AsyncIterator[Place]:
    service, proxy = proxied
    ada = Visitor(http, service.address)
    await ada.sign_in("ada@exemple.fr")
    yield Place(service, proxy, ada, await ada.conversation())
    await proxy.heal()
    await until_ready(service, http, 30)


async def until_ready(service: Service, http: aiohttp.ClientSession, seconds: float) -> float:
    """Wait until a real write and read pass; return after how many seconds."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while True:
            async with http.get(service.address + "/api/health/ready") as answer:
                if answer.status == 200:
                    return time.monotonic() - began
            await asyncio.sleep(0.1)


async def stored(place: Place) -> dict:
    return await place.ada.get(f"/api/conversations/{place.conversation}")


async def test_slow_is_slow_and_nothing_else(place: Place) -> None:
    place.proxy.latency, place.proxy.bytes_per_second = 0.1, 200_000
    stream = await place.ada.ask(place.conversation, "Bonjour [[say=Lentement_mais_sûrement.]]")
    assert (stream.closed["state"], stream.text) == ("answered", "Lentement mais sûrement.")
    shown = await stored(place)
    assert shown["messages"][1]["text"] == stream.text


async def test_connections_reset_during_an_answer(place: Place) -> None:
    async with place.ada.asking(place.conversation, "[[tokens=60 rate=30]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 20)
        place.proxy.reset()
        await stream.read()
    assert stream.closed["state"] == "answered"
    assert (await stored(place))["messages"][1]["text"] == stream.text


async def test_connections_cut_in_the_middle_of_a_word(place: Place, http: aiohttp.ClientSession) -> None:
    """Each new connection is cut after so many bytes: requests are refused with their code, none half done."""
    asked: list[int] = []
    for cut in (1, 9, 200, 700, 2_000):
        place.proxy.cut_after = cut
        place.proxy.reset()
        answer = await place.ada.call("POST", "/api/conversations", {})
        asked.append(answer.status)
        assert answer.status in (201, 503), answer.body
        if answer.status == 503:
            assert answer.body["code"] == "service_unavailable"
    assert 503 in asked
    await place.proxy.heal()
    assert await until_ready(place.service, http, 10) < 5
    listed = await place.ada.get("/api/conversations")
    assert listed is not None


async def test_nobody_listens_for_a_while(place: Place, http: aiohttp.ClientSession) -> None:
    async with place.ada.asking(place.conversation, "[[tokens=150 rate=30]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 20)
        await place.proxy.refuse()
        answer = await place.ada.call("GET", "/api/conversations")
        assert (answer.status, answer.body["code"]) == (503, "service_unavailable")
        assert answer.headers["retry-after"]
        await asyncio.sleep(1)
        await place.proxy.heal()
        await stream.read()
    assert stream.closed["state"] == "answered"
    assert (await stored(place))["messages"][1]["text"] == stream.text


async def test_a_database_that_says_nothing(place: Place, http: aiohttp.ClientSession) -> None:
    """Requests do not hang: they end with their code; those told as done are there when the route is back."""
    kept = await place.ada.conversation()
    place.proxy.silence()
    began = time.monotonic()
    answers = await asyncio.gather(*(place.ada.call("GET", "/api/conversations") for _ in range(3)))
    assert time.monotonic() - began < SILENT
    assert {(answer.status, answer.body["code"]) for answer in answers} == {(503, "service_unavailable")}
    async with http.get(place.service.address + "/api/health/live") as answer:
        assert answer.status == 200
    await place.proxy.heal()
    assert await until_ready(place.service, http, 20) < 15
    assert (await place.ada.get(f"/api/conversations/{kept}"))["id"] == kept


async def test_connections_that_die_while_the_service_listens_again(place: Place, http: aiohttp.ClientSession) -> None:
    """Those that were made before it listened are dead, the listening one is well: no pulse tells."""
    place.proxy.reset()
    assert (await place.ada.call("GET", "/api/conversations")).status in (200, 503)
    assert (await place.ada.call("GET", "/api/conversations")).status == 200
    place.proxy.forget()
    began = time.monotonic()
    answer = await place.ada.call("GET", "/api/conversations")
    assert time.monotonic() - began < SILENT
    assert answer.status in (200, 503)
    await until_ready(place.service, http, SILENT)


async def test_connections_that_are_dead_and_nobody_said_so(place: Place, http: aiohttp.ClientSession) -> None:
    """New connections pass; those that stood never answer again. No restart is needed, and word from others comes."""
    place.proxy.forget()
    began = time.monotonic()
    answer = await place.ada.call("GET", "/api/conversations")
    assert time.monotonic() - began < SILENT
    assert answer.status in (200, 503)
    await until_ready(place.service, http, SILENT)
    stream = await place.ada.ask(place.conversation, "Et maintenant ? [[say=Oui]]")
    assert stream.closed["state"] == "answered"
