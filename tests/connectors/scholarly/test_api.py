"""The routes of the desk, over the application's own edge: who may, what comes back, what never leaves."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from fastapi import FastAPI

from chatelet.connectors.scholarly import api
from chatelet.identity import api as identity_api
from chatelet.kernel.database import Database
from chatelet.kernel.http import Edge, install_error_handlers
from chatelet.settings import Settings
from tests.architecture.asgi import call as call_app
from tests.connectors.scholarly.conftest import NewDesk
from tests.fakes.scholarly_server import ScholarlyServer, Script
from tests.persons import create_person

PASSWORD = "Les comètes reviennent en 1759"
Call = Callable[..., Awaitable["Told"]]


class Told(NamedTuple):
    status: int
    headers: dict[str, str]
    body: Any


@pytest.fixture
async def app(database: Database, tmp_path: Path, new_desk: NewDesk) -> FastAPI:
    made = FastAPI(openapi_url=None)
    for module in (identity_api, api):
        made.include_router(module.router)
    install_error_handlers(made)
    made.state.database, made.state.settings = database, Settings(data_dir=tmp_path)
    made.state.scholarly = new_desk()
    return made


@pytest.fixture
async def call(app: FastAPI) -> Call:
    email = f"{uuid4()}@exemple.fr"
    async with app.state.database.transaction() as session:
        await create_person(session, email=email, name="Émilie", password=PASSWORD, is_administrator=False)
    edge = Edge(app)
    answer = await call_app(edge, "POST", "/api/sessions", body={"email": email, "password": PASSWORD})
    cookie = answer.headers["set-cookie"].partition(";")[0]

    async def ask(method: str, path: str, body: Any = None) -> Told:
        answer = await call_app(edge, method, path, body=body, cookie=cookie)
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return Told(answer.status, answer.headers, json.loads(answer.body) if is_json else answer.body.decode())

    return ask


async def test_a_search_tells_works_states_and_what_is_missing(call: Call, server: ScholarlyServer) -> None:
    server.scripts = {"doaj": Script(dead=True)}
    desk = await call("GET", "/api/scholarly")
    assert (desk.body["open"], desk.body["highest_level"]) == (True, "public")
    answer = await call("POST", "/api/scholarly/search", {"words": "équité à la marge", "sort": "citations"})
    assert answer.status == 200, answer.body
    best, *others = answer.body["records"]
    assert best["identifiers"]["doi"] == "10.5555/margin.2023.17"
    assert {one["source"]: one["state"] for one in answer.body["sources"]}["doaj"] == "dead"
    quiet = next(one for one in others if one["identifiers"]["doi"] == "10.5555/quiet.2018.4")
    assert quiet["is_retracted"]
    note = next(one for one in others if one["title"] == "An undated note on nothing in particular")
    assert {"authors", "year", "doi"} <= set(note["missing"])


async def test_what_was_found_is_exported_and_read_back(call: Call) -> None:
    found = await call("POST", "/api/scholarly/resolve", {"identifier": "https://doi.org/10.5555/margin.2023.17"})
    records = [{k: v for k, v in one.items() if k not in {"missing", "is_retracted"}} for one in found.body["records"]]
    assert len(records) == 1
    for form, mark in (
        ("bibtex", "@article{lefevre2023fairness,"),
        ("ris", "TY  - JOUR"),
        ("csl", '"article-journal"'),
    ):
        file = await call("POST", "/api/scholarly/export", {"format": form, "records": records})
        text: str = file.body
        assert file.status == 200
        assert mark in text
        assert "attachment" in file.headers["content-disposition"]
        if form != "csl":
            back = await call("POST", "/api/scholarly/import", {"text": text})
            assert [one["identifiers"]["doi"] for one in back.body["records"]] == ["10.5555/margin.2023.17"]


async def test_references_of_a_draft_are_checked_over_the_wire(call: Call, server: ScholarlyServer) -> None:
    known = {"10.5555%2Fmargin.2023.17", "10.5555%2Fquiet.2018.4"}
    draft = (
        "References\n"
        "[1] Z. Lefèvre, K. Ben-Salah, A. Søndergaard, “Fairness of Neural Networks at the Margin,” 2023.\n"
        "[2] R. Q. Nobody, “A quiet effect of Silene imaginaria on sleep & memory,” Annals of Nothing, 2018.\n"
        "[3] P. Invented, “A loud effect of imaginary plants on memory and sleep,” Journal of Ghosts, 2020.\n"
    )
    answer = await call("POST", "/api/scholarly/references", {"text": draft})
    assert answer.status == 200, answer.body
    assert [one["verdict"] for one in answer.body["references"]] == ["found", "retracted", "not_found"]
    assert not any(one in target for one in known for _name, target, _headers in server.asked)


async def test_what_may_not_leave_does_not(call: Call, server: ScholarlyServer) -> None:
    answer = await call("POST", "/api/scholarly/search", {"words": "NIR 1 85 05 78 006 084 91"})
    assert (answer.status, answer.body["code"]) == (403, "scholarly_query_refused")
    assert server.asked == []


async def test_authors_are_named_to_be_found_and_nobody_else_is(call: Call, server: ScholarlyServer) -> None:
    draft = (
        "Références\n\n"
        "LEFÈVRE Zoé et SØNDERGAARD Astrid, « Fairness of Neural Networks at the Margin », Revue, 2023.\n\n"
        "Dossier de monsieur Martin Durand, NIR 1 85 05 78 006 084 91, courrier du 3 mars 2021.\n"
    )
    answer = await call("POST", "/api/scholarly/references", {"text": draft})
    assert [one["verdict"] for one in answer.body["references"]] == ["found", "unchecked"]
    assert not any("Durand" in target for _name, target, _headers in server.asked)


async def test_wrong_questions_are_coded(call: Call, app: FastAPI, new_desk: NewDesk) -> None:
    for path, body, code in (
        ("resolve", {"identifier": "bonjour"}, "identifier_not_understood"),
        ("references", {"text": "Bonjour."}, "references_not_understood"),
        ("import", {"text": "Bonjour."}, "references_not_understood"),
        ("search", {"words": "a"}, "invalid_request"),
    ):
        answer = await call("POST", f"/api/scholarly/{path}", body)
        assert (answer.status, answer.body["code"]) == (422, code)
    app.state.scholarly = new_desk("hal", sources=(), addresses={})
    closed = await call("POST", "/api/scholarly/search", {"words": "marge"})
    assert (closed.status, closed.body["code"]) == (503, "scholarly_closed")
    assert (await call("GET", "/api/scholarly")).body["open"] is False


async def test_nobody_else_asks(app: FastAPI) -> None:
    answer = await call_app(Edge(app), "POST", "/api/scholarly/search", body={"words": "marge"})
    assert answer.status == 401
