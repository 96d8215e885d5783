"""A « Diffusion Restreinte » file: refused where it has no place, read where it has one, and nothing looked for outside.

The engine, the sites and the scholarly services are of the loopback: what reached them is counted.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.documents.parsing.pdf.making import column, made
from tests.fakes.local_web import SearchServer, Server, listening
from tests.fakes.model_server import ModelServer
from tests.fakes.scholarly_server import ScholarlyServer, running_scholarly_server
from tests.journeys.files import send, until_read
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Stream, Visitor

NOTE = (
    "Le dépôt de carburant du port est gardé par quatre agents. La relève a lieu à six heures. La clôture nord est en "
    "travaux jusqu'au printemps, et le portail de service reste fermé pendant ce temps."
)
REST = "Le stock est relevé chaque lundi par le chef de poste. Les bons de livraison sont gardés deux ans au bureau."
LEVEL = "diffusion_restreinte"


@dataclass
class Outside:
    """Everything that words could leave for, and how often they did."""

    engine: SearchServer = field(default_factory=SearchServer)
    site: Server = field(default_factory=Server)
    scholarly: ScholarlyServer | None = None

    @property
    def requests(self) -> int:
        assert self.scholarly is not None
        return len(self.engine.requests) + len(self.site.requests) + len(self.scholarly.asked)


def marked_pdf() -> bytes:
    """Two pages whose header bears the marking, as those who write such notes set it."""

    def page(words: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawCentredString(297, 815, "DIFFUSION RESTREINTE")
            column(canvas, words, 60, 90, 80)

        return draw

    return made(page(NOTE), page(REST))


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[Outside]:
    found = Outside()
    async with listening(found.engine, found.site), running_scholarly_server() as scholarly:
        found.scholarly = scholarly
        found.engine.finds("carburant", found.site.page("/carburant", "<main><p>Le carburant.</p></main>"))
        yield found


@pytest.fixture(scope="module")
async def approved(scripted: ModelServer, outside: Outside) -> AsyncIterator[Service]:
    """An installation approved for Diffusion Restreinte, which could search everywhere were it not for the label."""
    assert outside.scholarly is not None
    settings = {
        "CHATELET_POLICY__HIGHEST_LEVEL": LEVEL,
        "CHATELET_WEB_SEARCH__SEARXNG_URL": outside.engine.origin,
        "CHATELET_WEB_SEARCH__INSIDE_ORIGINS": json.dumps([outside.site.origin]),
        "CHATELET_WEB_SEARCH__HIGHEST_LEVEL": "restricted",
        "CHATELET_SCHOLARLY__SOURCES": '["hal"]',
        "CHATELET_SCHOLARLY__ADDRESSES": json.dumps({"hal": outside.scholarly.base("hal")}),
        "CHATELET_SCHOLARLY__HIGHEST_LEVEL": "internal",
    }
    with installation(scripted.url, **settings) as started:
        await started.start()
        yield started


@pytest.fixture(scope="module")
async def stored(approved: Service) -> AsyncIterator[Database]:
    address = application_address(approved.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
async def officer(approved: Service, http: aiohttp.ClientSession) -> Visitor:
    """Somebody of this installation, whose administrator cleared one model for what is restricted."""
    email = f"{uuid4()}@exemple.fr"
    await approved.create_person(email, administrator=True)
    visitor = Visitor(http, approved.address)
    await visitor.sign_in(email)
    cleared = {"highest_level": LEVEL, "categories": ["personal", "health", "banking", "defence"]}
    for model in ("cleared", "vectors"):
        raised = await visitor.call("PATCH", f"/api/admin/models/{model}", cleared)
        assert raised.status == 200, raised.body
    return visitor


async def refusals(stored: Database, code: str) -> list[tuple[str, str | None]]:
    told = "SELECT object_kind, object_id FROM journal_events WHERE name = 'access.refused' AND data::jsonb ->> 'code' = :c"
    async with stored.transaction() as session:
        return [(row[0], row[1]) for row in await session.execute(text(told), {"c": code})]


def told(stream: Stream, code: str) -> list[dict[str, object]]:
    return [one["params"] for one in stream.all("notice") if one["code"] == code]


async def test_where_it_has_no_place_it_is_not_kept(ada: Visitor) -> None:
    file = await until_read(ada, await send(ada, "note.pdf", marked_pdf()))
    assert (file["state"], file["error"]) == ("failed", "level_not_allowed")
    assert (await ada.call("GET", f"/api/files/{file['id']}/original")).status == 404
    stream = await ada.ask(await ada.conversation(), "Que dit la note ? [[tokens=2]]", attachments=[file["id"]])
    assert [one["reason"] for one in told(stream, "source_unread")] == ["level_not_allowed"]


async def test_it_is_read_by_the_cleared_model_and_none_other(
    officer: Visitor, scripted: ModelServer, outside: Outside
) -> None:
    file = await until_read(officer, await send(officer, "note.pdf", marked_pdf()))
    assert (file["state"], file["level"], file["categories"]) == ("read", LEVEL, ["defence"])
    conversation = await officer.conversation()
    stream = await officer.ask(conversation, "Combien d'agents ? [[say=Quatre.]]", attachments=[file["id"]])
    assert (stream.closed["state"], stream.opened["model"]["id"]) == ("answered", "cleared")
    assert "quatre agents" in scripted.last.body["messages"][-1]["content"].replace("\n", " ")
    asked = len(scripted.asked)
    refused = await officer.ask(conversation, "Et la relève ?", model="scripted")
    assert refused.closed["error"]["code"] in {"model_not_cleared", "model_not_cleared_for_categories"}
    assert len(scripted.asked) == asked
    assert outside.requests == 0


async def test_a_conversation_that_holds_it_searches_nothing(
    officer: Visitor, outside: Outside, stored: Database
) -> None:
    file = await until_read(officer, await send(officer, "note.pdf", marked_pdf()))
    conversation = await officer.conversation()
    path = f"/api/conversations/{conversation}/turns"
    beacon = f"{outside.site.origin}/carburant"
    first = await officer.ask(
        conversation, f"Résume. [[say=![x]({beacon})_[lire]({beacon})]]", attachments=[file["id"]]
    )
    assert first.closed["state"] == "answered"
    searches: list[tuple[dict[str, Any], str]] = [
        ({"web": {"query": "carburant"}}, "web_not_cleared"),
        ({"publications": {"query": "carburant"}}, "works_not_cleared"),
    ]
    for asked, code in searches:
        refused = await officer.call("POST", path, {"text": "Et ailleurs ?", **asked})
        assert (refused.status, refused.body["code"]) == (403, code)
        assert refused.body["params"]["level"] == LEVEL, "the reason is said"
        assert ("conversation", conversation) in await refusals(stored, code), "and journalled"
    assert len((await officer.get(f"/api/conversations/{conversation}"))["turns"]) == 1
    assert outside.requests == 0


async def test_a_file_still_being_read_holds_the_searches_back_too(
    officer: Visitor, outside: Outside, stored: Database
) -> None:
    """The question leaves with its searches while the file has no label yet: the label comes first."""
    conversation = await officer.conversation()
    file = await send(officer, "note.pdf", marked_pdf())
    body = {"attachments": [file], "web": {"query": "carburant"}, "publications": {"query": "carburant"}}
    answer = await officer.call("POST", f"/api/conversations/{conversation}/turns", {"text": "Et ailleurs ?", **body})
    if answer.status == 200:  # otherwise it was read meanwhile, and refused at once
        assert b"web_not_searched" in answer.body
        assert b"works_not_searched" in answer.body
        codes = {kind for code in ("web_not_cleared", "works_not_cleared") for kind, _ in await refusals(stored, code)}
        assert "turn" in codes
    else:
        assert answer.body["code"] == "web_not_cleared"
    assert outside.requests == 0


async def test_neither_research_nor_the_desk_reaches_outside(
    officer: Visitor, outside: Outside, stored: Database
) -> None:
    for where in ("web", "scholarly"):
        body = {"question": "Où en est le carburant ?", "where": [where], "level": LEVEL}
        refused = await officer.call("POST", "/api/research", body)
        assert (refused.status, refused.body["code"]) == (403, "research_source_not_offered")
        assert refused.body["params"] == {"source": where, "level": LEVEL}
        words = {"question": f"DIFFUSION RESTREINTE\n\n{NOTE}", "where": [where]}
        assert (await officer.call("POST", "/api/research", words)).body["code"] == "research_source_not_offered"
    assert len(await refusals(stored, "research_source_not_offered")) == 4
    desk = await officer.call("POST", "/api/scholarly/search", {"words": f"DIFFUSION RESTREINTE\n{NOTE[:80]}"})
    assert (desk.status, desk.body["code"]) == (403, "scholarly_query_refused")
    assert await refusals(stored, "scholarly_query_refused") == [("route", None)]
    assert outside.requests == 0


async def test_a_research_that_read_it_adds_no_search_outside(officer: Visitor, outside: Outside) -> None:
    made_base = await officer.call("POST", "/api/collections", {"name": f"Notes {uuid4().hex[:6]}", "level": LEVEL})
    base = made_base.body["id"]
    file = await until_read(officer, await send(officer, "note.pdf", marked_pdf()))
    added = await officer.call("POST", f"/api/collections/{base}/documents", {"items": [{"file_id": file["id"]}]})
    assert added.status == 201, added.body
    async with asyncio.timeout(60):
        while (await officer.get(f"/api/collections/{base}/documents"))["items"][0]["version"]["state"] != "indexed":
            await asyncio.sleep(0.2)
    body = {"question": "Combien d'agents gardent le dépôt ?", "where": ["bases", "web"], "collections": [base]}
    asked = await officer.call("POST", "/api/research", body)
    assert (asked.status, asked.body["level"]) == (201, LEVEL), asked.body
    research = asked.body["id"]
    await _until(officer, research, "proposed")
    item = {"question": "Combien ?", "queries": [{"where": "bases", "words": "agents dépôt"}]}
    budget = {"steps": 20, "minutes": 2, "tokens": 60_000}
    confirmed = await officer.call("POST", f"/api/research/{research}/confirm", {"items": [item], "budget": budget})
    assert confirmed.status == 200, confirmed.body
    await _until(officer, research, "done", "partial")
    later = {"question": "Et ailleurs ?", "queries": [{"where": "web", "words": "carburant"}]}
    refused = await officer.call("POST", f"/api/research/{research}/searches", {"item": later, "budget": budget})
    assert (refused.status, refused.body["code"]) == (403, "research_source_not_offered")
    assert outside.requests == 0


async def _until(visitor: Visitor, research: str, *states: str) -> None:
    async with asyncio.timeout(60):
        while (found := await visitor.get(f"/api/research/{research}"))["state"] not in states:
            assert found["state"] != "failed", found
            await asyncio.sleep(0.1)
