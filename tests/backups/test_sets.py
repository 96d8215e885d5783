"""Sets of backups: sent once, verified whole, pruned safely, alone at work, in a folder or in a bucket."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from chatelet.audit.keys import make_key
from chatelet.backups import keys, pruning, verifying
from chatelet.backups.backup_set import name_of, open_set
from chatelet.backups.errors import (
    BackupDamaged,
    BackupNotFound,
    BackupPlaceUnknown,
    BackupUnderWay,
    KeysPresent,
    PassphraseWrong,
)
from chatelet.backups.last import read as read_last
from chatelet.backups.place import Place, place_at
from chatelet.kernel import clock
from chatelet.privacy.services import PrivacyServices
from chatelet.sections import BackupSettings
from chatelet.settings import Settings
from tests.backups.conftest import Elsewhere, keyed, made, tables_of
from tests.fakes.seaweed import BUCKET, KEY, SECRET, seaweed
from tests.privacy.conftest import People


async def two_conversations(people: People) -> None:
    who = await people.person()
    for _ in range(2):
        await people.file(who, b"x" * 9000, await people.conversation(who))


async def test_what_is_there_is_not_sent_again(services: PrivacyServices, people: People, place: Place) -> None:
    await two_conversations(people)
    first = await made(services, place)
    again = await made(services, place, incremental=True)
    assert first.manifest.blobs == again.manifest.blobs
    assert again.sent < first.sent / 2, "only the journal and the ledger of jobs moved"
    assert again.kept >= len([name for name in again.manifest.tables if again.manifest.tables[name].lines]) - 4
    whole = await made(services, place)
    assert whole.kept == 0, "without --incremental, everything is written anew: damage is repaired"


async def test_blobs_that_did_not_change_are_not_even_read(
    services: PrivacyServices, people: People, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_conversations(people)
    first = await made(services, place)
    read: list[str] = []
    get = type(services.storage).get

    async def watched(self: object, name: str) -> bytes:
        if "part-" in name:
            read.append(name)
        return await get(self, name)  # type: ignore[arg-type]

    monkeypatch.setattr(type(services.storage), "get", watched)
    await people.file(await people.person("Émilie"), b"another")
    again = await made(services, place, incremental=True)
    assert len(read) == 1
    assert again.manifest.blobs.lines == first.manifest.blobs.lines + 1


@pytest.mark.parametrize("folder", ["pieces", "blobs"])
@pytest.mark.parametrize("damage", ["altered", "cut", "gone", "swapped"])
async def test_any_damage_is_found(
    services: PrivacyServices, people: People, place: Place, tmp_path: Path, folder: str, damage: str
) -> None:
    await two_conversations(people)
    await made(services, place)
    backup = await open_set(place, keys.wrapping_key(services.settings))
    assert (await verifying.verify(backup, None, None)).blobs == 2
    files = sorted(path for path in (tmp_path / "backups" / folder).rglob("*") if path.is_file())
    good = files[0].read_bytes()
    if damage == "gone":
        files[0].unlink()
    else:
        altered = good[:-1] + bytes([good[-1] ^ 1])
        files[0].write_bytes({"altered": altered, "cut": good[:-1], "swapped": files[1].read_bytes()}[damage])
    with pytest.raises(BackupDamaged):
        await verifying.verify(backup, None, None)
    await made(services, place)
    assert (await verifying.verify(backup, None, None)).blobs == 2


async def test_a_manifest_is_refused_unless_signed_by_the_installation(
    services: PrivacyServices, people: People, place: Place, tmp_path: Path
) -> None:
    await two_conversations(people)
    await made(services, place)  # the line of the journal that tells of this one is in the next
    done = await made(services, place)
    backup = await open_set(place, keys.wrapping_key(services.settings))
    kept_elsewhere = services.settings.data_dir / "certificates" / "public_keys.pem"
    assert (await verifying.verify(backup, None, kept_elsewhere)).foreign_key
    other = tmp_path / "other.pem"
    other.write_bytes(make_key(tmp_path / "private.pem").public_pem)
    with pytest.raises(BackupDamaged, match="unknown_signing_key"):
        await verifying.verify(backup, None, other)
    path = tmp_path / "backups" / "manifests" / name_of(done.manifest)
    told = json.loads(path.read_text())
    told["manifest"]["tables"]["journal_events"]["lines"] -= 1
    path.write_text(json.dumps(told))
    with pytest.raises(BackupDamaged, match="signature"):
        await verifying.verify(backup, None, None)


async def test_pruning_keeps_what_others_need(
    services: PrivacyServices, people: People, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_conversations(people)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(days=40))
    old = await made(services, place)
    monkeypatch.setattr(clock, "now", lambda: now)
    recent = await made(services, place, incremental=True)
    backup = await open_set(place, keys.wrapping_key(services.settings))
    done = await pruning.prune(backup, 35)
    assert [one.id for one in done.backups] == [old.manifest.id]
    assert done.blobs == 0
    assert (await verifying.verify(backup, None, None)).manifest == recent.manifest
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=400))
    assert (await pruning.prune(backup, 35)).backups == (), "the last one stays, whatever its age"
    assert await place.names("pieces") == recent.manifest.pieces


async def test_two_are_not_at_work_in_one_place(place: Place, services: PrivacyServices, tmp_path: Path) -> None:
    async with place.claimed():
        with pytest.raises(BackupUnderWay):
            await made(services, place)
    told = {"host": socket.gethostname(), "pid": 2**22 + 1, "since": clock.now().isoformat()}
    (tmp_path / "backups" / "running.json").write_text(json.dumps(told))
    await made(services, place)  # who said so is dead
    assert not (tmp_path / "backups" / "running.json").exists()


async def test_the_last_backup_is_noted(services: PrivacyServices, place: Place) -> None:
    assert read_last(services.settings) is None
    done = await made(services, place)
    noted = read_last(services.settings)
    assert noted is not None
    assert (noted.id, noted.made_at, noted.missing) == (done.manifest.id, done.manifest.made_at, 0)


async def test_a_file_that_had_lost_its_blobs_is_counted(
    services: PrivacyServices, people: People, place: Place
) -> None:
    lost = await people.file(await people.person(), b"x" * 100)
    await services.storage.delete_all(str(lost))
    assert (await made(services, place)).manifest.missing == 1


def test_a_place_must_be_named(settings: Settings) -> None:
    with pytest.raises(BackupPlaceUnknown):
        place_at(None, settings)
    for wrong in ("ftp://host/path", "s3:///path"):
        with pytest.raises(BackupPlaceUnknown):
            place_at(wrong, settings)
    with pytest.raises(BackupNotFound):
        place_at("/nowhere/at/all", settings, must_exist=True)


def test_keys_travel_under_a_passphrase(settings: Settings, tmp_path: Path) -> None:
    sealed = keys.export_keys(settings, "cheval pile agrafe")
    assert bytes(range(32)) not in sealed
    there = Settings(data_dir=tmp_path / "there")
    with pytest.raises(PassphraseWrong):
        keys.import_keys(there, sealed, "autre")
    assert not (tmp_path / "there").exists()
    [written] = keys.import_keys(there, sealed, "cheval pile agrafe")
    assert written.stat().st_mode & 0o077 == 0
    assert keys.wrapping_key(there) == keys.wrapping_key(settings)
    assert keys.fingerprint(there) == keys.fingerprint(settings)
    with pytest.raises(KeysPresent):
        keys.import_keys(there, sealed, "cheval pile agrafe")


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackupSettings]:
    folder = tmp_path_factory.mktemp("keys")
    (folder / "key").write_text(KEY)
    (folder / "secret").write_text(SECRET)
    with seaweed(tmp_path_factory.mktemp("seaweed")) as endpoint:
        yield BackupSettings(
            to=f"s3://{BUCKET}/nightly", endpoint=endpoint,
            access_key_file=folder / "key", secret_key_file=folder / "secret",
        )  # fmt: skip


async def test_a_bucket_is_as_good_as_a_folder(
    services: PrivacyServices, people: People, bucket: BackupSettings, elsewhere: Elsewhere
) -> None:
    await two_conversations(people)
    place = place_at(None, services.settings.model_copy(update={"backup": bucket}))
    first = await made(services, place)
    again = await made(services, place, incremental=True)
    assert again.sent < first.sent
    async with place.claimed():
        with pytest.raises(BackupUnderWay):
            await made(services, place)
    backup = await open_set(place, keys.wrapping_key(services.settings))
    assert (await verifying.verify(backup, None, None)).blobs == 2
    await elsewhere.restored(place)
    there = await tables_of(elsewhere.owner)
    assert there["messages"] == (await tables_of(services.database))["messages"]


def test_another_installation_has_another_set(tmp_path: Path) -> None:
    one = keyed(tmp_path / "one")
    made_set, file = keys.new_set(keys.wrapping_key(one))
    assert keys.open_set(file, keys.wrapping_key(one)).name(b"x") == made_set.name(b"x")
    other, _file = keys.new_set(keys.wrapping_key(one))
    assert other.name(b"x") != made_set.name(b"x")
