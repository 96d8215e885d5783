"""A draft sent to the desk, over the wire: read in the closed reader, looked for, compared, written as a file."""

import csv
import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi import FastAPI

from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.identity import api as identity_api
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.http import Edge, install_error_handlers
from chatelet.kernel.storage import Storage
from chatelet.settings import Settings
from chatelet.writing.manuscripts import api
from tests.architecture.asgi import call as call_app
from tests.connectors.scholarly.conftest import NewDesk, client, new_desk, server
from tests.fakes.scholarly_server import ScholarlyServer
from tests.persons import create_person
from tests.writing.manuscripts.drafts import as_docx, as_pdf
from tests.writing.manuscripts.test_project import zipped

__all__ = ["client", "new_desk", "server"]
PASSWORD = "Les comètes reviennent en 1759"
BODY = (
    "Les réseaux sont équitables à la marge (Lefèvre et al., 2021). Un effet discret est connu (Nobody, 2018).",
    "Un autre l'est moins (Absent, 2011).",
)
LIST = (
    "Lefèvre, Z., Ben-Salah, K., & Søndergaard, A. (2021). Fairness of Neural Networks at the Margin. Journal.",
    "Nobody, R. Q. (2018). A quiet effect of Silene imaginaria on sleep & memory. Annals of Nothing.",
    "Invented, P. (2020). A loud effect of imaginary plants on memory and sleep. Journal of Ghosts.",
)
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
    settings = Settings(data_dir=tmp_path)
    made.state.database, made.state.settings = database, settings
    made.state.scholarly = new_desk()
    made.state.documents = DocumentServices(
        database=database,
        keyring=Keyring(b"k" * 32),
        storage=Storage(settings.storage, tmp_path),
        settings=settings,
        reader=SandboxedReader(settings.documents, settings.policy.detectors),
    )
    return made


@pytest.fixture
async def call(app: FastAPI) -> Call:
    email = f"{uuid4()}@exemple.fr"
    async with app.state.database.transaction() as session:
        await create_person(session, email=email, name="Émilie", password=PASSWORD, is_administrator=False)
    edge = Edge(app, body_limits={api.PATH: api.LARGEST})
    answer = await call_app(edge, "POST", "/api/sessions", body={"email": email, "password": PASSWORD})
    cookie = answer.headers["set-cookie"].partition(";")[0]

    async def ask(path: str, body: Any) -> Told:
        answer = await call_app(edge, "POST", path, body=body, cookie=cookie)
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return Told(answer.status, answer.headers, json.loads(answer.body) if is_json else answer.body)

    return ask


async def _check(call: Call, data: bytes, name: str) -> Told:
    return await call(f"{api.PATH}?name={quote(name)}", data)


@pytest.mark.parametrize("name", ["brouillon é.docx", "draft.pdf", "draft.txt"])
async def test_a_draft_is_checked_and_corrected(call: Call, server: ScholarlyServer, name: str) -> None:
    data = as_docx(BODY, LIST) if name.endswith("docx") else as_pdf(BODY, LIST, indent=20)
    data = "\n\n".join([*BODY, "Références", *LIST]).encode() if name.endswith("txt") else data
    answer = await _check(call, data, name)
    assert answer.status == 200, answer.body
    report = answer.body
    assert [one["verdict"] for one in report["references"]] == ["wrong_year", "retracted", "not_found"]
    assert "(2023). Fairness of Neural" in report["references"][0]["proposal"]
    assert [one["calls"] for one in report["references"]] == [1, 1, 0]
    assert report["uncalled"] == [2]
    assert report["absent"] == [{"written": "(Absent, 2011)", "near": None}]
    assert report["has_heading"] is True
    assert not any("marge%20(Lef" in target for _name, target, _headers in server.asked), "the body never leaves"


LATEX = r"""\documentclass{article}\begin{document}
Un effet discret \cite{quiet}, un autre \citep[p.~3]{margin,ghost}.
\end{document}
@article{margin, title={Fairness of Neural Networks at the Margin}, author={Lefèvre, Zoé}, year={2023}}
@article{quiet, title={A quiet effect of Silene imaginaria on sleep & memory}, author={Nobody, R. Q.}, year={2018}}
@article{lonely, title={A loud effect of imaginary plants on sleep}, author={Invented, Paul}, year={2020}}
"""


