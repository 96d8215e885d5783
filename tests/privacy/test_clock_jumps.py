"""The clock jumps, an hour or a year, ahead or back: nobody gains a session, no answer is lost, nothing is destroyed."""

import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from chatelet.audit import chain, commands, journal, sealing
from chatelet.audit.head import write_head
from chatelet.audit.keys import publish, sealing_key
from chatelet.conversations import turns
from chatelet.identity import sessions
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.tables import Person
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.retention import expiry
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import SecuritySettings
from tests.audit.samples import some_events
from tests.privacy.conftest import People, Travel


def test_identifiers_grow_whatever_the_clock_does(monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.time_ns
    made = [uuid7()]
    for hours in (0, -1, 0, 24, -24 * 365, 0):
        monkeypatch.setattr(time, "time_ns", lambda moved=hours: real() + moved * 3600 * 10**9)
        made += [uuid7() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


async def test_retention_holds_back_when_the_clock_jumped_ahead(
    services: PrivacyServices, people: People, travel: Travel, database: Database
) -> None:
    ada = await people.person()
    kept = await people.conversation(ada, temporary=True)
    travel(3)
    assert clock.jump() > timedelta(days=2)
    assert await expiry.apply(services) is None
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT id FROM conversations")) == kept
    travel(-400)
    assert await expiry.apply(services) is None, "behind, nothing is over"
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT id FROM conversations")) == kept


@pytest.mark.parametrize("days", [400, -400])
async def test_a_node_whose_clock_jumps_ends_no_answer_of_another(
    services: PrivacyServices, people: People, travel: Travel, database: Database, days: int
) -> None:
    ada = await people.person()
    await people.conversation(ada)
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE turns SET state = 'running', heartbeat_at = now(), closed_at = NULL, worker_id = :other"),
            {"other": uuid4()},
        )
    travel(days)
    async with database.transaction() as session:
        assert not await turns.reap(session, services.keyring, stale=timedelta(seconds=16), not_of=uuid4())
    async with database.transaction() as session:
        await session.execute(text("UPDATE turns SET heartbeat_at = now() - interval '20 seconds'"))
    async with database.transaction() as session:
        assert await turns.reap(session, services.keyring, stale=timedelta(seconds=16), not_of=uuid4())


async def test_a_session_does_not_outlive_a_jump_ahead_nor_end_for_one_back(
    people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await people.person()
    async with database.transaction() as session:
        person = await session.get_one(Person, ada.person_id)
        opened = await sessions.open_session(session, person, SecuritySettings(), "password")
    began = clock.now()

    async def lives(hours: float) -> bool:
        monkeypatch.setattr(sessions, "now", lambda: began + timedelta(hours=hours))
        async with database.transaction() as session:
            try:
                await sessions.authenticate(session, opened.token)
            except NotSignedIn:
                return False
        return True

    assert await lives(0)
    assert not await lives(13)
    assert await lives(-24)
    assert await lives(0)
    assert not await lives(13)


async def test_the_journal_keeps_its_order(database: Database, tmp_path: Path, travel: Travel) -> None:
    key = sealing_key(tmp_path, None)
    assert key is not None
    trusted, head = publish(key, tmp_path / "public.pem"), tmp_path / "head.json"
    for days in (0, 2, -3, 0):
        travel(days)
        async with database.transaction() as session:
            await journal.record_all(session, [event for event, _ in some_events(4)], actor=None)
        await chain.link_all(database)
        sealed = await sealing.seal(database, key, trusted)
        assert sealed is not None
        write_head(head, sealed)
    outcome = await commands.verify(database, public_keys=tmp_path / "public.pem", head=head)
    assert outcome.report is not None
    assert outcome.exit_code == 0, outcome
