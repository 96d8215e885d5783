"""Conversations over HTTP: found, filed, exported and imported, deleted for good; a page load costs few queries."""

import asyncio
import json

import aiohttp

from tests.journeys.service import Service
from tests.journeys.visitor import Visitor


async def test_rename_pin_file_search(ada: Visitor) -> None:
    conversation = await ada.conversation()
    await ada.ask(conversation, "Les archives d'Orléans [[say=Elles_sont_ouvertes]]")
    folder = (await ada.call("POST", "/api/folders", {"name": "  Thèse "})).body
    assert folder["name"] == "Thèse"
    changed = await ada.call(
        "PATCH",
        f"/api/conversations/{conversation}",
        {"title": "Archives", "pinned": True, "folder_id": folder["id"]},
    )
    assert changed.body["title"] == "Archives"
    page = await ada.get("/api/conversations", params={"folder_id": folder["id"]})
    assert [item["id"] for item in page["items"]] == [conversation]
    (found,) = (await ada.get("/api/conversations/search", params={"q": "orleans ouvertes"}))["items"]
    assert found["snippet"]["match"]
    assert (await ada.call("DELETE", f"/api/folders/{folder['id']}")).status == 204
    assert (await ada.get("/api/conversations"))["items"][0]["folder_id"] is None


async def test_nothing_but_what_is_declared_can_be_written(ada: Visitor) -> None:
    conversation = await ada.conversation()
    for body in (
        {"person_id": "x"},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"wrapped_key": "x"},
        {"deleted_at": None},
    ):
        answer = await ada.call("PATCH", f"/api/conversations/{conversation}", body)
        assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    for body in ({}, {"text": " "}, {"text": 3}, {"text": "a", "retry_of": conversation}, {"text": "a", "n": 9}):
        answer = await ada.call("POST", f"/api/conversations/{conversation}/turns", body)
        assert answer.status == 422, body


async def test_a_declaration_of_ai_use_says_what_the_conversation_shows(ada: Visitor, bob: Visitor) -> None:
    conversation = await ada.conversation()
    await ada.ask(conversation, "Corrige ma phrase [[say=Voici]]")
    await ada.ask(conversation, "Et celle-ci [[say=Voilà]]")
    model = (await ada.get(f"/api/conversations/{conversation}"))["turns"][0]["model"]
    path = f"/api/conversations/{conversation}/declaration"
    asked = {"language": "fr", "uses": ["language", "ideas"], "checks": ["read_again"], "more": "  Et  rien d'autre. "}
    told = await ada.call("POST", path, asked)
    assert told.status == 200, told.body
    words = told.body.decode()
    assert words.startswith("# Déclaration d’usage de l’intelligence artificielle\n")
    assert model["display_name"] in words
    assert model["zone"]["operator"] in words
    assert "2 réponses" in words
    assert "- corriger la langue et le style\n- chercher des idées" in words
    assert "Et rien d'autre." in words
    assert "phrase" not in words.partition("Corrige")[2], "nothing of what was said is in it"
    english = (await ada.call("POST", path, {**asked, "language": "en"})).body.decode()
    assert "2 answers" in english
    odt = await ada.call("POST", path, {**asked, "format": "odt"})
    assert odt.body.startswith(b"PK")
    assert (await bob.call("POST", path, asked)).status == 404
    assert (await ada.call("POST", path, {**asked, "uses": []})).status == 422


async def test_export_import_round_trip(ada: Visitor, bob: Visitor) -> None:
    conversation = await ada.conversation()
    first = await ada.ask(conversation, "Un [[say=**gras**_`code`]]")
    await ada.ask(conversation, retry_of=first.opened["turn_id"])
    exported = await ada.call("GET", f"/api/conversations/{conversation}/export")
    assert exported.headers["content-disposition"].startswith("attachment; filename=")
    assert exported.headers["content-security-policy"].startswith("sandbox")
    made = await bob.call("POST", "/api/conversations/import", exported.body)
    assert made.status == 201
    copy = await bob.get(f"/api/conversations/{made.body['items'][0]['id']}")
    original = await ada.get(f"/api/conversations/{conversation}")
    assert [message["text"] for message in copy["messages"]] == [message["text"] for message in original["messages"]]
    assert copy["title"] == exported.body["conversations"][0]["title"]
    readable = await ada.call("GET", f"/api/conversations/{conversation}/export", params={"format": "markdown"})
    words = readable.body.decode()
    assert "ai_generated: true" in words
    assert "**gras** `code`" in words
    everything = await ada.get("/api/conversations/export")
    assert json.loads(json.dumps(everything))["conversations"]
    refused = await bob.call("POST", "/api/conversations/import", {"format": "other"})
    assert (refused.status, refused.body["code"]) == (422, "import_unreadable")


async def test_delete_with_undo(ada: Visitor) -> None:
    conversation = await ada.conversation()
    await ada.ask(conversation, "À oublier")
    assert (await ada.call("DELETE", f"/api/conversations/{conversation}")).body["undo_until"]
    assert (await ada.call("GET", f"/api/conversations/{conversation}")).status == 404
    assert (await ada.get("/api/conversations"))["items"] == []
    assert (await ada.call("POST", f"/api/conversations/{conversation}/restore")).status == 200
    assert (await ada.get(f"/api/conversations/{conversation}"))["messages"]


async def test_deleting_during_an_answer_stops_nobody_else(ada: Visitor) -> None:
    conversation = await ada.conversation()
    async with ada.asking(conversation, "[[tokens=40 rate=40]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 5)
        assert (await ada.call("DELETE", f"/api/conversations/{conversation}")).status == 200
        await stream.read()
    assert (await ada.call("POST", f"/api/conversations/{conversation}/restore")).status == 200
    assert len((await ada.get(f"/api/conversations/{conversation}"))["messages"]) == 2


async def test_a_page_load_makes_at_most_ten_queries(service: Service, ada: Visitor) -> None:
    """Counted by PostgreSQL itself, over everything the page asks when a conversation is opened."""
    conversation = await ada.conversation()
    for number in range(3):
        await ada.ask(conversation, f"Question {number}")
    await asyncio.sleep(1)
    before = await _statements(service)
    await asyncio.gather(
        ada.get("/api/sessions/current"),
        ada.get("/api/models"),
        ada.get("/api/conversations"),
        ada.get(f"/api/conversations/{conversation}"),
    )
    assert await _statements(service) - before <= 10


async def _statements(service: Service) -> int:
    """Read the service's own count of the statements that its requests made."""
    async with aiohttp.ClientSession() as http, http.get(f"{service.address}/metrics") as response:
        lines = (await response.text()).splitlines()
    return sum(
        int(float(line.rsplit(" ", 1)[1])) for line in lines if line.startswith("chatelet_request_statements_total ")
    )
