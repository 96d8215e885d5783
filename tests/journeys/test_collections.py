"""Document bases: shared, asked in, answered from with the rights of whoever asks, gone without a trace."""

import asyncio
from typing import Any

from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.fakes.model_server import ModelServer
from tests.journeys.conftest import NewVisitor
from tests.journeys.files import send
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

LEAVE = (
    "Les agents titulaires disposent de vingt-cinq jours de congé par année civile, à prendre avant le 31 mars 2027."
)
TRUE = "Les_agents_titulaires_disposent_de_vingt-cinq_jours_de_congé_[1]."


async def base_with(visitor: Visitor, *documents: tuple[str, str], **body: Any) -> str:
    """Make a collection holding these documents, once they can be found."""
    made = await visitor.call("POST", "/api/collections", {"name": "Règlement", **body})
    assert made.status == 201, made.body
    collection = made.body["id"]
    items = [{"file_id": await send(visitor, name, words.encode())} for name, words in documents]
    added = await visitor.call("POST", f"/api/collections/{collection}/documents", {"items": items})
    assert added.status == 201, added.body
    await until_indexed(visitor, collection)
    return collection


async def until_indexed(visitor: Visitor, collection: str, seconds: float = 40) -> list[dict[str, Any]]:
    async with asyncio.timeout(seconds):
        while True:
            found = (await visitor.get(f"/api/collections/{collection}/documents"))["items"]
            if all(one["version"]["state"] in ("indexed", "failed") for one in found):
                return found
            await asyncio.sleep(0.1)


async def email_of(visitor: Visitor) -> str:
    return (await visitor.get("/api/sessions/current"))["person"]["email"]


async def test_ask_in_a_base_and_follow_the_citation(ada: Visitor) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE), ("cantine.txt", "La cantine ouvre à midi, sauf le mardi."))
    conversation = await ada.conversation()
    question = f"De combien de jours de congé disposent les agents titulaires ? [[say={TRUE}]]"
    stream = await ada.ask(conversation, question, collections=[collection])
    assert stream.closed["state"] == "answered", stream.closed
    [citation] = stream.all("citations")[-1]["items"]
    assert citation["verified"]
    where = {"start": citation["source_start"], "end": citation["source_end"]}
    page = await ada.get(f"/api/files/{citation['file_id']}/pages/1", params=where)
    assert "vingt-cinq jours" in page["text"][where["start"] : where["end"]]
    stored = await ada.get(f"/api/conversations/{conversation}")
    assert stored["messages"][0]["collections"] == [{"collection_id": collection, "name": "Règlement"}]


async def test_nothing_that_fits_is_said_so(ada: Visitor, scripted: ModelServer) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE))
    conversation = await ada.conversation()
    stream = await ada.ask(conversation, "Quelle est la masse de Jupiter ?", collections=[collection])
    assert [one["code"] for one in stream.all("notice")] == ["nothing_found"], stream.events
    asked = scripted.last.body["messages"][-1]["content"]
    assert "congé" not in asked
    assert "Jupiter" in asked


async def test_sharing_opens_and_taking_back_closes(ada: Visitor, bob: Visitor) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE))
    theirs = await bob.conversation()
    ask = {"text": f"Combien de jours de congé ? [[say={TRUE}]]", "collections": [collection]}
    refused = await bob.call("POST", f"/api/conversations/{theirs}/turns", ask)
    assert (refused.status, refused.body["code"]) == (404, "collection_not_found")
    share = await ada.call(
        "POST", f"/api/collections/{collection}/grants", {"email": await email_of(bob), "part": "reader"}
    )
    assert share.status == 201, share.body
    first = await bob.ask(theirs, **ask)
    [citation] = first.all("citations")[-1]["items"]
    assert citation["verified"]
    page = f"/api/files/{citation['file_id']}/pages/1"
    assert (await bob.call("GET", page)).status == 200
    contributing = await bob.call(
        "POST", f"/api/collections/{collection}/documents", {"items": [{"file_id": collection}]}
    )
    assert (contributing.status, contributing.body["params"]["part"]) == (403, "contributor")
    await ada.call("DELETE", f"/api/collections/{collection}/grants/{share.body['id']}")
    assert (await bob.call("GET", page)).status == 404
    again = await bob.ask(theirs, retry_of=first.opened["turn_id"])
    assert not again.all("citations")
    assert [one["code"] for one in again.all("notice")] == ["source_withdrawn"]


async def test_a_level_raised_since_closes_the_base_to_the_old_conversation(ada: Visitor) -> None:
    """TA-101: asked again, the question keeps the level that its model was chosen for."""
    collection = await base_with(ada, ("congés.txt", LEAVE))
    conversation = await ada.conversation()
    first = await ada.ask(conversation, f"Combien de jours de congé ? [[say={TRUE}]]", collections=[collection])
    assert first.all("citations")
    raised = await ada.call("PATCH", f"/api/collections/{collection}", {"level": "restricted"})
    assert raised.status == 200, raised.body
    again = await ada.ask(conversation, retry_of=first.opened["turn_id"])
    assert [one["code"] for one in again.all("notice")] == ["source_withdrawn"]
    assert not again.all("citations")