async def test_latex_with_its_bibliography(call: Call) -> None:
    answer = await _check(call, LATEX.encode(), "article.tex")
    assert answer.status == 200, answer.body
    told = {one["key"]: (one["verdict"], one["calls"]) for one in answer.body["references"]}
    assert told == {"margin": ("found", 1), "quiet": ("retracted", 1), "lonely": ("not_found", 0)}
    assert [one["written"] for one in answer.body["absent"]] == ["[margin,ghost]"]
    assert answer.body["uncalled"] == [2]


async def test_a_project_in_a_zip_is_read_and_a_bomb_is_refused(call: Call) -> None:
    text, _apart, listed = LATEX.partition("@article")
    answer = await _check(call, zipped({"main.tex": text, "b/works.bib": f"@article{listed}"}), "article.zip")
    assert answer.status == 200, answer.body
    told = {one["key"]: (one["verdict"], one["calls"]) for one in answer.body["references"]}
    assert told == {"margin": ("found", 1), "quiet": ("retracted", 1), "lonely": ("not_found", 0)}
    bomb = await _check(call, zipped({"main.tex": b" " * (11 * 1024**2)}), "article.zip")
    assert (bomb.status, bomb.body["code"]) == (422, "file_unreadable")


async def test_calls_above_the_line_of_a_page(call: Call) -> None:
    body = ("Les réseaux sont équitables à la marge.<super>1</super> Un effet discret est connu<super>2</super>.",)
    answer = await _check(call, as_pdf(body, [f"{n}. {one}" for n, one in enumerate(LIST, 1)], marked=True), "a.pdf")
    assert answer.status == 200, answer.body
    assert [one["calls"] for one in answer.body["references"]] == [1, 1, 0]
    assert answer.body["uncalled"] == [2]


async def test_a_report_is_written_as_a_file(call: Call) -> None:
    report = (await _check(call, as_docx(BODY, LIST), "draft.docx")).body
    kept = ("written", "key", "label", "verdict", "flaws", "proposal", "work")
    references = [{name: one[name] for name in kept} for one in report["references"]]
    for one in references:
        if one["work"]:
            one["work"] = {name: one["work"][name] for name in one["work"] if name not in ("missing", "is_retracted")}
    sent = {
        "language": "fr", "references": references, "absent": report["absent"], "uncalled": report["uncalled"],
        "claims": report["claims"],
    }  # fmt: skip
    files = {form: await call(f"{api.PATH}/report", {**sent, "format": form}) for form in ("odt", "csv", "bibtex")}
    assert {one.status for one in files.values()} == {200}, files
    with zipfile.ZipFile(io.BytesIO(files["odt"].body)) as package:
        content = package.read("content.xml").decode()
    assert "Introuvable" in content
    assert "(Absent, 2011)" in content
    rows = list(csv.reader(io.StringIO(files["csv"].body.decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ["Année fausse", "Rétractée", "Introuvable"]
    written = files["bibtex"].body.decode()
    assert written.count("@article{") == 1, "neither what was not found nor what was retracted goes on"
    assert "year = {2023}" in written
    assert "% Introuvable" in written


async def test_what_cannot_be_read_is_coded(call: Call, app: FastAPI, new_desk: NewDesk) -> None:
    assert (await _check(call, b"%PDF-1.7 broken", "a.pdf")).body["code"] == "file_unreadable"
    assert (await _check(call, as_docx(BODY, (), "Conclusion"), "a.docx")).body["code"] == "references_not_understood"
    assert (await _check(call, b"", "a.docx")).status == 422
    marked = "TRÈS SECRET\n\nRéférences\n\n" + "\n\n".join(LIST)
    assert (await _check(call, as_docx((marked,), LIST), "a.docx")).status == 403
    app.state.scholarly = new_desk("hal", sources=(), addresses={})
    assert (await _check(call, as_docx(BODY, LIST), "a.docx")).body["code"] == "scholarly_closed"


async def test_nobody_else_asks(app: FastAPI) -> None:
    assert (await call_app(Edge(app), "POST", f"{api.PATH}?name=a.txt", body=b"x")).status == 401
