"""An erasure that was cut is gone on with; the key that signs is destroyed when nothing is left, and not before."""

import argparse
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from chatelet.audit.keys import make_key, public_keys
from chatelet.commands import leave
from chatelet.kernel.embedded.cluster import open_cluster
from chatelet.kernel.embedded.lock import take_lock
from chatelet.leaving import durable, emptying, erasing
from chatelet.leaving.errors import (
    ExitFolderInside,
    ExitFolderNotEmpty,
    ExitLinkLeadsOut,
    ExitNotEnded,
    ExitServiceRunning,
)
from chatelet.privacy.certificates import verification
from chatelet.privacy.certificates.erasure_report import Emptied, ErasureFacts
from chatelet.settings import Settings
from tests.leaving.test_report import FACTS

PLAN = msgspec.structs.replace(FACTS, emptied=(Emptied(where="database", objects=150, left=0),))
Erase = Callable[..., int]


def _installed(folder: Path) -> tuple[Settings, Path]:
    data, report = folder / "data", folder / "report"
    for path in (data / "keys", data / "files" / "aa", report):
        path.mkdir(parents=True)
    key = make_key(data / "keys" / "certificates.pem")
    (report / "public_keys.pem").write_bytes(key.public_pem)
    (data / "keys" / "key-encryption.key").write_text("une clé")
    (data / "files" / "aa" / "0").write_text("mirabelliforme")
    (report / erasing.PLAN).write_bytes(msgspec.json.encode(PLAN))
    return Settings(data_dir=data), report


def _read(report: Path) -> ErasureFacts:
    file, known = (report / erasing.REPORT).read_bytes(), public_keys(report / "public_keys.pem")
    found = verification.check_report(file, known)
    assert found is not None
    return found.facts


@pytest.fixture
def erase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Erase:
    """Run `chatelet leave erase` as it is run again, its plan there already."""
    settings, report = _installed(tmp_path)
    settings = settings.model_copy(update={"institution_name": FACTS.installation})
    monkeypatch.setattr(leave, "_settings", lambda: settings)

    def run(**given: object) -> int:
        told = {"export": None, "report": str(report), "contract_ended": date(2025, 1, 31), **given}
        return leave.erase(argparse.Namespace(confirm=FACTS.installation, **told))

    return run


def test_cut_in_the_middle_it_goes_on_and_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, report = _installed(tmp_path)

    def cut(path: Path, *given: object, **more: object) -> Emptied:
        (path / "keys" / "key-encryption.key").unlink()
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(emptying, "folder", cut)
        with pytest.raises(RuntimeError, match="power"):
            erasing.finish(settings, report, PLAN)
    plan = erasing.under_way(report)
    assert plan is not None
    assert plan == PLAN
    assert not (report / erasing.REPORT).exists()
    done = erasing.finish(settings, report, plan)
    assert [one.where for one in done.emptied] == ["database", "data_folder"]
    assert [path.name for path in settings.data_dir.rglob("*")] == ["keys", "certificates.pem"]
    assert (report / erasing.PLAN).exists()
    assert erasing.end(settings, report)
    assert list(settings.data_dir.iterdir()) == []
    assert not (report / erasing.PLAN).exists()
    assert _read(report) == done


