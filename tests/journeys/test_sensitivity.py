"""What a question holds decides where it may go: read before it leaves, and its label stays with the conversation."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.fakes.model_server import ModelServer
from tests.journeys.conftest import NewVisitor
from tests.journeys.files import send, until_read
from tests.journeys.visitor import Visitor

NIR = "1 85 05 78 006 084 91"
LETTER = f"Compte rendu : patiente suivie en cardiologie, numéro de sécurité sociale {NIR}."
MARKED = "DIFFUSION RESTREINTE\n\nNote sur le dépôt de carburant."


async def lines(beside: Database, conversation: str) -> list[tuple[str, dict[str, Any]]]:
    told = text("SELECT name, CAST(data AS jsonb) FROM journal_events WHERE object_id = :id ORDER BY id")
    async with beside.transaction() as session:
        return [(name, data) for name, data in await session.execute(told, {"id": conversation})]


async def test_a_draft_is_looked_at_and_nothing_is_kept(ada: Visitor) -> None:
    answer = await ada.call("POST", "/api/sensitivity/look", {"text": LETTER})
    assert answer.status == 200
    assert answer.body["level"] == "restricted"
    assert {"personal", "health"} <= set(answer.body["categories"])
    spotted = {one["type"]: LETTER[one["start"] : one["end"]] for one in answer.body["spotted"]}
    assert spotted["nir"] == NIR
    plain = await ada.call("POST", "/api/sensitivity/look", {"text": "Quelle est la capitale de l’Autriche ?"})
    assert (plain.body["level"], plain.body["categories"], plain.body["verdict"]) == ("public", [], "allow")


async def test_a_letter_goes_only_to_a_model_cleared_for_it(ada: Visitor, beside: Database) -> None:
    conversation = await ada.conversation()
    refused = await ada.ask(conversation, LETTER, model="scripted")
    assert refused.closed["state"] == "refused"
    assert refused.closed["error"] == {
        "code": "model_not_cleared_for_categories",
        "params": {"model": "scripted", "categories": "health"},
    }
    assert refused.opened["level"] == "restricted"
    assert {"personal", "health"} <= set(refused.opened["categories"])
    answered = await ada.ask(conversation, retry_of=refused.opened["turn_id"], model="cleared")
    assert answered.closed["state"] == "answered"
    stored = await ada.get(f"/api/conversations/{conversation}")
    assert stored["level"] == "restricted"
    raised = [data for name, data in await lines(beside, conversation) if name == "level.raised"]
    assert [(data["before"], data["after"]) for data in raised] == [("internal", "restricted")]
    assert "health" in raised[0]["categories"]


async def test_the_label_stays_for_the_questions_after(ada: Visitor) -> None:
    conversation = await ada.conversation()
    await ada.ask(conversation, LETTER, model="cleared")
    after = await ada.ask(conversation, "Et maintenant ?", model="scripted")
    assert after.closed["error"]["code"] == "model_not_cleared_for_categories"


async def test_without_a_model_named_the_cleared_one_answers(ada: Visitor) -> None:
    stream = await ada.ask(await ada.conversation(), LETTER)
    assert (stream.closed["state"], stream.opened["model"]["id"]) == ("answered", "cleared")


async def test_a_marking_above_the_installation_is_refused_and_not_stored(ada: Visitor) -> None:
    conversation = await ada.conversation()
    answer = await ada.call("POST", f"/api/conversations/{conversation}/turns", {"text": MARKED})
    assert (answer.status, answer.body["code"]) == (403, "level_not_allowed")
    stored = await ada.get(f"/api/conversations/{conversation}")
    assert (stored["messages"], stored["level"]) == ([], "internal")


async def test_every_refusal_of_a_known_person_is_journalled(ada: Visitor, beside: Database) -> None:
    """Met before anything is stored, by a rule or by a right: one line, with the code and never the words."""
    conversation = await ada.conversation()
    path = f"/api/conversations/{conversation}/turns"
    assert (await ada.call("POST", path, {"text": MARKED})).body["code"] == "level_not_allowed"
    [(name, told)] = [one for one in await lines(beside, conversation) if one[0] == "access.refused"]
    assert (name, told["kind"], told["code"]) == ("access.refused", "conversation", "level_not_allowed")
    assert "carburant" not in str(told)
    me = (await ada.get("/api/sessions/current"))["person"]["id"]
    assert (await ada.call("GET", "/api/admin/policies")).body["code"] == "forbidden"
    assert (await ada.call("GET", "/api/conversations/018f0000-0000-7000-8000-000000000000")).status == 404
    mine = text("SELECT object_kind, CAST(data AS jsonb) ->> 'code' FROM journal_events WHERE actor = :me ORDER BY id")
    async with beside.transaction() as session:
        refused = [tuple(row) for row in await session.execute(mine, {"me": me}) if row[1]]
    assert refused == [("conversation", "level_not_allowed"), ("route", "forbidden")]


@pytest.mark.parametrize("reason", [None, "mistaken"])
async def test_lowering_needs_a_right_whatever_the_reason(ada: Visitor, reason: str | None) -> None:
    conversation = await ada.conversation(level="restricted")
    body = {"level": "internal", "lowered_because": reason}
    answer = await ada.call("PATCH", f"/api/conversations/{conversation}", body)
    assert (answer.status, answer.body["code"]) == (409, "level_cannot_drop")


async def test_who_may_lower_says_why_and_it_is_journalled(new_visitor: NewVisitor, beside: Database) -> None:
    grace = await new_visitor(administrator=True)
    conversation = await grace.conversation()
    await grace.ask(conversation, LETTER, model="cleared")
    path = f"/api/conversations/{conversation}"
    assert (await grace.call("PATCH", path, {"level": "internal", "categories": []})).status == 409
    body = {"level": "internal", "categories": ["personal"], "lowered_because": "anonymised"}
    lowered = await grace.call("PATCH", path, body)
    assert (lowered.body["level"], lowered.body["categories"]) == ("internal", ["personal"])
    told = dict(await lines(beside, conversation))["level.lowered"]
    assert (told["before"], told["after"], told["reason"]) == ("restricted", "internal", "anonymised")
    assert "health" in told["categories_before"]
    assert told["categories"] == ["personal"]


async def test_a_person_adds_a_category_and_cannot_take_it_back(ada: Visitor) -> None:
    conversation = await ada.conversation()
    path = f"/api/conversations/{conversation}"
    added = await ada.call("PATCH", path, {"categories": ["judicial"]})
    assert added.body["categories"] == ["judicial"]
    assert (await ada.call("PATCH", path, {"categories": []})).body["code"] == "level_cannot_drop"
    stream = await ada.ask(conversation, "Bonjour")
    assert stream.closed["error"]["code"] == "no_model_cleared_for_categories"


async def test_a_file_read_after_the_question_chooses_the_model(ada: Visitor) -> None:
    """The question leaves while the file is still being read: what it holds comes before the model."""
    conversation = await ada.conversation()
    file = await send(ada, "lettre.txt", LETTER.encode())
    stream = await ada.ask(conversation, "Que dit la lettre ?", attachments=[file])
    told = [event for event in stream.events if event["type"] == "opened"][-1]
    assert (stream.closed["state"], told["model"]["id"], told["level"]) == ("answered", "cleared", "restricted")
    assert "health" in told["categories"]
    stored = await ada.get(f"/api/conversations/{conversation}")
    assert (stored["level"], stored["turns"][0]["model"]["id"]) == ("restricted", "cleared")
    [known] = (await ada.get("/api/files", params={"id": file}))["items"]
    assert (known["level"], "health" in known["categories"]) == ("restricted", True)


async def test_a_file_above_the_installation_is_not_kept(ada: Visitor) -> None:
    file = await until_read(ada, await send(ada, "note.txt", MARKED.encode()))
    assert (file["state"], file["error"]) == ("failed", "level_not_allowed")
    assert (await ada.call("GET", f"/api/files/{file['id']}/original")).status == 404
    again = await ada.call("POST", f"/api/files/{file['id']}/read")
    assert again.body["state"] == "failed"


@pytest.mark.parametrize("marking", ["TRÈS SECRET", "SECRET DÉFENSE", "CONFIDENTIEL DÉFENSE"])
async def test_a_defence_marking_is_quarantined_without_its_words(
    ada: Visitor, new_visitor: NewVisitor, beside: Database, marking: str
) -> None:
    words = f"{marking}\n\nmotdelanotesecrete sur le dépôt.\n\n{marking}"
    file = await until_read(ada, await send(ada, "note.txt", words.encode()))
    assert (file["state"], file["error"], file["report"]) == ("failed", "file_quarantined", None)
    assert (await ada.call("GET", f"/api/files/{file['id']}/original")).status == 404
    [(_, told)] = [line for line in await lines(beside, file["id"]) if line[0] == "file.quarantined"]
    assert told["markings"]
    assert "motdelanotesecrete" not in str(told)
    conversation = await ada.conversation()
    answer = await ada.call("POST", f"/api/conversations/{conversation}/turns", {"text": words})
    assert (answer.status, answer.body["code"]) == (403, "marking_refused")
    bob = await new_visitor()
    foreign = await bob.call("POST", f"/api/conversations/{conversation}/turns", {"text": words})
    assert (foreign.status, foreign.body["code"]) == (404, "conversation_not_found")
    [(_, alert)] = [line for line in await lines(beside, conversation) if line[0] == "marking.refused"]
    assert alert["where"] == "question"
    assert (await ada.get(f"/api/conversations/{conversation}"))["messages"] == []


async def test_a_base_holds_the_categories_of_its_documents(ada: Visitor) -> None:
    made = await ada.call("POST", "/api/collections", {"name": "Dossiers"})
    base = made.body["id"]
    file = await send(ada, "lettre.txt", LETTER.encode())
    added = await ada.call("POST", f"/api/collections/{base}/documents", {"items": [{"file_id": file}]})
    assert added.status == 201, added.body
    async with asyncio.timeout(60):
        while (await ada.get(f"/api/collections/{base}/documents"))["items"][0]["version"]["state"] != "indexed":
            await asyncio.sleep(0.3)
    conversation = await ada.conversation()
    stream = await ada.ask(conversation, "Où la patiente est-elle suivie ?", collections=[base])
    assert (stream.closed["state"], stream.opened["model"]["id"]) == ("answered", "cleared")
    assert "health" in stream.opened["categories"]
    assert (await ada.get(f"/api/conversations/{conversation}"))["level"] == "internal"


async def test_the_public_api_reads_what_it_is_sent(ada: Visitor) -> None:
    expires = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    made = await ada.call("POST", "/api/keys", {"name": "Essai", "expires_at": expires})
    headers = {"Authorization": f"Bearer {made.body['secret']}"}
    body = {"messages": [{"role": "user", "content": LETTER}], "max_tokens": 20}

    async def ask(**changes: object) -> tuple[int, dict[str, Any]]:
        address = f"{ada.address}/v1/chat/completions"
        async with ada.http.post(address, json={**body, **changes}, headers=headers) as response:
            return response.status, await response.json()

    status, refused = await ask(model="scripted")
    assert (status, refused["error"]["code"]) == (403, "model_not_cleared_for_categories")
    status, _ = await ask(model="cleared")
    assert status == 200
    status, refused = await ask(model="cleared", messages=[{"role": "user", "content": "TRÈS SECRET\n\nNote."}])
    assert (status, refused["error"]["code"]) == (403, "marking_refused")


async def test_an_export_edited_elsewhere_comes_back_with_its_label(ada: Visitor) -> None:
    conversation = await ada.conversation()
    await ada.ask(conversation, LETTER, model="cleared")
    file = await ada.get("/api/conversations/export")
    for one in file["conversations"]:
        one["level"], one["categories"] = "public", []
    made = await ada.call("POST", "/api/conversations/import", file)
    assert made.status == 201, made.body
    [back] = made.body["items"]
    assert (back["level"], "health" in back["categories"]) == ("restricted", True)
    words = json.dumps(file).replace("Compte rendu", "TRÈS SECRET\\n\\nCompte rendu")
    refused = await ada.call("POST", "/api/conversations/import", json.loads(words))
    assert (refused.status, refused.body["code"]) == (403, "marking_refused")


TOKEN = "AKIA" + "Z7QK" * 4


async def test_a_key_in_an_answer_is_masked_and_told(ada: Visitor, beside: Database) -> None:
    conversation = await ada.conversation()
    stream = await ada.ask(conversation, f"Voici [[say=Le_jeton_est_{TOKEN}_voilà.]]")
    assert TOKEN[8:] not in stream.text
    assert "••••" in stream.text
    [notice] = [one for one in stream.all("notice") if one["code"] == "answer_screened"]
    assert notice["params"]["masked"] == 1
    [(_, line)] = [one for one in await lines(beside, conversation) if one[0] == "answer.screened"]
    assert (line["masked"], TOKEN[8:] in str(line)) == (1, False)
    stored = await ada.get(f"/api/conversations/{conversation}")
    assert TOKEN[8:] not in stored["messages"][1]["text"]


async def test_what_the_model_writes_raises_the_label(ada: Visitor, beside: Database) -> None:
    conversation = await ada.conversation()
    words = "Résume le dossier. [[say=Mme_Jeanne_Dupont_a_un_diabète_de_type_2.]]"
    stream = await ada.ask(conversation, words, model="scripted")
    assert stream.closed["state"] == "answered"
    held = await ada.get(f"/api/conversations/{conversation}")
    assert (held["level"], held["categories"]) == ("restricted", ["personal", "health"])
    assert stream.all("opened")[-1]["level"] == "restricted"
    raised = [line for name, line in await lines(beside, conversation) if name == "level.raised"]
    assert (raised[-1]["before"], raised[-1]["after"]) == ("internal", "restricted")
    refused = await ada.ask(conversation, "Et ensuite ? [[tokens=2]]", model="scripted")
    assert refused.closed["error"]["code"] == "model_not_cleared_for_categories"
    again = await ada.ask(conversation, "Et ensuite ? [[tokens=2]]", model="cleared")
    assert again.closed["state"] == "answered"
    assert (await ada.get(f"/api/conversations/{conversation}"))["level"] == "restricted"


async def test_the_title_is_not_asked_of_a_model_that_is_no_longer_cleared(
    ada: Visitor, beside: Database, scripted: ModelServer
) -> None:
    """TA-101: what the answer says raised the label; the model that gave it is asked for nothing more."""
    mark = f"dossier{uuid4().hex[:10]}"
    conversation = await ada.conversation()
    words = f"Résume le {mark}. [[say=Mme_Jeanne_Dupont_a_un_diabète_de_type_2.]]"
    stream = await ada.ask(conversation, words, model="scripted")
    assert stream.closed["state"] == "answered"
    waiting = text("SELECT count(*) FROM pgqueuer WHERE convert_from(payload, 'UTF8') LIKE :conversation")
    async with asyncio.timeout(60):
        while True:
            async with beside.transaction() as session:
                if not await session.scalar(waiting, {"conversation": f"%{conversation}%"}):
                    break
            await asyncio.sleep(0.1)
    assert [one for one in scripted.exchanges if mark in str(one.body)][1:] == []
    assert mark in (await ada.get(f"/api/conversations/{conversation}"))["title"], "its first words stand for it"


async def test_a_decision_about_a_person_is_told(ada: Visitor) -> None:
    stream = await ada.ask(await ada.conversation(), "Classe ces candidats au poste de comptable.")
    [notice] = [one for one in stream.all("notice") if one["code"] == "person_decision"]
    assert notice["params"] == {"subject": "recruitment"}


async def test_a_refusal_is_contested_and_answered(ada: Visitor, bob: Visitor, new_visitor: NewVisitor) -> None:
    conversation = await ada.conversation()
    refused = await ada.ask(conversation, LETTER, model="scripted")
    body = {
        "kind": "contest",
        "about": refused.closed["error"]["code"],
        "words": "C’est un exemple de formation.",
        "conversation_id": conversation,
        "turn_id": refused.opened["turn_id"],
    }
    assert (await bob.call("POST", "/api/reports", body)).status == 404
    made = await ada.call("POST", "/api/reports", body)
    assert (made.status, made.body["state"]) == (201, "open")
    assert (await bob.get("/api/reports"))["items"] == []
    assert (await bob.call("GET", "/api/admin/reports")).status == 403
    officer = await new_visitor(administrator=True)
    listed = await officer.get("/api/admin/reports")
    assert made.body["id"] in [one["id"] for one in listed["items"]]
    path = f"/api/admin/reports/{made.body['id']}"
    answer = {"state": "changed", "answer": "Le niveau de cette conversation peut être abaissé."}
    assert (await officer.call("PATCH", path, answer)).status == 200
    assert (await officer.call("PATCH", path, answer)).body["code"] == "report_answered"
    [seen] = (await ada.get("/api/reports"))["items"]
    assert (seen["state"], seen["answer"]) == ("changed", answer["answer"])
