"""Summaries over HTTP: each statement opens its page, a killed process asks no more, what is wrong is said."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import aiohttp
import pytest

from tests.fakes.model_server import Script
from tests.journeys import files
from tests.journeys.service import Service, installation
from tests.journeys.test_collections import until_indexed
from tests.journeys.visitor import Visitor
from tests.writing.summarising import PAGES, Summarising, blank_pdf, pdf

PATH = "/api/writing/summaries"
BUDGET = "250\N{NARROW NO-BREAK SPACE}000"  # as a summary writes it


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[Summarising]:
    server = Summarising()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="module")
async def service(shared: Summarising) -> AsyncIterator[Service]:
    with installation(shared.url) as started:
        await started.start()
        yield started


@pytest.fixture
async def model(shared: Summarising) -> AsyncIterator[Summarising]:
    yield shared
    shared.failing, shared.exchanges, shared.default = [], [], Script()


async def person(service: Service, http: aiohttp.ClientSession, email: str) -> Visitor:
    await service.create_person(email)
    visitor = Visitor(http, service.address)
    await visitor.sign_in(email)
    return visitor


@pytest.fixture(scope="module")
async def ada(service: Service, http: aiohttp.ClientSession) -> Visitor:
    return await person(service, http, "ada@exemple.fr")


async def given(visitor: Visitor, name: str, *pages: str) -> str:
    file = await files.send(visitor, name, pdf(*pages))
    assert (await files.until_read(visitor, file))["state"] == "read"
    return file


async def ask(visitor: Visitor, **body: Any) -> dict[str, Any]:
    answer = await visitor.call("POST", PATH, {"form": "key-points", **body})
    assert answer.status == 201, answer.body
    return answer.body


async def until(visitor: Visitor, work: str, *states: str, done: int = 0, seconds: float = 60) -> dict[str, Any]:
    async with asyncio.timeout(seconds):
        while True:
            found = await visitor.get(f"/api/writing/works/{work}")
            if found["state"] in states and found["done"] >= done:
                return found
            assert found["state"] != "failed" or "failed" in states, found
            await asyncio.sleep(0.1)


async def summary(visitor: Visitor, **body: Any) -> dict[str, Any]:
    asked = await ask(visitor, **body)
    await until(visitor, asked["id"], "done")
    return await visitor.get(f"{PATH}/{asked['id']}")


async def exported(visitor: Visitor, work: str, form: str) -> bytes:
    async with visitor.http.get(
        f"{visitor.address}{PATH}/{work}/file", params={"form": form}, headers=visitor.headers
    ) as response:
        assert response.status == 200, await response.text()
        assert f".{form}" in response.headers["content-disposition"]
        return await response.read()


async def test_each_statement_opens_its_page(ada: Visitor, model: Summarising) -> None:
    first, second = (
        await given(ada, "séance.pdf", *PAGES),
        await given(ada, "annexe.pdf", "Le coût est de 12 000 euros par an."),
    )
    asked = await ask(ada, file_ids=[first, second], form="note", length="short", audience="deciders")
    assert (asked["kind"], asked["form"], asked["name"], asked["is_file"]) == ("summarise", "note", "séance.pdf", True)
    done = await until(ada, asked["id"], "done")
    assert done["done"] == done["segments"] == 3, "a group for each document, then the form"
    told = await ada.get(f"{PATH}/{asked['id']}")
    assert (told["is_partial"], told["statements"] - told["held"], told["notices"]) == (False, 1, [])
    budget = next(one for one in told["checks"] if BUDGET in told["text"][one["start"] : one["end"]])
    assert (budget["verified"], budget["file_id"], budget["page"]) == (True, first, 1)
    assert told["text"][budget["marker_start"] : budget["marker_end"]] == f"[{budget['number']}]"
    page = await ada.get(f"/api/files/{first}/pages/1?start={budget['source_start']}&end={budget['source_end']}")
    assert "250 000" in page["text"][budget["source_start"] - page["start"] : budget["source_end"] - page["start"]]
    assert page["boxes"], "the words are shown on the image of the page"
    wrong = next(
        one for one in told["checks"] if "900\N{NARROW NO-BREAK SPACE}000" in told["text"][one["start"] : one["end"]]
    )
    assert (wrong["verified"], wrong["reason"]) == (False, "figures_absent")
    coverage = [(one["name"], one["read"], one["cited"], one["cited_pages"], one["unread"]) for one in told["coverage"]]
    assert coverage == [("séance.pdf", 3, 3, [1, 2, 3], []), ("annexe.pdf", 1, 1, [1], [])]
    systems = [str(one.body["messages"][0]["content"]) for one in model.exchanges]
    assert any("Sois bref" in said and "Le lecteur décide" in said for said in systems)


async def test_a_summary_is_taken_as_a_document(ada: Visitor, model: Summarising) -> None:
    asked = await ask(ada, text="\n\n".join(PAGES), form="positions")
    assert (await ada.call("GET", f"{PATH}/{asked['id']}/file")).status in {200, 409}
    await until(ada, asked["id"], "done")
    told = await ada.get(f"{PATH}/{asked['id']}")
    [covered] = told["coverage"]
    view = await ada.get("/api/files/views", params={"id": covered["file_id"]})
    assert view["items"][0]["name"] == "texte.txt", "a text given is kept, for its passages to be opened"
    page = await ada.get(f"/api/files/{covered['file_id']}/pages/1")
    assert "Marie Dupont" in page["text"]
    markdown = (await exported(ada, asked["id"], "md")).decode()
    assert "ai_generated: true" in markdown
    assert "sensitivity: internal" in markdown
    assert f"{BUDGET}\N{NO-BREAK SPACE}euros a été adopté à l’unanimité. (§ 1)" in markdown
    assert "900\N{NARROW NO-BREAK SPACE}000\N{NO-BREAK SPACE}euros de plus. [non vérifié]" in markdown
    for form, part in (("docx", "docProps/custom.xml"), ("odt", "meta.xml")):
        with ZipFile(BytesIO(await exported(ada, asked["id"], form))) as archive:
            assert b"ai_generated" in archive.read(part)
            body = archive.read("word/document.xml" if form == "docx" else "content.xml").decode()
            assert "Tableau des positions" in body
            assert "interne" in body


async def test_a_summary_goes_on_after_a_process_is_killed(
    service: Service, ada: Visitor, model: Summarising, http: aiohttp.ClientSession
) -> None:
    model.default = Script(delay=0.5)
    text = "\n\n".join(
        f"La mesure numéro {number} concerne le service {number} de la direction. " * 8 for number in range(120)
    )
    asked = await ask(ada, text=text)
    before = await until(ada, asked["id"], "running", done=2)
    partial = await ada.get(f"{PATH}/{asked['id']}")
    assert partial["is_partial"]
    assert "[1]" in partial["text"]
    assert all(one["verified"] for one in partial["checks"]), "notes taken so far are held already"
    await service.kill()
    told_before = {one.body["messages"][-1]["content"] for one in model.exchanges}
    asked_before = len(model.exchanges)
    model.default = Script()
    await service.start()
    ada.address = service.address
    done = await until(ada, asked["id"], "done", seconds=120)
    again = [one for one in model.exchanges[asked_before:] if one.body["messages"][-1]["content"] in told_before]
    assert len(again) <= 4, "only what was under way is asked again"
    assert done["done"] == done["segments"] > before["done"]
    told = await ada.get(f"{PATH}/{asked['id']}")
    assert told["held"] > 0
    assert told["coverage"][0]["read"] == told["coverage"][0]["passages"]


async def test_it_is_paused_resumed_and_cancelled(ada: Visitor, model: Summarising) -> None:
    model.default = Script(delay=0.5)
    asked = await ask(
        ada, text="\n\n".join(f"Le point {number} est remis au {number} mai 2025. " * 20 for number in range(60))
    )
    await until(ada, asked["id"], "running", done=1)
    path = f"/api/writing/works/{asked['id']}"
    assert (await ada.call("POST", f"{path}/pause")).body["state"] == "paused"
    assert (await ada.call("GET", f"{PATH}/{asked['id']}/file")).status == 409
    model.default = Script()
    await ada.call("POST", f"{path}/resume")
    await until(ada, asked["id"], "done")
    other = await ask(ada, text=PAGES[0])
    await ada.call("POST", f"/api/writing/works/{other['id']}/cancel")
    assert (await ada.call("DELETE", path)).status == 204
    assert (await ada.call("GET", f"{PATH}/{asked['id']}")).status == 404


async def test_a_model_that_refuses_loops_or_says_nothing(ada: Visitor, model: Summarising) -> None:
    model.failing = ["Je suis désolé, je ne peux pas vous aider.", "le même mot encore " * 40]
    told = await summary(ada, text=PAGES[0])
    assert (told["held"], told["notices"]) == (2, []), "asked again, twice"
    assert any("se répétait" in str(one.body["messages"][0]["content"]) for one in model.exchanges)
    model.failing = ["- Le budget de 250 000 euros a été adopté à l’unanimité [1]."] + [
        "Je suis désolé, je ne peux pas."
    ] * 3
    told = await summary(ada, text=PAGES[0])
    assert told["notices"] == ["form_refused"]
    assert f"{BUDGET}\N{NO-BREAK SPACE}euros a été adopté à l’unanimité. [1]" in told["text"], (
        "the notes, which hold, stand in for the form"
    )
    model.failing = ["Rien de tout cela ne figure au dossier du ministère des armées [1]."] * 3
    asked = await ask(ada, text=PAGES[0])
    failed = await until(ada, asked["id"], "failed")
    assert failed["error"] == "summary_failed"
    await ada.call("POST", f"/api/writing/works/{asked['id']}/resume")
    await until(ada, asked["id"], "done")


async def test_versions_are_compared(ada: Visitor, model: Summarising) -> None:
    before = await given(ada, "v1.pdf", *PAGES)
    after = await given(ada, "v2.pdf", PAGES[0].replace("250 000", "300 000"), *PAGES[1:])
    told = await summary(ada, file_ids=[before, after], form="comparison")
    asked = [str(one.body["messages"][-1]["content"]) for one in model.exchanges]
    assert "# 1. v1.pdf" in asked[0]
    assert not any("restaurant" in said for said in asked), "what both say is not asked about"
    assert BUDGET in told["text"]
    assert BUDGET.replace("250", "300") in told["text"]
    assert [one["same"] for one in told["coverage"]] == [2, 2]
    same = await summary(ada, file_ids=[before, await given(ada, "copie.pdf", *PAGES)], form="comparison")
    assert same["notices"] == ["identical"]


async def test_what_cannot_be_summarised_is_refused(
    service: Service, ada: Visitor, model: Summarising, http: aiohttp.ClientSession
) -> None:
    for body, status, code in (
        ({"text": "  "}, 422, "nothing_to_write"),
        ({"file_ids": [], "form": "page"}, 422, "invalid_request"),
        ({"text": "TRÈS SECRET DÉFENSE\n" + PAGES[0]}, 403, "marking_refused"),
    ):
        answer = await ada.call("POST", PATH, {"form": "page", **body})
        assert (answer.status, answer.body["code"]) == (status, code), answer.body
    assert not model.exchanges
    file = await given(ada, "privé.pdf", *PAGES)
    bob = await person(service, http, "bob@exemple.fr")
    answer = await bob.call("POST", PATH, {"form": "page", "file_ids": [file]})
    assert (answer.status, answer.body["code"]) == (404, "file_not_found")
    listed = [one["id"] for one in (await ada.get(f"{PATH}/sources"))["items"]]
    assert file in listed
    assert (await bob.get(f"{PATH}/sources"))["items"] == []
    of_base = await ada.call("GET", f"{PATH}/sources?collection_id={uuid4()}")
    assert (of_base.status, of_base.body["code"]) == (404, "collection_not_found")
    scan = await files.send(ada, "scan.pdf", blank_pdf())
    found = await files.until_read(ada, scan)
    assert (found["state"], found["error"]) == ("failed", "file_empty"), "a scan without words says so when it is read"
    answer = await ada.call("POST", PATH, {"form": "page", "file_ids": [scan]})
    assert (answer.status, answer.body["code"]) == (409, "file_not_ready")


async def test_documents_of_a_base_are_offered_to_its_readers_and_bear_its_label(
    service: Service, ada: Visitor, model: Summarising, http: aiohttp.ClientSession
) -> None:
    base = (await ada.call("POST", "/api/collections", {"name": "Séances", "level": "restricted"})).body["id"]
    for name in ("séance de mars.pdf", "annexe de mai.pdf"):
        items = [{"file_id": await given(ada, name, *PAGES)}]
        added = await ada.call("POST", f"/api/collections/{base}/documents", {"items": items})
        assert added.status == 201, added.body
    await until_indexed(ada, base)
    carol = await person(service, http, "carol@exemple.fr")
    sources = f"{PATH}/sources?collection_id={base}"
    assert (await carol.call("GET", sources)).status == 404, "she may not read it yet"
    email = {"email": "carol@exemple.fr", "part": "reader"}
    granted = await ada.call("POST", f"/api/collections/{base}/grants", email)
    assert granted.status in {200, 201}, granted.body
    listed = (await carol.get(sources))["items"]
    assert [(one["name"], one["level"]) for one in listed] == [
        ("annexe de mai.pdf", "restricted"),
        ("séance de mars.pdf", "restricted"),
    ]
    (found,) = (await carol.get(f"{sources}&q=mars"))["items"]
    asked = await ask(carol, file_ids=[found["id"]], form="three-lines")
    assert (asked["level"], asked["name"]) == ("restricted", "séance de mars.pdf")
    await until(carol, asked["id"], "done")
    kinds = {one["kind"] for one in (await carol.get("/api/writing/works?kind=summarise"))["items"]}
    assert kinds == {"summarise"}
    assert (await carol.get("/api/writing/works?kind=draft"))["items"] == []


async def test_a_passage_of_a_conversation_bears_its_label(ada: Visitor, model: Summarising) -> None:
    conversation = await ada.conversation(level="restricted")
    asked = await ask(ada, text=PAGES[0], form="three-lines", conversation_id=conversation)
    assert asked["level"] == "restricted"
    await until(ada, asked["id"], "done")
    wrong = await ada.call("POST", PATH, {"form": "page", "text": PAGES[0], "conversation_id": str(uuid4())})
    assert (wrong.status, wrong.body["code"]) == (404, "conversation_not_found")
