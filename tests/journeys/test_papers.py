"""Papers kept in a base: a record each, their full text when its licence allows, asked across with pages cited."""

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.local_web import Server, listening
from tests.fakes.model_server import ModelServer
from tests.fakes.scholarly_server import ScholarlyServer, running_scholarly_server
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.test_closed_bases import consulted
from tests.journeys.test_collections import until_indexed
from tests.journeys.visitor import Visitor
from tests.persons import create_person

FIRST = "\n".join(f"Archive number {one} of the notaries was read with care by two persons." for one in range(45))
TARGET = "The error rate of the marginal group fell from 31 percent to 12 percent after reweighting."
SECOND = "\n".join([*(f"Network number {one} was trained again on them." for one in range(45)), TARGET])
SAID = "«_The_error_rate_of_the_marginal_group_fell_from_31_percent_to_12_percent_after_reweighting_»_[1]."
PAPER: dict[str, Any] = {
    "sources": ["hal"],
    "title": "Fairness at the Margin",
    "authors": [{"name": "Zoé Lefèvre", "family": "Lefèvre"}],
    "year": 2023,
    "kind": "article",
    "abstract": "We measure fairness where data is scarce.",
    "identifiers": {"doi": "10.5555/margin.2023.17"},
}
BIBTEX = """@article{one, title={Equity of Imaginary Forests}, author={Petit, Ana}, year={2020}}
@article{two, title={Fairness of Neural Networks at the Margin}, doi={10.5555/margin.2023.17}}"""


