"""Each desk once with the embedded model, for real: a document translated, one corrected, one summarised, one drafted.

A small model writes as it can. What is asserted is what code answers for: every segment is told, figures and the form
of the document stay, a statement of a summary has its page, a draft its checks.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from chatelet.inference.model_store import find_model_file
from chatelet.settings import Settings
from tests.journeys import files
from tests.journeys.service import installation
from tests.journeys.visitor import Visitor
from tests.writing.word_file import paragraphs_of, word_file

pytestmark = pytest.mark.real_model
_WORDS = "Le service répond à la demande sous 30 jours.", "Le comité a adopté un budget de 250 000 euros en 2026."


@pytest.fixture(scope="module")
async def ada() -> AsyncIterator[Visitor]:
    assert find_model_file(Settings(), "qwen2.5-coder-1.5b"), "run `chatelet models fetch` (make test does)"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        with installation(None) as service:
            await service.start()
            await service.create_person_by_command("ada@exemple.fr")
            visitor = Visitor(http, service.address)
            await visitor.sign_in("ada@exemple.fr")
            yield visitor


async def _done(ada: Visitor, path: str, body: dict[str, Any]) -> dict[str, Any]:
    asked = await ada.call("POST", path, body)
    assert asked.status == 201, asked.body
    work = asked.body.get("work", asked.body)["id"]
    async with asyncio.timeout(480):
        while True:
            found = await ada.get(f"/api/writing/works/{work}")
            if found["state"] in {"done", "failed", "cancelled", "paused"}:
                break
            await asyncio.sleep(0.5)
    assert found["state"] == "done", found
    return found


async def _given_back(ada: Visitor, work: str) -> list[str]:
    return paragraphs_of((await ada.call("GET", f"/api/writing/works/{work}/result")).body)


def _all_told(report: dict[str, Any]) -> bool:
    return report["written"] + report["reused"] + report["copied"] + report["kept"] == report["segments"] and (
        report["kept"] == 0 or bool(report["to_look_at"])
    )


@pytest.mark.parametrize("wanted", [{"kind": "translate", "to": "en"}, {"kind": "rewrite", "style": "correct"}])
async def test_a_document_is_written_and_given_back(ada: Visitor, wanted: dict[str, str]) -> None:
    file = await files.send(ada, "note.docx", word_file(*_WORDS))
    await files.until_read(ada, file)
    work = await _done(ada, "/api/writing/works", {**wanted, "source": "fr", "file_id": file})
    assert _all_told(work["report"])
    written = await _given_back(ada, work["id"])
    assert len(written) == len(_WORDS)
    assert "30" in written[0]
    assert "2026" in written[1]
    if wanted["kind"] == "translate":
        assert work["report"]["written"] >= 1, work["report"]
        assert written != list(_WORDS)


async def test_a_document_is_summarised_with_its_pages(ada: Visitor) -> None:
    file = await files.send(ada, "séance.docx", word_file(*_WORDS, "La prochaine séance est fixée au 12 mars 2026."))
    await files.until_read(ada, file)
    work = await _done(ada, "/api/writing/summaries", {"form": "three-lines", "file_ids": [file]})
    found = await ada.get(f"/api/writing/summaries/{work['id']}")
    assert found["text"].strip()
    assert found["coverage"][0]["read"] == found["coverage"][0]["passages"] > 0
    assert 0 <= found["held"] <= found["statements"], "what no passage holds is told, whatever the model says"


_SHORT = {
    "name": "Accusé de réception", "language": "fr",
    "fields": [{"name": "person", "label": "À qui", "required": True}],
    "body": "# Votre demande\n\n{{person}},\n\n:::write 25\nDis en une phrase que la demande est reçue.\n:::\n",
}  # fmt: skip


async def test_a_letter_is_drafted_from_its_form(ada: Visitor) -> None:
    first = (await ada.get("/api/writing/templates"))["items"][0]
    copy = (await ada.call("POST", f"/api/writing/templates/{first['id']}/copies", {})).body
    path = f"/api/writing/templates/{copy['id']}"
    assert (await ada.call("PATCH", path, {"content": _SHORT, "version": copy["version"]})).status == 200
    work = await _done(ada, "/api/writing/drafts", {"template_id": copy["id"], "values": {"person": "Paul Durand"}})
    draft = await ada.get(f"/api/writing/drafts/{work['id']}")
    assert draft["text"].startswith("# Votre demande\n\nPaul Durand,")
    assert (work["report"]["written"], work["report"]["kept"]) in {(1, 0), (0, 1)}
