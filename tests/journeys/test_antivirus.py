"""With an antivirus, nothing is read before it has passed: what it stops is destroyed, and nothing passes while it is away."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.antivirus import EICAR, clamd, listening
from tests.fakes.model_server import ModelServer
from tests.journeys.files import send, until_read
from tests.journeys.service import Service, installation
from tests.journeys.test_faults import signed_in

NOTE = "Le budget annuel alloué à la conservation s'élève à 208 000 € hors taxes.".encode()
TRUE = "Le_budget_annuel_de_la_conservation_est_de_208_000_€_hors_taxes_[1]."


@pytest.fixture
async def guarded(scripted: ModelServer, unused_tcp_port: int) -> AsyncIterator[tuple[Service, int]]:
    address = f"clamd://127.0.0.1:{unused_tcp_port}"
    with installation(scripted.url, CHATELET_DOCUMENTS__ANTIVIRUS=address) as service:
        await service.start()
        for name in ("ada", "bob"):
            await service.create_person(f"{name}@exemple.fr")
        yield service, unused_tcp_port


async def test_nothing_is_read_that_it_has_not_passed(
    guarded: tuple[Service, int], scripted: ModelServer, http: aiohttp.ClientSession
) -> None:
    service, port = guarded
    ada, bob = await signed_in(service, http), await signed_in(service, http, "bob@exemple.fr")
    base = (await ada.call("POST", "/api/collections", {"name": "Notes"})).body["id"]
    share = {"email": "bob@exemple.fr", "part": "reader"}
    assert (await ada.call("POST", f"/api/collections/{base}/grants", share)).status == 201

    held, poured = await send(ada, "note.txt", NOTE), await send(ada, "versée.txt", NOTE)
    items = {"items": [{"file_id": poured}]}
    assert (await ada.call("POST", f"/api/collections/{base}/documents", items)).status == 201
    away = await until_read(ada, held)
    assert (away["state"], away["error"]) == ("failed", "antivirus_unavailable")
    assert (await ada.call("GET", f"/api/files/{held}/pages/1")).body["code"] == "file_not_ready"
    assert (await bob.call("GET", f"/api/files/{poured}/original")).body["code"] == "file_not_ready"
    assert (await ada.call("GET", f"/api/files/{poured}/original")).status == 200, "its giver has it already"

    async with listening(clamd, port):
        await ada.call("POST", f"/api/files/{held}/read")
        assert (await until_read(ada, held))["state"] == "read"
        answer = await ada.ask(await ada.conversation(), f"Quel budget ? [[say={TRUE}]]", attachments=[held])
        assert answer.all("citations")[-1]["items"][0]["verified"]

        passed = await send(ada, "passée.txt", NOTE)
        items = {"items": [{"file_id": passed}]}
        assert (await ada.call("POST", f"/api/collections/{base}/documents", items)).status == 201
        async with asyncio.timeout(60):
            while (await bob.call("GET", f"/api/files/{passed}/original")).status != 200:
                await asyncio.sleep(0.1)

        stopped = await send(ada, "facture.txt", b"Total : 12 euros. " * 5_000 + EICAR)
        refused = await until_read(ada, stopped)
        assert (refused["state"], refused["error"]) == ("failed", "file_infected")
        assert (await ada.call("GET", f"/api/files/{stopped}/original")).body["code"] == "file_not_found"
        again = await ada.call("POST", f"/api/files/{stopped}/read")
        assert (again.body["state"], again.body["error"]) == ("failed", "file_infected")
        asked = len(scripted.exchanges)
        given = await ada.ask(await ada.conversation(), "Quel total ? [[say=Je_ne_sais_pas.]]", attachments=[stopped])
        assert [one["params"] for one in given.all("notice")] == [{"file": stopped, "reason": "file_infected"}]
        assert not [one for one in scripted.exchanges[asked:] if "12 euros" in str(one.body)]
    async with asyncio.timeout(20):  # once it is told, its bytes go
        while _stored(service, stopped):
            await asyncio.sleep(0.1)
    assert _stored(service, held)


def _stored(service: Service, file: str) -> list[Path]:
    return [path for path in service.data_dir.rglob("*") if file in str(path) and path.is_file()]
