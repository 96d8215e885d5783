"""Publications asked for with a question: exactly what was confirmed leaves, records are cited as they were told.

Services of the loopback stand for HAL and arXiv: they answer the project's own recordings.
"""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import aiohttp
import msgspec
import pytest
from sqlalchemy import text

from chatelet.connectors.scholarly.mirror import service as mirror
from chatelet.connectors.scholarly.record import Author, Identifiers, Notice, Record
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.model_server import ModelServer
from tests.fakes.scholarly_server import ScholarlyServer, Script, running_scholarly_server
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.visitor import Stream, Visitor
from tests.persons import create_person

TRUE = "Le_résumé_dit_«_We_measure_fairness_where_data_is_scarce_»_[1]."
INVENTED = "Selon_Durand_et_Petit_(Journal_of_Nothing,_1998),_l'équité_croît_de_83_%_[7]."
ASKED = "Que sait-on de l'équité des réseaux de neurones ?"


@pytest.fixture(scope="module")
async def services() -> AsyncIterator[ScholarlyServer]:
    async with running_scholarly_server() as started:
        yield started


@pytest.fixture(scope="module")
async def installed(scripted: ModelServer, services: ScholarlyServer) -> AsyncIterator[Service]:
    settings = {
        "CHATELET_SCHOLARLY__SOURCES": '["hal", "arxiv", "mirror"]',
        "CHATELET_SCHOLARLY__ADDRESSES": msgspec.json.encode(
            {name: services.base(name) for name in ("hal", "arxiv")}  # type: ignore[arg-type]
        ).decode(),
        "CHATELET_SCHOLARLY__HIGHEST_LEVEL": "internal",
        "CHATELET_SCHOLARLY__SECONDS": "4",
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
async def library(services: ScholarlyServer) -> ScholarlyServer:
    services.asked.clear()
    services.scripts.clear()
    return services


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


def told(stream: Stream, code: str) -> list[dict[str, object]]:
    return [one["params"] for one in stream.all("notice") if one["code"] == code]


async def test_hal_and_arxiv_answer_a_question_in_french_with_verified_citations(
    eve: Visitor, library: ScholarlyServer, stored: Database, scripted: ModelServer
) -> None:
    conversation = await eve.conversation()
    asked = {"query": "équité réseaux de neurones"}
    stream = await eve.ask(conversation, f"{ASKED} [[say={TRUE}]]", publications=asked)
    assert stream.closed["state"] == "answered", stream.closed
    assert library.counts == {"hal": 1, "arxiv": 1}
    assert all("quit" in target and "Que" not in target for _name, target, _headers in library.asked)
    assert stream.all("status")[0]["step"] == "searching_works"
    [citation] = stream.all("citations")[-1]["items"]
    assert (citation["verified"], citation["number"], citation["file_id"]) == (True, 1, None)
    pages = (await eve.get(f"/api/conversations/{conversation}/web-pages"))["items"]
    [page] = [one for one in pages if one["id"] == citation["snapshot_id"]]
    work = page["work"]
    assert work["title"] == "Fairness of Neural Networks at the Margin"
    assert work["sources"] == ["hal", "arxiv"]
    assert work["identifiers"]["doi"] == "10.5555/margin.2023.17"
    assert page["address"] == "https://doi.org/10.5555/margin.2023.17"
    assert (work["access"]["licence"], work["kind"], work["is_retracted"]) == ("cc-by", "article", False)
    opened = await eve.get(f"/api/conversations/{conversation}/web-pages/{page['id']}")
    assert "scarce" in opened["text"][citation["source_start"] : citation["source_end"]]
    read = scripted.last.body["messages"][-1]["content"]
    assert 'publication="Fairness of Neural Networks at the Margin"' in read
    assert 'status="published" year="2023"' in read
    kept = await eve.get(f"/api/conversations/{conversation}")
    assert kept["messages"][0]["publications"] == asked
    async with stored.transaction() as session:
        found = await session.execute(text("SELECT data::text FROM journal_events WHERE name LIKE 'works.%'"))
        lines = [row[0] for row in found]
    assert len(lines) == 2
    assert not [line for line in lines if "neurones" in line]


async def test_a_withdrawn_work_is_flagged_and_one_without_an_abstract_is_never_a_source(
    eve: Visitor, library: ScholarlyServer
) -> None:
    conversation = await eve.conversation()
    stream = await eve.ask(conversation, f"{ASKED} [[say=Voir_[2].]]", publications={"query": "boules"})
    [counts] = told(stream, "works_searched")
    read = told(stream, "work_read")
    assert counts["given"] == len(read) < counts["works"]
    assert counts["unabstracted"] == counts["works"] - counts["given"]
    assert [one.get("retracted") for one in read].count(1) == 1
    pages = (await eve.get(f"/api/conversations/{conversation}/web-pages"))["items"]
    assert {one["id"] for one in pages} == {one["snapshot"] for one in read}
    assert [one["work"]["title"] for one in pages if one["work"]["is_retracted"]] == ["On $\\ell_1$ balls that roll"]
    assert all(one["work"]["abstract"] for one in pages)


async def test_an_invented_reference_is_no_source(eve: Visitor, library: ScholarlyServer) -> None:
    stream = await eve.ask(await eve.conversation(), f"{ASKED} [[say={INVENTED}]]", publications={"query": "équité"})
    [citation] = stream.all("citations")[-1]["items"]
    assert (citation["verified"], citation["reason"], citation["snapshot_id"]) == (False, "passage_unknown", None)


async def test_nothing_leaves_unless_it_was_confirmed_with_this_question(
    eve: Visitor, library: ScholarlyServer
) -> None:
    conversation = await eve.conversation()
    await eve.ask(conversation, f"{ASKED} [[say=Non.]]")
    assert library.asked == []
    for wrong in ({"query": "x"}, {"query": "a\nb"}, {"query": "a" * 401}, {"query": "ok", "more": 1}):
        body = {"text": "Bonjour", "publications": wrong}
        refused = await eve.call("POST", f"/api/conversations/{conversation}/turns", body)
        assert (refused.status, refused.body["code"]) == (422, "invalid_request"), wrong
    body = {"text": "Bonjour", "publications": {"query": "NIR 1 85 05 78 006 084 91"}}
    refused = await eve.call("POST", f"/api/conversations/{conversation}/turns", body)
    assert (refused.status, refused.body["code"]) == (422, "works_query_refused")
    assert library.asked == []


async def test_above_the_level_the_copy_kept_here_is_searched_and_nothing_leaves(
    eve: Visitor, library: ScholarlyServer, stored: Database
) -> None:
    work = Record(
        sources=("hal",),
        title="Fonte des glaciers imaginaires",
        authors=(Author("Zoé Lefèvre"),),
        year=2020,
        abstract="Les glaciers imaginaires ont perdu douze mètres d'épaisseur depuis 1990.",
        identifiers=Identifiers(hal="hal-99000042"),
        notices=(Notice("retraction", "crossref"),),
    )
    async with stored.transaction() as session:
        await mirror.keep(session, [work], "test", clock.now())
    conversation = await eve.conversation(level="restricted")
    said = "Les_glaciers_imaginaires_ont_perdu_douze_mètres_d'épaisseur_depuis_1990_[1]."
    stream = await eve.ask(conversation, f"Et les glaciers ? [[say={said}]]", publications={"query": "glaciers"})
    assert library.asked == []
    [citation] = stream.all("citations")[-1]["items"]
    assert citation["verified"]
    [page] = (await eve.get(f"/api/conversations/{conversation}/web-pages"))["items"]
    assert page["work"]["is_retracted"]
    assert {(one["source"], one["reason"]) for one in told(stream, "works_source_down")} == {
        ("hal", "refused"),
        ("arxiv", "refused"),
    }


async def test_dead_and_slow_sources_cost_the_deadline_and_no_more(eve: Visitor, library: ScholarlyServer) -> None:
    library.scripts["hal"] = Script(dead=True)
    stream = await eve.ask(await eve.conversation(), f"{ASKED} [[say={TRUE}]]", publications={"query": "équité"})
    assert told(stream, "works_source_down") == [{"source": "hal", "reason": "dead"}]
    assert stream.all("citations")[-1]["items"][0]["verified"]
    library.scripts["arxiv"] = Script(delay=9)
    stream = await eve.ask(await eve.conversation(), f"{ASKED} [[say=Rien.]]", publications={"query": "marge"})
    assert {one["reason"] for one in told(stream, "works_source_down")} == {"dead", "late"}, "and no work is invented"
    assert stream.closed["state"] == "answered"


async def test_records_are_their_owners(eve: Visitor, library: ScholarlyServer, new_person: NewVisitor) -> None:
    conversation = await eve.conversation()
    await eve.ask(conversation, f"{ASKED} [[say={TRUE}]]", publications={"query": "équité"})
    [page, *_] = (await eve.get(f"/api/conversations/{conversation}/web-pages"))["items"]
    assert UUID(page["id"])
    mallory = await new_person()
    refused = await mallory.call("GET", f"/api/conversations/{conversation}/web-pages/{page['id']}")
    assert (refused.status, refused.body["code"]) == (404, "conversation_not_found")
