"""Works whose names are replaced: what a model outside reads holds none, what its person gets has them all."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.model_server import ModelServer, running_model_server
from tests.journeys.service import Service, installation
from tests.journeys.test_pseudonyms import OUTSIDE
from tests.journeys.visitor import Visitor
from tests.writing.translator import SEGMENT

ORIGINALS = ("Dupont", "Jeanne", "Hamon", "06 12 34 56 78")
LETTER = (
    "La direction a reçu Mme Jeanne Dupont le 3 mars.\n\nMme Dupont est joignable au 06 12 34 56 78.\n\n"
    "M. Élie Hamon a donné un avis favorable à sa demande."
)


class Echo(ModelServer):
    """Gives each segment back as it is: what it read comes back, whatever that was."""

    def script_for(self, body: dict[str, Any]) -> Any:
        segments = SEGMENT.findall(str(body["messages"][-1]["content"]))
        script = super().script_for(body)
        if not segments:
            return script
        said = "\n".join(f"<s{number}>{words} Très bien.</s{number}>" for number, words in segments)
        return type(script)(say=said)


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[ModelServer]:
    server = Echo()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="module")
async def service(outside: ModelServer) -> AsyncIterator[Service]:
    """Its models: inside, which may receive everything; outside, which receives nothing personal."""
    async with running_model_server() as inside:
        with installation(
            inside.url, CHATELET_WRITING__BATCH_SEGMENTS="1", CHATELET_POLICY__PSEUDONYMS__ENABLED="true"
        ) as started:
            config = started.environment["CHATELET_CONFIG"]
            with open(config, "a") as file:  # noqa: PTH123 (a test's own small file)
                file.write(OUTSIDE.format(url=outside.url))
            await started.start()
            yield started


@pytest.fixture
async def grace(service: Service, http: aiohttp.ClientSession) -> Visitor:
    email = f"{uuid4()}@exemple.fr"
    await service.create_person(email, administrator=True)
    visitor = Visitor(http, service.address)
    await visitor.sign_in(email)
    return visitor


async def done(visitor: Visitor, work: str) -> dict[str, Any]:
    async with asyncio.timeout(40):
        while (found := await visitor.get(f"/api/writing/works/{work}"))["state"] not in ("done", "failed"):
            await asyncio.sleep(0.1)
    return found


async def written(visitor: Visitor, work: str) -> str:
    text_written: str = (await visitor.get(f"/api/writing/works/{work}"))["text"]
    return text_written


def body(**more: Any) -> dict[str, Any]:
    return {"kind": "rewrite", "style": "clarify", "source": "fr", "text": LETTER, "model": "outside", **more}


async def test_a_work_goes_outside_with_stand_ins_and_comes_back_with_names(
    grace: Visitor, service: Service, outside: ModelServer
) -> None:
    refused = await grace.call("POST", "/api/writing/works", body())
    assert (refused.status, refused.body["code"]) == (403, "model_not_cleared_for_categories")
    asked = await grace.call("POST", "/api/writing/works", body(pseudonymise=True))
    assert asked.status == 201, asked.body
    work = asked.body["id"]
    found = await done(grace, work)
    assert (found["state"], found["error"]) == ("done", None)
    received = " ".join(str(one.body["messages"]) for one in outside.asked)
    assert "avis favorable" in received
    assert [one for one in ORIGINALS if one in received] == []
    told = await written(grace, work)
    assert [one for one in ORIGINALS if one not in told] == []
    address = application_address(service.data_dir)
    assert address is not None
    beside = Database(address, pool_size=1)
    lines = text("SELECT data FROM journal_events WHERE name = 'work.pseudonymised' AND object_id = :id")
    async with beside.transaction() as session:
        journalled = list(await session.scalars(lines, {"id": work}))
    await beside.close()
    assert journalled
    assert [one for one in ORIGINALS if one in " ".join(journalled)] == []


async def test_one_person_has_one_stand_in_from_batch_to_batch(grace: Visitor, outside: ModelServer) -> None:
    outside.exchanges.clear()
    asked = await grace.call("POST", "/api/writing/works", body(pseudonymise=True))
    await done(grace, asked.body["id"])
    read = [SEGMENT.search(str(one.body["messages"][-1]["content"])) for one in outside.asked]
    first, second = (next(one[2] for one in read if one and words in one[2]) for words in ("a reçu", "est joignable"))
    name = second.split(" est joignable")[0].split()[-1]
    assert name in first, (first, second)


async def test_an_identifier_that_is_left_stops_the_work(grace: Visitor, outside: ModelServer) -> None:
    """What tells of somebody's health is not theirs to send outside, whatever their name becomes."""
    outside.exchanges.clear()
    words = "Mme Jeanne Dupont est suivie pour un diabète de type 2 depuis dix ans."
    refused = await grace.call("POST", "/api/writing/works", body(text=words, pseudonymise=True))
    if refused.status == 201:
        found = await done(grace, refused.body["id"])
        assert (found["state"], found["error"]) == ("failed", "model_not_cleared_for_categories")
    else:
        assert refused.body["code"] == "model_not_cleared_for_categories"
    assert outside.asked == []


async def test_where_a_rule_requires_it_nobody_has_to_ask(grace: Visitor, outside: ModelServer) -> None:
    outside.exchanges.clear()
    rules = {"*": {"names": "required"}}
    assert (await grace.call("POST", "/api/admin/policies/draft", {"rules": rules})).status == 200
    assert (await grace.call("POST", "/api/admin/policies/draft/publish")).status == 200
    try:
        async with asyncio.timeout(5):
            while (await grace.get("/api/policies/current"))["names"] != "required":
                await asyncio.sleep(0.05)
        asked = await grace.call("POST", "/api/writing/works", body())
        assert asked.status == 201, asked.body
        assert (await done(grace, asked.body["id"]))["state"] == "done"
        received = " ".join(str(one.body["messages"]) for one in outside.asked)
        assert [one for one in ORIGINALS if one in received] == []
        assert "Jeanne Dupont" in await written(grace, asked.body["id"])
    finally:
        await grace.call("POST", "/api/admin/policies/draft", {"rules": {}})
        await grace.call("POST", "/api/admin/policies/draft/publish")


async def test_where_it_is_off_it_is_refused(grace: Visitor) -> None:
    rules = {"*": {"names": "off"}}
    assert (await grace.call("POST", "/api/admin/policies/draft", {"rules": rules})).status == 200
    assert (await grace.call("POST", "/api/admin/policies/draft/publish")).status == 200
    try:
        async with asyncio.timeout(5):
            while (await grace.get("/api/policies/current"))["names"] != "off":
                await asyncio.sleep(0.05)
        refused = await grace.call("POST", "/api/writing/works", body(pseudonymise=True))
        assert (refused.status, refused.body["code"]) == (403, "pseudonyms_off")
    finally:
        await grace.call("POST", "/api/admin/policies/draft", {"rules": {}})
        await grace.call("POST", "/api/admin/policies/draft/publish")
