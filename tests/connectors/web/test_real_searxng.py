"""A real SearXNG, in a process of its own, in front of an engine of the loopback: what it is sent, what is read of it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from chatelet.connectors.web import engines
from chatelet.connectors.web.contract import EngineFailed, WebResult
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import WebSearchSettings
from tests.fakes.local_web import Answer, Request, Server, listening
from tests.fakes.searxng import running_searxng

pytestmark = pytest.mark.servers
FOUND = {
    "results": [
        {
            "url": "https://www.service-public.fr/a?utm_source=x",
            "title": "Conserver ses <b>papiers</b>",
            "content": "Dix",
        },
        {"url": "https://exemple.org/b", "title": "B", "content": ""},
    ]
}


@pytest.fixture
async def local() -> AsyncIterator[Server]:
    """The engine that SearXNG asks."""

    def answer(_asked: Request) -> Answer:
        return 200, {"content-type": "application/json"}, json.dumps(FOUND).encode()

    server = Server(answer=answer)
    async with listening(server):
        yield server


async def _found(searxng: str, words: str) -> list[WebResult]:
    outbound = Outbound()
    try:
        [engine] = engines.declared(outbound, WebSearchSettings.model_validate({"searxng_url": searxng}))
        cleared = clear(uuid4(), Label(Level.INTERNAL), ceiling=Level.RESTRICTED)
        return await engine.search(words, cleared, language="fr", within=30)
    finally:
        await outbound.close()


async def test_a_real_searxng_is_asked_and_read(local: Server, tmp_path: Path) -> None:
    words = "délai d'été & « factures » ?q=x"
    async with running_searxng(tmp_path, local.origin) as searxng:
        found = await _found(searxng, words)
        assert [one.form["q"] for one in local.requests] == [words], "exactly the words confirmed reach the engine"
        assert [one.title for one in found] == ["Conserver ses papiers", "B"]
        assert found[0].address.startswith("https://www.service-public.fr/a")
        local.answer = lambda _asked: (500, {}, b"")
        with pytest.raises(EngineFailed) as caught:
            await _found(searxng, "autre chose")
        assert caught.value.reason == "unreachable", "nothing found because nobody answered is told as such"


async def test_one_that_gives_no_json_is_told(local: Server, tmp_path: Path) -> None:
    async with running_searxng(tmp_path, local.origin, formats="html") as searxng:
        with pytest.raises(EngineFailed) as caught:
            await _found(searxng, "factures")
    assert caught.value.reason == "refused", "JSON is not among its formats"
