"""A name leaves as a stand-in and comes back right: what a place outside received holds no original."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
from sqlalchemy import text

from chatelet.conversations.tasks import purge_deleted
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.model_server import ModelServer, running_model_server
from tests.journeys.files import send, until_read
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor

OUTSIDE = """
[[backends]]
name = "outside"
url = "{url}"
connect_seconds = 2
first_token_seconds = 3
between_tokens_seconds = 2
zone = {{ name = "Nuage", country = "IE", operator = "Exploitant", legal_reach = "US" }}

[[models]]
name = "outside"
backend = "outside"
upstream = "scripted"
display_name = "Modèle du dehors"
context_tokens = 8192
highest_level = "internal"
categories = []
no_training = true
"""
QUESTION = (
    "Écris à Mme Jeanne Dupont, née le 12 mars 1985, tél. 06 12 34 56 78, au nom de M. Élie Hamon."
    " [[say=Chère_Madame_Dupont,_l’avis_d’Élie_est_bon_:_JEANNE_DUPONT_née_le_12/03/1985,_au_0612345678.]]"
)
ANSWER = "Chère Madame Dupont, l’avis d’Élie est bon\u202f: JEANNE DUPONT née le 12/03/1985, au 0612345678."
ORIGINALS = (
    "Dupont",
    "DUPONT",
    "Jeanne",
    "JEANNE",
    "Élie",
    "Hamon",
    "12 mars 1985",
    "12/03/1985",
    "06 12 34 56 78",
    "0612345678",
)


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[ModelServer]:
    async with running_model_server() as server:
        yield server


@pytest.fixture(scope="module")
async def place(scripted: ModelServer, outside: ModelServer) -> AsyncIterator[Service]:
    with installation(scripted.url, CHATELET_POLICY__PSEUDONYMS__ENABLED="true") as started:
        config = Path(started.environment["CHATELET_CONFIG"])
        config.write_text(config.read_text() + OUTSIDE.format(url=outside.url))
        await started.start()
        yield started


@pytest.fixture
async def grace(place: Service, http: aiohttp.ClientSession) -> Visitor:
    email = f"{uuid4()}@exemple.fr"
    await place.create_person(email, "Grace")
    visitor = Visitor(http, place.address)
    await visitor.sign_in(email)
    return visitor


@pytest.fixture
async def stored(place: Service) -> AsyncIterator[Database]:
    address = application_address(place.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    yield opened
    await opened.close()


def received(outside: ModelServer) -> str:
    return json.dumps([exchange.body for exchange in outside.exchanges], ensure_ascii=False)


async def lines(stored: Database, conversation: str) -> list[tuple[str, dict[str, Any]]]:
    told = text("SELECT name, CAST(data AS jsonb) FROM journal_events WHERE object_id = :id ORDER BY id")
    async with stored.transaction() as session:
        return [(name, data) for name, data in await session.execute(told, {"id": conversation})]


async def test_a_name_leaves_as_a_stand_in_and_comes_back(
    grace: Visitor, outside: ModelServer, stored: Database
) -> None:
    outside.exchanges.clear()
    conversation = await grace.conversation()
    stream = await grace.ask(conversation, QUESTION, model="outside", pseudonymise=True)
    assert stream.closed["state"] == "answered", stream.closed
    assert stream.text == ANSWER
    assert [one for one in ORIGINALS if one in received(outside)] == []
    assert "Chère_Madame" in received(outside)
    [notice] = [one for one in stream.all("notice") if one["code"] == "names_replaced"]
    assert (notice["params"]["replaced"], notice["params"]["birth_date"]) == (12, 2)
    seen = await grace.get(f"/api/conversations/{conversation}")
    assert [message["text"] for message in seen["messages"]] == [QUESTION, ANSWER]
    assert "personal" in seen["categories"]
    [(_, line)] = [one for one in await lines(stored, conversation) if one[0] == "words.pseudonymised"]
    assert (line["model"], line["replaced"], line["categories"]) == ("outside", 12, [])
    assert "Dupont" not in str(line)


async def test_the_same_person_stays_the_same_and_the_title_too(grace: Visitor, outside: ModelServer) -> None:
    outside.exchanges.clear()
    conversation = await grace.conversation()
    await grace.ask(conversation, QUESTION, model="outside", pseudonymise=True)
    again = await grace.ask(conversation, "Et Dupont ? [[say=Dupont_dit_oui.]]", model="outside", pseudonymise=True)
    assert again.text == "Dupont dit oui."
    async with asyncio.timeout(20):
        while len(outside.exchanges) < 3:  # the title is asked for in the same way
            await asyncio.sleep(0.1)
    assert [one for one in ORIGINALS if one in received(outside)] == []
    asked = next(one.body["messages"] for one in outside.exchanges if "Et " in one.body["messages"][-1]["content"])
    assert asked[-1]["content"].split()[1] == asked[1]["content"].split()[4].rstrip(",")


async def test_without_it_the_words_do_not_leave_and_the_refusal_says_what_is_possible(
    grace: Visitor, outside: ModelServer
) -> None:
    outside.exchanges.clear()
    stream = await grace.ask(await grace.conversation(), QUESTION, model="outside")
    assert stream.closed["state"] == "refused"
    assert stream.closed["error"]["code"] == "model_not_cleared_for_categories"
    assert stream.closed["error"]["params"]["pseudonymise"] == "Modèle du dehors"
    assert outside.exchanges == []


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Mme Dupont a un diabète de type 2.", None),
        (
            "Mme Dupont : -----BEGIN PRIVATE " + "KEY-----\nMIIE" + "abcd" * 20 + "\n-----END PRIVATE " + "KEY-----",
            None,
        ),
        ("Mme Dupont demande un congé.", "restricted"),
    ],
)
async def test_what_replacing_names_does_not_change_stays_inside(
    grace: Visitor, outside: ModelServer, words: str, level: str | None
) -> None:
    outside.exchanges.clear()
    conversation = await grace.conversation(**({"level": level} if level else {}))
    stream = await grace.ask(conversation, words, model="outside", pseudonymise=True)
    assert stream.closed["state"] == "refused"
    assert outside.exchanges == []


async def test_a_level_raised_by_an_account_alone_does_not_stay(grace: Visitor, outside: ModelServer) -> None:
    outside.exchanges.clear()
    conversation = await grace.conversation()
    words = "Le compte est FR76 3000 6000 0112 3456 7890 189. [[say=Compte_FR7630006000011234567890189_noté.]]"
    stream = await grace.ask(conversation, words, model="outside", pseudonymise=True)
    assert stream.text == "Compte FR7630006000011234567890189 noté."
    assert "0112" not in received(outside)
    assert (await grace.get(f"/api/conversations/{conversation}"))["level"] == "restricted"


async def test_the_passages_of_a_file_leave_in_the_same_way(grace: Visitor, outside: ModelServer) -> None:
    outside.exchanges.clear()
    letter = "Compte rendu de Mme Jeanne Dupont.\n\nElle travaille au service des achats depuis 2015."
    file = await send(grace, "Jeanne Dupont.txt", letter.encode())
    await until_read(grace, file)
    conversation = await grace.conversation()
    say = "[[say=Mme_Dupont_travaille_au_service_des_achats_depuis_2015.]]"
    stream = await grace.ask(
        conversation, f"Où travaille-t-elle ? {say}", model="outside", pseudonymise=True, attachments=[file]
    )
    assert stream.text == "Mme Dupont travaille au service des achats depuis 2015."
    assert "service des achats" in received(outside)
    assert [one for one in ORIGINALS if one in received(outside)] == []
    assert any(one["verified"] for one in stream.all("citations")[-1]["items"])


async def test_the_ledger_is_sealed_and_goes_with_the_conversation(
    grace: Visitor, stored: Database, place: Service
) -> None:
    conversation = await grace.conversation()
    await grace.ask(conversation, QUESTION, model="outside", pseudonymise=True)
    read = text("SELECT ledger_sealed FROM pseudonyms WHERE conversation_id = :id")
    async with stored.transaction() as session:
        sealed = await session.scalar(read, {"id": conversation})
        assert b"Dupont" not in bytes(sealed)
        await session.execute(text("DELETE FROM conversations WHERE id = :id"), {"id": conversation})
    async with stored.transaction() as session:
        assert await session.scalar(read, {"id": conversation}) is None
    assert "Dupont" not in place.log.read_text()


async def test_the_ledger_goes_with_the_conversation_by_the_verb_that_deletes_it(
    grace: Visitor, stored: Database
) -> None:
    conversation, kept = await grace.conversation(), await grace.conversation()
    for one in (conversation, kept):
        await grace.ask(one, QUESTION, model="outside", pseudonymise=True)
    assert (await grace.call("DELETE", f"/api/conversations/{conversation}")).status == 200
    await purge_deleted(stored, timedelta(0))
    held = text("SELECT CAST(conversation_id AS text) FROM pseudonyms WHERE conversation_id = ANY(:ids)")
    async with stored.transaction() as session:
        assert list(await session.scalars(held, {"ids": [UUID(conversation), UUID(kept)]})) == [kept]


async def test_a_stand_in_is_restored_in_its_own_conversation_alone(
    grace: Visitor, place: Service, http: aiohttp.ClientSession, outside: ModelServer
) -> None:
    """TA-108: neither for somebody else, nor in another conversation of the same person."""
    outside.exchanges.clear()
    first = await grace.conversation()
    await grace.ask(first, QUESTION, model="outside", pseudonymise=True)
    asked = next(one.body["messages"][-1]["content"] for one in outside.exchanges if "Mme" in str(one.body))
    standin = asked.split("Mme ")[1].split(",")[0]
    said = "Que décide la personne ?"
    outside.answers[said] = f"Mme {standin} accepte."
    again = await grace.ask(first, said, model="outside", pseudonymise=True)
    assert again.text == "Mme Jeanne Dupont accepte."
    email = f"{uuid4()}@exemple.fr"
    await place.create_person(email, "Alan")
    alan = Visitor(http, place.address)
    await alan.sign_in(email)
    for person in (grace, alan):
        elsewhere = await person.conversation()
        told = await person.ask(elsewhere, said, model="outside", pseudonymise=True)
        assert told.closed["state"] == "answered"
        assert told.text == f"Mme {standin} accepte."
    theirs = await alan.call("GET", f"/api/conversations/{first}")
    assert theirs.status == 404


async def test_where_it_is_off_it_cannot_be_asked(ada: Visitor) -> None:
    conversation = await ada.conversation()
    answer = await ada.call(
        "POST", f"/api/conversations/{conversation}/turns", {"text": QUESTION, "pseudonymise": True}
    )
    assert (answer.status, answer.body["code"]) == (403, "pseudonyms_off")
