"""What breaks: the process, the database, the schema, the keys. Nothing acknowledged is lost; refusals say why."""

import asyncio
import contextlib
import json
from pathlib import Path

import aiohttp
import psutil

from tests.fakes.model_server import ModelServer
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Stream, Visitor


async def signed_in(service: Service, http: aiohttp.ClientSession, email: str = "ada@exemple.fr") -> Visitor:
    visitor = Visitor(http, service.address)
    await visitor.sign_in(email)
    return visitor


async def test_killed_during_twenty_streams_then_started_again(
    scripted: ModelServer, http: aiohttp.ClientSession
) -> None:
    durable = {"CHATELET_DATABASE__EMBEDDED_DURABLE": "true", "CHATELET_CHAT__RUNNING_TURNS_PER_PERSON": "50"}
    with installation(scripted.url, **durable, plain=True) as service:
        await service.start()
        await service.create_person("ada@exemple.fr")
        ada = await signed_in(service, http)
        conversations = [await ada.conversation() for _ in range(20)]
        seen: dict[str, Stream] = {}

        async def follow(number: int, conversation: str) -> None:
            try:
                async with ada.asking(conversation, f"Question {number} [[tokens=400 rate=30]]") as stream:
                    seen[conversation] = stream
                    await stream.read()
            except aiohttp.ClientError:
                pass

        tasks = [asyncio.create_task(follow(*pair)) for pair in enumerate(conversations)]
        async with asyncio.timeout(20):
            while len(seen) < 20 or min(len(stream.text) for stream in seen.values()) < 100:
                await asyncio.sleep(0.05)
        flushed = {conversation: stream.text for conversation, stream in seen.items()}
        await asyncio.sleep(1.0)  # the longest a partial answer may wait to be stored
        await service.kill()
        await asyncio.gather(*tasks)

        await service.start()
        ada = await signed_in(service, http)
        for number, conversation in enumerate(conversations):
            stored = await ada.get(f"/api/conversations/{conversation}")
            assert stored["messages"][0]["text"].startswith(f"Question {number} ")
            assert stored["turns"][0]["state"] == "interrupted"
            assert stored["turns"][0]["error"]["code"] == "turn_interrupted"
            answer = stored["messages"][1]["text"]
            assert answer.startswith(flushed[conversation])
            assert seen[conversation].text.startswith(answer) or answer.startswith(seen[conversation].text)
        again = await ada.ask(
            conversations[0], retry_of=stored_turn(await ada.get(f"/api/conversations/{conversations[0]}"))
        )
        assert again.opened["question_id"]
        verified = await asyncio.to_thread(service.command, "audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr


def stored_turn(conversation: dict) -> str:
    return conversation["turns"][0]["id"]


async def test_an_orderly_end_keeps_the_text(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    with installation(scripted.url, CHATELET_CHAT__SHUTDOWN_SECONDS="1", plain=True) as service:
        await service.start()
        await service.create_person("ada@exemple.fr")
        ada = await signed_in(service, http)
        conversation = await ada.conversation()
        async with ada.asking(conversation, "[[tokens=400 rate=30]]") as stream:
            await stream.read(lambda seen: len(seen.text) > 50)
            ending = asyncio.create_task(service.stop())
            with contextlib.suppress(aiohttp.ClientError):
                await stream.read()
            assert await ending == 0
        await service.start()
        ada = await signed_in(service, http)
        stored = await ada.get(f"/api/conversations/{conversation}")
        assert stored["turns"][0]["state"] == "interrupted"
        assert stored["messages"][1]["text"].startswith(stream.text)


async def test_the_database_restarts_during_an_answer(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    """The answer goes on in memory and is stored when the database is back."""
    with installation(scripted.url, CHATELET_DATABASE__EMBEDDED_DURABLE="true", plain=True) as service:
        await service.start()
        await service.create_person("ada@exemple.fr")
        ada = await signed_in(service, http)
        conversation = await ada.conversation()
        async with ada.asking(conversation, "[[tokens=60 rate=30]]") as stream:
            await stream.read(lambda seen: len(seen.text) > 20)
            for backend in children_called(service.process.pid, "postgres"):
                with contextlib.suppress(psutil.NoSuchProcess):
                    backend.kill()  # PostgreSQL recovers from the crash of its backends by itself
            await stream.read()
        assert stream.closed["state"] == "answered"
        stored = await ada.get(f"/api/conversations/{conversation}")
        assert stored["messages"][1]["text"] == stream.text


def children_called(pid: int, name: str) -> list:
    postmaster = next(child for child in psutil.Process(pid).children() if child.name() == name)
    return [child for child in postmaster.children() if "chatelet_app" in " ".join(child.cmdline())]


async def test_readiness_is_a_real_write_and_liveness_is_not(service: Service, http: aiohttp.ClientSession) -> None:
    for path, told in (("/api/health/ready", "writes and reads"), ("/api/health/live", "live")):
        async with http.get(service.address + path) as response:
            assert response.status == 200
            assert told in await response.text()
    async with http.get(service.address + "/metrics") as response:
        assert "chatelet_http_requests_total" in await response.text()


async def test_two_services_on_one_folder(service: Service) -> None:
    second = Service(service.data_dir, service.environment)
    done = await asyncio.to_thread(second.command, "serve")
    assert done.returncode == 1
    assert "data_folder_in_use" in done.stderr
    assert str(service.process.pid) in done.stderr


async def test_an_empty_database_where_data_is_expected_is_refused(scripted: ModelServer) -> None:
    with installation(scripted.url, plain=True) as service:
        await service.start()
        await service.stop()
        postgres = service.data_dir / "postgres"
        postgres.rename(service.data_dir.parent / "lost")
        done = await asyncio.to_thread(service.command, "serve")
        assert done.returncode == 1
        assert "database_empty" in done.stderr


async def test_a_newer_schema_is_refused_and_an_older_one_is_copied_first(scripted: ModelServer) -> None:
    with installation(scripted.url, plain=True) as service:
        await service.start()
        await service.stop()
        await set_revision(service, "9999_from_the_future")
        done = await asyncio.to_thread(service.command, "serve")
        assert done.returncode == 1
        assert "schema_newer" in done.stderr


async def set_revision(service: Service, revision: str) -> None:
    from sqlalchemy import text

    from chatelet.kernel.database import Database
    from chatelet.kernel.embedded.supervisor import EmbeddedPostgres

    server = EmbeddedPostgres(service.data_dir, durable=False)
    addresses = server.start()
    owner = Database(addresses.owner_url)
    async with owner.transaction() as session:
        await session.execute(text("UPDATE schema_version SET version_num = :revision"), {"revision": revision})
    await owner.close()
    server.stop()


async def test_the_wrong_key_is_refused_at_start(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    with installation(scripted.url, plain=True) as service:
        await service.start()
        await service.create_person("ada@exemple.fr")
        ada = await signed_in(service, http)
        await ada.conversation()
        await service.stop()
        (service.data_dir / "keys" / "key-encryption.key").unlink()
        done = await asyncio.to_thread(service.command, "serve")
        assert done.returncode != 0
        assert "key_mismatch" in done.stderr


async def test_wrong_settings_are_named(scripted: ModelServer) -> None:
    with installation(scripted.url, CHATELET_PORT="99999", CHATELET_CHAT__NOTHING="1", plain=True) as service:
        done = await asyncio.to_thread(service.command, "serve")
        assert done.returncode == 78
        assert "port" in done.stderr
        assert "chat.nothing" in done.stderr


async def test_check_tells_what_is_there(service: Service) -> None:
    done = await asyncio.to_thread(service.command, "check", "--json")
    findings = {finding["subject"]: finding for finding in json.loads(done.stdout)}
    assert findings["Database"]["state"] == "present"
    assert findings["Journal"]["state"] == "present"
    assert findings["Backend scripted"]["state"] == "present"


async def test_logs_are_json_without_content(service: Service, ada: Visitor) -> None:
    conversation = await ada.conversation()
    await ada.ask(conversation, "motsecretdujournal [[say=réponsesecrète]]")
    lines = [line for line in Path(service.log).read_text().splitlines() if line.startswith("{")]
    assert all(json.loads(line)["event"] for line in lines)
    assert "motsecret" not in service.log.read_text()
    assert "réponsesecrète" not in service.log.read_text()
