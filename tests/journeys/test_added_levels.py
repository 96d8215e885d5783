"""A hospital adds a level between two others: it chooses models like any level, and is not taken away while it is used."""

import asyncio

import aiohttp

from tests.fakes.model_server import ModelServer
from tests.journeys.files import begin
from tests.journeys.service import installation
from tests.journeys.visitor import Visitor

NAMES = '{"restricted_2": {"fr": "Secret médical renforcé", "en": "Reinforced medical secrecy"}}'
HIGHEST = "restricted_2"


async def test_an_added_level_is_a_level_until_nothing_bears_it(
    scripted: ModelServer, http: aiohttp.ClientSession
) -> None:
    added = {"CHATELET_POLICY__LEVEL_NAMES": NAMES, "CHATELET_POLICY__HIGHEST_LEVEL": HIGHEST}
    with installation(scripted.url, **added) as service:
        await service.start()
        await service.create_person("grace@exemple.fr", administrator=True)
        grace = Visitor(http, service.address)
        await grace.sign_in("grace@exemple.fr")
        session = await grace.get("/api/sessions/current")
        assert (session["highest_level"], list(session["level_names"])) == (HIGHEST, [HIGHEST])
        absent = await grace.call("POST", "/api/conversations", {"level": "restricted_1"})
        assert (absent.status, absent.body["code"]) == (422, "invalid_request")
        above = await grace.call("POST", "/api/conversations", {"level": "diffusion_restreinte"})
        assert above.body["code"] == "level_not_allowed"

        conversation = await grace.conversation(level=HIGHEST)
        refused = await grace.ask(conversation, "Bonjour [[tokens=2]]", model="scripted")
        assert refused.closed["error"]["code"] == "model_not_cleared"
        base = await grace.call("POST", "/api/collections", {"name": "Registre", "level": HIGHEST})
        assert base.body["level"] == HIGHEST, base.body
        assert (await begin(grace, "note.txt", 9, level=HIGHEST)).body["level"] == HIGHEST
        raised = await grace.call("PATCH", "/api/admin/models/cleared", {"highest_level": HIGHEST})
        assert raised.status == 200, raised.body
        answered = await grace.ask(conversation, retry_of=refused.opened["turn_id"])
        assert (answered.closed["state"], answered.opened["model"]["id"]) == ("answered", "cleared")
        await service.stop()

        for name in added:
            del service.environment[name]
        done = await asyncio.to_thread(service.command, "serve")
        assert done.returncode != 0
        assert "level_in_use" in done.stderr
        assert "conversations" in done.stderr
