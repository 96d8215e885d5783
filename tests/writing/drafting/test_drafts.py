"""Drafts over HTTP: a form filled, the parts written by the model, what is to be checked, the files that are made."""

import asyncio
import hashlib
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.model_server import ModelServer, Script
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor
from tests.writing.drafting.style_files import word_letterhead

BODY = (
    "Nous avons bien examiné la demande que vous nous avez adressée. Le versement de 1 250,50 euros sera effectué avant "
    "le 12 mai 2025, conformément à l'article L. 123-4 du code de l'éducation. Le dossier suivi par Paul Durand compte "
    "14 pages."
)
LETTER = {
    "place": "Lyon",
    "day": "2025-03-01",
    "recipient": "Mme Marie Dupont\n3 rue des Lilas",
    "subject": "Votre demande d’aide",
    "facts": "accord pour le versement de l'aide, avant le 12 mai 2025",
    "signatory": "Jean Martin",
}


@pytest.fixture(scope="module")
async def model() -> AsyncIterator[ModelServer]:
    server = ModelServer(default=Script(say=BODY))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="module")
async def service(model: ModelServer) -> AsyncIterator[Service]:
    with installation(model.url) as started:
        await started.start()
        yield started


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


@pytest.fixture(autouse=True)
def fresh(model: ModelServer) -> None:
    model.exchanges, model.default, model.answers = [], Script(say=BODY), {}


async def person(service: Service, http: aiohttp.ClientSession, email: str) -> Visitor:
    await service.create_person(email)
    visitor = Visitor(http, service.address)
    await visitor.sign_in(email)
    return visitor


@pytest.fixture(scope="module")
async def ada(service: Service, http: aiohttp.ClientSession) -> Visitor:
    return await person(service, http, "ada@exemple.fr")


async def named(visitor: Visitor, name: str) -> str:
    found = (await visitor.get("/api/writing/templates"))["items"]
    return next(one["id"] for one in found if one["name"] == name)


async def draft(visitor: Visitor, template: str, values: dict[str, str], **more: Any) -> dict[str, Any]:
    answer = await visitor.call("POST", "/api/writing/drafts", {"template_id": template, "values": values, **more})
    assert answer.status == 201, answer.body
    async with asyncio.timeout(40):
        while True:
            found = await visitor.get(f"/api/writing/drafts/{answer.body['work']['id']}")
            assert found["work"]["state"] != "failed", found
            if found["work"]["state"] == "done":
                return found
            await asyncio.sleep(0.1)


async def fetched(visitor: Visitor, path: str) -> tuple[int, bytes, str]:
    async with visitor.http.get(visitor.address + path, headers=visitor.headers) as response:
        return response.status, await response.read(), response.headers.get("content-disposition", "")


async def given(visitor: Visitor, method: str, path: str, data: bytes) -> tuple[int, dict[str, Any]]:
    async with visitor.http.request(method, visitor.address + path, data=data, headers=visitor.headers) as response:
        return response.status, await response.json()


async def test_a_letter_is_drafted_and_what_to_check_is_told(ada: Visitor, model: ModelServer) -> None:
    made = await draft(ada, await named(ada, "Lettre"), LETTER)
    assert (made["work"]["kind"], made["work"]["name"], made["work"]["level"]) == (
        "draft",
        "Votre demande d’aide",
        "internal",
    )
    text = made["text"]
    assert text.startswith("# Votre demande d’aide\n\nLyon, le 1er mars 2025")
    assert "l’article L. 123-4" in text, "set as French is"
    assert "{{" not in text
    assert ":::" not in text
    asked = str(model.exchanges[0].body["messages"][-1]["content"])
    assert "<donné>" in asked
    assert "accord pour le versement" in asked
    assert "⟦…⟧" in asked
    found = {(one["kind"], one["words"], one["given"]) for one in made["findings"]}
    assert ("amount", "1 250,50 euros", False) in found
    assert ("date", "12 mai 2025", True) in found
    assert ("reference", "article L. 123-4 du code de l’éducation", False) in found
    assert ("name", "Paul Durand", False) in found
    assert ("figure", "14", False) in found
    assert any(kind == "promise" and "sera effectué" in words for kind, words, _ in found)
    for one in made["findings"]:
        assert " ".join(text[one["start"] : one["end"]].split()) == one["words"]
    listed = (await ada.get("/api/writing/works"))["items"]
    assert listed[0]["id"] == made["work"]["id"]


