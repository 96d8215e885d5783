"""Works over HTTP: a text, a file given back, pause and cancel, a process killed half way, whose they are."""

import asyncio
import io
import re
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pikepdf
import pytest
from sqlalchemy import text

from chatelet.documents.composing.blocks import AI_PROPERTY
from chatelet.documents.parsing.reader import read_file
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.documents.parsing.makers import zipped
from tests.fakes.model_server import Script
from tests.journeys import files
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor
from tests.writing.pdf_file import pdf_file
from tests.writing.translator import FRENCH, Translator, running
from tests.writing.word_file import paragraphs_of, word_file

SENTENCE = FRENCH.capitalize() + "."


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[Translator]:
    async with running() as server:
        yield server


@pytest.fixture(scope="module")
async def service(shared: Translator) -> AsyncIterator[Service]:
    with installation(shared.url, CHATELET_WRITING__BATCH_SEGMENTS="4") as started:
        await started.start()
        yield started


@pytest.fixture
async def model(shared: Translator) -> AsyncIterator[Translator]:
    yield shared
    shared.faults, shared.says, shared.exchanges, shared.default = {}, {}, [], Script()


async def person(service: Service, http: aiohttp.ClientSession, email: str) -> Visitor:
    await service.create_person(email)
    visitor = Visitor(http, service.address)
    await visitor.sign_in(email)
    return visitor


@pytest.fixture(scope="module")
async def ada(service: Service, http: aiohttp.ClientSession) -> Visitor:
    return await person(service, http, "ada@exemple.fr")


async def ask(visitor: Visitor, **body: Any) -> dict[str, Any]:
    answer = await visitor.call("POST", "/api/writing/works", {"kind": "translate", "to": "en", **body})
    assert answer.status == 201, answer.body
    return answer.body


async def until(visitor: Visitor, work: str, *states: str, done: int = 0, seconds: float = 40) -> dict[str, Any]:
    async with asyncio.timeout(seconds):
        while True:
            found = await visitor.get(f"/api/writing/works/{work}")
            if found["state"] in states and found["done"] >= done:
                return found
            assert found["state"] != "failed" or "failed" in states, found
            await asyncio.sleep(0.1)


async def result(visitor: Visitor, work: str) -> tuple[bytes, str]:
    address = f"{visitor.address}/api/writing/works/{work}/result"
    async with visitor.http.get(address, headers=visitor.headers) as response:
        return await response.read(), response.headers.get("content-disposition", str(response.status))


async def test_a_text_is_translated_side_by_side(ada: Visitor, model: Translator) -> None:
    text = f"{SENTENCE} Le délai est de 30 jours.\n\n- Voir https://exemple.fr/a.\n"
    asked = await ask(ada, text=text)
    assert (asked["state"], asked["to"], asked["level"]) == ("queued", "en", "internal")
    done = await until(ada, asked["id"], "done")
    assert done["text"].count("\n") == text.count("\n")
    assert "https://exemple.fr/a" in done["text"]
    assert (done["source"], done["segments"], done["done"], done["model"]) == ("fr", 2, 2, "scripted")
    assert (done["report"]["written"], done["report"]["kept"], done["report"]["figures_checked"]) == (2, 0, 1)
    pairs = (await ada.get(f"/api/writing/works/{asked['id']}/segments"))["items"][0]["pairs"]
    assert [pair["source"] for pair in pairs] == [SENTENCE, "Le délai est de 30 jours."]
    assert "30" in pairs[1]["written"]
    assert (await result(ada, asked["id"]))[0].decode() == done["text"]


async def test_a_word_file_is_given_back(ada: Visitor, model: Translator) -> None:
    data = word_file(f"{SENTENCE}", "Le marché public est signé par **la direction** pour 1 250,50 €.")
    file = await files.send(ada, "note.docx", data)
    await files.until_read(ada, file)
    asked = await ask(ada, file_id=file, to="en-GB", visible_mark=True)
    done = await until(ada, asked["id"], "done")
    assert done["result_name"] == "note.en.docx"
    made, disposition = await result(ada, asked["id"])
    assert 'filename="note.en.docx"' in disposition
    written = paragraphs_of(made)
    assert "1 250.50 €" in written[1] or "1 250,50 €" in written[1]
    assert not any("comité" in words or "marché" in words for words in written)
    assert done["report"]["kept"] == 0


async def test_a_pdf_is_given_back_with_its_words_in_place(ada: Visitor, model: Translator) -> None:
    file = await files.send(ada, "note.pdf", pdf_file())
    await files.until_read(ada, file)
    asked = await ask(ada, file_id=file, source="fr", pdf_as="pdf")
    done = await until(ada, asked["id"], "done")
    assert (done["result_name"], done["report"]["kept"]) == ("note.en.pdf", 0)
    made, _ = await result(ada, asked["id"])
    document = read_file(made, "note.en.pdf")
    assert len(document.pages) == 2
    assert "crédits" not in document.text
    assert "agents" not in document.text
    assert [figure for figure in ("1250", "12", "3") if figure not in document.text] == []
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert f"{AI_PROPERTY}=true" in str(pdf.docinfo["/Keywords"])


