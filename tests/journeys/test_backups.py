"""A backup made while people work, its keys carried apart, and a new machine where everything is again."""

import asyncio
from pathlib import Path

import aiohttp

from tests.fakes.model_server import ModelServer
from tests.journeys.files import send, until_read
from tests.journeys.service import Service, installation
from tests.journeys.test_faults import signed_in

PHRASE = "cheval pile agrafe correcte\n"
NOTE = "La conservation des dossiers coûte 208 000 € par an.\n".encode() * 20


async def run(service: Service, *arguments: str, text: str = "", code: int = 0) -> str:
    done = await asyncio.to_thread(service.command, *arguments, text=text)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


async def checked(service: Service) -> str:
    return (await asyncio.to_thread(service.command, "check")).stdout  # whatever else is missing here


async def test_from_one_machine_to_another(scripted: ModelServer, http: aiohttp.ClientSession, tmp_path: Path) -> None:
    place, keys = str(tmp_path / "backups"), str(tmp_path / "keys.json")
    with installation(scripted.url, plain=True) as service:
        await service.start()
        assert "none was made" in await checked(service)
        await service.create_person_by_command("ada@exemple.fr")
        ada = await signed_in(service, http)
        conversation = await ada.conversation()
        file = await send(ada, "note.txt", NOTE)
        await until_read(ada, file)
        answered = await ada.ask(conversation, "Combien ? [[say=Des_clepsydres.]]", attachments=[file])
        made = await run(service, "backup", "--to", place)
        assert "key-encryption.key" in made
        assert "keep it apart" in made
        await ada.ask(conversation, "Encore ? [[say=Des_gnomons.]]")
        async with ada.asking(conversation, "Pendant [[tokens=3000 rate=30]]") as stream:
            await stream.read(lambda seen: len(seen.text) > 20)
            await run(service, "backup", "--to", place, "--incremental")
        assert "hours ago" in await checked(service)
        stored = await ada.get(f"/api/conversations/{conversation}")
        await run(service, "backup", "export-keys", keys, "--passphrase-stdin", text=PHRASE)
        assert "whole" in await run(service, "backup", "verify", "--from", place)
        assert len((await run(service, "backup", "list", "--from", place)).splitlines()) == 2
        assert "installation_not_empty" in await run(service, "restore", "--from", place, code=1)

    with installation(scripted.url, plain=True) as there:
        assert "backup_key_missing" in await run(there, "restore", "--from", place, code=1)
        await run(there, "backup", "import-keys", keys, "--passphrase-stdin", text=PHRASE)
        told = await run(there, "restore", "--from", place)
        assert "0 persons" in told
        assert "nothing here can tell" in told
        assert "valid" in (verified := await run(there, "audit", "verify")) or "intact" in verified, verified
        await there.start()
        ada = await signed_in(there, http)
        again = await ada.get(f"/api/conversations/{conversation}")
        assert again["messages"][:4] == stored["messages"][:4]
        assert answered.text in again["messages"][1]["text"]
        assert again["turns"][2]["state"] == "interrupted", "it was running at the instant of the backup"
        async with http.get(f"{there.address}/api/files/{file}/original", headers=ada.headers) as response:
            assert await response.read() == NOTE
        found = await ada.get("/api/conversations/search", params={"q": "gnomons"})
        assert [one["id"] for one in found["items"]] == [conversation], found
        await ada.ask(conversation, "La suite [[say=Voilà.]]")
        await run(there, "backup", "--to", place, "--incremental")
        assert await there.stop() == 0
        await run(there, "audit", "verify")
