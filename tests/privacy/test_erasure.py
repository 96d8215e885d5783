"""Erased means nowhere: no table, no blob, no job holds the person's identifier, their name nor a word they wrote."""

import io
import json
import zipfile
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text, update

from chatelet.conversations import service as conversations
from chatelet.documents.files.tables import CLOSED, File
from chatelet.identity.errors import LastAdministrator, WrongPassword
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right, Rights
from chatelet.identity.tables import Person, PersonSession
from chatelet.kernel import clock, jobs
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.retention import service as retention
from chatelet.policy.retention.kinds import Kind
from chatelet.policy.retention.schemas import RetentionChoiceIn
from chatelet.privacy.certificates.certificate import decode, subject
from chatelet.privacy.retention.tables import IdleNotice
from chatelet.privacy.rights import archive, erasure, service
from chatelet.privacy.rights.errors import ArchiveNotReady, RequestClosedAlready, RequestNotFound, RequestUnderWay
from chatelet.privacy.rights.schemas import NewPrivacyRequest, RequestAnswer
from chatelet.privacy.services import PrivacyServices
from tests.persons import create_person
from tests.privacy import traces
from tests.privacy.conftest import People, Travel

PASSWORD = "Les comètes reviennent en 1759"
WORD = "mirabelliforme"
EVIDENCE = {"journal_events.actor", "journal_events.acting_for"}  # kept for its own retention (docs/adr/0026)


async def _principal(database: Database, person_id: UUID) -> Principal:
    async with database.transaction() as session:
        person = await session.get_one(Person, person_id)
        opened = PersonSession(
            id=uuid7(), person_id=person_id, token_hash=uuid4().bytes, created_at=clock.now(),
            last_seen_at=clock.now(), idle_minutes=60, expires_at=clock.now(),
        )  # fmt: skip
        session.add(opened)
    rights = Rights(frozenset({Right.CHAT, Right.DOCUMENTS_CONTRIBUTE}), {})
    return Principal(
        person_id, opened.id, rights, frozenset(), "fr", person.name, person.email, clock.now()
    )  # fmt: skip


async def _made(database: Database, *, administrator: bool = False) -> Principal:
    async with database.transaction() as session:
        made = await create_person(
            session,
            email=f"{WORD}@exemple.fr",
            name=f"Ada {WORD.capitalize()}",
            password=PASSWORD,
            is_administrator=administrator,
        )
    return await _principal(database, made)


async def _leave_something_everywhere(
    services: PrivacyServices, people: People, who: Principal, other: Principal
) -> list[str]:
    """Return the identifiers of what is theirs alone."""
    database, person_id = services.database, who.person_id
    conversation = await people.conversation(who, f"Question {WORD}", f"Réponse {WORD}")
    files = [
        await people.file(who, f"Un fichier {WORD}".encode(), conversation),
        await people.file(who, f"Un fichier seul {WORD}".encode()),
    ]
    document = await people.document(who, WORD)
    async with database.transaction() as session:
        await retention.choose(session, who, RetentionChoiceIn(kind=Kind.CONVERSATIONS, days=30))
        await service.ask(session, services, who, NewPrivacyRequest(kind="rectification", words=f"Mon nom {WORD}"))
        await conversations.add_folder(session, services.keyring, who, f"Dossier {WORD}")
        session.add(IdleNotice(person_id=person_id, told_at=clock.now(), erase_at=clock.now()))
        await jobs.enqueue(session, "title", {"person": str(person_id)})
        made = await service.ask(session, services, who, NewPrivacyRequest(kind="access"))
        access = next(one for one in made.items if one.kind == "access")
    await archive.build(services, access.id)
    rows = await traces.leave(services, who, other, WORD, conversation)
    return [str(one) for one in (conversation, *files, document)] + rows