async def test_macros_are_left_out_and_the_report_says_so(ada: Visitor, model: Translator) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file(SENTENCE))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    file = await files.send(ada, "macros.docx", zipped({**members, "word/vbaProject.bin": b"code"}))
    await files.until_read(ada, file)
    done = await until(ada, (await ask(ada, file_id=file, source="fr"))["id"], "done")
    assert done["report"]["left_out"] == ["macros_left_out"]
    with zipfile.ZipFile(io.BytesIO((await result(ada, done["id"]))[0])) as archive:
        assert "word/vbaProject.bin" not in archive.namelist()


async def test_a_document_whose_xml_is_broken_is_refused_with_the_reason(ada: Visitor, model: Translator) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file(SENTENCE))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"][:-30]
    file = await files.send(ada, "cassé.docx", zipped(members))
    await files.until_read(ada, file)
    answer = await ada.call("POST", "/api/writing/works", {"kind": "translate", "to": "en", "file_id": file})
    assert (answer.status, answer.body["code"], answer.body["params"]) == (
        422,
        "file_unreadable",
        {"status": "damaged"},
    )
    assert not model.exchanges, "nothing of it is sent"


async def test_what_does_not_fit_is_told_with_its_words(ada: Visitor, model: Translator) -> None:
    model.says["Les moyens"] = "The means and resources that are granted to each of the divisions " * 4
    model.says["Les crédits"] = ("The committee has therefore considered the 1250 euros of the request. " * 3).strip()
    file = await files.send(ada, "note.pdf", pdf_file())
    await files.until_read(ada, file)
    done = await until(ada, (await ask(ada, file_id=file, source="fr", pdf_as="pdf"))["id"], "done")
    kept = [line for line in done["report"]["to_look_at"] if line["kept"]]
    assert [line["reasons"][-1] for line in kept if "no_room" in line["reasons"]] == ["no_room"]
    assert done["report"]["kept"] == len(kept)


async def test_it_is_paused_resumed_cancelled_and_deleted(ada: Visitor, model: Translator) -> None:
    model.default = Script(delay=0.3)
    text = "\n\n".join(f"{SENTENCE} Point numéro {number}." for number in range(60))
    asked = await ask(ada, text=text)
    await until(ada, asked["id"], "running", done=4)
    path = f"/api/writing/works/{asked['id']}"
    assert (await ada.call("POST", f"{path}/pause")).body["state"] == "paused"
    await asyncio.sleep(1.5)
    paused = await ada.get(path)
    await asyncio.sleep(1)
    assert (await ada.get(path))["done"] == paused["done"] < 60
    assert (await ada.get(f"{path}/segments"))["items"], "what was written can be read"
    assert (await ada.call("POST", f"{path}/pause")).status == 409
    model.default = Script()
    await ada.call("POST", f"{path}/resume")
    done = await until(ada, asked["id"], "done")
    assert done["report"]["written"] + done["report"]["reused"] == 60
    asks = sum(len(re.findall(r"<s\d+>", body)) for body in model.asked("Point numéro"))
    assert asks <= 60 + 16, "what was written is not asked again, but for the batches under way"
    assert (await ada.call("POST", f"{path}/cancel")).status == 409
    assert (await ada.call("DELETE", path)).status == 204
    assert (await ada.call("GET", path)).status == 404


async def test_a_work_ends_with_its_person(service: Service, ada: Visitor, model: Translator) -> None:
    """TA-002: no more is asked for somebody who was disabled; what is written waits for their return."""
    model.default = Script(delay=2)
    asked = await ask(ada, text="\n\n".join(f"{SENTENCE} Renvoi {number}." for number in range(120)))
    await until(ada, asked["id"], "running", done=4)
    person = (await ada.get("/api/sessions/current"))["person"]["id"]
    address = application_address(service.data_dir)
    assert address is not None
    stored = Database(address, pool_size=1)

    async def become(state: str) -> None:
        async with stored.transaction() as session:
            await session.execute(
                text("UPDATE persons SET state = :state WHERE id = :id"), {"state": state, "id": person}
            )

    await become("disabled")
    try:
        seen = -1
        async with asyncio.timeout(20):
            while seen != (seen := len(model.asked("Renvoi"))):
                await asyncio.sleep(4.5)  # longer than an answer
    finally:
        await become("active")
        await stored.close()
    left = await ada.get(f"/api/writing/works/{asked['id']}")
    assert (left["state"], left["done"] < 120) == ("running", True)
    assert (await ada.call("POST", f"/api/writing/works/{asked['id']}/cancel")).status == 200


async def test_a_work_goes_on_after_a_process_is_killed(
    service: Service, ada: Visitor, model: Translator, http: aiohttp.ClientSession
) -> None:
    model.default = Script(delay=0.4)
    text = "\n\n".join(f"{SENTENCE} Alinéa numéro {number}." for number in range(80))
    asked = await ask(ada, text=text)
    before = await until(ada, asked["id"], "running", done=8)
    await service.kill()
    model.default = Script()
    await service.start()
    ada.address = service.address
    done = await until(ada, asked["id"], "done", seconds=120)
    assert done["report"]["written"] == 80
    assert all(f" {number}" in done["text"] for number in range(80))
    asks = sum(len(re.findall(r"<s\d+>", body)) for body in model.asked("Alinéa numéro"))
    assert asks <= 80 + 20, (asks, before["done"])


