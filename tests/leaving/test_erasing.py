"""An erasure that was cut is gone on with, and what signs the report is destroyed after it is on the disk."""

from pathlib import Path

import msgspec
import pytest

from chatelet.audit.keys import make_key, public_keys
from chatelet.leaving import emptying, erasing
from chatelet.privacy.certificates import verification
from chatelet.privacy.certificates.erasure_report import Emptied
from chatelet.settings import Settings
from tests.leaving.test_report import FACTS


def _installed(folder: Path) -> tuple[Settings, Path]:
    data, report = folder / "data", folder / "report"
    for path in (data / "keys", data / "files" / "aa", report):
        path.mkdir(parents=True)
    key = make_key(data / "keys" / "certificates.pem")
    (report / "public_keys.pem").write_bytes(key.public_pem)
    (data / "keys" / "key-encryption.key").write_text("une clé")
    (data / "files" / "aa" / "0").write_text("mirabelliforme")
    (report / erasing.PLAN).write_bytes(msgspec.json.encode(FACTS))
    return Settings(data_dir=data), report


def test_cut_in_the_middle_it_goes_on_and_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, report = _installed(tmp_path)
    whole, seen = emptying.folder, list[str]()

    def cut(path: Path, *given: object, **more: object) -> Emptied:
        (path / "keys" / "key-encryption.key").unlink()
        raise OSError("power cut")

    monkeypatch.setattr(emptying, "folder", cut)
    with pytest.raises(OSError, match="power"):
        erasing.finish(settings, report, FACTS, ())
    plan = erasing.under_way(report)
    assert plan == FACTS
    assert not (report / erasing.REPORT).exists()

    def told(path: Path, *given: str, **more: object) -> Emptied:
        seen.append("key" if not more.get("keep") else "rest")
        assert (report / erasing.REPORT).exists() is (seen[-1] == "key")
        return whole(path, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(emptying, "folder", told)
    done = erasing.finish(settings, report, plan, (Emptied(where="database", objects=150, left=0),))
    assert seen == ["rest", "key"]
    assert [one.where for one in done.emptied] == ["database", "data_folder"]
    assert list(settings.data_dir.iterdir()) == []
    assert not (report / erasing.PLAN).exists()
    found = verification.check_report((report / erasing.REPORT).read_bytes(), public_keys(report / "public_keys.pem"))
    assert found is not None
    assert found.facts == done


def test_what_could_not_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, report = _installed(tmp_path)
    kept, unlink = settings.data_dir / "files" / "aa" / "0", Path.unlink

    def stays(self: Path, *given: object, **more: object) -> None:
        if self != kept:
            unlink(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "unlink", stays)
    done = erasing.finish(settings, report, FACTS, ())
    assert done.left == 1
    assert kept.read_bytes() == bytes(len("mirabelliforme")), "its words were written over all the same"
