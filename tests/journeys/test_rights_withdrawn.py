"""A right withdrawn while an answer is being written acts on the next message (TA-003); disabling ends all (TA-002)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.fakes.model_server import ModelServer
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import Service
from tests.journeys.test_collections import LEAVE, base_with
from tests.journeys.test_policies import POLICIES, publish, refused_models
from tests.journeys.visitor import Stream, Visitor

_SLOW = "Combien de jours de congé les agents titulaires ont-ils par année civile ? [[tokens=60 rate=20]]"


@pytest.fixture
async def boss(new_visitor: NewVisitor) -> Visitor:
    return await new_visitor(administrator=True)


async def identifier(person: Visitor) -> str:
    return (await person.get("/api/sessions/current"))["person"]["id"]


async def made_unit(boss: Visitor) -> str:
    made = await boss.call("POST", "/api/admin/units", {"code": f"u{uuid4().hex[:8]}", "name": "Achats"})
    assert made.status == 201, made.body
    return made.body["id"]


async def put_in(boss: Visitor, person: Visitor, unit: str) -> str:
    me = await identifier(person)
    put = await boss.call("POST", f"/api/admin/persons/{me}/units", {"unit_id": unit})
    assert put.status < 300, put.body
    return me


async def shared_with_unit(boss: Visitor, unit: str) -> tuple[str, str]:
    """Return a base, and the share that opens it to the unit."""
    base = await base_with(boss, ("congés.txt", LEAVE))
    shared = await boss.call("POST", f"/api/collections/{base}/grants", {"unit_id": unit, "part": "reader"})
    assert shared.status == 201, shared.body
    return base, shared.body["id"]


@asynccontextmanager
async def being_answered(person: Visitor, conversation: str, **body: Any) -> AsyncIterator[Stream]:
    """The first words of an answer are there, the others still come."""
    async with person.asking(conversation, _SLOW, **body) as stream:
        await stream.read(until=lambda seen: len(seen.text) > 10)
        yield stream


async def is_refused(person: Visitor, conversation: str, base: str) -> None:
    refused = await person.call(
        "POST", f"/api/conversations/{conversation}/turns", {"text": "Et ensuite ?", "collections": [base]}
    )
    assert (refused.status, refused.body["code"]) == (404, "collection_not_found")


async def test_a_base_lost_with_a_unit_is_not_answered_from_at_the_next_message(
    boss: Visitor, bob: Visitor, scripted: ModelServer
) -> None:
    unit = await made_unit(boss)
    me = await put_in(boss, bob, unit)
    base, _ = await shared_with_unit(boss, unit)
    conversation = await bob.conversation()
    async with being_answered(bob, conversation, collections=[base]) as stream:
        assert "vingt-cinq jours" in str(scripted.last.body["messages"])
        left = await boss.call("DELETE", f"/api/admin/persons/{me}/units/{unit}")
        assert left.status < 300, left.body
        await is_refused(bob, await bob.conversation(), base)
        await stream.read()
    await is_refused(bob, conversation, base)
    assert stream.closed["state"] == "answered", "what was begun with the right goes on"
    await bob.ask(conversation, "Et ensuite ? [[tokens=2]]")
    assert "vingt-cinq jours" not in str(scripted.last.body["messages"]), "nor is what was found before sent again"
    again = await bob.ask(conversation, retry_of=stream.opened["turn_id"])
    assert [one["code"] for one in again.all("notice")] == ["source_withdrawn"]
    assert "vingt-cinq jours" not in str(scripted.last.body["messages"])
    assert (await bob.call("GET", f"/api/collections/{base}")).status == 404


async def test_a_share_taken_back_closes_the_base_to_the_next_message(boss: Visitor, bob: Visitor) -> None:
    unit = await made_unit(boss)
    await put_in(boss, bob, unit)
    base, share = await shared_with_unit(boss, unit)
    conversation = await bob.conversation()
    async with being_answered(bob, conversation, collections=[base]) as stream:
        assert (await boss.call("DELETE", f"/api/collections/{base}/grants/{share}")).status == 204
        await stream.read()
    await is_refused(bob, conversation, base)


async def test_a_model_that_a_unit_refuses_is_refused_at_the_next_message(boss: Visitor, ada: Visitor) -> None:
    """One enters the unit while an answer is being written by the model that it refuses."""
    unit = await made_unit(boss)
    await publish(boss, {unit: {"models_never": ["scripted"]}})
    try:
        conversation = await ada.conversation()
        async with being_answered(ada, conversation, model="scripted") as stream:
            await put_in(boss, ada, unit)
            await refused_models(ada, ["scripted"])
            await stream.read()
        assert stream.closed["state"] == "answered", "what was begun with the right goes on"
        refused = await ada.ask(conversation, "Et ensuite ?", model="scripted")
        assert refused.closed["error"]["code"] == "model_refused_by_unit"
        other = await ada.ask(conversation, "Un autre ? [[tokens=2]]")
        assert other.opened["model"]["id"] == "cleared"
    finally:
        await boss.call("POST", f"{POLICIES}/draft", {"rules": {}})
        await boss.call("POST", f"{POLICIES}/draft/publish")


async def test_a_role_lost_ends_the_session_that_held_it(boss: Visitor, new_visitor: NewVisitor) -> None:
    """Rights changed (TA-001): what is read through that session stops, the next message is not taken."""
    ada = await new_visitor(administrator=True)
    me = await identifier(ada)
    conversation = await ada.conversation()
    async with being_answered(ada, conversation) as stream:
        changed = await boss.call("PATCH", f"/api/admin/persons/{me}", {"is_administrator": False})
        assert changed.status == 200, changed.body
        await stream.read(seconds=5)
    assert stream.events[-1]["type"] != "closed"
    refused = await ada.call("POST", f"/api/conversations/{conversation}/turns", {"text": "Et ensuite ?"})
    assert refused.status == 401


async def test_a_download_under_way_ends_with_the_person(
    service: Service, boss: Visitor, new_visitor: NewVisitor, beside: Database
) -> None:
    """A reader who takes slowly, on purpose: the list is longer than what the system takes in ahead of them."""
    mark = uuid4().hex
    async with beside.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO persons (id, email, name, language, state, issuer, subject, sort_name, search_vector,"
                " created_at) SELECT gen_random_uuid(), NULL, repeat(:mark, 6), 'fr', 'active', :mark, n::text,"
                " repeat(:mark, 6), to_tsvector('simple', :mark), now() FROM generate_series(1, 40000) n"
            ),
            {"mark": mark},
        )
    try:
        ada = await new_visitor(administrator=True)
        me = await identifier(ada)
        host, _, port = service.address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=4096)
        request = f"GET /api/admin/persons.csv?q={mark} HTTP/1.1\r\nHost: {host}:{port}\r\n"
        writer.write(f"{request}Cookie: {ada.headers['Cookie']}\r\n\r\n".encode())
        assert b"200" in await reader.readline()
        disabled = await boss.call("PATCH", f"/api/admin/persons/{me}", {"state": "disabled"})
        assert disabled.status == 200, disabled.body
        await asyncio.sleep(1)
        async with asyncio.timeout(20):
            received = await reader.read()
        writer.close()
        assert not received.endswith(b"0\r\n\r\n"), "the list did not come whole"
        assert received.count(mark.encode()) < 40_000 * 6
        assert (await ada.call("GET", "/api/sessions/current")).status == 401
    finally:
        async with beside.transaction() as session:
            await session.execute(text("DELETE FROM persons WHERE issuer = :mark"), {"mark": mark})
