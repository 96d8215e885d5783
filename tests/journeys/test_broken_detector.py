"""TA-110: a detector that breaks lets nothing leave: no question, no file, no call; an answer stops where it broke.

The service is the product's own; Python runs `sitecustomize` before it, which has the detector of personal data raise
on a text that holds one word.
"""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from tests.fakes.model_server import ModelServer, Script, running_model_server
from tests.journeys.files import send, until_read
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor

_WORD = "motquicasse"
_BREAKING = f"""
from chatelet.policy.guardrails import detection
from chatelet.policy.guardrails.findings import Kind

_find = detection._FAMILIES[Kind.PII]


def _break(reading):
    if "{_WORD}" in reading.text:
        raise RuntimeError("broken on purpose")
    return _find(reading)


detection._FAMILIES[Kind.PII] = _break
"""
# Readers of files are processes of their own, which find no module but the product's: they are told to break it first.
_BREAKING_READERS = f"""
import subprocess
from chatelet.documents.parsing import server

_CHILD = "chatelet.documents.parsing.child"
_CODE = {_BREAKING!r} + "import runpy; runpy.run_module(" + repr(_CHILD) + ", run_name='__main__')"


class _Broken:
    def __getattr__(self, name):
        return getattr(subprocess, name)

    def Popen(self, command, **options):
        at = command.index(_CHILD)
        return subprocess.Popen([*command[: at - 1], "-c", _CODE, *command[at + 1 :]], **options)


server.subprocess = _Broken()
"""
_BEFORE, _AFTER = "avant " * 500, "ensuite " * 500
_TOLD = 1_001  # words the model says before it waits for ever: all of the answer but its last word


@pytest.fixture(scope="module")
async def model() -> AsyncIterator[ModelServer]:
    """Stops in the middle of a long answer, so that whoever listens leaves first."""
    async with running_model_server(default=Script(fault="hang_between", after=_TOLD)) as server:
        server.answers["Raconte longuement"] = f"{_BEFORE}{_WORD} {_AFTER}jamaisdite"
        yield server


