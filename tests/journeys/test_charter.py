"""A charter is published while people work: questions wait for its acceptance, reading does not."""

from uuid import UUID

from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor


async def ward(beside: Database, *members: Visitor) -> UUID:
    """A unit of its own, so that other journeys on this installation are asked nothing."""
    unit = uuid7()
    persons = [UUID((await member.get("/api/sessions/current"))["person"]["id"]) for member in members]
    async with beside.transaction() as session:
        session.add(
            Unit(
                id=unit,
                parent_id=None,
                path=[unit],
                code=str(unit),
                name="Service des urgences",
                sort_name="service des urgences",
                kind="ward",
                created_at=now(),
                closed_at=None,
                merged_into=None,
            )
        )
        await session.flush()
        for person in persons:
            session.add(Membership(person_id=person, unit_id=unit, is_main=True, source="page", created_at=now()))
    return unit


async def test_questions_wait_for_the_charter_and_reading_does_not(
    new_visitor: NewVisitor, beside: Database, ada: Visitor, bob: Visitor
) -> None:
    administrator = await new_visitor(administrator=True)
    unit = await ward(beside, ada)
    conversation = await ada.conversation()
    await ada.ask(conversation, "Avant [[say=Bonjour]]")
    body = {"unit_id": str(unit), "after": 0, "texts": {"fr": "# Charte\n\nRelisez.", "en": ""}}
    assert (await administrator.call("POST", "/api/admin/charters", body)).body == {"version": 1, "asked": 1}

    path = f"/api/conversations/{conversation}/turns"
    refused = await ada.call("POST", path, {"text": "Pendant"})
    while refused.status == 200:  # the notification is on its way
        refused = await ada.call("POST", path, {"text": "Pendant"})
    assert (refused.status, refused.body["code"]) == (403, "charter_not_accepted")
    kept = await ada.get(f"/api/conversations/{conversation}")
    assert "Bonjour" in [message["text"] for message in kept["messages"]]
    other = await bob.conversation()
    assert (await bob.ask(other, "Ailleurs [[say=Oui]]")).text == "Oui", "another unit is asked nothing"

    charter = await ada.get("/api/charter")
    assert (charter["state"], charter["unit"]["name"]) == ("to_accept", "Service des urgences")
    proof = await ada.call("POST", "/api/charter/acceptances", {"charter_id": charter["id"], "hash": charter["hash"]})
    assert proof.status == 201
    assert (await ada.ask(conversation, "Après [[say=Merci]]")).text == "Merci"
