"""Nobody signed a manifest: what it names stays in the export, and what is opened stays where it was asked for."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from chatelet.leaving import durable, erasing, manifest, places, sealing
from chatelet.leaving.errors import ExitExportDamaged, ExitFolderNotEmpty
from chatelet.leaving.export import open_export
from chatelet.leaving.manifest import Entry, Manifest


def manifest_of(*files: Entry) -> Manifest:
    return Manifest(
        id=UUID(int=8),
        installation="Observatoire",
        version="1",
        made_at=datetime(2026, 12, 1, tzinfo=UTC),
        recipient="b" * 16,
        rows={},
        persons=0,
        collections=0,
        files=files,
    )


async def _export(folder: Path, name: str) -> tuple[Path, Entry]:
    """Write an export of one sealed file, under a name of an attacker's choice."""
    public = sealing.make_key(folder / "key.pem")
    export = folder / "export"
    (export / "sealed").mkdir(parents=True)
    path = export / name
    with path.open("wb") as file:
        outlet = sealing.SealedFile(file, sealing.read_recipient(public))
        await outlet.put_part(0, b"mirabelliforme")
        outlet.end()
    found = manifest.entry_of(export, path)
    return export, Entry(name, found.bytes, found.sha256)


@pytest.mark.parametrize("name", ["sealed/../.x.sealed", "x.sealed", "tables/../x.sealed", "./sealed/x.sealed"])
async def test_a_path_that_leaves_the_export_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "export" / "tables").mkdir(parents=True)
    export, entry = await _export(tmp_path, name)
    manifest.write(export, manifest_of(entry))
    with pytest.raises(ExitExportDamaged) as refused:
        open_export(export, sealing.read_private(tmp_path / "key.pem"), tmp_path / "opened")
    assert refused.value.params == {"reason": "path"}
    assert not (tmp_path / "opened").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "key.pem", "key.pem.pub"]


@pytest.mark.parametrize("name", ["/etc/hostname", "../key.pem", "", ".", "a//b", "tables/\0"])
def test_a_path_that_is_none_of_an_export_is_refused(tmp_path: Path, name: str) -> None:
    manifest.write(tmp_path, manifest_of(Entry(name, 0, "a" * 64)))
    with pytest.raises(ExitExportDamaged) as refused:
        manifest.read(tmp_path)
    assert refused.value.params == {"reason": "path"}


async def test_it_opens_once_in_a_folder(tmp_path: Path) -> None:
    export, entry = await _export(tmp_path, "sealed/x.zip.sealed")
    manifest.write(export, manifest_of(entry))
    key, to = sealing.read_private(tmp_path / "key.pem"), tmp_path / "opened"
    assert open_export(export, key, to) == 1
    assert (to / "x.zip").read_bytes() == b"mirabelliforme"
    assert to.stat().st_mode & 0o077 == 0
    with pytest.raises(ExitFolderNotEmpty):
        open_export(export, key, to)


def test_the_disk_holds_an_export_before_its_manifest_tells_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, whole = list[str](), durable.sync_all

    def seen(folder: Path) -> None:
        order.extend(path.name for path in sorted(folder.iterdir()))
        whole(folder)

    monkeypatch.setattr(durable, "sync_all", seen)
    (tmp_path / "LISEZ-MOI.txt").write_text("")
    manifest.write(tmp_path, manifest_of())
    assert order == ["LISEZ-MOI.txt"]
    assert (tmp_path / manifest.NAME).exists()


def test_a_folder_is_new_empty_or_of_a_run_that_was_cut(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir(mode=0o755)
    places.make_new(tmp_path / "empty")
    assert (tmp_path / "empty").stat().st_mode & 0o077 == 0
    cut = tmp_path / "cut"
    cut.mkdir()
    (cut / "journal.jsonl").write_text("{}")
    with pytest.raises(ExitFolderNotEmpty):
        places.make_new(cut, or_with=erasing.BEGUN)
    (cut / erasing.BEGUN).touch()
    places.make_new(cut, or_with=erasing.BEGUN)
    assert erasing.under_way(cut) is None
    with pytest.raises(ExitFolderNotEmpty):
        places.make_new(cut)
