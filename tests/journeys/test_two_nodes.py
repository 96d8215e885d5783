"""Two nodes on one external database, no sticky sessions: follow, stop, sign out and take over across them."""

import asyncio
import base64
import os
import time
from collections import Counter
from collections.abc import AsyncIterator

import aiohttp
import pytest
from sqlalchemy import make_url

from tests.fakes.model_server import ModelServer
from tests.journeys.service import Service, installation
from tests.journeys.test_quotas import left, limit, until
from tests.journeys.visitor import Visitor


def plain(url: str) -> str:
    """Write an address as an administrator does."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
async def nodes(scripted: ModelServer, addresses: tuple[str, str]) -> AsyncIterator[tuple[Service, Service]]:
    with installation(scripted.url, plain=True) as first, installation(scripted.url, plain=True) as second:
        key = first.data_dir.parent / "key"
        key.write_bytes(base64.b64encode(os.urandom(32)))
        for node in (first, second):
            node.environment |= {
                "CHATELET_DATABASE__URL": plain(addresses[1]),
                "CHATELET_DATABASE__OWNER_URL": plain(addresses[0]),
                "CHATELET_SECURITY__KEY_FILE": str(key),
                "CHATELET_CHAT__RUNNING_TURNS_PER_PERSON": "50",
            }
        migrated = await asyncio.to_thread(first.command, "migrate")
        assert migrated.returncode == 0, migrated.stderr
        await asyncio.gather(first.start(), second.start())
        await first.create_person("ada@exemple.fr")
        yield first, second


async def both(nodes: tuple[Service, Service], http: aiohttp.ClientSession) -> tuple[Visitor, Visitor]:
    here = Visitor(http, nodes[0].address)
    await here.sign_in("ada@exemple.fr")
    return here, Visitor(http, nodes[1].address, here.token)


async def test_across_nodes(nodes: tuple[Service, Service], http: aiohttp.ClientSession, scripted: ModelServer) -> None:
    here, there = await both(nodes, http)

    followed = await here.conversation()
    async with here.asking(followed, "[[tokens=80 rate=40]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 20)
        turn = stream.opened["turn_id"]
        async with there.following(followed, turn, 7) as other:
            await asyncio.gather(stream.read(), other.read())
    assert other.closed["state"] == "answered"
    assert other.text == stream.text[7:]

    stopped = await here.conversation()
    async with here.asking(stopped, "[[tokens=400 rate=40]] arrêté de loin") as stream:
        await stream.read(lambda seen: len(seen.text) > 20)
        assert await there.stop(stopped, stream.opened["turn_id"]) == 202
        asked = time.monotonic()
        await stream.read(seconds=5)
        assert time.monotonic() - asked < 2
    assert stream.closed["state"] == "stopped"

    orphan = await here.conversation()
    async with here.asking(orphan, "[[tokens=400 rate=40]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 50)
        written = stream.text
        turn = stream.opened["turn_id"]
        await asyncio.sleep(1)
        await nodes[0].kill()
    async with there.following(orphan, turn, 0) as other:
        await other.read(seconds=25)
    assert other.closed["state"] == "interrupted"
    assert other.text.startswith(written)
    retried = await there.ask(orphan, "Et maintenant ? [[say=Oui]]")
    assert retried.closed["state"] == "answered"


async def test_signing_out_on_one_node_ends_streams_on_the_other(
    nodes: tuple[Service, Service], http: aiohttp.ClientSession
) -> None:
    here, there = await both(nodes, http)
    conversation = await here.conversation()
    async with here.asking(conversation, "[[tokens=400 rate=40]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 10)
        assert (await there.call("DELETE", "/api/sessions/current")).status == 204
        await stream.read(seconds=5)
    assert stream.events[-1]["type"] != "closed"


async def test_a_quota_is_one_for_all_nodes(nodes: tuple[Service, Service], http: aiohttp.ClientSession) -> None:
    """Set on one node, known on the other; asked on both at once, no more pass than it allows."""
    here, there = await both(nodes, http)
    await nodes[0].create_person("chef@exemple.fr", "Chef", administrator=True)
    boss = Visitor(http, nodes[0].address)
    await boss.sign_in("chef@exemple.fr")
    await limit(boss, here, amount=6)
    await until(there, 6)
    conversations = [await here.conversation() for _ in range(16)]

    async def ask(number: int, conversation: str) -> int:
        path = f"/api/conversations/{conversation}/turns"
        return (await (here, there)[number % 2].call("POST", path, {"text": "Et ? [[tokens=3]]"})).status

    told = await asyncio.gather(*(ask(number, one) for number, one in enumerate(conversations)))
    assert Counter(told) == {200: 6, 429: 10}
    assert [one["left"] for one in await left(here)] == [one["left"] for one in await left(there)] == [0]


async def test_a_person_disabled_on_one_node_is_out_on_the_other_at_once(
    nodes: tuple[Service, Service], http: aiohttp.ClientSession
) -> None:
    here, there = await both(nodes, http)
    await nodes[0].create_person("chef@exemple.fr", "Chef", administrator=True)
    boss = Visitor(http, nodes[1].address)
    await boss.sign_in("chef@exemple.fr")
    ada = (await here.get("/api/sessions/current"))["person"]["id"]
    conversation = await here.conversation()
    async with here.asking(conversation, "[[tokens=400 rate=40]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 10)
        turn = stream.opened["turn_id"]
        async with there.following(conversation, turn, 0) as other:
            await other.read(lambda seen: len(seen.text) > 10)
            done = await boss.call("PATCH", f"/api/admin/persons/{ada}", {"state": "disabled"})
            assert done.status == 200, done.body
            await asyncio.gather(stream.read(seconds=5), other.read(seconds=5))
    for visitor in (here, there):
        assert (await visitor.call("GET", "/api/conversations")).status == 401


async def test_an_external_database_not_migrated_is_refused_with_the_remedy(
    scripted: ModelServer, addresses: tuple[str, str]
) -> None:
    import asyncpg

    url = make_url(addresses[0])
    connection = await asyncpg.connect(
        host=str(url.query["host"]),
        port=int(str(url.query["port"])),
        user=url.username,
        password=url.password,
        database=url.database,
    )
    await connection.execute("UPDATE schema_version SET version_num = '0003_identity'")
    await connection.close()
    with installation(scripted.url, CHATELET_DATABASE__URL=plain(addresses[1])) as service:
        done = await asyncio.to_thread(service.command, "serve")
        assert done.returncode == 1
        assert "chatelet migrate" in done.stderr
