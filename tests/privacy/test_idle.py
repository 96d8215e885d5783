"""Nobody is erased untold: a notice by mail thirty days before, and whoever comes back stays."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from chatelet.kernel import clock
from chatelet.kernel.mail import Mailer
from chatelet.privacy.retention import idle
from chatelet.privacy.rights import archive, erasure, service
from chatelet.privacy.rights.schemas import NewPrivacyRequest
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import MailSettings
from tests.fakes.mail_server import MailServer, running_mail_server
from tests.persons import create_person
from tests.privacy.conftest import People, Travel


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with running_mail_server() as running:
        yield running


@pytest.fixture
def mailing(services: PrivacyServices, server: MailServer) -> PrivacyServices:
    settings = MailSettings(host="localhost", port=server.port, sender="ia@exemple.fr", tls="none")
    return replace(services, mailer=Mailer(settings, address="https://ia.exemple.fr"))


async def _left(services: PrivacyServices) -> int:
    async with services.database.transaction() as session:
        for request in list(await session.scalars(text("SELECT id FROM privacy_requests WHERE kind = 'erasure'"))):
            await erasure.erase(services, request)
    async with services.database.transaction() as session:
        return int(await session.scalar(text("SELECT count(*) FROM persons")) or 0)


async def test_told_thirty_days_before_then_erased(
    mailing: PrivacyServices, server: MailServer, people: People, travel: Travel
) -> None:
    ada = await people.person()
    travel(334)
    assert await idle.run(mailing) == 0
    assert server.received == []
    travel(336)
    await idle.run(mailing)
    await idle.run(mailing)
    [notice] = server.to(ada.email or "")
    assert "sera effacé" in str(notice["Subject"])
    assert "/settings" in notice.get_content()
    assert "archive" in notice.get_content(), "what one wrote is offered before it goes"
    travel(365)
    assert await idle.run(mailing) == 0
    assert await _left(mailing) == 1
    travel(367)
    assert await idle.run(mailing) == 1
    assert await _left(mailing) == 0
    async with mailing.database.transaction() as session:
        assert await session.scalar(text("SELECT reason FROM deletion_certificates")) == "idle"


async def test_whoever_comes_back_stays(
    mailing: PrivacyServices, server: MailServer, people: People, travel: Travel
) -> None:
    await people.person()
    travel(340)
    await idle.run(mailing)
    there = travel(341)
    async with mailing.database.transaction() as session:
        await session.execute(text("UPDATE persons SET last_seen_at = :at"), {"at": there})
    travel(371)
    assert await idle.run(mailing) == 0
    assert await _left(mailing) == 1
    assert len(server.received) == 1


async def test_nobody_is_erased_untold_nor_whoever_manages_everything(
    services: PrivacyServices, mailing: PrivacyServices, server: MailServer, people: People, travel: Travel
) -> None:
    ada = await people.person()
    async with services.database.transaction() as session:
        await create_person(
            session, email="cheffe@exemple.fr", name="Cheffe", password="Les comètes reviennent", is_administrator=True
        )
    travel(900)
    assert await idle.run(services) == 0  # no mail server
    server.refuses.add(ada.email or "")
    assert await idle.run(mailing) == 0  # an address that answers no more
    server.refuses.clear()
    server.away = True
    assert await idle.run(mailing) == 0
    server.away = False
    await idle.run(mailing)
    assert [str(one["To"]) for one in server.received] == [ada.email]
    travel(931)
    assert await idle.run(mailing) == 1
    assert await _left(mailing) == 1


async def test_an_archive_is_let_go_after_a_week_and_what_a_job_gave_up_is_asked_again(
    services: PrivacyServices, people: People, travel: Travel
) -> None:
    ada = await people.person()
    async with services.database.transaction() as session:
        made = await service.ask(session, services, ada, NewPrivacyRequest(kind="access"))
        await session.execute(text("DELETE FROM pgqueuer"))
    travel(1)
    await service.go_on(services)
    async with services.database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'write_archive'")) == 1
    await archive.build(services, made.items[0].id)
    travel(9)
    assert clock.now() - timedelta(days=8) > made.items[0].made_at
    await service.go_on(services)
    async with services.database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM files")) == 0
        assert await session.scalar(text("SELECT state FROM privacy_requests")) == "done"