@pytest.fixture(scope="module")
async def broken(model: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    folder = tmp_path_factory.mktemp("casse")
    (folder / "sitecustomize.py").write_text(_BREAKING + _BREAKING_READERS)
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    with installation(model.url, PYTHONPATH=path) as service:
        await service.start()
        yield service


@pytest.fixture
async def ada(broken: Service, http: aiohttp.ClientSession) -> Visitor:
    email = f"{uuid4()}@exemple.fr"
    await broken.create_person(email)
    visitor = Visitor(http, broken.address)
    await visitor.sign_in(email)
    return visitor


def _asked(model: ModelServer, words: str) -> list[Any]:
    """Return the requests that the model server received with these words."""
    return [one for one in model.exchanges if words in json.dumps(one.body, ensure_ascii=False)]


async def test_a_question_it_cannot_read_does_not_leave(ada: Visitor, model: ModelServer) -> None:
    conversation = await ada.conversation()
    path = f"/api/conversations/{conversation}/turns"
    refused = await ada.call("POST", path, {"text": f"Que veut dire {_WORD} ?"})
    assert (refused.status, refused.body["code"]) == (503, "detection_failed")
    looked = await ada.call("POST", "/api/sensitivity/look", {"text": _WORD})
    assert (looked.status, looked.body["code"]) == (503, "detection_failed")
    assert (await ada.get(f"/api/conversations/{conversation}"))["messages"] == []
    assert _asked(model, _WORD) == []
    # What it can read is answered.
    assert (await ada.ask(conversation, "Bonjour [[say=Bonsoir]]")).closed["state"] == "answered"


async def test_a_file_it_cannot_read_is_not_kept_and_does_not_leave(ada: Visitor, model: ModelServer) -> None:
    mark = uuid4().hex
    sent = await send(ada, "note.txt", f"Note {mark} : {_WORD}.".encode())
    file = await until_read(ada, sent)
    assert (file["state"], file["error"], file["report"]) == ("failed", "file_not_examined", None)
    for kind in ("original", "pages/1"):
        shown = await ada.call("GET", f"/api/files/{sent}/{kind}")
        assert shown.status in {404, 409}, (kind, shown.status)
    stream = await ada.ask(await ada.conversation(), "Que dit la note ? [[say=Rien]]", attachments=[sent])
    assert stream.closed["state"] in {"answered", "refused", "failed"}
    assert _asked(model, mark) == []
    assert _asked(model, _WORD) == []


async def test_a_file_is_read_once_detectors_are_mended(
    model: ModelServer, tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    """Nobody sends it again: the person has it read again, if the job did not before."""
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(_BREAKING + _BREAKING_READERS)
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    with installation(model.url, PYTHONPATH=path) as service:
        await service.start()
        email = f"{uuid4()}@exemple.fr"
        await service.create_person(email)
        before = Visitor(http, service.address)
        await before.sign_in(email)
        sent = await send(before, "note.txt", f"Note sur {_WORD}.".encode())
        assert (await until_read(before, sent))["error"] == "file_not_examined"
        assert await service.stop() == 0
        broken.unlink()
        shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
        await service.start()
        after = Visitor(http, service.address)
        await after.sign_in(email)
        assert (await after.call("POST", f"/api/files/{sent}/read")).status == 200
        file = await until_read(after, sent)
        assert (file["state"], file["error"]) == ("read", None)
        assert (await after.call("GET", f"/api/files/{sent}/pages/1")).body["text"].startswith("Note sur")


async def test_a_call_of_the_public_api_it_cannot_read_does_not_leave(ada: Visitor, model: ModelServer) -> None:
    status, told = await _call(ada, f"Que veut dire {_WORD} ?")
    assert (status, json.loads(told)["error"]["code"]) == (503, "detection_failed")
    assert _asked(model, _WORD) == []
    status, told = await _call(ada, "Bonjour [[say=Bonsoir]]")
    assert (status, "Bonsoir" in told) == (200, True)


@pytest.mark.parametrize("stream", [True, False])
async def test_an_answer_of_the_public_api_stops_where_it_broke(ada: Visitor, model: ModelServer, stream: bool) -> None:
    mark = uuid4().hex
    _, told = await _call(ada, f"Raconte longuement {mark}", stream=stream)
    assert "detection_failed" in told
    assert "ensuite" not in told[told.index("detection_failed") :]
    assert "jamaisdite" not in told
    await _left(model, mark)


async def test_an_answer_stops_where_it_broke(ada: Visitor, model: ModelServer) -> None:
    mark = uuid4().hex
    conversation = await ada.conversation()
    stream = await ada.ask(conversation, f"Raconte longuement {mark}")
    assert stream.text.startswith("avant")
    assert stream.closed["error"]["code"] == "detection_failed"
    assert stream.closed["state"] != "answered"
    [_, kept] = (await ada.get(f"/api/conversations/{conversation}"))["messages"]
    for shown in (stream.text, kept["text"]):
        assert _AFTER not in shown
        assert "jamaisdite" not in shown
    await _left(model, mark)


async def _call(person: Visitor, words: str, *, stream: bool = False) -> tuple[int, str]:
    """Ask through `/v1` with a key of one's own; return the status and all that was told."""
    expires = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    made = await person.call("POST", "/api/keys", {"name": "Essai", "expires_at": expires})
    headers = {"Authorization": f"Bearer {made.body['secret']}"}
    body = {"model": "scripted", "stream": stream, "messages": [{"role": "user", "content": words}]}
    address = f"{person.address}/v1/chat/completions"
    async with person.http.post(address, json=body, headers=headers) as response:
        return response.status, await response.text()


async def _left(model: ModelServer, mark: str) -> None:
    """Wait until the model, which had not finished, is no longer listened to."""
    async with asyncio.timeout(30):
        while not (asked := _asked(model, mark)) or asked[0].closed_by_client_at is None:
            await asyncio.sleep(0.02)
