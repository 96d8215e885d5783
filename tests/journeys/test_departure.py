"""Someone leaves on Friday: the directory says so, and everything they had open ends within seconds (TA-002)."""

import asyncio
import time
from datetime import timedelta
from uuid import uuid4

import aiohttp
from sqlalchemy import text

from chatelet.identity import sessions
from chatelet.identity.tables import Person
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.settings import SecuritySettings
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor


async def test_someone_leaves_on_friday(
    service: Service, new_visitor: NewVisitor, beside: Database, http: aiohttp.ClientSession
) -> None:
    administrator = await new_visitor(administrator=True)
    issuer = f"https://{uuid4()}.exemple.fr"
    connected = await administrator.call("POST", "/api/admin/directories", {"name": "Annuaire", "issuer": issuer})
    assert connected.status == 201, connected.body
    directory = {"Authorization": f"Bearer {connected.body['token']}", "Content-Type": "application/scim+json"}

    async with http.post(
        f"{service.address}/scim/v2/Users", json={"userName": "eve", "externalId": "42"}, headers=directory
    ) as made:
        assert made.status == 201
        person_id = (await made.json(content_type="application/scim+json"))["id"]
    eve = Visitor(http, service.address)
    async with beside.transaction() as session:  # as single sign-on does, once the provider has answered
        person = await session.get_one(Person, person_id)
        opened = await sessions.open_session(session, person, SecuritySettings(), "single_sign_on")
    eve.token = opened.token

    key = await eve.call(
        "POST", "/api/keys", {"name": "Éditeur", "expires_at": (now() + timedelta(days=2)).isoformat()}
    )
    assert key.status == 201, key.body
    program = {"Authorization": f"Bearer {key.body['secret']}"}
    async with http.get(f"{service.address}/v1/models", headers=program) as answer:
        assert answer.status == 200
    conversation = await eve.conversation()
    async with eve.asking(conversation, "[[tokens=1000 rate=20]]") as stream:
        await stream.read(until=lambda seen: len(seen.text) > 20)
        turn = stream.opened["turn_id"]
        started = time.perf_counter()
        change = {"Operations": [{"op": "Replace", "path": "active", "value": "False"}]}
        async with http.patch(f"{service.address}/scim/v2/Users/{person_id}", json=change, headers=directory) as answer:
            assert answer.status == 200
        await stream.read(seconds=5)
    assert time.perf_counter() - started < 5
    assert (await eve.call("GET", "/api/sessions/current")).status == 401
    assert (await eve.call("GET", f"/api/conversations/{conversation}")).status == 401
    async with http.get(f"{service.address}/v1/models", headers=program) as answer:
        assert answer.status == 401, "a key dies with the rights of its owner"

    # The stream is cut first; the answer's end is then stored.
    state = "running"
    while state == "running" and time.perf_counter() - started < 10:
        async with beside.transaction() as session:
            state = await session.scalar(text("SELECT state FROM turns WHERE id = :id"), {"id": turn})
        await asyncio.sleep(0.05)
    async with beside.transaction() as session:
        told = await session.execute(
            text("SELECT name, object_id, actor FROM journal_events WHERE object_id = ANY(:ids) ORDER BY id"),
            {"ids": [person_id, turn, str(opened.principal.session_id)]},
        )
        names = [(row.name, str(row.actor)) for row in told]
    assert state in {"stopped", "interrupted"}
    assert ("person.disabled", connected.body["id"]) in names
    assert ("session.closed", connected.body["id"]) in names
    assert "turn.closed" in [name for name, _ in names]
