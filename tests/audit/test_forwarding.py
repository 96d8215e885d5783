"""TA-127: the journal reaches a collector whole and in order, whatever happens to the collector."""

import asyncio
import json
import re
import ssl
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncEngine

from chatelet.audit import chain, commands, export, journal, queries
from chatelet.audit.forwarding.collector import NotTaken, Reason, hand_over
from chatelet.audit.forwarding.forwarder import Pace, forward, forward_forever
from chatelet.audit.forwarding.lines import frame
from chatelet.audit.forwarding.standing import Standing, standing_of
from chatelet.audit.rows import End, Header, LinkRow
from chatelet.commands.check import FORWARDING_REMEDIES
from chatelet.commands.check import forwarding as finding
from chatelet.journal_sections import ForwardSettings
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.destinations import Destination, from_settings
from chatelet.kernel.egress.gate import Gate
from chatelet.kernel.egress.posture import posture_of
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.metrics import JOURNAL_WAITING
from chatelet.sections import EgressSettings
from chatelet.settings import Settings
from tests.audit.conftest import Sealer
from tests.audit.samples import some_events
from tests.fakes.mail_server import certificate
from tests.fakes.syslog_server import Collector

HOST = "chatelet.example.org"
QUICK = Pace(batch=40, pass_seconds=0.02, pause_seconds=0.01, most_pause_seconds=0.05)
_LINE = re.compile(
    rb"<1(07|08|09|10)>1 (\d{4}-\d\d-\d\dT[0-9:]{8}\.\d{6}Z|-) chatelet\.example\.org chatelet - ([!-~]{1,32}) "
    rb'(-|\[meta sequenceId="\d+"\]) (\{[ -~]*\})'
)


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    made = Collector(certificate(tmp_path)[0])
    made.start()
    yield made
    made.stop()


@pytest.fixture
def settings(collector: Collector, tmp_path: Path) -> ForwardSettings:
    return ForwardSettings(address=f"tls://localhost:{collector.port}", ca_file=tmp_path / "localhost.pem")


async def _write(database: Database, count: int, sealer: Sealer | None = None) -> None:
    async with database.transaction() as session:
        await journal.record_all(session, [event for event, _ in some_events(count)], actor=None)
    await (sealer.link_and_seal(database) if sealer else chain.link_all(database))


@asynccontextmanager
async def _forwarding(database: Database, settings: ForwardSettings, pace: Pace = QUICK) -> AsyncGenerator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(forward_forever(database, settings, HOST, stop=stop, pace=pace))
    yield
    stop.set()
    await asyncio.wait_for(task, 30)


def _rows(collector: Collector) -> list[dict[str, Any]]:
    """What the collector holds, each line of its form."""
    found = [_LINE.fullmatch(message) for message in collector.received]
    assert all(found)
    return [json.loads(line[5]) for line in found if line]


def _numbers(collector: Collector) -> list[int]:
    """The numbers of the events, a repeated one kept where it first came."""
    return list(dict.fromkeys(row["seq"] for row in _rows(collector) if row["type"] == "link"))


async def _standing(database: Database, settings: ForwardSettings) -> Standing:
    async with database.transaction() as session:
        return await standing_of(session, settings.collector)


def _waiting() -> float:
    return JOURNAL_WAITING.collect()[0].samples[0].value  # type: ignore[no-any-return]


async def _until_taken(database: Database, settings: ForwardSettings, seq: int) -> Standing:
    async with asyncio.timeout(30):
        while (found := await _standing(database, settings)).cursor.seq < seq or found.cursor.failure:
            await asyncio.sleep(0.01)
    return found


async def test_what_the_collector_holds_is_verified_as_an_export(
    database: Database, sealer: Sealer, collector: Collector, settings: ForwardSettings, tmp_path: Path
):
    async with _forwarding(database, settings):
        for _ in range(3):
            await _write(database, 60, sealer)
            await asyncio.sleep(0.02)
        await _until_taken(database, settings, 180)
    rows = sorted(_rows(collector), key=lambda row: row["seq"])
    assert [row["seq"] for row in rows if row["type"] == "seal"] == [60, 120, 180]
    assert _numbers(collector) == list(range(1, 181))
    lines = [json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows]
    ends = export.line(Header(read_at=clock.now(), purged_before=None)), export.line(End(rows=len(rows)))
    file = tmp_path / "collected.jsonl"
    file.write_bytes(b"".join([ends[0], *lines, ends[1]]))
    outcome = await commands.verify(file, public_keys=sealer.public_keys, head=sealer.head)
    assert outcome.exit_code == 0, outcome.text


