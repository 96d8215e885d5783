"""The journal in a file: the same proof, far from the database; any change of the file shows."""

import json
import random
import stat
from pathlib import Path

import pytest

from chatelet.audit import commands
from chatelet.audit.head import Head
from chatelet.kernel.database import Database
from tests.audit.conftest import Sealer


@pytest.fixture
async def exported(database: Database, sealer: Sealer, sealed: Head) -> Path:
    path = sealer.folder / "journal.jsonl"
    outcome = await commands.export_to(database, path)
    assert outcome.exit_code == 0
    return path


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


async def _verify(path: Path, sealer: Sealer) -> commands.Outcome:
    return await commands.verify(path, public_keys=sealer.public_keys, head=sealer.head)


async def test_an_export_is_verified_without_the_database(exported: Path, sealer: Sealer):
    outcome = await _verify(exported, sealer)
    assert outcome.report is not None
    assert (outcome.exit_code, outcome.report.last_seq) == (0, 12)
    first, *rows, last = [json.loads(line) for line in _bytes(exported).splitlines()]
    assert (first["type"], last) == ("header", {"type": "end", "rows": len(rows)})
    assert [row["type"] for row in rows].count("link") == 12
    assert [row["type"] for row in rows].count("seal") == 3
    assert rows[-1]["event"]["name"] == "journal.exported"  # the journal tells of its own export


def test_an_export_is_closed_to_others(exported: Path):
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600


async def test_an_export_cut_anywhere_is_refused(exported: Path, sealer: Sealer):
    whole = _bytes(exported)
    cut = sealer.folder / "cut.jsonl"
    ends = {number for number, byte in enumerate(whole) if byte == 10}
    offsets = sorted({0, *ends, *random.Random(3).sample(range(len(whole) - 1), 150)})
    for offset in offsets[:-1]:
        cut.write_bytes(whole[:offset])
        outcome = await _verify(cut, sealer)
        assert outcome.exit_code != 0, offset


async def test_a_changed_character_shows(exported: Path, sealer: Sealer):
    """Every byte of links, events and seals, by sampling: the verdict is never "intact"."""
    whole = _bytes(exported)
    changed = sealer.folder / "changed.jsonl"
    header_end, tail = whole.index(b"\n") + 1, whole.rindex(b'{"type":"unlinked"')
    for offset in random.Random(5).sample(range(header_end, tail), 400):
        byte = whole[offset : offset + 1]
        other = b"7" if byte != b"7" else b"8"
        changed.write_bytes(whole[:offset] + other + whole[offset + 1 :])
        outcome = await _verify(changed, sealer)
        assert outcome.exit_code != 0, (offset, whole[offset - 20 : offset + 20])


async def test_a_header_that_claims_a_purge_excuses_nothing(exported: Path, sealer: Sealer):
    first, *rows = [json.loads(line) for line in _bytes(exported).splitlines()]
    rows[2]["event"] = None
    path = sealer.folder / "claimed.jsonl"
    claimed = {**first, "purged_before": "ffffffff-ffff-7fff-bfff-ffffffffffff"}
    path.write_text("\n".join(json.dumps(line, separators=(",", ":")) for line in [claimed, *rows]) + "\n")
    outcome = await _verify(path, sealer)
    assert (outcome.exit_code, "purge_untold" in outcome.text) == (1, True)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"type":"header","read_at":"2026-01-01T00:00:00","purged_before":null}',
        b'{"type":"header","read_at":"2026-01-01T00:00:00Z","purged_before":null,"format":9}',
        b'{"type":"end","rows":0}',
    ],
)
async def test_what_is_not_an_export_is_refused(sealer: Sealer, line: bytes):
    path = sealer.folder / "wrong.jsonl"
    path.write_bytes(line + b"\n")
    assert (await _verify(path, sealer)).exit_code == 2
    assert (await _verify(sealer.folder / "absent.jsonl", sealer)).exit_code == 2


async def test_nothing_may_follow_the_end(exported: Path, sealer: Sealer):
    for more in (b"\n", b"{}", _bytes(exported).splitlines(keepends=True)[3]):
        path = sealer.folder / "more.jsonl"
        path.write_bytes(_bytes(exported) + more)
        assert (await _verify(path, sealer)).exit_code == 2


async def test_an_export_never_replaces_a_file(database: Database, exported: Path):
    before = _bytes(exported)
    assert (await commands.export_to(database, exported)).exit_code == 2
    assert _bytes(exported) == before
