"""Glossaries of persons and of units: begun, edited, brought, used by default, enforced; who may change them."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor
from tests.writing.test_works import ask, person, until
from tests.writing.translator import Translator, running

TBX = b"""<?xml version="1.0"?><martif type="TBX"><text><body><termEntry>
<langSet xml:lang="fr"><tig><term>rectorat</term></tig></langSet>
<langSet xml:lang="en"><tig><term>regional education authority</term></tig>
<tig><term>rector's office</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""
TMX = (
    b"<tmx version='1.4'><header/><body><tu><tuv xml:lang='fr'><seg>Le rectorat ferme.</seg></tuv>"
    b"<tuv xml:lang='en'><seg>The authority closes.</seg></tuv></tu></body></tmx>"
)
GLOSSARIES = "/api/writing/glossaries"


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[Translator]:
    async with running() as server:
        yield server


@pytest.fixture(scope="module")
async def service(shared: Translator) -> AsyncIterator[Service]:
    with installation(shared.url) as started:
        await started.start()
        yield started


@pytest.fixture
async def model(shared: Translator) -> AsyncIterator[Translator]:
    yield shared
    shared.faults, shared.says, shared.exchanges = {}, {}, []


@pytest.fixture(scope="module")
async def ada(service: Service, http: aiohttp.ClientSession) -> Visitor:
    return await person(service, http, "ada@exemple.fr")


@pytest.fixture(scope="module")
async def boss(service: Service, http: aiohttp.ClientSession) -> Visitor:
    await service.create_person("boss@exemple.fr", administrator=True)
    visitor = Visitor(http, service.address)
    await visitor.sign_in("boss@exemple.fr")
    return visitor


async def done(visitor: Visitor, method: str, path: str, body: Any = None) -> Any:
    answer = await visitor.call(method, path, body)
    assert answer.status < 300, answer.body
    return answer.body


async def bring(visitor: Visitor, path: str, data: bytes) -> tuple[int, dict[str, Any]]:
    async with visitor.http.post(f"{visitor.address}{path}", data=data, headers=visitor.headers) as response:
        return response.status, await response.json()


async def belong(boss: Visitor, visitor: Visitor, unit: str) -> None:
    me = (await visitor.get("/api/sessions/current"))["person"]["id"]
    await done(boss, "POST", f"/api/admin/persons/{me}/units", {"unit_id": unit})


async def test_a_glossary_is_begun_edited_and_brought_into(ada: Visitor) -> None:
    made = await done(ada, "POST", f"{GLOSSARIES}/blank", {"name": "Termes", "source": "fr", "target": "en"})
    assert (made["lines"], made["may_edit"], made["by_default"], made["unit_id"]) == (0, True, False, None)
    path = f"{GLOSSARIES}/{made['id']}"
    line = {
        "source": "note",
        "target": "memo",
        "forbidden": ["memorandum"],
        "note": "circulaire 12",
        "exact_case": False,
    }
    changed = await done(ada, "PATCH", path, {"added": [line], "name": "Nos termes", "by_default": True})
    assert (changed["lines"], changed["name"], changed["by_default"]) == (1, "Nos termes", True)
    assert (await bring(ada, f"{path}/file", TBX))[1]["lines"] == 2
    found = await ada.get(f"{path}/lines")
    assert [(one["source"], one["forbidden"]) for one in found["items"]] == [
        ("note", ["memorandum"]),
        ("rectorat", ["rector's office"]),
    ]
    assert (await ada.get(f"{path}/lines?words=RECT"))["total"] == 1
    new = {**line, "target": "brief", "forbidden": []}
    edited = {"removed": [{"source": "note", "target": "memo"}], "added": [new]}
    assert (await done(ada, "PATCH", path, edited))["lines"] == 2
    assert (await ada.get(f"{path}/lines?words=note"))["items"] == [new]
    async with ada.http.get(f"{ada.address}{path}/file", headers=ada.headers) as response:
        assert '"note";"brief";"";"";"circulaire 12"' in await response.text()
    assert (await ada.call("PATCH", path, {"added": [{**line, "forbidden": ["a|b"]}]})).status == 422
    assert (await bring(ada, f"{path}/file", b"<tbx"))[0] == 422
    assert (await ada.call("DELETE", path)).status == 204


