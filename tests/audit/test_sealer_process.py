"""TA-121, TA-200: the sealer in its own process, which alone holds the key, killed at random among writes."""

import asyncio
import random
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

from chatelet.audit import commands, journal
from chatelet.audit.head import read_head
from chatelet.kernel.database import Database
from tests.audit.conftest import Sealer
from tests.audit.samples import some_events

ROOT = Path(__file__).parents[2]


async def _start(address: str, sealer: Sealer, errors: Path) -> Process:
    key = sealer.folder / "keys" / "journal_seal.pem"
    with errors.open("ab") as stderr:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.audit.sealer_process", str(key), str(sealer.folder)),
            cwd=ROOT, stdin=PIPE, stdout=DEVNULL, stderr=stderr,
        )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(address.encode() + b"\n")
    process.stdin.close()
    return process


async def _last_seal(database: Database) -> int:
    async with database.transaction() as session:
        found = await (await session.connection()).exec_driver_sql("SELECT coalesce(max(seq), 0) FROM journal_seals")
        return found.scalar_one()


async def test_a_sealer_killed_again_and_again_loses_nothing(
    database: Database, addresses: tuple[str, str], sealer: Sealer
):
    written, dice, errors = 0, random.Random(11), sealer.folder / "stderr.log"
    for _ in range(3):
        process = await _start(addresses[1], sealer, errors)
        before = await _last_seal(database)
        while await _last_seal(database) == before:  # it works
            async with database.transaction() as session:
                await journal.record_all(session, [event for event, _ in some_events(2)], actor=None)
            written += 2
            await asyncio.sleep(0.01)
        await asyncio.sleep(dice.random() * 0.05)
        process.kill()
        await process.wait()
        outcome = await commands.verify(database, public_keys=sealer.public_keys, head=sealer.head)
        assert outcome.exit_code == 0, outcome.text
    process = await _start(addresses[1], sealer, errors)
    async with database.transaction() as session:  # so that there is work for it, whatever the last one had done
        await journal.record_all(session, [event for event, _ in some_events(2)], actor=None)
    written += 2
    while await _last_seal(database) < written:
        await asyncio.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    outcome = await commands.verify(database, public_keys=sealer.public_keys, head=sealer.head)
    assert outcome.report is not None
    assert (outcome.exit_code, outcome.report.sealed_seq, outcome.report.waiting) == (0, written, 0)

    kept = sealer.folder / "collected.log"  # what a log collector holds is a head too
    kept.write_text([line for line in errors.read_text().splitlines() if "journal_sealed" in line][-1])
    assert read_head(kept, sealer.trusted) == read_head(sealer.head, sealer.trusted)


async def test_a_sealer_without_its_key_does_not_start(addresses: tuple[str, str], sealer: Sealer):
    database = Database(addresses[1], pool_size=2)
    outcome = await commands.seal_until_stopped(database, sealer.folder / "absent.pem", sealer.folder)
    assert (outcome.exit_code, "absent" in outcome.text) == (2, True)
    assert not (sealer.folder / "absent.pem").exists()
    await database.close()