async def test_nothing_of_an_erased_person_is_left_anywhere(
    services: PrivacyServices, people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    database = services.database
    other = await people.person("Émilie")
    kept = await people.conversation(other, "La question d'une autre", "Sa réponse")
    kept_file = await people.file(other, b"Le fichier d'une autre", kept)
    who = await _made(database)
    theirs = await _leave_something_everywhere(services, people, who, other)
    sought = [str(who.person_id), WORD, *theirs]
    before = await traces.search(services, sought)
    lacking = traces.claimed() - set(traces.NAMING_NOBODY) - set(before)
    assert lacking == set(), "have the person of this test leave a row there (traces.py)"
    unnamed = traces.columns_naming_persons() - await traces.columns_holding(services, who.person_id)
    assert unnamed - EVIDENCE == set(), "have the person of this test be named there (traces.py)"
    reference = await service.order_erasure(services, who, PASSWORD)
    async with database.transaction() as session:
        request = await session.scalar(text("SELECT id FROM privacy_requests WHERE kind = 'erasure'"))
        assert await session.scalar(text("SELECT count(*) FROM sessions WHERE ended_at IS NULL")) == 0
    capsys.readouterr()
    certificate = await erasure.erase(services, UUID(str(request)))
    assert certificate is not None
    after = await traces.search(services, sought)
    assert {place: held for place, held in after.items() if place not in traces.BARE} == {}
    assert {place for place, held in after.items() if WORD in held} == set()
    assert await traces.columns_holding(services, who.person_id) <= EVIDENCE
    assert {place for place, held in after.items() if str(who.person_id) in held} == {"journal_events"}
    said = "".join(capsys.readouterr()).lower()
    assert [one for one in sought if one in said] == [], "the service's log names nobody"
    async with database.transaction() as session:
        files = {str(one) for one in await session.scalars(text("SELECT id FROM files"))}
        row = await service.certificate_of(session, reference)
        assert await session.scalar(text("SELECT count(*) FROM messages")) == 2
        assert await session.scalar(text("SELECT count(*) FROM persons")) == 1
    assert {name async for name in services.storage.identifiers()} == {str(kept_file)} <= files
    facts = decode(row.document.encode()).certificate
    assert facts.subject_sha256 == subject(who.person_id)
    assert facts.destroyed.keys == 9, "conversation, 3 files, archive, work, research, glossary, template"
    assert facts.destroyed.rows["messages"] == 2
    assert (facts.destroyed.rows["passages"], facts.destroyed.vectors) == (1, 1)
    assert str(who.person_id) not in row.document
    assert await erasure.erase(services, UUID(str(request))) is None, "a job run twice does nothing more"


async def test_every_table_that_refers_to_persons_survives_their_erasure_or_follows_it(
    owner_database: Database,
) -> None:
    """A new foreign key to persons that neither cascades nor empties would make an erasure fail: it is found here."""
    async with owner_database.transaction() as session:
        rows = await session.execute(text("SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
                                          " AND confrelid = 'persons'::regclass AND confdeltype NOT IN ('c', 'n')"))  # fmt: skip
        assert [row[0] for row in rows] == []


async def test_the_archive_holds_everything_in_both_forms_and_the_files(
    services: PrivacyServices, people: People
) -> None:
    who = await people.person("Ada")
    conversation = await people.conversation(who, "Que dit le rapport ?", "Rien de neuf.")
    await people.file(who, "Le rapport même".encode() * 1_000, conversation)
    for reason in CLOSED:
        refused = await people.file(who, b"ce qui ne se rend pas", conversation)
        async with services.database.transaction() as session:
            await session.execute(update(File).where(File.id == refused).values(state="failed", error_code=reason))
    async with services.database.transaction() as session:
        made = await service.ask(session, services, who, NewPrivacyRequest(kind="access"))
    with pytest.raises(ArchiveNotReady):
        await archive.opened(services, who.person_id, made.items[0].id)
    with pytest.raises(RequestUnderWay):
        async with services.database.transaction() as session:
            await service.ask(session, services, who, NewPrivacyRequest(kind="access"))
    await archive.build(services, made.items[0].id)
    other = await people.person("Émilie")
    with pytest.raises(RequestNotFound):
        await archive.opened(services, other.person_id, made.items[0].id)
    _name, size, parts = await archive.opened(services, who.person_id, made.items[0].id)
    data = b"".join([part async for part in parts])
    assert len(data) == size
    for path in Path(services.settings.data_dir, "files").rglob("*"):
        assert not path.is_file() or b"rapport" not in path.read_bytes(), "the archive is sealed where it is stored"
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        names = found.namelist()
        assert found.testzip() is None
        told = json.loads(found.read("data/conversations.json"))
        assert told["conversations"][0]["turns"][0]["answer"][0]["text"] == "Rien de neuf."
        [markdown] = [name for name in names if name.startswith("conversations/")]
        assert "Que dit le rapport ?" in found.read(markdown).decode()
        [file] = [name for name in names if name.startswith("files/")]
        assert found.read(file) == "Le rapport même".encode() * 1_000
        assert {f"data/{name}.json" for name in services.holdings} <= set(names)


async def test_the_password_is_asked_and_the_last_administrator_stays(services: PrivacyServices) -> None:
    boss = await _made(services.database, administrator=True)
    with pytest.raises(WrongPassword):
        await service.order_erasure(services, boss, "pas le bon")
    with pytest.raises(WrongPassword):
        await service.order_erasure(services, boss, None)
    with pytest.raises(LastAdministrator):
        await service.order_erasure(services, boss, PASSWORD)
    async with services.database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM privacy_requests")) == 0


async def test_the_desk_shows_what_is_late_and_closes_it(
    services: PrivacyServices, people: People, travel: Travel
) -> None:
    officer, ada = await people.person("Déléguée", Right.PRIVACY_MANAGE), await people.person()
    async with services.database.transaction() as session:
        await service.ask(session, services, ada, NewPrivacyRequest(kind="objection", words="Pas de résumé."))
        desk = await service.desk(session, services, officer)
        assert [(one.kind, one.words, one.overdue) for one in desk.items] == [("objection", "Pas de résumé.", False)]
    travel(31)
    async with services.database.transaction() as session:
        assert (await service.desk(session, services, officer)).overdue == 1
        closed = await service.answer(session, services, officer, desk.items[0].id, RequestAnswer(outcome="done"))
        assert (closed.state, closed.overdue) == ("done", False)
    async with services.database.transaction() as session:
        read = await session.scalar(text("SELECT count(*) FROM journal_events WHERE name = 'requests.read'"))
        assert read == 2


async def test_a_rectification_is_seen_on_the_desk_and_closed(services: PrivacyServices, people: People) -> None:
    officer, ada = await people.person("Déléguée", Right.PRIVACY_MANAGE), await people.person()
    words = "Mon nom s’écrit avec un accent."
    async with services.database.transaction() as session:
        await service.ask(session, services, ada, NewPrivacyRequest(kind="rectification", words=words))
    async with services.database.transaction() as session:
        (asked,) = (await service.desk(session, services, officer)).items
        assert (asked.kind, asked.state, asked.words, asked.overdue) == ("rectification", "open", words, False)
        assert (asked.due_at - asked.made_at).days in (30, 31)
    async with services.database.transaction() as session:
        await service.answer(session, services, officer, asked.id, RequestAnswer(outcome="done"))
        assert [one.state for one in (await service.own(session, services, ada)).items] == ["done"]
        with pytest.raises(RequestClosedAlready):
            await service.answer(session, services, officer, asked.id, RequestAnswer(outcome="declined"))
    async with services.database.transaction() as session:
        told = "SELECT count(*) FROM journal_events WHERE name = 'request.closed' AND actor = :officer"
        assert await session.scalar(text(told), {"officer": officer.person_id}) == 1
