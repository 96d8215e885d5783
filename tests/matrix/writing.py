"""Lines of the matrix for the writing desk, and its objects: a work of the owner's and a glossary."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.matrix.line import MINE, Line, Made, held, just, owned

if TYPE_CHECKING:
    from tests.matrix.world import World

_TEMPLATE, _DRAFT = "/api/writing/templates/{template_id}", "/api/writing/drafts/{draft_id}"
_WORK, _GLOSSARY = "/api/writing/works/{work_id}", "/api/writing/glossaries/{glossary_id}"
_INCLUSIVE = "/api/writing/inclusive/units/{unit_id}"
_SUMMARY = "/api/writing/summaries/{summary_id}"
MARK_TEXT = "Confidentiel-3f9a : une phrase de la note."
WATCHED = (
    "SELECT id, person_id, created_at FROM works",
    "SELECT id, person_id, lines FROM glossaries",
    "SELECT id, person_id, version FROM templates",
    "SELECT unit_id, rule FROM inclusive_rules",
)

_CONTENT = {
    "name": "Confidentiel-3f9a", "language": "fr", "fields": [{"name": "subject", "label": "Objet", "required": True}],
    "body": "# {{subject}}\n\n:::write 20\nRédige une phrase.\n:::",
}  # fmt: skip


def _asked(made: Made) -> dict[str, object]:
    return {"template_id": made["template_id"], "values": {"subject": MARK_TEXT}}


LINES: dict[str, Line] = {
    "GET /api/writing/languages": MINE,
    "GET /api/writing/works": MINE,
    "POST /api/writing/works": Line("mine", body=just(kind="translate", to="en", text=" "), allowed=frozenset({422})),
    f"GET {_WORK}": owned(),
    f"GET {_WORK}/segments": owned(),
    f"POST {_WORK}/{{action}}": owned(allowed=frozenset({409})),
    f"GET {_WORK}/result": owned(allowed=frozenset({409})),
    f"DELETE {_WORK}": owned(),
    f"POST {_WORK}/segments/{{number}}/alternatives": owned(body=just(place=0), allowed=frozenset({409})),
    f"PATCH {_WORK}/segments/{{number}}": owned(body=just(place=0, written="Autrement."), allowed=frozenset({409})),
    f"PATCH {_WORK}/segments/{{number}}/decisions": owned(body=just(place=0, accepted=[0]), allowed=frozenset({409})),
    f"PATCH {_WORK}/decisions": owned(body=just(decision="accepted"), allowed=frozenset({409})),
    "POST /api/writing/summaries": Line("mine", body=just(form="page", text=" "), allowed=frozenset({422})),
    "GET /api/writing/summaries/sources": MINE,
    "GET /api/writing/inclusive": MINE,
    f"GET {_INCLUSIVE}": held("units.manage"),
    f"PATCH {_INCLUSIVE}": held("units.manage", just(rule="epicene")),
    f"GET {_SUMMARY}": owned(),
    f"GET {_SUMMARY}/file": owned(allowed=frozenset({409})),
    "GET /api/writing/glossaries": MINE,
    "POST /api/writing/glossaries": Line("mine", allowed=frozenset({422})),
    f"GET {_GLOSSARY}/file": owned(),
    f"DELETE {_GLOSSARY}": owned(),
    "POST /api/writing/glossaries/blank": Line("mine", allowed=frozenset({422})),
    f"GET {_GLOSSARY}/lines": owned(),
    f"POST {_GLOSSARY}/file": owned(allowed=frozenset({422})),
    f"PATCH {_GLOSSARY}": owned(body=just(by_default=False)),
    "GET /api/writing/templates": MINE,
    "POST /api/writing/templates": Line("mine", body=just(file="+++"), allowed=frozenset({422})),
    f"GET {_TEMPLATE}": owned(),
    f"PATCH {_TEMPLATE}": owned(just(content=_CONTENT, version=1)),
    f"DELETE {_TEMPLATE}": owned(),
    f"POST {_TEMPLATE}/copies": owned(just()),
    f"GET {_TEMPLATE}/file": owned(),
    f"POST {_TEMPLATE}/style": owned(query={"name": "entete.docx"}, allowed=frozenset({422})),
    f"DELETE {_TEMPLATE}/style": owned(),
    "POST /api/writing/drafts": owned(_asked, needs=("template_id",)),
    f"GET {_DRAFT}": owned(),
    f"PATCH {_DRAFT}": owned(just(text="Confidentiel-3f9a : changé.")),
    f"GET {_DRAFT}/file": owned(),
    f"POST {_DRAFT}/publication": owned(just(form="md", label="Texte généré.")),
    "POST /api/scholarly/drafts": Line("mine", query={"name": "liste.bib"}, allowed=frozenset({422, 503})),
    "POST /api/scholarly/drafts/outline": Line("mine", query={"name": "texte.txt"}, allowed=frozenset({422, 503})),
    "POST /api/scholarly/drafts/related": Line(
        "mine", body=just(searches=["équité"], statements=["Une phrase d’un brouillon."]), allowed=frozenset({503})
    ),
    "POST /api/scholarly/drafts/report": Line(
        "mine", body=just(format="csv", language="fr", references=[{"written": "Nul, A.", "verdict": "not_found"}])
    ),
}


async def _work(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    body = {"kind": "translate", "to": "en", "text": MARK_TEXT}
    asked = await owner.call("POST", "/api/writing/works", body)
    assert asked.status == 201, asked.body
    made["work_id"], made["action"], made["number"] = asked.body["id"], "cancel", "0"
    async with asyncio.timeout(30):  # its file is watched: nothing else may make it
        while (await owner.get(f"/api/writing/works/{made['work_id']}"))["state"] not in ("done", "failed"):
            await asyncio.sleep(0.1)


async def _summary(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    asked = await owner.call("POST", "/api/writing/summaries", {"form": "page", "text": MARK_TEXT})
    assert asked.status == 201, asked.body
    made["summary_id"] = asked.body["id"]
    async with asyncio.timeout(30):  # as above
        while (await owner.get(f"/api/writing/works/{made['summary_id']}"))["state"] not in ("done", "failed"):
            await asyncio.sleep(0.1)


async def _glossary(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    address = f"{owner.address}/api/writing/glossaries?name=termes.csv&source=fr&target=en"
    async with owner.http.post(address, data=b"fr;en\nnote;memo\n", headers=owner.headers) as response:
        assert response.status == 201, await response.text()
        made["glossary_id"] = (await response.json())["id"]


async def _template(world: "World", made: Made) -> None:
    answer = await world.people["owner"].call("POST", "/api/writing/templates", {"content": _CONTENT})
    assert answer.status == 201, answer.body
    made["template_id"] = answer.body["id"]


async def _draft(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    template: Made = {}
    await _template(world, template)
    asked = await owner.call("POST", "/api/writing/drafts", _asked(template))
    assert asked.status == 201, asked.body
    made["draft_id"] = asked.body["work"]["id"]
    async with asyncio.timeout(30):
        while (await owner.get(f"/api/writing/works/{made['draft_id']}"))["state"] not in ("done", "failed"):
            await asyncio.sleep(0.1)


MAKERS: dict[str, Callable[["World", Made], Awaitable[None]]] = {
    "work_id": _work, "glossary_id": _glossary, "summary_id": _summary, "template_id": _template, "draft_id": _draft
}  # fmt: skip