async def test_the_form_is_checked(ada: Visitor) -> None:
    template = await named(ada, "Lettre")
    wrong = (
        ({**LETTER, "surprise": "x"}, "template_field_unknown"),
        ({**LETTER, "subject": " "}, "template_field_missing"),
        ({**LETTER, "day": "1er mars"}, "template_field_wrong"),
        ({**LETTER, "tone": "Furieux"}, "template_field_wrong"),
    )
    for values, code in wrong:
        answer = await ada.call("POST", "/api/writing/drafts", {"template_id": template, "values": values})
        assert (answer.status, answer.body["code"]) == (422, code)
    refused = {**LETTER, "facts": "TRÈS SECRET DÉFENSE\nNote sur la demande."}
    answer = await ada.call("POST", "/api/writing/drafts", {"template_id": template, "values": refused})
    assert (answer.status, answer.body["code"]) == (403, "marking_refused")


async def test_a_part_that_cannot_be_written_is_asked_again_then_marked(ada: Visitor, model: ModelServer) -> None:
    model.default = Script(say="Je suis désolé, je ne peux pas vous aider.")
    made = await draft(ada, await named(ada, "Lettre"), LETTER)
    assert "[À rédiger :" in made["text"]
    assert made["work"]["report"]["kept"] == 1
    assert len(model.exchanges) == 3
    assert "refusée" in str(model.exchanges[1].body["messages"][-1]["content"])
    assert any(one["kind"] == "empty" for one in made["findings"])


async def test_a_draft_is_changed_by_hand_and_its_label_travels(ada: Visitor) -> None:
    made = await draft(ada, await named(ada, "Lettre"), LETTER)
    path = f"/api/writing/drafts/{made['work']['id']}"
    text = made["text"].replace("14 pages", "plusieurs pages") + "\nIBAN FR76 3000 6000 0112 3456 7890 189\n"
    changed = await ada.call("PATCH", path, {"text": text})
    assert changed.status == 200, changed.body
    assert changed.body["text"] == text
    assert not any(one["words"] == "14" for one in changed.body["findings"])
    assert "banking" in changed.body["work"]["categories"]
    assert (await ada.call("PATCH", path, {"text": "SECRET DÉFENSE\n" + text})).status == 403
    assert (await ada.get(path))["text"] == text