async def test_a_memory_goes_in_and_out(ada: Visitor) -> None:
    status, made = await bring(ada, f"{GLOSSARIES}?name=m.tmx&kind=memory&source=fr&target=en", TMX)
    assert (status, made["kind"], made["lines"]) == (201, "memory", 1)
    path = f"{GLOSSARIES}/{made['id']}"
    added = {"added": [{"source": "Bonjour à tous.", "target": "Hello everyone."}]}
    assert (await done(ada, "PATCH", path, added))["lines"] == 2
    async with ada.http.get(f"{ada.address}{path}/file", headers=ada.headers) as response:
        taken = await response.read()
    assert (await bring(ada, f"{GLOSSARIES}?name=b.tmx&kind=memory&source=fr&target=en", taken))[1]["lines"] == 2
    for one in (await ada.get(GLOSSARIES))["items"]:
        assert (await ada.call("DELETE", f"{GLOSSARIES}/{one['id']}")).status == 204


async def test_a_units_glossary_is_used_by_default_and_enforced(
    service: Service, http: aiohttp.ClientSession, ada: Visitor, boss: Visitor, model: Translator
) -> None:
    """The model ignores it: a forbidden word is mended by code, what cannot be is asked again, then marked."""
    unit = (await done(boss, "POST", "/api/admin/units", {"code": "DSI", "name": "Numérique"}))["id"]
    await belong(boss, ada, unit)
    address = f"{GLOSSARIES}?name=unite.tbx&source=fr&target=en&unit_id={unit}"
    assert (await bring(ada, address, TBX))[0] == 403, "whoever belongs there does not curate"
    await belong(boss, boss, unit)
    status, made = await bring(boss, address, TBX)
    assert (status, made["unit_name"], made["may_edit"]) == (201, "Numérique", True)
    path = f"{GLOSSARIES}/{made['id']}"
    await done(boss, "PATCH", path, {"by_default": True, "added": [{"source": "agent", "target": "staff member"}]})
    [seen] = (await ada.get(GLOSSARIES))["items"]
    assert (seen["may_edit"], seen["by_default"], seen["is_mine"]) == (False, True, False)
    for method, body in (("PATCH", {"by_default": False}), ("DELETE", None)):
        assert (await ada.call(method, path, body)).status == 403
    model.says["rectorat"] = "The rector's office has answered the request of the services."
    model.says["agent"] = "The civil servant has signed the request of the services."
    text = "Le rectorat a répondu à la demande des services.\n\nL’agent a signé la demande des services.\n"
    work = await until(ada, (await ask(ada, text=text))["id"], "done")
    assert "regional education authority" in work["text"]
    assert (work["report"]["terms_applied"], work["report"]["terms_missed"]) == ({"rectorat": 1}, {"agent": 1})
    assert work["report"]["reasons"] == {"term_missed": 1}
    assert "agent → staff member" in model.asked("L’agent")[0]
    assert any("un terme imposé" in body for body in model.asked("L’agent")), "asked again, with the reason"
    pair = (await ada.get(f"/api/writing/works/{work['id']}/segments"))["items"][1]["pairs"][0]
    assert pair["reasons"] == ["term_missed"]
    plain = await until(ada, (await ask(ada, text=text, defaults=False))["id"], "done")
    assert (plain["report"]["terms_applied"], plain["report"]["terms_missed"]) == ({}, {})
    bob = await person(service, http, "bob@exemple.fr")
    for method, end, body in (("GET", "/lines", None), ("PATCH", "", {"by_default": False}), ("DELETE", "", None)):
        answer = await bob.call(method, f"{path}{end}", body)
        assert (answer.status, answer.body["code"]) == (404, "glossary_not_found")
