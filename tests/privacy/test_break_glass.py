"""Nobody reads somebody's content alone, nor by role, nor unknown to the person, nor after the end."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from chatelet.conversations.errors import ConversationNotFound
from chatelet.identity.current import current_principal
from chatelet.identity.errors import PersonNotFound
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel import clock
from chatelet.kernel.errors import AppError, Forbidden, InvalidRequest
from chatelet.kernel.http import install_error_handlers
from chatelet.kernel.mail import Mailer
from chatelet.privacy.break_glass import admin, service, tasks
from chatelet.privacy.break_glass.errors import (
    BothSides,
    ReadingClosed,
    ReadingDecided,
    ReadingNotFound,
    SamePerson,
)
from chatelet.privacy.break_glass.schemas import NewDelay, NewReading, ReadingDecision, ReadingOut
from chatelet.privacy.personal_data import PrivacyPersonalData
from chatelet.privacy.retention import expiry
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import MailSettings
from tests.fakes.mail_server import MailServer, running_mail_server
from tests.privacy.conftest import People, Travel

_APPROVE = ReadingDecision(outcome="approved")


class Desk:
    """The verbs, each in a transaction of its own, as routes do."""

    def __init__(self, services: PrivacyServices, people: People) -> None:
        self.services, self.people = services, people

    async def do(self, verb: Any, *arguments: Any) -> Any:
        async with self.services.database.transaction() as session:
            if verb is service.readable:
                return await verb(session, *arguments)
            return await verb(session, self.services, *arguments)

    async def asked(self, who: Principal, about: Principal, **more: Any) -> ReadingOut:
        new = wanted(about, **more)
        return (await self.do(service.ask, who, new)).items[0]

    async def approved(self, who: Principal, second: Principal, about: Principal, **more: Any) -> ReadingOut:
        asked = await self.asked(who, about, **more)
        return (await self.do(service.decide, second, asked.id, _APPROVE)).items[0]

    async def journal(self) -> list[str]:
        async with self.services.database.transaction() as session:
            named = "name LIKE 'reading.%' OR name = 'content.opened'"
            return list(await session.scalars(text(f"SELECT name FROM journal_events WHERE {named} ORDER BY id")))


def wanted(about: Principal, **more: Any) -> NewReading:
    moment = clock.now()
    values: dict[str, Any] = {
        "email": about.email,
        "from_at": moment - timedelta(days=30),
        "to_at": moment,
        "reason": "security_incident",
        "words": "Compte soupçonné d’avoir été pris.",
        "ends_at": moment + timedelta(days=2),
    }
    return NewReading(**(values | more))


@pytest.fixture
def desk(services: PrivacyServices, people: People) -> Desk:
    return Desk(services, people)


@pytest.fixture
async def three(people: People) -> tuple[Principal, Principal, Principal]:
    """A security officer, a data protection officer, and an agent."""
    return (
        await people.person("Sécurité", Right.CONTENT_REQUEST, Right.SECURITY_MANAGE),
        await people.person("Déléguée", Right.CONTENT_APPROVE, Right.PRIVACY_MANAGE),
        await people.person("Ada"),
    )


async def test_read_after_two_persons_and_the_one_concerned_sees_it(
    desk: Desk, three: tuple[Principal, Principal, Principal]
) -> None:
    officer, second, ada = three
    conversation = await desk.people.conversation(ada, "Le dossier bleu", "Rangé.")
    reading = await desk.approved(officer, second, ada)
    (listed,) = (await desk.do(service.readable, officer, reading.id)).items
    assert (listed.id, listed.turns) == (conversation, 1)
    assert "bleu" not in listed.model_dump_json()
    read = await desk.do(service.open_one, officer, reading.id, conversation)
    assert [(turn.question, turn.answer) for turn in read.turns] == [("Le dossier bleu", "Rangé.")]
    (told,) = (await desk.do(service.told, ada)).items
    assert (told.requested_by, told.decided_by, told.reason) == ("Sécurité", "Déléguée", "security_incident")
    assert [one.conversation_id for one in told.openings] == [conversation]
    assert told.is_new
    assert not (await desk.do(service.acknowledge, ada)).items[0].is_new
    assert await desk.journal() == ["reading.asked", "reading.decided", "reading.told", "content.opened"]
    async with desk.services.database.transaction() as session:
        held = await PrivacyPersonalData(desk.services.keyring).export(session, ada.person_id)
    assert str(conversation) in str(held["readings"])


async def test_nobody_by_role_alone(desk: Desk, three: tuple[Principal, Principal, Principal]) -> None:
    officer, second, ada = three
    conversation = await desk.people.conversation(ada)
    reading = await desk.approved(officer, second, ada)
    everything = await desk.people.person("Administrateur", *Right)
    agent = await desk.people.person("Agent")
    for who, refusal in ((everything, BothSides), (agent, Forbidden), (second, Forbidden), (ada, Forbidden)):
        for verb, more in ((service.ask, (wanted(ada),)), (service.open_one, (reading.id, conversation))):
            with pytest.raises(refusal):
                await desk.do(verb, who, *more)
    with pytest.raises(BothSides):
        await desk.do(service.decide, everything, reading.id, _APPROVE)
    other = await desk.people.person("Autre sécurité", Right.CONTENT_REQUEST)
    with pytest.raises(ReadingNotFound):
        await desk.do(service.open_one, other, reading.id, conversation)
    with pytest.raises(Forbidden):
        await desk.do(service.listed, agent)


async def test_never_the_same_person_nor_the_one_concerned(
    desk: Desk, three: tuple[Principal, Principal, Principal]
) -> None:
    officer, second, ada = three
    asked = await desk.asked(officer, ada)
    turned = replace(officer, rights=second.rights)  # given the other right meanwhile
    with pytest.raises(SamePerson):
        await desk.do(service.decide, turned, asked.id, _APPROVE)
    about_second = await desk.asked(officer, second)
    with pytest.raises(SamePerson):
        await desk.do(service.decide, second, about_second.id, _APPROVE)
    with pytest.raises(SamePerson):
        await desk.asked(officer, officer)
    with pytest.raises(ReadingClosed):
        await desk.do(service.readable, officer, asked.id)


async def test_a_right_withdrawn_closes_it(desk: Desk, three: tuple[Principal, Principal, Principal]) -> None:
    officer, second, ada = three
    conversation = await desk.people.conversation(ada)
    reading = await desk.approved(officer, second, ada)
    without = replace(officer, rights=ada.rights)
    with pytest.raises(Forbidden):
        await desk.do(service.open_one, without, reading.id, conversation)


async def test_only_the_scope(desk: Desk, three: tuple[Principal, Principal, Principal], travel: Travel) -> None:
    officer, second, ada = three
    travel(-60)
    before = await desk.people.conversation(ada, "Avant")
    travel(0)
    within = await desk.people.conversation(ada, "Pendant")
    foreign = await desk.people.conversation(await desk.people.person("Bob"), "Ailleurs")
    reading = await desk.approved(officer, second, ada)
    assert [one.id for one in (await desk.do(service.readable, officer, reading.id)).items] == [within]
    for identifier in (before, foreign):
        with pytest.raises(ConversationNotFound):
            await desk.do(service.open_one, officer, reading.id, identifier)
    one = await desk.approved(officer, second, ada, conversation_id=before)
    assert (await desk.do(service.open_one, officer, one.id, before)).turns[0].question == "Avant"
    with pytest.raises(ConversationNotFound):
        await desk.do(service.open_one, officer, one.id, within)
    with pytest.raises(ConversationNotFound):
        await desk.asked(officer, ada, conversation_id=foreign)


async def test_it_ends_at_its_date_and_before(
    desk: Desk, three: tuple[Principal, Principal, Principal], travel: Travel
) -> None:
    officer, second, ada = three
    conversation = await desk.people.conversation(ada)
    reading = await desk.approved(officer, second, ada)
    late = await desk.asked(officer, ada)
    travel(3)
    with pytest.raises(ReadingClosed):
        await desk.do(service.open_one, officer, reading.id, conversation)
    with pytest.raises(ReadingDecided):
        await desk.do(service.decide, second, late.id, _APPROVE)
    await tasks.go_on(desk.services)
    states = {one.id: one.state for one in (await desk.do(service.listed, officer)).items}
    assert states == {reading.id: "ended", late.id: "declined"}
    assert (await desk.journal()).count("reading.ended") == 2
    shorter = await desk.approved(officer, second, ada)
    await desk.do(service.end, second, shorter.id)
    with pytest.raises(ReadingClosed):
        await desk.do(service.readable, officer, shorter.id)
    with pytest.raises(ReadingClosed):
        await desk.do(service.end, second, shorter.id)


async def test_the_law_alone_puts_the_notice_off(
    desk: Desk, three: tuple[Principal, Principal, Principal], travel: Travel
) -> None:
    officer, second, ada = three
    delay = NewDelay(ground="judicial_order", until=clock.now() + timedelta(days=20))
    reading = await desk.approved(officer, second, ada, delay=delay)
    assert reading.told_at is None
    assert reading.delay_ground == "judicial_order"
    assert (await desk.do(service.told, ada)).items == []
    travel(19)
    await tasks.go_on(desk.services)
    assert (await desk.do(service.told, ada)).items == []
    travel(21)
    await tasks.go_on(desk.services)
    assert (await desk.do(service.told, ada)).items[0].state == "ended"


async def test_a_reading_leaves_with_the_journal_and_never_before_it_was_told(
    desk: Desk, three: tuple[Principal, Principal, Principal], travel: Travel
) -> None:
    officer, second, ada = three
    reading = await desk.approved(officer, second, ada)
    asked = await desk.asked(officer, ada)
    untold = await desk.approved(officer, second, ada)
    async with desk.services.database.transaction() as session:
        await session.execute(
            text(
                "UPDATE content_readings SET told_at = NULL, delay_ground = 'judicial_order', delayed_until = :until"
                " WHERE id = :id"
            ),
            {"id": untold.id, "until": clock.now() + timedelta(days=900)},
        )
    travel(3)
    await tasks.go_on(desk.services)
    travel(366)
    await expiry.run(desk.services)
    left = {one.id for one in (await desk.do(service.listed, officer)).items}
    assert {reading.id, asked.id, untold.id} <= left
    travel(370)
    await expiry.run(desk.services)
    left = {one.id for one in (await desk.do(service.listed, officer)).items}
    assert {reading.id, asked.id, untold.id} & left == {untold.id}


async def test_bounds_are_kept(desk: Desk, three: tuple[Principal, Principal, Principal]) -> None:
    officer, _second, ada = three
    moment = clock.now()
    beyond: tuple[tuple[dict[str, Any], type[AppError]], ...] = (
        ({"ends_at": moment + timedelta(days=8)}, InvalidRequest),
        ({"ends_at": moment}, InvalidRequest),
        ({"from_at": None}, InvalidRequest),
        ({"delay": NewDelay(ground="judicial_order", until=moment + timedelta(days=91))}, InvalidRequest),
        ({"email": "personne@exemple.fr"}, PersonNotFound),
    )
    for more, refusal in beyond:
        with pytest.raises(refusal):
            await desk.asked(officer, ada, **more)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with running_mail_server() as running:
        yield running


async def test_told_by_mail_once(desk: Desk, three: tuple[Principal, Principal, Principal], server: MailServer) -> None:
    officer, second, ada = three
    await desk.approved(officer, second, ada)
    mail = MailSettings(host="localhost", port=server.port, tls="none", sender="chatelet@exemple.fr")
    services = replace(desk.services, mailer=Mailer(mail, address="https://ia.exemple.fr"))
    await tasks.go_on(services)
    await tasks.go_on(services)
    [notice] = server.to(ada.email or "")
    assert "peuvent être lues" in str(notice["Subject"])
    assert (await desk.journal()).count("reading.told") == 2


async def test_erasing_the_person_leaves_no_words(desk: Desk, three: tuple[Principal, Principal, Principal]) -> None:
    officer, second, ada = three
    reading = await desk.approved(officer, second, ada)
    async with desk.services.database.transaction() as session:
        await PrivacyPersonalData(desk.services.keyring).erase(session, ada.person_id)
    (left,) = (await desk.do(service.listed, second)).items
    assert (left.id, left.subject, left.words) == (reading.id, None, None)
    with pytest.raises(ReadingClosed):
        await desk.do(service.readable, officer, reading.id)


async def _posted(app: FastAPI, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Post as HTTP does; return the status and the body."""
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def send(message: Any) -> None:
        said.append(dict(message))

    scope: dict[str, Any] = {"type": "http", "http_version": "1.1", "method": "POST", "path": path, "query_string": b""}
    await app({**scope, "headers": [(b"content-type", b"application/json")]}, receive, send)
    return said[0]["status"], json.loads(b"".join(one.get("body", b"") for one in said[1:]))