def pdf(*pages: str) -> bytes:
    """Write a PDF of these pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for words in pages:
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in words.split("\n"))
        stream = f"BT /F1 10 Tf 40 740 Td {lines}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n"
    )
    return body + f"{end}%%EOF\n".encode()


@pytest.fixture(scope="module")
async def press() -> AsyncIterator[Server]:
    server = Server()
    async with listening(server):
        yield server


@pytest.fixture(scope="module")
async def services() -> AsyncIterator[ScholarlyServer]:
    async with running_scholarly_server() as started:
        yield started


@pytest.fixture(scope="module")
async def installed(scripted: ModelServer, press: Server, services: ScholarlyServer) -> AsyncIterator[Service]:
    settings = {
        "CHATELET_SCHOLARLY__SOURCES": '["hal"]',
        "CHATELET_SCHOLARLY__ADDRESSES": json.dumps({"hal": services.base("hal")}),
        "CHATELET_WEB_SEARCH__INSIDE_ORIGINS": json.dumps([press.origin]),
    }
    with installation(scripted.url, **settings) as started:
        await started.start()
        yield started


@pytest.fixture(scope="module")
async def stored(installed: Service) -> AsyncIterator[Database]:
    address = application_address(installed.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    yield opened
    await opened.close()


@pytest.fixture
async def new_person(installed: Service, stored: Database, http: aiohttp.ClientSession) -> NewVisitor:
    async def make(*, administrator: bool = False) -> Visitor:
        email = f"{uuid4()}@exemple.fr"
        async with stored.transaction() as session:
            await create_person(session, email=email, name="Eve", password=PASSWORD, is_administrator=administrator)
        visitor = Visitor(http, installed.address)
        await visitor.sign_in(email)
        return visitor

    return make


@pytest.fixture
async def eve(new_person: NewVisitor) -> Visitor:
    return await new_person()


async def base(visitor: Visitor) -> str:
    made = await visitor.call("POST", "/api/collections", {"name": "Corpus"})
    assert made.status == 201, made.body
    return made.body["id"]


async def settled(visitor: Visitor, collection: str, seconds: float = 30) -> list[dict[str, Any]]:
    async with asyncio.timeout(seconds):
        while True:
            found = (await visitor.get(f"/api/collections/{collection}/papers"))["items"]
            if all(one["text"] != "waiting" for one in found):
                return found
            await asyncio.sleep(0.1)


def open_at(address: str | None, licence: str | None = "cc-by") -> dict[str, Any]:
    return {**PAPER, "access": {"is_open": True, "url": address, "is_pdf": True, "licence": licence}}


async def test_an_open_paper_is_fetched_read_and_cited_on_its_page(eve: Visitor, press: Server) -> None:
    collection = await base(eve)
    work = open_at(press.page("/margin.pdf", pdf(FIRST, SECOND), "application/pdf"))
    added = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [work]})
    assert (added.status, [one["outcome"] for one in added.body["items"]]) == (201, ["added"]), added.body
    again = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [PAPER]})
    assert [one["outcome"] for one in again.body["items"]] == ["known"], "the same DOI is one work"
    [paper] = await settled(eve, collection)
    assert (paper["text"], paper["reason"]) == ("read", None)
    documents = await until_indexed(eve, collection)
    assert sorted(one["name"] for one in documents) == [
        "Lefèvre 2023 – Fairness at the Margin.md",
        "Lefèvre 2023 – Fairness at the Margin.pdf",
    ]
    assert all(one["tags"] == ["published"] for one in documents)
    question = f"What happened to the error rate of the marginal group after reweighting? [[say={SAID}]]"
    stream = await eve.ask(await eve.conversation(), question, collections=[collection])
    [citation] = stream.all("citations")[-1]["items"]
    assert (citation["verified"], citation["page"]) == (True, 2), citation
    await eve.call("DELETE", f"/api/documents/{paper['document_id']}")
    assert (await eve.get(f"/api/collections/{collection}/papers"))["items"] == []


async def test_what_may_not_be_fetched_says_why(eve: Visitor, press: Server) -> None:
    collection = await base(eve)
    refused = [
        {**PAPER, "identifiers": {"doi": "10.5555/a"}},
        {**PAPER, "identifiers": {"doi": "10.5555/b"}, "access": {"is_open": False}},
        {**open_at(f"{press.origin}/c.pdf", "arXiv non-exclusive"), "identifiers": {"doi": "10.5555/c"}},
        {**open_at(None), "identifiers": {"doi": "10.5555/d"}},
        {**open_at(press.page("/e.pdf", "<p>Payez.</p>")), "identifiers": {"doi": "10.5555/e"}},
        {**open_at("http://169.254.169.254/f.pdf"), "identifiers": {"doi": "10.5555/f"}},
    ]
    press.requests.clear()
    added = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": refused})
    assert added.status == 201, added.body
    reasons = [one["reason"] for one in await settled(eve, collection)]
    assert reasons[:5] == ["access_unknown", "not_open", "licence_unknown", "no_pdf", "not_pdf"]
    assert reasons[5] in {"link_local", "metadata"}
    assert press.asked == ["/e.pdf"]


async def test_a_retracted_work_is_told_as_such_in_its_document(eve: Visitor) -> None:
    collection = await base(eve)
    work = {**PAPER, "notices": [{"kind": "retraction", "told_by": "crossref"}]}
    await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [work]})
    [document] = await until_indexed(eve, collection)
    assert document["tags"] == ["retracted"]
    page = await eve.get(f"/api/files/{document['version']['file_id']}/pages/1")
    assert "RÉTRACTÉ OU RETIRÉ" in page["text"]


async def test_a_list_of_references_is_brought_and_completed(eve: Visitor, services: ScholarlyServer) -> None:
    collection = await base(eve)
    services.asked.clear()
    brought = await eve.call("POST", f"/api/collections/{collection}/papers/import", {"text": BIBTEX})
    assert [one["outcome"] for one in brought.body["items"]] == ["added", "added"], brought.body
    assert services.counts == {"hal": 1}, "only what has an identifier is looked for"
    assert all("Petit" not in target and "Forests" not in target for _name, target, _headers in services.asked)
    papers = await settled(eve, collection)
    assert papers[1]["record"]["abstract"] == "We measure fairness where data is scarce."
    nothing = await eve.call("POST", f"/api/collections/{collection}/papers/import", {"text": "rien du tout"})
    assert (nothing.status, nothing.body["code"]) == (422, "references_not_understood")


async def test_a_base_of_another_stays_shut(eve: Visitor, new_person: NewVisitor) -> None:
    collection, mallory = await base(eve), await new_person()
    for method, path, body in (
        ("GET", "", None),
        ("POST", "", {"records": [PAPER]}),
        ("POST", "/import", {"text": BIBTEX}),
    ):
        refused = await mallory.call(method, f"/api/collections/{collection}/papers{path}", body)
        assert (refused.status, refused.body["code"]) == (404, "collection_not_found")


async def test_papers_are_compared_with_what_they_say_and_no_more(eve: Visitor, press: Server) -> None:
    collection = await base(eve)
    work = open_at(press.page("/margin.pdf", pdf(FIRST, SECOND), "application/pdf"))
    other = {**PAPER, "title": "Knots", "abstract": "No knot is studied.", "identifiers": {"doi": "10.5555/knots"}}
    added = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [work, other]})
    one, two = [line["paper_id"] for line in added.body["items"]]
    await settled(eve, collection)
    await until_indexed(eve, collection)
    asked = f"/api/collections/{collection}/papers/cells"
    question = f"What happened to the error rate of the marginal group? [[say={SAID}]]"
    said = await eve.call("POST", asked, {"paper_id": one, "question": question})
    assert said.status == 200, said.body
    assert said.body["is_said"], said.body
    [held] = said.body["held"]
    assert (held["page"], held["paper_id"], held["number"]) == (2, one, 1)
    assert said.body["text"].rstrip().endswith("[1]"), "numbered from 1 in each cell"
    where = {"start": held["start"], "end": held["end"]}
    page = await eve.get(f"/api/files/{held['file_id']}/pages/2", params=where)
    assert "31 percent to 12 percent" in page["text"]
    unsaid = await eve.call("POST", asked, {"paper_id": two, "question": question})
    assert (unsaid.body["is_said"], unsaid.body["text"], unsaid.body["held"]) == (False, "", []), unsaid.body
    foreign = await eve.call("POST", asked, {"paper_id": str(uuid4()), "question": question})
    assert (foreign.status, foreign.body["code"]) == (404, "paper_not_found")


async def test_a_text_rests_on_the_chosen_papers_alone(eve: Visitor) -> None:
    collection = await base(eve)
    knots = {**PAPER, "title": "Knots", "abstract": "No knot is studied in this work on imaginary knots.", "year": 2011}
    knots["identifiers"] = {"doi": "10.5555/knots"}
    added = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [PAPER, knots]})
    ids = [line["paper_id"] for line in added.body["items"]]
    await until_indexed(eve, collection)
    words = "«_No_knot_is_studied_in_this_work_on_imaginary_knots_». Durand_(1998)_found_that_knots_cure_83_%_of_cases."
    body = {"paper_ids": ids, "subject": f"Knots [[say={words.replace(' ', '_')}]]"}
    text = await eve.call("POST", f"/api/collections/{collection}/papers/syntheses", body)
    assert text.status == 200, text.body
    assert "Durand" not in text.body["text"]
    assert text.body["dropped"] == 1
    [reference] = text.body["references"]
    assert (reference["number"], reference["paper"]["record"]["title"]) == (1, "Knots")
    assert text.body["text"].rstrip().endswith("[1]")


async def test_of_a_closed_base_each_paper_looked_into_is_traced(eve: Visitor, stored: Database) -> None:
    collection = await base(eve)
    added = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [PAPER]})
    [paper] = [line["paper_id"] for line in added.body["items"]]
    await until_indexed(eve, collection)
    papers = f"/api/collections/{collection}/papers"
    await eve.get(f"{papers}/{paper}/figures")
    assert await consulted(stored, collection) == [], "an ordinary base is not traced"
    assert (await eve.call("PATCH", f"/api/collections/{collection}", {"closed": True})).status == 200
    asked = (
        ("GET", f"{papers}/{paper}/figures", None),
        ("POST", f"{papers}/cells", {"paper_id": paper, "question": "Where is data scarce?"}),
        ("POST", f"{papers}/syntheses", {"paper_ids": [paper], "subject": "Fairness"}),
        ("POST", f"{papers}/explanations", {"paper_id": paper, "kind": "passage", "words": "fairness"}),
    )
    for count, (method, path, body) in enumerate(asked, 1):
        answer = await eve.call(method, path, body)
        assert answer.status == 200, answer.body
        assert [way for _, way in await consulted(stored, collection)] == ["document"] * count, path


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbf"), ("md", b"| Paper"), ("odt", b"PK")])
async def test_a_table_leaves_as_a_file(eve: Visitor, form: str, start: bytes) -> None:
    table = {"format": form, "columns": ["Paper", "Method"], "rows": [["One", "=HYPERLINK(1)|x"], ["Two"]]}
    async with eve.http.post(f"{eve.address}/api/writing/papers/table", json=table, headers=eve.headers) as answer:
        data = await answer.read()
        assert answer.status == 200, data
    assert data.startswith(start)
    if form == "csv":
        assert "'=HYPERLINK" in data.decode()
        assert [line.split(";")[-1] for line in data.decode().splitlines()] == ["ai_generated", "true", "true"]
    if form == "md":
        assert "<!-- ai_generated: " in data.decode()
    if form == "odt":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert b"ai_generated" in archive.read("meta.xml")
    if form == "md":
        assert "\\|x" in data.decode()
