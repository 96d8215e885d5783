"""What was destroyed on purpose does not come back with a backup; what cannot be known is said, and refused first."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from chatelet.backups.errors import ErasuresUnknown
from chatelet.backups.place import Place
from chatelet.backups.restoring import Wanted
from chatelet.conversations import forgetting
from chatelet.conversations.tables import Conversation
from chatelet.documents.files.tables import File
from chatelet.identity.tables import Person
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.privacy.certificates.certificate import decode, subject
from chatelet.privacy.destroyed import ledger
from chatelet.privacy.rights import erasure, service
from chatelet.privacy.services import PrivacyServices
from tests.backups.conftest import Elsewhere, made, services_on
from tests.privacy import traces
from tests.privacy.conftest import People
from tests.privacy.test_erasure import WORD, _leave_something_everywhere, _made


async def erased(services: PrivacyServices, who: Person | UUID) -> None:
    async with services.database.transaction() as session:
        request = await service.begin_erasure(session, who, "idle")  # type: ignore[arg-type]
    assert await erasure.erase(services, request.id) is not None


@pytest.mark.parametrize("kind", ["ledger", "whole"])
async def test_a_person_erased_since_the_backup_is_nowhere(
    services: PrivacyServices, people: People, place: Place, elsewhere: Elsewhere, kind: str
) -> None:
    other = await people.person("Émilie")
    kept_file = await people.file(other, b"Le fichier d'une autre", await people.conversation(other))
    who = await _made(services.database)
    theirs = await _leave_something_everywhere(services, people, who, other)
    first = await made(services, place)
    await erased(services, who.person_id)
    await made(services, place, incremental=True, kind=kind)

    restored = await elsewhere.restored(place, Wanted(backup=str(first.manifest.id)))

    assert restored.replayed.persons == 1
    assert restored.ledger.kind == kind
    there = services_on(elsewhere.owner, elsewhere.settings)
    after = await traces.search(there, [str(who.person_id), WORD, *theirs])
    assert {table: held for table, held in after.items() if table not in traces.BARE} == {}
    assert {table for table, held in after.items() if {str(who.person_id), WORD} & held} == {"journal_events"}
    assert WORD not in after["journal_events"]
    assert {name async for name in there.storage.identifiers()} == {str(kept_file)}
    async with elsewhere.owner.transaction() as session:
        told = set(await session.scalars(text("SELECT name FROM journal_events")))
        assert {"person.erased", "deletion.certified", "backup.restored"} <= told
        [signed] = await session.scalars(text("SELECT document FROM deletion_certificates WHERE reason = 'person'"))
        assert await session.scalar(text("SELECT count(*) FROM conversations")) == 1
    assert decode(signed.encode()).certificate.subject_sha256 == subject(who.person_id)


async def test_keys_destroyed_since_the_backup_do_not_come_back(
    services: PrivacyServices, people: People, place: Place, elsewhere: Elsewhere
) -> None:
    """A conversation condemned, another deleted, a file alone: none of their keys, rows or blobs."""
    who = await people.person()
    condemned, deleted, kept = [await people.conversation(who) for _ in range(3)]
    file, kept_file = await people.file(who, b"one", kept), await people.file(who, b"two", kept)
    first = await made(services, place)
    async with services.database.transaction() as session:
        await forgetting.destroy_keys(session, [condemned], clock.now())
        await session.delete(await session.get_one(Conversation, deleted))
        await session.delete(await session.get_one(File, file))
    await made(services, place, incremental=True, kind="ledger")
    restored = await elsewhere.restored(place, Wanted(backup=str(first.manifest.id)))
    assert (restored.replayed.conversations, restored.replayed.files, restored.replayed.persons) == (2, 1, 0)
    async with elsewhere.owner.transaction() as session:
        assert list(await session.scalars(text("SELECT id FROM conversations"))) == [kept]
        assert list(await session.scalars(text("SELECT id FROM files"))) == [kept_file]
        assert await session.scalar(text("SELECT count(*) FROM messages")) == 2
    blobs = Path(elsewhere.settings.data_dir / "files")
    assert [one.name for one in blobs.iterdir()] == [str(kept_file)]


async def test_without_a_later_ledger_it_is_said_until_when_it_knows(
    services: PrivacyServices, people: People, place: Place, elsewhere: Elsewhere
) -> None:
    who = await people.person()
    await people.conversation(who)
    first = await made(services, place)
    await erased(services, who.person_id)
    restored = await elsewhere.restored(place)
    assert restored.replayed.persons == 0
    assert restored.ledger.made_at == first.manifest.made_at < clock.now()


async def test_a_backup_older_than_the_ledger_remembers_is_refused(
    services: PrivacyServices, people: People, place: Place, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.conversation(await people.person())
    first = await made(services, place)
    later = clock.now() + timedelta(days=services.settings.privacy.backup_days + ledger.MARGIN_DAYS + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    await made(services, place, incremental=True)
    monkeypatch.undo()
    with pytest.raises(ErasuresUnknown):
        await elsewhere.restored(place, Wanted(backup=str(first.manifest.id)))
    restored = await elsewhere.restored(place, Wanted(backup=str(first.manifest.id), accept_unknown=True))
    assert restored.manifest == first.manifest
    async with elsewhere.owner.transaction() as session:
        told = await session.scalar(text("SELECT data FROM journal_events WHERE name = 'backup.restored'"))
        assert '"erasures_known":false' in str(told)


async def test_the_ledger_names_nobody_and_forgets_in_time(
    services: PrivacyServices, people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = await people.person()
    conversation = await people.conversation(who)
    async with database.transaction() as session:
        await session.delete(await session.get_one(Conversation, conversation))
    async with database.transaction() as session:
        [(digest, kind)] = (await session.execute(text("SELECT digest, kind FROM destroyed"))).all()
        assert (digest.hex(), kind) == (subject(conversation), "conversations")
    assert await ledger.forget_old(services) == 0
    later = clock.now() + timedelta(days=services.settings.privacy.backup_days + ledger.MARGIN_DAYS, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert await ledger.forget_old(services) == 1
