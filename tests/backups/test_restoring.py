"""Restored elsewhere, an installation is the same: rows, files, journal, keys, search; and never more than it may be."""

import asyncio
import hashlib
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chatelet.audit import commands as audit
from chatelet.audit.keys import sealing_key
from chatelet.audit.sealer import Pace, seal_forever
from chatelet.backups.errors import BackupKeyMissing, BackupKeyWrong, InstallationNotEmpty
from chatelet.backups.keys import wrapping_key
from chatelet.backups.place import Place
from chatelet.conversations import content
from chatelet.conversations.tables import Conversation
from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.identity.principal import Principal
from chatelet.kernel.crypto import Keyring
from chatelet.privacy.services import PrivacyServices
from tests.backups.conftest import KEY, Elsewhere, made, services_on, tables_of
from tests.privacy.conftest import People

# What a restore writes itself: the end of sessions, its own line in the journal.
WRITTEN = {"journal_events", "journal_pending", "sessions"}


@pytest.fixture
async def ada(people: People, services: PrivacyServices) -> Principal:
    who = await people.person("Ada")
    for number in range(3):
        conversation = await people.conversation(
            who, f"Question {number} : l’été à 20 °C\t\\n ?", "Réponse\nen deux lignes"
        )
        await people.file(who, f"Un fichier {number}".encode() * 1000, conversation)
    await people.document(who, "mirabelliforme")
    return who


async def sealed(services: PrivacyServices) -> None:
    folder, stop = services.settings.data_dir, asyncio.Event()
    key = sealing_key(folder, None)
    assert key is not None
    stop.set()
    await seal_forever(services.database, key, folder / "journal", stop=stop, pace=Pace(seal_links=1))


async def test_rows_and_files_are_equal(
    services: PrivacyServices, ada: Principal, place: Place, elsewhere: Elsewhere
) -> None:
    await sealed(services)
    before = await tables_of(services.database)
    done = await made(services, place)
    restored = await elsewhere.restored(place)
    after = await tables_of(elsewhere.owner)
    assert set(before) == set(after)
    for name in set(before) - WRITTEN:
        assert before[name] == after[name], name
    assert set(before["journal_events"]) < set(after["journal_events"])
    assert len(before["messages"]) == 6
    assert restored.manifest == done.manifest
    assert restored.blobs == done.manifest.blobs.lines == 4
    here, there = (folder / "files" for folder in (services.settings.data_dir, elsewhere.settings.data_dir))
    assert contents(here) == contents(there)


