"""A person's own events are exported; none is erased."""

import json
from uuid import uuid4

from chatelet.audit import events, journal, personal_data
from chatelet.audit.tables import JournalEvent, JournalLink, JournalPending, JournalSeal
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7


async def test_a_person_receives_what_they_did_and_what_was_done_to_their_account(database: Database):
    me, other = uuid7(), uuid7()
    async with database.transaction() as session:
        await journal.record(session, events.SessionOpened(session_id=uuid4()), actor=me)
        await journal.record(session, events.PersonDisabled(person_id=me), actor=other)
        await journal.record(session, events.PersonDisabled(person_id=other), actor=other)
        await journal.record(session, events.PersonEnabled(person_id=me), actor=me)
        exported = await personal_data.export(session, me)
        assert [event["name"] for event in exported["journal"]] == [
            "session.opened", "person.disabled", "person.enabled",
        ]  # fmt: skip
        assert [event["by_me"] for event in exported["journal"]] == [True, False, True]
        assert str(other) not in json.dumps(exported)
        assert await personal_data.erase(session, me) == 0
        assert await personal_data.export(session, me) == exported


def test_every_table_of_the_journal_is_claimed():
    tables = {table.__tablename__ for table in (JournalEvent, JournalLink, JournalPending, JournalSeal)}
    assert tables == personal_data.TABLES