async def test_an_outage_costs_a_delay_and_no_event(
    database: Database, collector: Collector, settings: ForwardSettings
):
    """Down before anything, restarted, down again with events waiting, told all along."""
    collector.stop()
    async with _forwarding(database, settings):
        await _write(database, 50)
        async with asyncio.timeout(30):
            while (found := await _standing(database, settings)).cursor.failure is None:
                await asyncio.sleep(0.01)
        assert (found.cursor.seq, found.cursor.failure, found.waiting) == (0, "unreachable", 50)
        assert _waiting() == 50
        told = finding(settings.collector, found)
        assert told.state == "degraded"
        assert "50 wait" in told.detail
        assert "unreachable" in told.detail
        collector.start()
        await _until_taken(database, settings, 50)
        collector.stop()
        await _write(database, 70)
        collector.start()
        found = await _until_taken(database, settings, 120)
    assert _numbers(collector) == list(range(1, 121))
    assert (found.waiting, _waiting()) == (0, 0)
    assert finding(settings.collector, found).state == "present"


@pytest.mark.parametrize("fault", ["reset", "leaves", "silent", "stuck"])
async def test_a_batch_not_seen_read_is_sent_again(
    database: Database,
    collector: Collector,
    settings: ForwardSettings,
    fault: Literal["reset", "leaves", "silent", "stuck"],
):
    """Cut in the middle of a line, left in order with bytes unread, closed without a word, or read no more."""
    collector.fault, collector.after = fault, 5_000
    await _write(database, 100)
    reasons = {"reset": {"cut"}, "leaves": {"cut", "unconfirmed", "tls"}, "silent": {"unconfirmed"}, "stuck": {"slow"}}
    seconds = 0.3 if fault == "stuck" else 30.0
    for _ in range(3):
        assert await forward(database, settings, HOST, replace(QUICK, batch_seconds=seconds)) is None
        found = await _standing(database, settings)
        assert found.cursor.seq == 0
        assert found.cursor.failure in reasons[fault]
    collector.fault = None
    async with _forwarding(database, settings):
        await _until_taken(database, settings, 100)
    assert _numbers(collector) == list(range(1, 101))


async def test_a_collector_that_leaves_at_any_moment_loses_nothing(
    database: Database, collector: Collector, settings: ForwardSettings
):
    """What is acknowledged was read: the cursor never passes what the collector holds."""
    await _write(database, 400)
    collector.fault = "leaves"
    for after in (1, 900, 7_000, 15_000, 16_300, 17_000, 24_000):
        collector.after = after
        await forward(database, settings, HOST, QUICK)
        held = _numbers(collector)
        assert (await _standing(database, settings)).cursor.seq <= len(held)
    collector.fault = None
    async with _forwarding(database, settings):
        await _until_taken(database, settings, 400)
    assert _numbers(collector) == list(range(1, 401))


async def test_a_slow_collector_is_waited_for(database: Database, collector: Collector, settings: ForwardSettings):
    collector.pause = 0.002
    await _write(database, 120)
    async with _forwarding(database, settings):
        await _until_taken(database, settings, 120)
    assert _numbers(collector) == list(range(1, 121))
    assert len(collector.received) == 120  # none twice


async def test_two_processes_send_each_event_once(
    database: Database, owner_database: Database, collector: Collector, settings: ForwardSettings
):
    async with _forwarding(database, settings), _forwarding(owner_database, settings):
        for _ in range(4):
            await _write(database, 90)
        await _until_taken(database, settings, 360)
    assert [row["seq"] for row in _rows(collector)] == list(range(1, 361))


async def test_a_forwarder_that_is_killed_is_gone_on_from(
    database: Database, collector: Collector, settings: ForwardSettings
):
    collector.pause = 0.01
    await _write(database, 150)
    task = asyncio.create_task(forward_forever(database, settings, HOST, stop=asyncio.Event(), pace=QUICK))
    await collector.wait_for(45)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    collector.pause = 0
    async with _forwarding(database, settings):
        await _until_taken(database, settings, 150)
    assert _numbers(collector) == list(range(1, 151))


async def _refusal(settings: ForwardSettings) -> str:
    with pytest.raises(NotTaken) as refused:
        await hand_over(settings, b"5 hello")
    return refused.value.reason


