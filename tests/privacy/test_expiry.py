"""What the matrix says leaves, and nothing else; keys first, months whole; cut anywhere, it goes on."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from chatelet.conversations import forgetting, queries
from chatelet.conversations import service as conversations
from chatelet.conversations.errors import ConversationNotFound
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.retention import lasting, service
from chatelet.policy.retention.errors import RetentionNotHere, RetentionOutOfBounds, RetentionTooLong
from chatelet.policy.retention.kinds import Kind
from chatelet.policy.retention.schemas import NewRetentionRule, RetentionChoiceIn
from chatelet.privacy.certificates.certificate import decode
from chatelet.privacy.certificates.service import read as read_certificate
from chatelet.privacy.retention import expiry
from chatelet.privacy.services import PrivacyServices
from tests.privacy.conftest import People, Travel

_USED = (
    "INSERT INTO model_usage (id, person_id, model_id, backend, purpose, prompt_tokens, completion_tokens, estimated,"
    " created_at) VALUES (gen_random_uuid(), :p, :name, 'b', 'turn', 1, 1, false, :at)"
)
_JOB_DONE = (
    "INSERT INTO pgqueuer_log (created, job_id, status, priority, entrypoint) VALUES (:at, 1, 'successful', 0, :name)"
)
_COUNTED = "INSERT INTO quota_counters VALUES (:p, :name, 'day', :at, 1, 1, 1, 1)"
_LEFT_OF_DOCUMENTS = (
    "SELECT document_id FROM document_versions",
    "SELECT document_id FROM passages",
    "SELECT v.document_id FROM passage_windows JOIN document_versions AS v ON v.id = version_id",
)
_LEFT_IN_LOGS = (
    "SELECT entrypoint FROM pgqueuer_log WHERE entrypoint IN ('old', 'young')",
    "SELECT model_id FROM model_usage",
    "SELECT model_id FROM quota_counters",
)


async def _count(database: Database, table: str) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


async def _conversations(database: Database) -> set[UUID]:
    async with database.transaction() as session:
        return set(await session.scalars(text("SELECT id FROM conversations")))


async def _unit(database: Database, code: str, above: Unit | None = None) -> Unit:
    identifier = uuid7()
    unit = Unit(
        id=identifier,
        parent_id=above.id if above else None,
        path=[*(above.path if above else []), identifier],
        code=code,
        name=code,
        sort_name=code,
        kind="other",
        created_at=clock.now(),
    )
    async with database.transaction() as session:
        session.add(unit)
    return unit


async def _joins(database: Database, who: Principal, unit: Unit) -> None:
    async with database.transaction() as session:
        session.add(
            Membership(person_id=who.person_id, unit_id=unit.id, is_main=True, source="page", created_at=clock.now())
        )


async def _rule(database: Database, officer: Principal, kind: Kind, days: int, unit: Unit | None = None) -> None:
    async with database.transaction() as session:
        await service.set_rule(
            session, officer, NewRetentionRule(kind=kind, days=days, unit_id=unit.id if unit else None)
        )


async def test_four_hundred_days_later_what_the_policy_says_is_left_and_nothing_else(
    services: PrivacyServices, people: People, travel: Travel
) -> None:
    database = services.database
    officer = await people.person("Déléguée", Right.PRIVACY_MANAGE)
    await _rule(database, officer, Kind.CONVERSATIONS, 500)
    await _rule(database, officer, Kind.ATTACHMENTS, 300)
    brief = await _unit(database, "bref")
    await _rule(database, officer, Kind.CONVERSATIONS, 90, brief)
    ada, emilie, careful = [await people.person(name) for name in ("Ada", "Émilie", "Prudente")]
    await _joins(database, emilie, brief)
    async with database.transaction() as session:
        await service.choose(session, careful, RetentionChoiceIn(kind=Kind.CONVERSATIONS, days=30))
    kept = await people.conversation(ada)
    old_file = await people.file(ada, b"Un rapport d'il y a longtemps.", kept)
    gone = {await people.conversation(emilie), await people.conversation(careful)}
    gone.add(await people.conversation(ada, temporary=True))
    travel(395)
    recent = {await people.conversation(emilie), await people.conversation(careful)}
    fresh_file = await people.file(ada, b"Un rapport de la semaine.", kept)
    travel(400)
    certificate = await expiry.run(services)
    assert await _conversations(database) == {kept, *recent}
    assert await _count(database, "messages") == 6
    async with database.transaction() as session:
        assert set(await session.scalars(text("SELECT id FROM files"))) == {fresh_file}
    assert {name async for name in services.storage.identifiers()} == {str(fresh_file)}
    assert certificate is not None
    async with database.transaction() as session:
        facts = decode((await read_certificate(session, certificate)).document.encode()).certificate
        found = await session.execute(text("SELECT data FROM journal_events WHERE name = 'deletion.certified'"))
        assert len(found.all()) == 1
    assert facts.destroyed.rows | {"pgqueuer_log": 0} == {
        "conversations": 3, "turns": 3, "messages": 6, "files": 1, "pgqueuer_log": 0,
    }  # fmt: skip
    assert (facts.destroyed.keys, facts.destroyed.blobs) == (4, 1)
    assert old_file != fresh_file
    assert await expiry.run(services) is None, "a second run finds nothing"


async def test_documents_of_a_unit_leave_whole_when_their_time_is_over_and_the_others_stay(
    services: PrivacyServices, people: People, travel: Travel
) -> None:
    database = services.database
    officer = await people.person("Déléguée", Right.PRIVACY_MANAGE)
    above, other = await _unit(database, "faculte"), await _unit(database, "ailleurs")
    below = await _unit(database, "labo", above)
    await _joins(database, officer, below)
    await _rule(database, officer, Kind.DOCUMENTS, 100, above)
    gone = {await people.document(officer, "vieux", below.id), await people.document(officer, "vieux aussi")}
    elsewhere = await people.document(officer, "ailleurs", other.id)
    travel(2)
    kept = {elsewhere, await people.document(officer, "récent", below.id)}
    travel(99)
    await expiry.run(services)
    assert await _count(database, "documents") == 4, "a day before the limit"
    travel(101)
    certificate = await expiry.run(services)
    assert certificate is not None
    async with database.transaction() as session:
        left = set(await session.scalars(text("SELECT id FROM documents")))
        assert left == kept
        for query in _LEFT_OF_DOCUMENTS:
            assert set(await session.scalars(text(query))) == kept, query
        assert set(await session.scalars(text("SELECT holder_id FROM files"))) == kept
        held = {str(one) for one in await session.scalars(text("SELECT id FROM files"))}
        facts = decode((await read_certificate(session, certificate)).document.encode()).certificate
        told = list(await session.scalars(text("SELECT data FROM journal_events WHERE name = 'document.changed'")))
    assert {name async for name in services.storage.identifiers()} == held
    assert facts.destroyed.rows | {"pgqueuer_log": 0} == {"documents": 2, "passages": 2, "files": 2, "pgqueuer_log": 0}
    assert (facts.destroyed.keys, facts.destroyed.blobs, facts.destroyed.vectors) == (2, 2, 2)
    assert len(told) == 2
    assert all(any(str(one) in line for line in told) for one in gone)


async def test_of_technical_logs_exactly_the_old_lines_leave(
    services: PrivacyServices, people: People, travel: Travel
) -> None:
    database = services.database
    officer = await people.person("Déléguée", Right.PRIVACY_MANAGE)
    await _rule(database, officer, Kind.LOGS, 100)
    now = clock.now()
    limit = now - timedelta(days=100)
    hour, day = timedelta(hours=1), timedelta(days=1)
    async with database.transaction() as session:
        for name, at in (("old", limit - hour), ("young", limit + hour)):
            values = {"p": officer.person_id, "name": name, "at": at}
            await session.execute(text(_USED), values)
            await session.execute(text(_JOB_DONE), {"name": name, "at": at})
        for name, at in (("old", limit - day), ("young", limit)):
            await session.execute(text(_COUNTED), {"p": officer.person_id, "name": name, "at": at.date()})
    certificate = await expiry.run(services)
    assert certificate is not None
    async with database.transaction() as session:
        for query in _LEFT_IN_LOGS:
            assert list(await session.scalars(text(query))) == ["young"], query
        facts = decode((await read_certificate(session, certificate)).document.encode()).certificate
    assert facts.destroyed.rows == {"pgqueuer_log": 1, "model_usage": 1, "quota_counters": 1}
    await _rule(database, officer, Kind.LOGS, 30)
    travel(-35)  # the young ones are 64 days old
    await expiry.run(services)
    assert await _count(database, "model_usage") == 1, "figures of units are made again from 70 days of it"
    assert await _count(database, "quota_counters") == 1
    assert await _count(database, "pgqueuer_log") == 0


async def test_a_conversation_condemned_is_out_of_sight_at_once_and_cannot_come_back(
    services: PrivacyServices, people: People, travel: Travel
) -> None:
    ada = await people.person()
    conversation = await people.conversation(ada)
    moment = travel(200)
    async with services.database.transaction() as session:
        kept = await lasting.kept(session, Kind.CONVERSATIONS)
        assert await forgetting.condemn(session, kept, 180, moment, 10) == 1
    async with services.database.transaction() as session:
        assert await session.scalar(text("SELECT length(wrapped_key) FROM conversations")) == 0
        assert await queries.one(session, ada.person_id, conversation) is None
        assert await queries.one_deleted(session, ada.person_id, conversation) is None
        with pytest.raises(ConversationNotFound):
            await conversations.read(session, services.keyring, ada, conversation)
    await conversations.check_keyring(services.database, services.keyring)
    await expiry.run(services)  # what a cut run left is finished by the next
    assert await _conversations(services.database) == set()


async def test_a_month_is_dropped_whole_only_when_nothing_lives_in_it(
    services: PrivacyServices, people: People, travel: Travel
) -> None:
    database = services.database
    officer = await people.person("Déléguée", Right.PRIVACY_MANAGE)
    ada, careful = await people.person(), await people.person("Prudente")
    async with database.transaction() as session:
        await service.choose(session, careful, RetentionChoiceIn(kind=Kind.CONVERSATIONS, days=60))
    await people.conversation(careful)
    await people.conversation(ada)
    travel(100)
    first = await expiry.run(services)
    assert first is not None
    assert await _count(database, "messages") == 2
    travel(400)
    second = await expiry.run(services)
    assert second is not None
    async with database.transaction() as session:
        facts = decode((await read_certificate(session, second)).document.encode()).certificate
    assert facts.destroyed.partitions
    assert facts.destroyed.rows["messages"] == 2
    assert officer.person_id


async def test_the_application_cannot_drop_a_month_with_living_messages(
    services: PrivacyServices, people: People
) -> None:
    await people.conversation(await people.person())
    async with services.database.transaction() as session:
        month = await session.scalar(text("SELECT tableoid::regclass::text FROM messages LIMIT 1"))
        assert await forgetting.drop_month(session, str(month)) is None
    assert await _count(services.database, "messages") == 2


async def test_what_is_being_answered_waits(services: PrivacyServices, people: People, travel: Travel) -> None:
    ada = await people.person()
    await people.conversation(ada)
    async with services.database.transaction() as session:
        await session.execute(text("UPDATE turns SET state = 'running'"))
    travel(200)
    await expiry.run(services)
    assert len(await _conversations(services.database)) == 1


async def test_a_unit_and_a_person_may_only_shorten(services: PrivacyServices, people: People) -> None:
    database = services.database
    officer = await people.person("Déléguée", Right.PRIVACY_MANAGE)
    above = await _unit(database, "faculte")
    below = await _unit(database, "labo", above)
    ada = await people.person()
    await _joins(database, ada, below)
    await _rule(database, officer, Kind.CONVERSATIONS, 120, above)
    with pytest.raises(RetentionTooLong):
        await _rule(database, officer, Kind.CONVERSATIONS, 121, below)
    await _rule(database, officer, Kind.CONVERSATIONS, 100, below)
    with pytest.raises(RetentionOutOfBounds):
        await _rule(database, officer, Kind.JOURNAL, 179)
    with pytest.raises(RetentionNotHere):
        await _rule(database, officer, Kind.JOURNAL, 200, below)
    async with database.transaction() as session:
        with pytest.raises(RetentionTooLong):
            await service.choose(session, ada, RetentionChoiceIn(kind=Kind.CONVERSATIONS, days=101))
        with pytest.raises(RetentionNotHere):
            await service.choose(session, ada, RetentionChoiceIn(kind=Kind.ACCOUNTS, days=100))
    async with database.transaction() as session:
        await service.choose(session, ada, RetentionChoiceIn(kind=Kind.CONVERSATIONS, days=10))
        assert await lasting.conversation_days(session, ada.person_id) == 10
        await service.choose(session, ada, RetentionChoiceIn(kind=Kind.CONVERSATIONS, days=None))
        assert await lasting.conversation_days(session, ada.person_id) == 100


async def test_rules_are_versions_and_lifting_one_gives_the_one_above_back(
    services: PrivacyServices, people: People
) -> None:
    database = services.database
    officer = await people.person("Déléguée", Right.PRIVACY_MANAGE)
    await _rule(database, officer, Kind.CONVERSATIONS, 100)
    await _rule(database, officer, Kind.CONVERSATIONS, 90)
    async with database.transaction() as session:
        line = (await service.matrix(session)).items[0]
        assert [(one.days, one.version, one.set_by) for one in line.rules] == [(90, 2, "Déléguée")]
        assert [(one.days, one.version) for one in line.history] == [(100, 1)]
        await service.lift_rule(session, officer, line.rules[0].id)
        assert (await service.matrix(session)).items[0].days == 180


async def test_the_clock_is_shown_on_each_conversation(services: PrivacyServices, people: People) -> None:
    ada = await people.person()
    kept, temporary = await people.conversation(ada), await people.conversation(ada, temporary=True)
    async with services.database.transaction() as session:
        shown = [await conversations.read(session, services.keyring, ada, one) for one in (kept, temporary)]
    assert (shown[0].expires_at - shown[0].updated_at).days in (179, 180)
    assert not shown[0].temporary
    assert shown[1].temporary
    assert (shown[1].expires_at - shown[1].created_at).total_seconds() == pytest.approx(86_400, abs=1)
