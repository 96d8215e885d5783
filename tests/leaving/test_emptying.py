"""What was emptied is looked at again, and what a link leads to is left alone."""

import errno
import os
from pathlib import Path

import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.storage import Storage
from chatelet.leaving import emptying
from chatelet.settings import StorageSettings

_LEFT = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_NOT_BROUGHT = " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"


def test_a_folder_is_written_over_and_emptied_and_links_are_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    (data / "keys").mkdir(parents=True)
    (data / "postgres" / "base").mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("gardé")
    for name in ("keys/key-encryption.key", "keys/certificates.pem", "postgres/base/1", "installation.json"):
        (data / name).write_text("mirabelliforme")
    (data / "link").symlink_to(elsewhere)
    (data / "postgres" / "file-link").symlink_to(elsewhere / "kept.txt")
    second = tmp_path / "second"
    os.link(data / "postgres/base/1", second)  # the same bytes under another name: they tell what was written
    removed: list[str] = []
    unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda self, **more: (removed.append(self.name), unlink(self, **more))[1])
    done = emptying.folder(data, "data_folder", first=("keys/key-encryption.key",), keep=data / "keys/certificates.pem")
    assert removed[0] == "key-encryption.key"
    assert (done.objects, done.left) == (5, 0)
    assert second.read_bytes() == bytes(len("mirabelliforme"))
    assert [path.relative_to(data).as_posix() for path in data.rglob("*")] == ["keys", "keys/certificates.pem"]
    assert emptying.folder(data, "data_folder").objects == 1
    assert list(data.iterdir()) == []
    assert (elsewhere / "kept.txt").read_text() == "gardé"


def test_what_resists_is_counted_and_all_else_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "closed", "z"):
        (tmp_path / "data" / "below" / name).mkdir(parents=True)
        (tmp_path / "data" / "below" / name / "file").write_text("mirabelliforme")
    kept, whole = tmp_path / "data" / "below" / "closed" / "file", os.open

    def resists(path: Path, flags: int, *given: int, **more: int) -> int:
        if Path(path) == kept:
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return whole(path, flags, *given, **more)

    monkeypatch.setattr(os, "open", resists)
    done = emptying.folder(tmp_path / "data", "data_folder")
    assert (done.objects, done.left) == (2, 1)
    assert [path for path in (tmp_path / "data").rglob("*") if path.is_file()] == [kept]
    assert kept.read_text() == "mirabelliforme", "what was not written over is not removed as if it had been"


def test_a_folder_that_cannot_be_read_is_not_taken_for_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "file").write_text("mirabelliforme")
    whole = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert emptying.folder(tmp_path, "data_folder").left == 1


async def test_what_chatelet_did_not_name_is_left_alone(tmp_path: Path) -> None:
    shared, name = tmp_path / "shared", str(uuid7())
    for path in (shared / name / "0", shared / "rapports" / "2026.txt"):
        path.parent.mkdir(parents=True)
        path.write_text("à quelqu’un")
    (shared / "lisez-moi.txt").write_text("à un autre")
    store = Storage(StorageSettings(folder=shared), tmp_path)
    done = await emptying.storage(store)
    assert (done.objects, done.left) == (1, 0)
    (shared / name).mkdir(exist_ok=True)
    (shared / name / "1").write_text("à quelqu’un")
    assert emptying.folder(shared, "files", ours=emptying.is_blob).objects == 1
    left = sorted(path.relative_to(shared).as_posix() for path in shared.rglob("*"))
    assert left == ["lisez-moi.txt", "rapports", "rapports/2026.txt"]


async def test_of_an_external_database_nothing_of_ours_is_left_and_all_else_is(owner_database: Database) -> None:
    async with owner_database.transaction() as session:
        await session.execute(text("CREATE TABLE paie (id bigserial PRIMARY KEY, somme integer)"))
        await session.execute(text("CREATE TYPE grade AS ENUM ('un', 'deux')"))
        await session.execute(text("CREATE FUNCTION solde() RETURNS integer LANGUAGE sql AS 'SELECT 1'"))
        await session.execute(text("ALTER TABLE messages DETACH PARTITION messages_default"))
    done = await emptying.database(owner_database)
    assert done.objects > 80
    assert done.left == 0
    async with owner_database.transaction() as session:
        left = set(await session.scalars(text(_LEFT)))
        assert left == {"paie", "paie_id_seq", "paie_pkey"}
        routines = "SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace" + _NOT_BROUGHT
        assert list(await session.scalars(text(routines))) == ["solde"]
        kinds = (
            "SELECT typname FROM pg_type p WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'" + _NOT_BROUGHT
        )
        assert list(await session.scalars(text(kinds))) == ["grade"]
    assert (await emptying.database(owner_database)).objects == 0