def test_with_something_left_the_key_stays_and_it_is_gone_on_with(
    tmp_path: Path, erase: Erase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, unlink = tmp_path / "data" / "files" / "aa" / "0", Path.unlink

    def stays(self: Path, *given: object, **more: object) -> None:
        if self == kept:
            raise OSError(30, "Read-only file system", str(self))
        unlink(self, *given, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", stays)
        assert erase() == 1
        assert erase() == 1
    told = capsys.readouterr().out
    assert "1 left" in told
    assert "is destroyed" not in told
    assert "1 restant" in (tmp_path / "report" / "erasure-report.fr.txt").read_text("utf-8")
    assert _read(tmp_path / "report").left == 1
    assert kept.read_bytes() == bytes(len("mirabelliforme")), "its words were written over all the same"
    assert erase() == 0
    assert "is destroyed" in capsys.readouterr().out
    done = _read(tmp_path / "report")
    assert [(one.where, one.objects, one.left) for one in done.emptied] == [("database", 150, 0), ("data_folder", 2, 0)]
    assert list((tmp_path / "data").iterdir()) == []
    with pytest.raises(ExitFolderNotEmpty):
        erase()


def test_cut_after_the_report_the_words_are_written_and_the_key_goes(
    tmp_path: Path, erase: Erase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*given: object) -> bool:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "end", cut)
        with pytest.raises(RuntimeError):
            erase()
    report = tmp_path / "report"
    texts = [report / f"erasure-report.{language}.txt" for language in ("fr", "en")]
    assert all(path.exists() for path in texts), "they are written before the key goes"
    texts[0].unlink()
    assert erase() == 0
    assert texts[0].exists()
    assert list((tmp_path / "data").iterdir()) == []


def test_a_key_that_cannot_be_destroyed_is_not_said_to_be(
    tmp_path: Path, erase: Erase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key, unlink = tmp_path / "data" / "keys" / "certificates.pem", Path.unlink

    def stays(self: Path, *given: object, **more: object) -> None:
        if self == key:
            raise OSError(30, "Read-only file system", str(self))
        unlink(self, *given, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", stays)
        assert erase() == 1
    assert "is destroyed" not in capsys.readouterr().out
    assert (tmp_path / "report" / erasing.PLAN).exists()
    assert erase() == 0


def test_gone_on_with_the_export_is_not_asked_for_again(tmp_path: Path, erase: Erase) -> None:
    assert erase(export=str(tmp_path / "a disk taken away")) == 0


@pytest.mark.parametrize("which", ["report", "export"])
def test_what_is_kept_must_be_elsewhere_than_what_is_erased(
    tmp_path: Path, erase: Erase, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    data = tmp_path / "data"
    (tmp_path / "linked").symlink_to(data)
    for place in (data / "new", data, tmp_path, tmp_path / "linked" / "new", tmp_path / "report" / ".." / "data"):
        with pytest.raises(ExitFolderInside):
            erase(**{which: str(place)})
    assert not (data / "new").exists()
    apart = Settings.model_validate({
        "data_dir": data, "storage": {"folder": tmp_path / "blobs"}, "institution_name": FACTS.installation
    })  # fmt: skip
    monkeypatch.setattr(leave, "_settings", lambda: apart)
    with pytest.raises(ExitFolderInside):
        erase(**{which: str(tmp_path / "blobs" / "new")})
    assert (data / "files" / "aa" / "0").read_text() == "mirabelliforme"


def test_a_link_that_leads_out_is_refused(tmp_path: Path, erase: Erase) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    (elsewhere / "base").mkdir(parents=True)
    (data / "inside").symlink_to(data / "files")
    (data / "dangling").symlink_to(tmp_path / "nothing")
    (data / "files" / "aa" / "wal").symlink_to(elsewhere)
    with pytest.raises(ExitLinkLeadsOut) as refused:
        erase()
    assert refused.value.params == {"links": str(data / "files" / "aa" / "wal"), "count": 1}
    assert (data / "keys" / "key-encryption.key").exists()
    (data / "files" / "aa" / "wal").unlink()
    assert erase() == 0


def test_a_service_that_starts_holds_the_folder_already(tmp_path: Path, erase: Erase) -> None:
    cluster = open_cluster(tmp_path / "data")
    lock = take_lock(cluster)
    try:
        with pytest.raises(ExitServiceRunning):
            erase()
    finally:
        lock.release()
    assert (tmp_path / "data" / "keys" / "key-encryption.key").exists()
    assert erase() == 0


def test_the_contract_has_ended_and_a_file_is_no_folder(tmp_path: Path, erase: Erase) -> None:
    with pytest.raises(ExitNotEnded):
        erase(contract_ended=date(2999, 1, 1))
    (tmp_path / "file").write_text("")
    with pytest.raises(ExitFolderNotEmpty):
        erase(report=str(tmp_path / "file"))


def test_a_signing_key_named_inside_the_folder_is_the_last_to_go(
    tmp_path: Path, erase: Erase, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    (data / "keys" / "certificates.pem").rename(data / "keys" / "own.pem")
    given = {"privacy": {"certificate_key_file": data / "keys" / "own.pem"}, "institution_name": FACTS.installation}
    settings = Settings.model_validate({"data_dir": data, **given})
    erasing.finish(settings, tmp_path / "report", PLAN)
    assert [path.name for path in data.rglob("*")] == ["keys", "own.pem"]
    monkeypatch.setattr(leave, "_settings", lambda: settings)
    assert erase() == 0
    assert list(data.iterdir()) == []


def test_the_disk_holds_the_names_before_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced, whole = list[str](), os.fsync

    def seen(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        whole(handle)

    monkeypatch.setattr(os, "fsync", seen)
    durable.write(tmp_path / "plan.json", b"{}")
    assert synced == [str(tmp_path / "plan.partial"), str(tmp_path)]
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "journal.jsonl").write_text("{}")
    synced.clear()
    durable.sync_all(tmp_path)
    below = [str(tmp_path / name) for name in ("below/journal.jsonl", "below", "plan.json")]
    assert sorted(synced) == sorted([*below, str(tmp_path), str(tmp_path.parent)])
    assert synced.index(below[0]) < synced.index(below[1]) < synced.index(str(tmp_path))