def contents(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


async def test_everything_can_be_read_again(
    services: PrivacyServices, ada: Principal, place: Place, elsewhere: Elsewhere
) -> None:
    await made(services, place)
    await elsewhere.restored(place)
    keyring, there = Keyring(KEY), services_on(elsewhere.application, elsewhere.settings)
    async with elsewhere.application.transaction() as session:
        conversation = await session.scalar(text("SELECT id FROM conversations ORDER BY id LIMIT 1"))
        row = await session.get_one(Conversation, conversation)
        assert row.title_sealed is not None
        title = content.key_of(keyring, row).open_text("title", row.id, row.title_sealed)
        assert title == "Question 0 : l’été à 20 °C\t\\n ?"
        files = list((await session.execute(text("SELECT id FROM files ORDER BY id"))).scalars())
        file = await session.get_one(File, files[0])
    assert (
        await FileBlobs(there.storage, keyring, file.id, file.wrapped_key).original(file.parts)
        == b"Un fichier 0" * 1000
    )
    async with elsewhere.application.transaction() as session:
        found = await session.scalar(text("SELECT count(*) FROM passages WHERE text = 'mirabelliforme'"))
        assert found == 1


async def test_the_journal_is_valid_and_append_only(
    services: PrivacyServices, ada: Principal, place: Place, elsewhere: Elsewhere
) -> None:
    await sealed(services)
    await made(services, place)
    await elsewhere.restored(place)
    journal = elsewhere.settings.data_dir / "journal"
    assert (journal / "head.json").read_bytes() == (services.settings.data_dir / "journal" / "head.json").read_bytes()
    there = services_on(elsewhere.application, elsewhere.settings)
    await sealed(there)  # with a new key: the old one is not in the backup, its public part is
    outcome = await audit.verify(
        elsewhere.application, public_keys=journal / "public_keys.pem", head=journal / "head.json"
    )
    assert outcome.exit_code == 0, outcome.text
    async with elsewhere.application.transaction() as session:
        told = set(await session.scalars(text("SELECT name FROM journal_events")))
        assert {"backup.restored", "journal.key_changed"} <= told
        assert "journal.rewound" not in told
    for statement in ("DELETE FROM journal_events", "UPDATE journal_seals SET seq = 0", "TRUNCATE journal_events"):
        with pytest.raises(DBAPIError):
            async with elsewhere.application.transaction() as session:
                await session.execute(text(statement))
        with pytest.raises(DBAPIError, match="append-only"):
            async with elsewhere.owner.transaction() as session:
                await session.execute(text(statement))


async def test_the_restored_installation_lives_on(
    services: PrivacyServices, ada: Principal, place: Place, elsewhere: Elsewhere
) -> None:
    """Rows still refer to rows, partitions receive, triggers count, the queue gives numbers: it can be written to."""
    async with services.database.transaction() as session:
        await session.execute(
            text("SELECT nextval(sequencename::regclass) FROM pg_sequences WHERE schemaname = 'public'")
        )
    await made(services, place)
    await elsewhere.restored(place)
    there = services_on(elsewhere.application, elsewhere.settings)
    others = People(there)
    who = await others.person("Émilie")
    await others.conversation(who)
    await _leave_a_document_again(there, others, who)
    with pytest.raises(DBAPIError, match="foreign key"):
        async with elsewhere.owner.transaction() as session:
            await session.execute(text("UPDATE turns SET conversation_id = gen_random_uuid()"))
    foreign = "SELECT count(*), count(*) FILTER (WHERE convalidated) FROM pg_constraint WHERE contype = 'f'"
    sleeping = "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'"
    async with elsewhere.owner.transaction() as session:
        assert await session.scalar(text(sleeping)) == 0
        there_now = tuple((await session.execute(text(foreign))).one())
        assert await session.scalar(text("SELECT count(*) FROM messages_default")) == 0
    async with services.database.transaction() as session:
        assert there_now == tuple((await session.execute(text(foreign))).one())


async def _leave_a_document_again(services: PrivacyServices, people: People, who: Principal) -> None:
    await people.document(who, "mirabelliforme")
    async with services.database.transaction() as session:
        await session.execute(text("DELETE FROM documents WHERE created_by = :person"), {"person": who.person_id})
        assert await session.scalar(text("SELECT count(*) FROM passages")) == 1


async def test_only_an_empty_installation_is_filled(
    services: PrivacyServices, ada: Principal, place: Place, elsewhere: Elsewhere
) -> None:
    await made(services, place)
    stray = elsewhere.settings.data_dir / "files" / "0191c0de-0000-7000-8000-000000000000"
    stray.mkdir(parents=True)
    (stray / "part-00000").write_bytes(b"x")
    with pytest.raises(InstallationNotEmpty):
        await elsewhere.restored(place)
    (stray / "part-00000").unlink()
    await elsewhere.restored(place)
    before = await tables_of(elsewhere.owner)
    with pytest.raises(InstallationNotEmpty):
        await elsewhere.restored(place)
    assert await tables_of(elsewhere.owner) == before


async def test_the_key_is_never_made_nor_carried(
    services: PrivacyServices, ada: Principal, place: Place, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    await made(services, place)
    for path in (tmp_path / "backups").rglob("*"):
        assert path.is_dir() or not any(secret in path.read_bytes() for secret in (KEY, b"PRIVATE KEY"))
    key = elsewhere.settings.data_dir / "keys" / "key-encryption.key"
    key.unlink()
    with pytest.raises(BackupKeyMissing):
        wrapping_key(elsewhere.settings)
    assert not key.exists()
    key.write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    with pytest.raises(BackupKeyWrong):
        await elsewhere.restored(place)


async def test_a_restore_cut_anywhere_leaves_it_empty(
    services: PrivacyServices, ada: Principal, place: Place, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(services, place)
    backup = await elsewhere.opened(place)
    blobs = type(backup).blob
    given = 0

    async def cut(self: object, name: str) -> bytes:
        nonlocal given
        given += 1
        if given == 3:
            raise KeyboardInterrupt
        return await blobs(self, name)  # type: ignore[arg-type]

    monkeypatch.setattr(type(backup), "blob", cut)
    with pytest.raises(KeyboardInterrupt):
        await elsewhere.restored(place)
    monkeypatch.undo()
    assert await tables_of(elsewhere.owner) == {}
    assert (await elsewhere.restored(place)).blobs == 4


async def test_a_backup_under_load_is_one_instant(
    services: PrivacyServices, people: People, place: Place, elsewhere: Elsewhere
) -> None:
    """Conversations and files come and go all the while: no message without its conversation, no file without blobs."""
    who, stop = await people.person("Ada"), asyncio.Event()

    async def write() -> None:
        while not stop.is_set():
            conversation = await people.conversation(who)
            await people.file(who, b"x" * 5000, conversation)

    async def remove() -> None:
        while not stop.is_set():
            async with services.database.transaction() as session:
                oldest = "SELECT id FROM files WHERE holder_id IS NOT NULL ORDER BY id LIMIT 1"
                gone = text(
                    f"DELETE FROM files WHERE id = ({oldest}) AND (SELECT count(*) FROM files) > 20 RETURNING id"
                )
                identifier: UUID | None = await session.scalar(gone)
            if identifier is not None:
                await services.storage.delete_all(str(identifier))
            await asyncio.sleep(0.01)

    tasks = [asyncio.create_task(work) for work in (write(), write(), remove())]
    await asyncio.sleep(1)
    done = [await made(services, place, incremental=True) for _ in range(2)]
    stop.set()
    await asyncio.gather(*tasks)
    assert all(one.manifest.missing == 0 for one in done)
    restored = await elsewhere.restored(place)
    assert restored.manifest == done[-1].manifest
    lonely = (
        "SELECT count(*) FROM messages WHERE conversation_id NOT IN (SELECT id FROM conversations)",
        "SELECT count(*) FROM files WHERE holder_id NOT IN (SELECT id FROM conversations)",
    )
    async with elsewhere.owner.transaction() as session:
        assert [await session.scalar(text(one)) for one in lonely] == [0, 0]
        assert (await session.scalar(text("SELECT count(*) FROM files")) or 0) > 10
        counted = await session.scalar(text("SELECT count(*) FROM messages"))
        assert counted == 2 * (await session.scalar(text("SELECT count(*) FROM conversations")) or 0)
