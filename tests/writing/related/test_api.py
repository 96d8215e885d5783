"""Related work over the wire: only confirmed searches leave, and only works that a source gave come back."""

from urllib.parse import quote, unquote

import pytest
from fastapi import FastAPI

from chatelet.kernel.http import Edge
from chatelet.writing.manuscripts.api import PATH
from chatelet.writing.related import api
from tests.architecture.asgi import call as call_app
from tests.connectors.scholarly.conftest import NewDesk, client, new_desk, server
from tests.fakes.scholarly_server import ScholarlyServer
from tests.writing.manuscripts.drafts import as_docx, as_odt, as_pdf
from tests.writing.manuscripts.test_api import BODY, LATEX, LIST, Call, app, call

__all__ = ["app", "call", "client", "new_desk", "server"]
STATEMENT = "Neural networks are fair at the margin when they are pruned with care."


@pytest.fixture(autouse=True)
def routes(app: FastAPI) -> None:
    app.include_router(api.router)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", as_docx((STATEMENT, *BODY), LIST)),
        ("a.odt", as_odt((STATEMENT, *BODY), LIST)),
        ("a.pdf", as_pdf((STATEMENT, *BODY), LIST, indent=20)),
        ("a.tex", LATEX.replace("Un effet", f"{STATEMENT} Un effet").encode()),
        ("a.txt", f"{STATEMENT} {BODY[0]}".encode()),
    ],
)
async def test_a_draft_is_outlined_and_nothing_leaves(
    call: Call, server: ScholarlyServer, name: str, data: bytes
) -> None:
    answer = await call(f"{PATH}/outline?name={quote(name)}", data)
    assert answer.status == 200, answer.body
    assert any("fair at the margin" in one for one in answer.body["statements"])
    assert answer.body["searches"]
    assert len(answer.body["cited"]) == (0 if name.endswith("txt") else 3)
    assert server.asked == []


async def test_works_that_exist_come_back_with_why_and_those_cited_are_told(
    call: Call, server: ScholarlyServer
) -> None:
    outline = (await call(f"{PATH}/outline?name=a.docx", as_docx((STATEMENT, *BODY), LIST))).body
    body = {"searches": ["fairness neural networks margin"], **{n: outline[n] for n in ("statements", "cited")}}
    answer = await call(f"{PATH}/related", body)
    assert answer.status == 200, answer.body
    known = {one["work"]["identifiers"]["doi"]: one for one in answer.body["proposals"]}
    margin = known["10.5555/margin.2023.17"]
    assert margin["cited"] == 0, "the draft has it, with a wrong year"
    assert "fair" in outline["statements"][margin["statement"]]
    assert margin["shared"]
    assert not margin["extract"] or margin["extract"] in margin["work"]["abstract"]
    assert all(one["work"]["link"] or any(one["work"]["identifiers"].values()) for one in answer.body["proposals"])
    left = " ".join(unquote(target) for _name, target, _headers in server.asked)
    assert "pruned" not in left, "the draft's own sentences never leave"


async def test_a_search_whose_words_may_not_leave_is_refused_alone(call: Call, server: ScholarlyServer) -> None:
    told = {"searches": ["TRÈS SECRET DÉFENSE 1 85 05 78 006 084 36", "neural margin"], "statements": [STATEMENT]}
    answer = await call(f"{PATH}/related", told)
    assert [one["state"] for one in answer.body.get("searches", [])] == ["refused", "asked"], answer.body
    assert not any("SECRET" in unquote(target) for _name, target, _headers in server.asked)


async def test_what_cannot_be_outlined_is_coded(call: Call, app: FastAPI, new_desk: NewDesk) -> None:
    assert (await call(f"{PATH}/outline?name=a.txt", b"Oui.")).body["code"] == "draft_says_nothing"
    assert (await call(f"{PATH}/related", {"searches": [], "statements": ["a"]})).status == 422
    app.state.scholarly = new_desk("hal", sources=(), addresses={})
    assert (await call(f"{PATH}/outline?name=a.txt", b"Oui.")).body["code"] == "scholarly_closed"
    assert (await call_app(Edge(app), "POST", f"{PATH}/outline?name=a.txt", body=b"x")).status == 401