async def test_without_a_reason_or_with_a_ground_that_is_not_of_the_law_nothing_is_asked(
    desk: Desk, three: tuple[Principal, Principal, Principal]
) -> None:
    officer, _second, ada = three
    app = FastAPI()
    app.include_router(admin.router)
    install_error_handlers(app)
    app.dependency_overrides[current_principal] = lambda: officer
    app.state.database, app.state.privacy = desk.services.database, desk.services
    right = wanted(ada).model_dump(mode="json")
    delay = {"until": (clock.now() + timedelta(days=20)).isoformat()}
    refused: tuple[dict[str, Any], ...] = (
        {name: value for name, value in right.items() if name != "reason"},
        right | {"reason": ""},
        right | {"reason": "curiosity"},
        right | {"words": "         "},
        {name: value for name, value in right.items() if name != "ends_at"},
        right | {"delay": delay | {"ground": "our_own_interest"}},
        right | {"delay": delay},
    )
    for body in refused:
        status, told = await _posted(app, admin.router.prefix, body)
        assert (status, told["code"]) == (422, "invalid_request"), body
    assert await desk.journal() == []
    body = right | {"delay": delay | {"ground": "judicial_order"}}
    assert (await _posted(app, admin.router.prefix, body))[0] == 201
    assert await desk.journal() == ["reading.asked"]
