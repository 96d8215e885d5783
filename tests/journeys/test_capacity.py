"""Past its set capacity a process refuses early, says when to come back, and loses nothing of what it has."""

import aiohttp

from tests.fakes.model_server import ModelServer
from tests.journeys.service import installation
from tests.journeys.test_faults import signed_in


async def test_one_question_too_many(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    with installation(scripted.url, CHATELET_CHAT__RUNNING_TURNS="2") as service:
        await service.start(300)
        await service.create_person("ada@exemple.fr")
        await service.create_person("bob@exemple.fr")
        ada = await signed_in(service, http)
        bob = await signed_in(service, http, "bob@exemple.fr")
        fourth = await bob.conversation()
        first, second, third = [await ada.conversation() for _ in range(3)]
        async with (
            ada.asking(first, "[[tokens=400 rate=20]]") as one,
            ada.asking(second, "[[tokens=60 rate=20]]") as two,
        ):
            for stream in (one, two):
                await stream.read(lambda seen: bool(seen.text))
            refused = await ada.call("POST", f"/api/conversations/{third}/turns", {"text": "Une de trop"})
            assert (refused.status, refused.body["code"]) == (429, "server_busy")
            assert int(refused.headers["Retry-After"]) >= 1
            assert refused.body["params"]["place"] == 1
            behind = await bob.call("POST", f"/api/conversations/{fourth}/turns", {"text": "Après elle"})
            assert (behind.status, behind.body["params"]["place"]) == (429, 2)
            assert (await ada.get(f"/api/conversations/{third}"))["turns"] == [], "nothing of it was stored"
            await two.read(seconds=60)
            assert two.closed["state"] == "answered"
            passing = await bob.call("POST", f"/api/conversations/{fourth}/turns", {"text": "Avant elle ?"})
            assert passing.body["params"]["place"] == 1, "the room is hers"
            assert (await ada.ask(third, "Et maintenant ? [[say=Oui.]]")).text == "Oui."
            assert await ada.stop(first, one.opened["turn_id"]) == 202
            await one.read()
        assert one.closed["state"] == "stopped"
