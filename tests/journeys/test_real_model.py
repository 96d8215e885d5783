"""The embedded model, for real: loaded behind a visible state, it answers in French; the page is usable before."""

import asyncio

import aiohttp
import pytest

from chatelet.inference.model_store import find_model_file
from chatelet.settings import Settings
from tests.journeys.service import installation
from tests.journeys.visitor import Visitor


@pytest.mark.real_model
async def test_a_first_conversation_with_the_embedded_model(http: aiohttp.ClientSession) -> None:
    assert find_model_file(Settings(), "qwen2.5-coder-1.5b"), "run `chatelet models fetch` (make test does)"
    with installation(None, plain=True) as service:
        await service.start()
        await service.create_person_by_command("ada@exemple.fr")
        ada = Visitor(http, service.address)
        await ada.sign_in("ada@exemple.fr")
        (model,) = (await ada.get("/api/models"))["items"]
        assert model["demonstration"]
        assert model["state"] in {"loading", "ready"}
        conversation = await ada.conversation()
        stream = await ada.ask(conversation, "Quelle est la capitale de la France ? Répondez en une phrase.")
        assert stream.closed["state"] == "answered", stream.closed
        assert "Paris" in stream.text
        assert stream.closed["usage"]["completion_tokens"] > 3
        assert stream.closed["usage"]["energy_wh"] > 0
        async with ada.asking(conversation, "Racontez longuement l'histoire de Paris.") as long:
            await long.read(lambda seen: len(seen.text) > 20, seconds=60)
            assert await ada.stop(conversation, long.opened["turn_id"]) == 202
            await long.read(seconds=5)
        assert long.closed["state"] == "stopped"
        again = await ada.ask(conversation, "Combien font 2 + 2 ? Répondez par le nombre seul.")
        assert again.closed["state"] == "answered"
        assert "4" in again.text
        (model,) = (await ada.get("/api/models"))["items"]
        assert model["state"] == "ready"
        async with asyncio.timeout(120):
            while (await ada.get(f"/api/conversations/{conversation}"))["title"].startswith("Quelle est la capitale"):
                await asyncio.sleep(0.5)