async def test_another_certificate_or_name_is_refused(collector: Collector, settings: ForwardSettings, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    other = certificate(tmp_path / "elsewhere")[1]
    assert await _refusal(settings.model_copy(update={"ca_file": other})) == "certificate"
    assert await _refusal(settings.model_copy(update={"ca_file": None})) == "certificate"
    by_number = {"address": f"tls://127.0.0.1:{collector.port}"}
    assert await _refusal(settings.model_copy(update=by_number)) == "certificate"
    assert await _refusal(settings.model_copy(update={"ca_file": tmp_path / "absent.pem"})) == "files"
    assert collector.received == []


async def test_the_service_shows_its_certificate(collector: Collector, settings: ForwardSettings, tmp_path: Path):
    assert collector.tls is not None
    mine = certificate(tmp_path, "chatelet")[1]
    collector.tls.verify_mode = ssl.CERT_REQUIRED
    collector.tls.load_verify_locations(mine)
    assert await _refusal(settings) in {"tls", "cut"}  # the alert, or the reset that follows it
    assert collector.received == []
    shown = {"certificate_file": mine, "key_file": tmp_path / "chatelet.key"}
    await hand_over(settings.model_copy(update=shown), b"5 hello")
    assert collector.received == [b"hello"]
    assert "chatelet" in (collector.client or "")


async def test_a_collector_that_never_ends_tls_is_believed_when_told_to(
    collector: Collector, settings: ForwardSettings
):
    collector.fault = "silent"
    assert await _refusal(settings) == "unconfirmed"
    await hand_over(settings.model_copy(update={"confirmed_by": "tcp"}), b"5 hello")
    collector.fault, collector.after = "reset", 3
    assert await _refusal(settings.model_copy(update={"confirmed_by": "tcp"})) == "cut"


async def test_in_clear_on_this_machine_only(collector: Collector):
    collector.tls = None
    await hand_over(ForwardSettings(address=f"tcp://127.0.0.1:{collector.port}"), b"5 hello")
    assert collector.received == [b"hello"]
    wrong: list[dict[str, Any]] = [
        {"address": "tcp://siem.example.org:601"},
        {"address": "https://siem.example.org"},
        {"address": "tls://"},
        {"address": "tls://siem.example.org/path"},
        {"address": "tls://siem.example.org:99999"},
        {"address": "tls://siem.example.org", "key_file": "key.pem"},
    ]
    for given in wrong:
        with pytest.raises(ValidationError):
            ForwardSettings(**given)
    assert ForwardSettings(address="tcp://siem.example.org", allow_clear=True).collector == "tcp://siem.example.org:601"
    assert ForwardSettings(address="tls://[2001:db8::1]").collector == "tls://[2001:db8::1]:6514"


async def test_the_gate_of_the_network_is_asked(settings: ForwardSettings):
    whole = Settings(audit={"forward": {"address": "tls://siem.example.org"}})  # type: ignore[arg-type]
    expected = Destination(Purpose.JOURNAL, "siem.example.org", 6514, "audit.forward.address")
    assert expected in list(from_settings(whole))
    before = gate.current()
    gate.install(Gate(posture_of(EgressSettings(mode="none"))))
    try:
        assert await _refusal(whole.audit.forward) == "egress_closed"
    finally:
        gate.install(before)


async def test_what_an_intruder_wrote_stays_on_its_line(database: Database, intruder: AsyncEngine):
    await _write(database, 1)
    evil = "x\r\n<13>1 - - - - - forged \x1b[2J\u202e\x7f\x85\u2028"
    async with intruder.connect() as connection:
        await connection.begin()
        for check in ("name", "data", "origin", "request_id"):
            name = f"ck_journal_events_{check}"
            await connection.exec_driver_sql(f"ALTER TABLE journal_events DROP CONSTRAINT {name}")
        await connection.exec_driver_sql(
            "UPDATE journal_events SET name = $1, data = $2, origin = $3, request_id = $4, occurred_at = 'infinity'",
            (evil, evil, evil, evil),
        )
        (row,) = await queries.linked_events_after(connection, 0, 10)
        await connection.rollback()
    framed = frame(row, "evil\r\nhost")
    length, message = framed.split(b" ", 1)
    assert int(length) == len(message)
    assert all(32 <= byte < 127 for byte in framed)
    assert message.startswith(b"<110>1 - evil??host chatelet - x??<13>1?-?-?")
    assert json.loads(message[message.index(b"{") :])["event"]["origin"] == evil


def test_an_event_that_is_gone_keeps_its_number():
    gone = LinkRow(2**31, some_events(1)[0][1], bytes(32), bytes(32), None)
    assert b'- - [meta sequenceId="1"] {"type":"link","seq":2147483648,' in frame(gone, HOST)


async def test_nobody_handing_over_is_told(database: Database, settings: ForwardSettings):
    await _write(database, 3)
    found = await _standing(database, settings)
    assert finding(settings.collector, found).state == "degraded"
    late = replace(found.cursor, seq=1, tried_at=clock.now() - timedelta(hours=1))
    assert finding(settings.collector, replace(found, cursor=late, waiting=2)).remedy.startswith("start the service")


def test_every_failure_has_its_remedy():
    assert FORWARDING_REMEDIES.keys() == set(get_args(Reason))