async def test_a_new_version_takes_the_place_of_the_old(ada: Visitor) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE))
    newer = await send(ada, "congés.txt", LEAVE.replace("vingt-cinq", "vingt-huit").encode())
    added = await ada.call("POST", f"/api/collections/{collection}/documents", {"items": [{"file_id": newer}]})
    [document] = added.body["items"]
    assert document["version"]["number"] == 2
    await until_indexed(ada, collection)
    found = await ada.call("POST", f"/api/collections/{collection}/search", {"question": "jours de congé des agents"})
    assert [one["file_id"] for one in found.body["items"]] == [newer]
    assert "vingt-huit" in found.body["items"][0]["text"]
    versions = (await ada.get(f"/api/documents/{document['id']}/versions"))["items"]
    assert [one["state"] for one in versions] == ["indexed", "superseded"]
    back = await ada.call("POST", f"/api/documents/{document['id']}/versions/{versions[1]['id']}/restore")
    assert back.status == 200, back.body
    await until_indexed(ada, collection)
    found = await ada.call("POST", f"/api/collections/{collection}/search", {"question": "jours de congé des agents"})
    assert "vingt-cinq" in found.body["items"][0]["text"]


async def test_the_curator_sees_why(ada: Visitor) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE), ("cantine.txt", "La cantine ouvre à midi, sauf le mardi."))
    found = (
        await ada.call("POST", f"/api/collections/{collection}/search", {"question": "Quand ouvre la cantine ?"})
    ).body
    first = found["items"][0]
    assert first["name"] == "cantine.txt"
    assert first["fits"]
    assert first["lexical"] > 0
    assert first["matched"]


async def test_what_could_not_be_read_is_told_and_nothing_else_waits(ada: Visitor) -> None:
    collection = await base_with(ada, ("bon.txt", LEAVE), ("abîmé.docx", "PK\x03\x04 rien"))
    found = {one["name"]: one for one in (await ada.get(f"/api/collections/{collection}/documents"))["items"]}
    assert found["bon.txt"]["version"]["state"] == "indexed"
    assert found["abîmé.docx"]["version"]["state"] == "failed"
    assert found["abîmé.docx"]["version"]["error"].startswith("file_")
    failed = (await ada.get(f"/api/collections/{collection}/documents", params={"state": "failed"}))["items"]
    assert [one["name"] for one in failed] == ["abîmé.docx"]


async def test_deleting_a_base_leaves_no_passage_no_vector_no_file(ada: Visitor, beside: Database) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE))
    assert (await ada.call("DELETE", f"/api/collections/{collection}")).status == 204
    async with beside.transaction() as session:
        for table, column in (
            ("documents", "collection_id"),
            ("passages", "collection_id"),
            ("passage_terms", "collection_id"),
        ):
            left = await session.scalar(text(f"SELECT count(*) FROM {table} WHERE {column} = :id"), {"id": collection})
            assert left == 0, table
        assert (
            await session.scalar(
                text(
                    "SELECT count(*) FROM files WHERE holder_kind = 'document' AND holder_id NOT IN (SELECT id FROM documents)"
                )
            )
            == 0
        )


async def test_the_index_is_made_again_from_the_originals(ada: Visitor, beside: Database, service: Service) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE))
    question = {"question": "jours de congé des agents"}
    before = (await ada.call("POST", f"/api/collections/{collection}/search", question)).body["items"]
    async with beside.transaction() as session:
        await session.execute(text("DELETE FROM passages WHERE collection_id = :id"), {"id": collection})
    assert (await ada.call("POST", f"/api/collections/{collection}/search", question)).body["items"] == []
    told = await asyncio.to_thread(service.command, "index", "rebuild")
    assert "will be indexed again" in told.stdout, told.stderr

    def said(items: list[dict[str, Any]]) -> list[tuple[object, ...]]:
        return [(one["file_id"], one["start"], one["text"], one["fits"], one["matched"]) for one in items]

    async with asyncio.timeout(40):  # words and vectors come one after the other
        while True:
            after = (await ada.call("POST", f"/api/collections/{collection}/search", question)).body["items"]
            if said(after) == said(before):
                break
            await asyncio.sleep(0.1)


async def test_an_administrator_does_not_read_a_personal_base(ada: Visitor, new_visitor: NewVisitor) -> None:
    collection = await base_with(ada, ("congés.txt", LEAVE))
    boss = await new_visitor(administrator=True)
    assert (await boss.call("GET", f"/api/collections/{collection}")).status == 404
    assert collection not in str(await boss.get("/api/collections"))
