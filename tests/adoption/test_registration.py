"""Registration, links and messages: always the same answer, half an hour, once; sent by jobs, against a real server."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from chatelet.adoption.cohorts import tasks
from chatelet.adoption.cohorts.inviting import MAIL_JOB, ask_again
from chatelet.kernel.database import Database
from chatelet.kernel.jobs import Jobs
from chatelet.kernel.mail import Mailer, MailUnavailable
from chatelet.settings import AdoptionSettings, MailSettings, Settings
from tests.adoption.conftest import Tree
from tests.adoption.waves import TOKEN, activate, add, choose_all, codes, opened, waiting
from tests.fakes.mail_server import MailServer, running_mail_server
from tests.identity.conftest import PASSWORD, Answer, Client, MakePerson, OpenBrowser


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with running_mail_server() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, post: MailServer) -> Settings:
    mail = MailSettings(host="localhost", port=post.port, tls="none", sender="ia@exemple.fr")
    return Settings(
        data_dir=tmp_path,
        institution_name="Observatoire",
        port=8000,
        mail=mail,
        adoption=AdoptionSettings(registration=True),
    )


@pytest.fixture
async def jobs(database: Database, settings: Settings) -> AsyncIterator[Jobs]:
    working = Jobs(database.connect)
    mailer = Mailer(settings.mail, address=settings.address)
    working.handle(MAIL_JOB, lambda payload: tasks.send_message(database, mailer, settings, payload))
    working.start()
    yield working
    await working.stop()


async def register(client: Client, email: str = "ada@exemple.fr", **more: str) -> Answer:
    body = {"email": email, "name": "Ada Lovelace", "unit": "PHY", "uses": "Relire des notes", **more}
    return await client.call("POST", "/api/registrations", body)


def token_of(message: Any) -> str:
    found = TOKEN.search(message.get_content())
    assert found, message.get_content()
    return found[2]


async def test_a_registration_waits_once_its_address_is_confirmed(
    administrator: Client, client: Client, jobs: Jobs, post: MailServer, tree: Tree
) -> None:
    assert (await register(client)).status == 202
    assert await waiting(administrator) == []
    (message,) = await post.wait_for(1)
    assert (message["To"], message["Subject"]) == ("ada@exemple.fr", "Confirmez votre adresse pour Observatoire")
    assert "Bonjour Ada Lovelace" in message.get_content()
    token = token_of(message)
    for wrong in ("null", token[:-1], token + "x"):
        refused = await client.call("POST", "/api/registrations/confirm", {"token": wrong})
        assert (refused.status, refused.body["code"]) == (410, "link_invalid")
    assert (await client.call("POST", "/api/registrations/confirm", {"token": token})).status == 204
    assert (await client.call("POST", "/api/registrations/confirm", {"token": token})).status == 410
    (listed,) = await waiting(administrator)
    assert (listed["unit"]["name"], listed["uses"], listed["is_confirmed"]) == ("Physique", "Relire des notes", True)


async def test_links_live_half_an_hour(client: Client, jobs: Jobs, post: MailServer, sql: Any) -> None:
    await register(client)
    token = token_of((await post.wait_for(1))[0])
    (row,) = await sql("SELECT token_expires_at - now() AS left FROM volunteers")
    assert timedelta(minutes=29) < row["left"] <= timedelta(minutes=30)
    await sql("UPDATE volunteers SET token_expires_at = now() - interval '1 second'")
    assert (await client.call("POST", "/api/registrations/confirm", {"token": token})).status == 410


async def test_the_answer_is_the_same_whoever_is_known(
    administrator: Client, client: Client, jobs: Jobs, post: MailServer, tree: Tree, person: MakePerson
) -> None:
    """TA-013: an account, a member, somebody who waits, somebody unknown."""
    await person("compte@exemple.fr")
    await add(administrator, "membre@exemple.fr")
    await opened_with_all(administrator)
    await add(administrator, "attend@exemple.fr")
    emails = ("compte@exemple.fr", "membre@exemple.fr", "attend@exemple.fr", "inconnu@exemple.fr")
    for path, body in (("registrations", {"name": "X"}), ("activations/links", {})):
        answers = [await client.call("POST", f"/api/{path}", {"email": email, **body}) for email in emails]
        assert {(answer.status, answer.raw) for answer in answers} == {(202, b"null")}
    await post.wait_for(3)
    assert [len(post.to(email)) for email in emails] == [1, 1, 0, 1], "only whom a message is for receives one"
    assert (await register(client, "pas une adresse")).body["code"] == "email_invalid"


async def opened_with_all(administrator: Client) -> str:
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    return wave


async def test_asking_again_and_again_is_slowed_down(client: Client) -> None:
    told = [(await register(client)).status for _ in range(8)]
    assert told[:6] == [202] * 6
    assert told[-1] == 429


async def test_an_invitation_leads_to_a_link_that_opens_the_account(
    administrator: Client, browser: OpenBrowser, jobs: Jobs, post: MailServer, tree: Tree, sql: Any
) -> None:
    await add(administrator, "ada@exemple.fr", "bob@exemple.fr")
    wave = await opened_with_all(administrator)
    path = f"/api/admin/cohorts/{wave}/messages"
    preview = await administrator.call("POST", path, {"kind": "invitation", "preview": True})
    assert preview.body == {"count": 2, "refused": 0}
    assert (await administrator.call("POST", path, {"kind": "invitation"})).body["count"] == 2
    assert (await administrator.call("POST", path, {"kind": "invitation"})).body["count"] == 0, "once each"
    assert (await administrator.call("POST", path, {"kind": "reminder"})).body["count"] == 0, "three days of quiet"
    [told] = await sql("SELECT object_id, data FROM journal_events WHERE name = 'volunteers.mailed'")
    assert (told["object_id"], told["data"]) == (wave, '{"count":2,"kind":"invitation"}')
    messages = await post.wait_for(2)
    assert all("token=" not in message.get_content() for message in messages), (
        "no secret lives longer than half an hour"
    )
    assert "http://127.0.0.1:8000/#/activation" in messages[0].get_content()

    client = browser()
    assert (await client.call("POST", "/api/activations/links", {"email": "ada@exemple.fr"})).status == 202
    token = token_of((await post.wait_for(3))[2])
    body = {"token": token, "password": PASSWORD, "language": "en"}
    assert (await client.call("POST", "/api/activations/link", {**body, "token": "null"})).status == 410
    opened_account = await client.call("POST", "/api/activations/link", body)
    assert opened_account.status == 204
    client.token = opened_account.cookie
    assert (await client.call("GET", "/api/sessions/current")).body["person"]["language"] == "en"
    assert (await browser().call("POST", "/api/activations/link", body)).status == 410

    await sql("UPDATE volunteers SET invited_at = now() - interval '4 days'")
    reminded = await administrator.call("POST", path, {"kind": "reminder"})
    assert reminded.body["count"] == 1, "not the one who came"
    reminder = (await post.wait_for(4))[3]
    assert (reminder["To"], "Première" in reminder.get_content()) == ("bob@exemple.fr", True)


async def test_a_message_run_twice_leaves_once_and_waits_for_the_server(
    administrator: Client, database: Database, settings: Settings, post: MailServer, tree: Tree, sql: Any
) -> None:
    await add(administrator, "ada@exemple.fr", "personne@exemple.fr")
    wave = await opened_with_all(administrator)
    await administrator.call("POST", f"/api/admin/cohorts/{wave}/messages", {"kind": "invitation"})
    rows = await sql("SELECT mailings.id, email FROM mailings JOIN volunteers ON volunteers.id = volunteer_id")
    payloads = {row["email"]: {"mailing": str(row["id"])} for row in rows}
    mailer = Mailer(settings.mail, address=settings.address)

    async def run(email: str) -> None:
        await tasks.send_message(database, mailer, settings, payloads[email])

    post.away = True
    with pytest.raises(MailUnavailable):
        await run("ada@exemple.fr")
    post.away = False
    for _ in range(2):
        await run("ada@exemple.fr")
    assert len(post.received) == 1
    post.refuses.add("personne@exemple.fr")
    for _ in range(2):
        await run("personne@exemple.fr")
    told = await administrator.call(
        "POST", f"/api/admin/cohorts/{wave}/messages", {"kind": "invitation", "preview": True}
    )
    assert told.body == {"count": 0, "refused": 1}
    await sql("UPDATE mailings SET sent_at = NULL, asked_at = now() - interval '1 hour' WHERE sent_at IS NOT NULL")
    async with database.transaction() as session:
        assert await ask_again(session) == 1
        queued = await session.scalar(
            text("SELECT count(*) FROM pgqueuer WHERE entrypoint = :name"), {"name": MAIL_JOB}
        )
    assert queued == 3


async def test_an_administrator_writes_their_own_words(
    administrator: Client, client: Client, jobs: Jobs, post: MailServer
) -> None:
    path = "/api/admin/adoption/words"
    words = {"kind": "confirmation", "language": "fr", "subject": "Bienvenue", "body": "{name} : {link} {autre}"}
    refused = await administrator.call("POST", path, {**words, "body": "Sans lien"})
    assert (refused.status, refused.body["code"]) == (422, "mail_words_invalid")
    assert (await administrator.call("POST", path, words)).status == 204
    listed = (await administrator.call("GET", path)).body
    assert len(listed) == 8
    assert [one["subject"] for one in listed if one["is_own"]] == ["Bienvenue"]
    await register(client, name="{link}")
    (message,) = await post.wait_for(1)
    assert message["Subject"] == "Bienvenue"
    assert message.get_content().startswith("{link} : http://"), "what is put in is never read again"
    assert message.get_content().rstrip().endswith("{autre}")
    assert (await administrator.call("DELETE", f"{path}/confirmation/fr")).status == 204
    assert not [one for one in (await administrator.call("GET", path)).body if one["is_own"]]


async def test_a_code_lets_in_somebody_who_has_an_account(
    administrator: Client, browser: OpenBrowser, tree: Tree, person: MakePerson, sql: Any
) -> None:
    """Single sign-on made the account; the code was made for its address and for no other."""
    ada = await person("ada@exemple.fr")
    await person("bob@exemple.fr")
    await add(administrator, "ada@exemple.fr")
    made = await codes(administrator, await opened_with_all(administrator))
    code = {"code": made["ada@exemple.fr"]}
    bob, client = browser(), browser()
    await bob.sign_in("bob@exemple.fr")
    await client.sign_in("ada@exemple.fr")
    assert (await bob.call("POST", "/api/activations/current", code)).status == 410
    taken = await activate(browser(), "ada@exemple.fr", made["ada@exemple.fr"])
    assert (taken.status, taken.body["code"]) == (409, "person_exists")
    assert (await client.call("POST", "/api/activations/current", code)).status == 204
    (row,) = await sql("SELECT person_id, state FROM volunteers")
    assert (row["person_id"], row["state"]) == (ada, "activated")