async def test_files_are_made_with_the_mark(ada: Visitor) -> None:
    made = await draft(ada, await named(ada, "Lettre"), LETTER)
    path = f"/api/writing/drafts/{made['work']['id']}/file?form="
    status, data, named_as = await fetched(ada, path + "docx")
    assert (status, "Votre%20demande" in named_as) == (200, True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "ai_generated" in archive.read("docProps/custom.xml").decode()
        document = archive.read("word/document.xml").decode()
        assert "Votre demande d’aide" in document
        assert "Mme Marie Dupont</w:t><w:br/>" in document, "lines of an address stay lines"
    with zipfile.ZipFile(io.BytesIO((await fetched(ada, path + "odt"))[1])) as archive:
        assert "ai_generated" in archive.read("meta.xml").decode()
    assert (await fetched(ada, path + "pdf"))[1].startswith(b"%PDF")
    assert "ai_generated" in (await fetched(ada, path + "md"))[1].decode()
    assert (await fetched(ada, path + "exe"))[0] == 422


async def test_a_draft_to_publish_carries_its_label_and_who_reviewed_it(
    service: Service, ada: Visitor, http: aiohttp.ClientSession
) -> None:
    made = await draft(ada, await named(ada, "Lettre"), LETTER)
    path = f"/api/writing/drafts/{made['work']['id']}/publication"
    bare = await ada.call("POST", path, {"form": "odt"})
    assert bare.status == 422, "nobody reviewed it: its label stays"
    told = await ada.call("POST", path, {"form": "odt", "label": "Texte généré par une IA."})
    assert told.status == 200, told.body
    with zipfile.ZipFile(io.BytesIO(told.body)) as archive:
        meta, styles = archive.read("meta.xml").decode(), archive.read("styles.xml").decode()
        assert "Texte généré par une IA." in archive.read("content.xml").decode()
    assert "ai_generated" in meta
    assert ">Texte généré par une IA.<" in meta
    assert "human_reviewer" not in meta
    assert "Contenu produit par" not in styles, "the label says it, once"
    name = (await ada.get("/api/sessions/current"))["person"]["name"]
    quiet = await ada.call("POST", path, {"form": "docx", "reviewed": True})
    with zipfile.ZipFile(io.BytesIO(quiet.body)) as archive:
        kept = archive.read("docProps/custom.xml").decode()
        seen = archive.read("word/document.xml").decode() + archive.read("word/footer1.xml").decode()
    assert "ai_generated" in kept, "machines are told in any case"
    assert f">{name}<" in kept
    assert "intelligence artificielle" not in seen
    assert (await ada.call("POST", path, {"form": "pdf", "reviewed": True})).body.startswith(b"%PDF")
    other = await person(service, http, "someone.publishing@example.org")
    assert (await other.call("POST", path, {"form": "md", "reviewed": True})).status == 404
    address = application_address(service.data_dir)
    assert address is not None
    stored = Database(address, pool_size=1)
    try:
        async with stored.transaction() as session:
            of = text(
                "SELECT data::text FROM journal_events WHERE name = 'work.published' AND object_id = :id ORDER BY id"
            )
            lines = [json.loads(one) for one in await session.scalars(of, {"id": made["work"]["id"]})]
    finally:
        await stored.close()
    assert [(one["form"], one["reviewed"], one["labelled"]) for one in lines] == [
        ("odt", False, True),
        ("docx", True, False),
        ("pdf", True, False),
    ]
    assert lines[0]["file"] == hashlib.sha256(told.body).hexdigest()
    assert "généré" not in str(lines)
    assert name not in str(lines)


async def test_a_template_of_ones_own_with_a_letterhead(ada: Visitor) -> None:
    shipped = await named(ada, "Lettre")
    readonly = await ada.call("DELETE", f"/api/writing/templates/{shipped}")
    assert (readonly.status, readonly.body["code"]) == (409, "template_read_only")
    copied = await ada.call("POST", f"/api/writing/templates/{shipped}/copies", {})
    assert (copied.status, copied.body["owner"], copied.body["version"]) == (201, "person", 1)
    path = f"/api/writing/templates/{copied.body['id']}"
    status, styled = await given(ada, "POST", f"{path}/style?name=entete.docx", word_letterhead())
    assert (status, styled["style"], styled["style_name"], styled["version"]) == (200, "docx", "entete.docx", 2)
    content = {**styled["content"], "name": "Lettre du laboratoire"}
    stale = await ada.call("PATCH", path, {"content": content, "version": 1})
    assert (stale.status, stale.body["code"]) == (409, "template_changed")
    changed = await ada.call("PATCH", path, {"content": content, "version": 2})
    assert (changed.status, changed.body["version"], changed.body["style"]) == (200, 3, "docx")
    made = await draft(ada, copied.body["id"], LETTER)
    assert (made["template_version"], made["style"]) == (3, "docx")
    _, data, _ = await fetched(ada, f"/api/writing/drafts/{made['work']['id']}/file?form=docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "Laboratoire d’essai" in archive.read("word/header1.xml").decode()
        assert "Votre demande" in archive.read("word/document.xml").decode()
    refused, told = await given(ada, "POST", f"{path}/style?name=entete.docm", word_letterhead(macros=True))
    assert (refused, told["code"], told["params"]["reason"]) == (422, "style_file_refused", "macros")
    assert (await ada.call("DELETE", path)).status == 204
    _, data, _ = await fetched(ada, f"/api/writing/drafts/{made['work']['id']}/file?form=docx")
    assert data.startswith(b"PK"), "the draft outlives its template"


async def test_a_template_is_shared_with_a_unit_and_each_change_is_a_version(
    service: Service, ada: Visitor, http: aiohttp.ClientSession
) -> None:
    await service.create_person("chef@exemple.fr", administrator=True)
    boss = Visitor(http, service.address)
    await boss.sign_in("chef@exemple.fr")
    unit = (await boss.call("POST", "/api/admin/units", {"code": "LAB", "name": "Laboratoire"})).body["id"]
    carol = await person(service, http, "carol@exemple.fr")
    for one in (carol, boss):
        me = (await one.get("/api/sessions/current"))["person"]["id"]
        assert (await boss.call("POST", f"/api/admin/persons/{me}/units", {"unit_id": unit})).status < 300
    letter = await named(boss, "Lettre")
    assert (await carol.call("POST", f"/api/writing/templates/{letter}/copies", {"unit_id": unit})).status == 403
    shared = (await boss.call("POST", f"/api/writing/templates/{letter}/copies", {"unit_id": unit})).body
    assert (shared["owner"], shared["version"], shared["can_change"]) == ("unit", 1, True)
    path = f"/api/writing/templates/{shared['id']}"
    content = {**shared["content"], "name": "Lettre du laboratoire partagée"}
    assert (await boss.call("PATCH", path, {"content": content, "version": 1})).body["version"] == 2
    seen = await carol.get(path)
    assert (seen["version"], seen["can_change"]) == (2, False)
    assert (await carol.call("PATCH", path, {"content": content, "version": 2})).status == 403
    made = await draft(carol, await named(carol, "Lettre du laboratoire partagée"), LETTER)
    assert made["template_version"] == 2
    assert (await boss.call("PATCH", path, {"content": {**content, "purpose": "Autre"}, "version": 2})).status == 200
    assert (await carol.get(f"/api/writing/drafts/{made['work']['id']}"))["template_version"] == 2, "as it was made"
    assert (await ada.call("GET", path)).status == 404, "whoever is not of the unit does not see it"


async def test_a_template_comes_and_goes_as_a_file(ada: Visitor) -> None:
    shipped = await named(ada, "Note de service")
    _, data, named_as = await fetched(ada, f"/api/writing/templates/{shipped}/file")
    assert "Note de service.md" in named_as
    added = await ada.call("POST", "/api/writing/templates", {"file": data.decode()})
    assert added.status == 201, added.body
    whole = await ada.get(f"/api/writing/templates/{shipped}")
    assert added.body["content"] == whole["content"]
    broken = await ada.call("POST", "/api/writing/templates", {"file": data.decode().replace("{{contact}}", "{{x}}")})
    assert (broken.status, broken.body["code"]) == (422, "template_broken")
    assert broken.body["params"]["reason"] == "place_unknown"
    assert (await ada.call("DELETE", f"/api/writing/templates/{added.body['id']}")).status == 204


async def test_templates_and_drafts_are_their_persons(
    service: Service, ada: Visitor, http: aiohttp.ClientSession
) -> None:
    template = (await ada.call("POST", f"/api/writing/templates/{await named(ada, 'Lettre')}/copies", {})).body["id"]
    made = await draft(ada, template, LETTER)
    bob = await person(service, http, "bob@exemple.fr")
    for method, path in (("GET", ""), ("GET", "/file"), ("DELETE", ""), ("DELETE", "/style")):
        answer = await bob.call(method, f"/api/writing/templates/{template}{path}")
        assert (answer.status, answer.body["code"]) == (404, "template_not_found")
    for method, path, body in (("GET", "", None), ("GET", "/file", None), ("PATCH", "", {"text": "x"})):
        answer = await bob.call(method, f"/api/writing/drafts/{made['work']['id']}{path}", body)
        assert (answer.status, answer.body["code"]) == (404, "work_not_found")
    answer = await bob.call("POST", "/api/writing/drafts", {"template_id": template, "values": LETTER})
    assert (answer.status, answer.body["code"]) == (404, "template_not_found")
    assert not re.search(template, str(await bob.get("/api/writing/templates")))
