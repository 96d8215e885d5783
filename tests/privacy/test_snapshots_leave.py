"""Snapshots of before migrations leave with backups; a wrong date, or keeping no backup, does not take the newest."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from chatelet.kernel import clock
from chatelet.kernel.embedded import snapshots


def _aged(folder: Path, **days: float) -> None:
    for name, age in days.items():
        path = folder / name.replace("__", ".")
        path.touch()
        at = (clock.now() - timedelta(days=age)).timestamp()
        os.utime(path, (at, at))


def _names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def test_snapshots_leave_with_backups(tmp_path: Path) -> None:
    _aged(tmp_path, old__dump=36, new__dump=34)
    assert snapshots.forget(tmp_path, 35) == 1
    assert _names(tmp_path) == {"new.dump"}
    assert snapshots.forget(tmp_path / "absent", 35) == 0


def test_the_newest_stays_a_week_whatever_backups_do(tmp_path: Path) -> None:
    _aged(tmp_path, older__dump=3, newest__dump=2)
    assert snapshots.forget(tmp_path, 0) == 1
    assert _names(tmp_path) == {"newest.dump"}
    _aged(tmp_path, newest__dump=8)
    assert snapshots.forget(tmp_path, 0) == 1


def test_nothing_leaves_once_the_clock_jumped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _aged(tmp_path, old__dump=400, older__dump=500)
    monkeypatch.setattr(snapshots, "jump", lambda: timedelta(days=365))
    assert snapshots.forget(tmp_path, 35) == 0
    assert _names(tmp_path) == {"old.dump", "older.dump"}


def test_what_was_never_ended_leaves_too(tmp_path: Path) -> None:
    _aged(tmp_path, __old__dump__partial=2, __under_way__dump__partial=0)
    assert snapshots.forget(tmp_path, 35) == 0
    assert _names(tmp_path) == {".under_way.dump.partial"}
