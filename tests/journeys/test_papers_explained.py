"""A figure or a formula of a paper explained: by what the paper says of it, its page shown where a model may see it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.local_web import Server, listening
from tests.fakes.model_server import ModelServer
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.test_collections import until_indexed
from tests.journeys.test_papers import base, open_at, pdf, settled
from tests.journeys.test_pictures import asked_last, shown
from tests.journeys.test_policies import publish
from tests.journeys.visitor import Visitor
from tests.persons import create_person

FILLING = "\n".join(f"Boat number {one} was weighed with care by two persons before it left." for one in range(40))
SAYS = "The rate of loss falls from 31 percent to 12 percent with depth, as Figure 3 shows for both groups."
CAPTION = "Figure 3. Rate of loss against depth for two groups of boats."
TEXT = pdf(FILLING, f"{SAYS}\n\n{CAPTION}\n\nE = m c + k T (4)\n\nwhere m is the mass of the boat, in tonnes.", FILLING)
HELD = "The rate of loss falls from 31 percent to 12 percent with depth [2]."
ANSWER = (
    f"{HELD} Figure 9 shows that the rate of loss falls with depth. The curve of sailing boats is drawn in red ink."
)


@pytest.fixture(scope="module")
async def press() -> AsyncIterator[Server]:
    server = Server()
    async with listening(server):
        yield server


@pytest.fixture(scope="module")
async def installed(scripted: ModelServer, press: Server) -> AsyncIterator[Service]:
    inside = json.dumps([press.origin])
    more = {"CHATELET_WEB_SEARCH__INSIDE_ORIGINS": inside, "CHATELET_POLICY__PSEUDONYMS__ENABLED": "true"}
    with installation(scripted.url, **more) as started:
        await started.start()
        yield started


@pytest.fixture(scope="module")
async def stored(installed: Service) -> AsyncIterator[Database]:
    address = application_address(installed.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
async def eve(installed: Service, stored: Database, http: aiohttp.ClientSession) -> Visitor:
    email = f"{uuid4()}@exemple.fr"
    async with stored.transaction() as session:
        await create_person(session, email=email, name="Eve", password=PASSWORD, is_administrator=True)
    visitor = Visitor(http, installed.address)
    await visitor.sign_in(email)
    return visitor


@pytest.fixture(scope="module")
async def kept(eve: Visitor, press: Server) -> dict[str, str]:
    """A base with a paper that has figures, and one of which only the abstract is kept."""
    collection = await base(eve)
    work = open_at(press.page("/lake.pdf", TEXT, "application/pdf"))
    bare = {"title": "Knots", "abstract": "No knot is studied.", "identifiers": {"doi": "10.5555/knots"}}
    added = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [work, bare]})
    one, two = [line["paper_id"] for line in added.body["items"]]
    await settled(eve, collection)
    await until_indexed(eve, collection)
    return {"base": collection, "paper": one, "bare": two}


@pytest.fixture
def says(scripted: ModelServer) -> Iterator[dict[str, str]]:
    yield scripted.answers
    scripted.answers.clear()


@pytest.fixture
async def seeing(eve: Visitor) -> AsyncIterator[str]:
    model: dict[str, Any] = {"id": "seeing", "display_name": "Modèle qui voit", "backend": "scripted"}
    model |= {"upstream": "scripted", "abilities": ["chat", "vision"], "highest_level": "internal"}
    made = await eve.call("POST", "/api/admin/models", model | {"context_tokens": 32_768})
    assert made.status == 201, made.body
    yield "seeing"
    await eve.call("DELETE", "/api/admin/models/seeing")


async def explain(eve: Visitor, kept: dict[str, str], **asked: str) -> Any:
    body = {"paper_id": kept["paper"], **asked}
    return await eve.call("POST", f"/api/collections/{kept['base']}/papers/explanations", body)


async def test_what_a_paper_shows_and_names_is_listed(eve: Visitor, kept: dict[str, str]) -> None:
    listed = f"/api/collections/{kept['base']}/papers/{{}}/figures"
    figure, formula = (await eve.get(listed.format(kept["paper"])))["items"]
    assert figure == {"kind": "figure", "number": "3", "caption": CAPTION, "page": 2, "mentions": 1}
    assert (formula["kind"], formula["number"], formula["caption"]) == ("formula", "4", "E = m c + k T (4)")
    assert (await eve.get(listed.format(kept["bare"])))["items"] == []
    foreign = await eve.call("GET", listed.format(uuid4()))
    assert (foreign.status, foreign.body["code"]) == (404, "paper_not_found")


async def test_a_figure_is_explained_by_the_paper_alone(
    eve: Visitor, kept: dict[str, str], scripted: ModelServer, says: dict[str, str], stored: Database
) -> None:
    says["Explique"] = ANSWER
    told = await explain(eve, kept, kind="figure", number="3")
    assert told.status == 200, told.body
    assert told.body["about"] == {"kind": "figure", "number": "3", "caption": CAPTION, "page": 2, "mentions": 1}
    assert "31 percent" in told.body["text"]
    [held] = told.body["held"]
    assert (held["number"], held["page"]) == (1, 2)
    assert told.body["text"].rstrip().endswith("[1]")
    assert [one["reason"] for one in told.body["unheld"]] == ["number_unknown", "no_source"], told.body
    assert (told.body["seen"], told.body["unseen"]) == (False, "no_model")
    read = asked_last(scripted)
    assert isinstance(read, str)
    assert SAYS[:40] in read.replace("\n", " ")
    assert "n'est pas jointe" in read
    async with stored.transaction() as session:
        lines = (await session.scalars(text("SELECT data FROM journal_events WHERE name = 'papers.read'"))).all()
    assert ['"kind":"explanation"' in line for line in lines] == [True]


async def test_its_page_is_shown_to_a_model_that_sees_and_may(
    eve: Visitor, kept: dict[str, str], scripted: ModelServer, says: dict[str, str], seeing: str
) -> None:
    says["Explique"] = ANSWER
    told = await explain(eve, kept, kind="figure", number="3")
    assert (told.status, told.body["seen"], told.body["unseen"]) == (200, True, None), told.body
    [picture] = shown(asked_last(scripted))
    assert max(picture.size) <= 1_568
    assert [one["reason"] for one in told.body["unheld"]] == ["number_unknown", "no_source"], "seen is not verified"
    raised = await eve.call("PATCH", f"/api/collections/{kept['base']}", {"level": "restricted"})
    assert raised.status == 200, raised.body
    told = await explain(eve, kept, kind="figure", number="3")
    assert (told.status, told.body["seen"], told.body["unseen"]) == (200, False, "no_model"), told.body
    await eve.call("PATCH", f"/api/collections/{kept['base']}", {"level": "internal"})


async def test_a_formula_and_chosen_words_are_explained(
    eve: Visitor, kept: dict[str, str], says: dict[str, str]
) -> None:
    says["Explique"] = "In it, m stands for the mass of the boat, which is measured in tonnes [3]."
    for asked in ({"kind": "formula", "number": "4"}, {"kind": "passage", "words": "e = m c +  k T (4)"}):
        told = await explain(eve, kept, **asked)
        assert told.status == 200, told.body
        assert (told.body["is_said"], told.body["about"]["caption"]) == (True, "E = m c + k T (4)"), told.body
        [own] = told.body["quoted"]
        assert " ".join(own["text"].split()) == "where m is the mass of the boat, in tonnes."


async def test_what_is_not_there_is_said_before_a_model_is_asked(
    eve: Visitor, kept: dict[str, str], scripted: ModelServer
) -> None:
    before = len(scripted.asked)
    missing = await explain(eve, kept, kind="figure", number="9")
    assert (missing.status, missing.body["code"]) == (404, "paper_figure_not_found")
    unknown = await explain(eve, kept, kind="passage", words="E = m c squared")
    assert (unknown.status, unknown.body["code"]) == (404, "paper_words_not_found")
    for wrong in ({"kind": "figure"}, {"kind": "passage", "number": "3"}, {"kind": "figure", "number": "3 of them"}):
        refused = await explain(eve, kept, **wrong)
        assert refused.status == 422, refused.body
    assert len(scripted.asked) == before


async def test_nothing_held_is_nothing_said(eve: Visitor, kept: dict[str, str], says: dict[str, str]) -> None:
    says["Explique"] = "Sailing boats of the navy sank in the harbour during a storm."
    told = await explain(eve, kept, kind="figure", number="3")
    assert (told.body["is_said"], told.body["text"], told.body["held"]) == (False, "", []), told.body
    [own] = told.body["quoted"]
    assert (" ".join(own["text"].split()), own["page"]) == (SAYS, 2), "its own words, where they stand"
    assert len(told.body["unheld"]) == 1


async def test_names_of_papers_are_replaced_where_a_rule_requires_it(
    eve: Visitor, scripted: ModelServer, says: dict[str, str], stored: Database
) -> None:
    low = {"id": "low", "display_name": "Modèle du dehors", "backend": "scripted", "upstream": "scripted"}
    low |= {"highest_level": "internal", "categories": ["personal"]}
    assert (await eve.call("POST", "/api/admin/models", low)).status == 201
    words = "measured by Mrs Solène Kerbrat, 06 12 34 56 78"
    work = {"title": "Lakes", "abstract": f"The depth of each lake was {words}, in spring."}
    collection = await base(eve)
    added = await eve.call("POST", f"/api/collections/{collection}/papers", {"records": [work]})
    await until_indexed(eve, collection)
    await publish(eve, {"*": {"names": "required", "models_only": ["low"]}})
    try:
        async with asyncio.timeout(10):
            while "scripted" not in (await eve.get("/api/policies/current"))["refused_models"]:
                await asyncio.sleep(0.05)
        says["Lakes"] = "The depth of each lake was measured by Mrs Solène Kerbrat [1]."
        asked = {"paper_id": added.body["items"][0]["paper_id"], "question": "Who measured the depth of each lake?"}
        told = await eve.call("POST", f"/api/collections/{collection}/papers/cells", asked)
    finally:
        await publish(eve, {"*": {}})
    assert told.status == 200, told.body
    read = asked_last(scripted)
    assert "depth of each lake" in str(read)
    assert not [one for one in ("Solène", "Kerbrat", "06 12 34") if one in str(read)]
    async with stored.transaction() as session:
        line = await session.scalar(text("SELECT data FROM journal_events WHERE name = 'papers.pseudonymised'"))
    assert line is not None
    assert '"replaced":' in line