async def test_a_model_that_is_away_is_waited_for(ada: Visitor, model: Translator) -> None:
    model.default = Script(delay=0.3)
    asked = await ask(ada, text="\n\n".join(f"{SENTENCE} Chapitre numéro {number}." for number in range(40)))
    await until(ada, asked["id"], "running", done=4)
    await model.stop()
    await asyncio.sleep(2)
    model.default = Script()
    await model.start()
    done = await until(ada, asked["id"], "done", seconds=60)
    assert (done["report"]["written"], done["report"]["kept"]) == (40, 0)


async def test_words_are_cleared_first_and_works_are_their_persons(
    service: Service, ada: Visitor, model: Translator, http: aiohttp.ClientSession
) -> None:
    refused = await ada.call(
        "POST", "/api/writing/works", {"kind": "translate", "to": "en", "text": "TRÈS SECRET DÉFENSE\n" + SENTENCE}
    )
    assert (refused.status, refused.body["code"]) == (403, "marking_refused")
    assert not model.asked("SECRET")
    asked = await ask(
        ada,
        text=SENTENCE + " Son numéro est le 2 69 05 49 588 157 80, IBAN FR14 2004 1010 0505 0001 3M02 606.",
        model="cleared",
    )
    assert "personal" in asked["categories"] or "banking" in asked["categories"]
    bob = await person(service, http, "bob@exemple.fr")
    for method, path in (("GET", ""), ("GET", "/segments"), ("GET", "/result"), ("POST", "/cancel"), ("DELETE", "")):
        answer = await bob.call(method, f"/api/writing/works/{asked['id']}{path}")
        assert (answer.status, answer.body["code"]) == (404, "work_not_found")
    await until(ada, asked["id"], "done")


async def test_nothing_of_the_words_is_in_clear(service: Service, ada: Visitor, model: Translator) -> None:
    asked = await ask(ada, text="Le zanzibarique a été livré hier à la direction des services.")
    await until(ada, asked["id"], "done")
    await result(ada, asked["id"])
    other = await ask(ada, text="Le zanzibarique est reparti.")
    await until(ada, other["id"], "done")
    assert (await ada.call("DELETE", f"/api/writing/works/{other['id']}")).status == 204
    address = application_address(service.data_dir)
    assert address is not None
    database = Database(address, pool_size=1)
    try:
        async with database.driver_transaction() as connection:
            for table in ("works", "work_pieces", "files", "pgqueuer", "journal_events"):
                rows = await connection.fetch(f"SELECT t::text FROM {table} t")
                assert not any("zanzibarique" in row[0] or "livré hier" in row[0] for row in rows)
            names = [
                row[0] for row in await connection.fetch("SELECT name FROM journal_events WHERE object_kind = 'work'")
            ]
            usage = await connection.fetchval("SELECT count(*) FROM model_usage WHERE purpose = 'writing'")
    finally:
        await database.close()
    assert {"work.asked", "work.closed", "work.changed", "work.opened"} <= set(names)
    assert usage > 0


async def test_a_long_work_is_seen_page_by_page(ada: Visitor, model: Translator) -> None:
    model.default = Script()
    asked = await ask(ada, text="\n\n".join(f"{SENTENCE} Paragraphe numéro {number}." for number in range(1_100)))
    await until(ada, asked["id"], "done", seconds=120)
    path, seen, after = f"/api/writing/works/{asked['id']}/segments", list[int](), 0
    while after is not None:
        page = await ada.get(path, params={"after": str(after)})
        seen += [one["number"] for one in page["items"]]
        after = page["next"]
    assert seen == list(range(1_100))


async def test_a_glossary_of_ones_own_is_used(ada: Visitor, model: Translator) -> None:
    model.says["rectorat"] = "The rector's office has answered the request of the services."
    address = f"{ada.address}/api/writing/glossaries?name=termes.csv&source=fr&target=en"
    data = b"fr;en;forbidden\nrectorat;regional education authority;rector's office\n"
    async with ada.http.post(address, data=data, headers=ada.headers) as response:
        assert response.status == 201, await response.text()
        made = await response.json()
    assert (made["lines"], made["is_mine"], made["name"]) == (1, True, "termes.csv")
    asked = await ask(ada, text="Le rectorat a répondu à la demande des services.", glossary_ids=[made["id"]])
    done = await until(ada, asked["id"], "done")
    assert done["text"] == "The regional education authority has answered the request of the services."
    assert done["report"]["terms_applied"] == {"rectorat": 1}
    async with ada.http.get(f"{ada.address}/api/writing/glossaries/{made['id']}/file", headers=ada.headers) as response:
        assert """"rectorat";"regional education authority";"rector's office";""" in await response.text()
    assert (await ada.call("DELETE", f"/api/writing/glossaries/{made['id']}")).status == 204
