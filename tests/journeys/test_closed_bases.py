"""A base of health data closed to a named team (TA-111): nobody else reads it, it is asked alone, all is traced."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.knowledge.closing import Lately
from tests.journeys.conftest import NewVisitor
from tests.journeys.test_collections import base_with
from tests.journeys.visitor import Visitor

CARE = "Le protocole de sevrage du service prévoit quatorze jours de surveillance."
OTHER = "Le protocole de nettoyage du bâtiment prévoit trois passages par jour."
QUESTION = "Combien de jours de surveillance prévoit le protocole de sevrage ?"


@pytest.fixture
async def chief(new_visitor: NewVisitor) -> Visitor:
    return await new_visitor(administrator=True)


async def closed_base(chief: Visitor) -> str:
    """Make a base of a unit, with a document, and close it."""
    code = f"U{uuid4().hex[:8]}"
    unit = (await chief.call("POST", "/api/admin/units", {"code": code, "name": code})).body["id"]
    base: str = await base_with(chief, ("protocole.txt", CARE), name=f"Soins {code}", unit_id=unit)
    answer = await chief.call("PATCH", f"/api/collections/{base}", {"closed": True})
    assert (answer.status, answer.body["closed"], answer.body["part"]) == (200, True, "curator")
    return base


async def consulted(beside: Database, base: str) -> list[tuple[str, str]]:
    told = text(
        "SELECT CAST(actor AS text), CAST(data AS jsonb) ->> 'way' FROM journal_events "
        "WHERE name = 'collection.consulted' AND object_id = :base ORDER BY id"
    )
    async with beside.transaction() as session:
        return [(row[0], row[1]) for row in await session.execute(told, {"base": base})]


async def identity(visitor: Visitor) -> dict[str, str]:
    found: dict[str, str] = (await visitor.get("/api/sessions/current"))["person"]
    return found


async def test_only_persons_named_one_by_one_read_it(chief: Visitor, new_visitor: NewVisitor) -> None:
    other, carer = await new_visitor(administrator=True), await new_visitor()
    base = await closed_base(chief)
    path = f"/api/collections/{base}"
    assert (await other.call("GET", path)).status == 404, "not by right either"
    assert (await carer.call("GET", path)).status == 404
    share = {"email": (await identity(carer))["email"], "part": "reader"}
    assert (await chief.call("POST", f"{path}/grants", share)).status == 201
    assert (await carer.get(path))["closed"]
    unit = (await chief.get(path))["owner"]["id"]
    refused = await chief.call("POST", f"{path}/grants", {"unit_id": unit, "part": "reader"})
    assert (refused.status, refused.body["code"]) == (409, "collection_closed")
    # The last named curator leaves: it falls back to those who curate for the unit, and is not lost.
    grants = (await chief.get(f"{path}/grants"))["items"]
    mine = next(one["id"] for one in grants if one["part"] == "curator")
    assert (await chief.call("DELETE", f"{path}/grants/{mine}")).status == 204
    assert (await other.get(path))["part"] == "curator"


async def test_a_named_curator_whose_account_is_disabled_keeps_it_from_nobody(
    chief: Visitor, new_visitor: NewVisitor
) -> None:
    other = await new_visitor(administrator=True)
    path = f"/api/collections/{await closed_base(chief)}"
    assert (await other.call("GET", path)).status == 404
    account = f"/api/admin/persons/{(await identity(chief))['id']}"
    assert (await other.call("PATCH", account, {"state": "disabled"})).status == 200
    assert (await other.get(path))["part"] == "curator"
    assert (await other.call("PATCH", account, {"state": "active"})).status == 200
    assert (await other.call("GET", path)).status == 404


async def test_no_summary_mixes_it_with_another_base(chief: Visitor, beside: Database) -> None:
    base, beside_it = await closed_base(chief), await base_with(chief, ("menage.txt", OTHER), name=f"M {uuid4()}")
    files = [
        (await chief.get(f"/api/collections/{one}/documents"))["items"][0]["version"]["file_id"]
        for one in (beside_it, base)
    ]
    refused = await chief.call("POST", "/api/writing/summaries", {"form": "key-points", "file_ids": files})
    assert (refused.status, refused.body["code"]) == (409, "collection_asked_alone")
    assert await consulted(beside, base) == []


async def test_what_is_shared_with_a_unit_is_not_closed_silently(chief: Visitor) -> None:
    base = await closed_base(chief)
    path = f"/api/collections/{base}"
    assert (await chief.call("PATCH", path, {"closed": False})).body["closed"] is False
    unit = (await chief.get(path))["owner"]["id"]
    assert (await chief.call("POST", f"{path}/grants", {"unit_id": unit, "part": "reader"})).status == 201
    refused = await chief.call("PATCH", path, {"closed": True})
    assert (refused.status, refused.body["code"]) == (409, "collection_closed")
    assert (await chief.get(path))["closed"] is False


async def test_it_is_asked_alone_and_every_consultation_is_traced(chief: Visitor, beside: Database) -> None:
    base, beside_it = await closed_base(chief), await base_with(chief, ("menage.txt", OTHER), name=f"M {uuid4()}")
    me = (await identity(chief))["id"]
    conversation = await chief.conversation()
    both = {"text": QUESTION, "collections": [beside_it, base]}
    refused = await chief.call("POST", f"/api/conversations/{conversation}/turns", both)
    assert (refused.status, refused.body["code"]) == (409, "collection_asked_alone")
    asked = {"question": QUESTION, "where": ["bases"], "collections": [beside_it, base]}
    assert (await chief.call("POST", "/api/research", asked)).body["code"] == "collection_asked_alone"
    assert await consulted(beside, base) == []
    stream = await chief.ask(conversation, f"{QUESTION} [[say={CARE.replace(' ', '_')}]]", collections=[base])
    [citation] = stream.all("citations")[-1]["items"]
    assert citation["verified"]
    assert await consulted(beside, base) == [(me, "question")]
    for _ in range(3):  # one document: one line, however its pages are turned
        await chief.get(f"/api/files/{citation['file_id']}/pages/1")
    assert await consulted(beside, base) == [(me, "question"), (me, "document")]
    await chief.ask(conversation, QUESTION, collections=[beside_it])
    assert await consulted(beside, beside_it) == [], "an ordinary base is not traced"


def test_a_document_is_traced_again_ten_minutes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    lately, who, file, now = Lately(), uuid4(), uuid4(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    assert not lately.holds(who, file)
    lately.note(who, file)
    assert lately.holds(who, file)
    assert not lately.holds(uuid4(), file)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=11))
    assert not lately.holds(who, file)


async def test_a_base_closed_since_is_left_out_of_a_question_on_several(chief: Visitor, beside: Database) -> None:
    base, beside_it = await closed_base(chief), await base_with(chief, ("menage.txt", OTHER), name=f"M {uuid4()}")
    path, conversation = f"/api/collections/{base}", await chief.conversation()
    await chief.call("PATCH", path, {"closed": False})
    first = await chief.ask(conversation, QUESTION, collections=[beside_it, base])
    await chief.call("PATCH", path, {"closed": True})
    again = await chief.ask(conversation, retry_of=first.opened["turn_id"])
    assert again.closed["state"] == "answered"
    assert [one for one in again.all("notice") if one["code"] == "source_withdrawn"]
    assert await consulted(beside, base) == [], "nothing of it was looked in"
