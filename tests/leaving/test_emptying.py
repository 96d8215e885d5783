"""What was emptied is looked at again, and what a link leads to is left alone."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database
from chatelet.leaving import emptying

_LEFT = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""


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
    done = emptying.folder(data, "data_folder", first=("keys/key-encryption.key",), keep="keys/certificates.pem")
    assert removed[0] == "key-encryption.key"
    assert (done.objects, done.left) == (5, 0)
    assert second.read_bytes() == bytes(len("mirabelliforme"))
    assert [path.relative_to(data).as_posix() for path in data.rglob("*")] == ["keys", "keys/certificates.pem"]
    assert emptying.folder(data, "data_folder").objects == 1
    assert list(data.iterdir()) == []
    assert (elsewhere / "kept.txt").read_text() == "gardé"


async def test_nothing_of_an_external_database_is_left(owner_database: Database) -> None:
    done = await emptying.database(owner_database)
    assert done.objects > 100
    assert done.left == 0
    async with owner_database.transaction() as session:
        left = list(await session.scalars(text(_LEFT)))
    assert left == []
