"""TA-121: the verifier finds every edit, deletion, reordering, truncation and re-insertion, and says which."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chatelet.audit import encoding, export, journal, keys, reading
from chatelet.audit.commands import examine
from chatelet.audit.events import ConversationDeleted
from chatelet.audit.head import Head, read_head
from chatelet.audit.report import Problem, Reason, Report, tell
from chatelet.audit.rows import EventRow
from chatelet.audit.verification import Verifier
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7, uuid7_at
from tests.audit.conftest import Sealer

pytestmark = pytest.mark.usefixtures("sealed")


@asynccontextmanager
async def tampering(intruder: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Let the intruder act, and undo it afterwards."""
    async with intruder.connect() as connection:
        await connection.begin()
        yield connection
        await connection.rollback()


async def _all(connection: AsyncConnection, sql: str) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in await connection.exec_driver_sql(sql)]


async def _examine(connection: AsyncConnection, sealer: Sealer, *, head: bool = True) -> Report:
    return await examine(connection, sealer.trusted, head=read_head(sealer.head, sealer.trusted) if head else None)


def _reason(report: Report) -> tuple[Reason | None, int | None]:
    return (report.problem.reason, report.problem.seq) if report.problem else (None, None)


async def test_an_untouched_journal_is_intact(database: Database, sealer: Sealer):
    async with reading.frozen_view(database) as view:
        report = await _examine(view, sealer)
    assert (report.verdict, report.first_seq, report.last_seq, report.sealed_seq) == ("intact", 1, 12, 12)
    assert "intact" in tell(report)
    assert "head at 12" in tell(report)


def _other_values(value: Any) -> list[str]:
    """SQL expressions of the column `c` that differ from its value."""
    match value:
        case None:
            return ["'a'"]
        case bool() | int():
            return ["c + 1", "c - 1", "-c"]
        case bytes():
            flips = (f"set_bit(c, {bit}, 1 - get_bit(c, {bit}))" for bit in (0, 7, 100, len(value) * 8 - 1))
            return [*flips, "sha256(c)"]
        case str():
            return ["c || '0'", "substr(c, 2)", "upper(c)", "c || chr(10) || c", "c || chr(8238)", "''"]
        case _ if hasattr(value, "isoformat"):
            moments = ["c + interval '1 microsecond'", "c - interval '1 millisecond'", "c + interval '1 year'"]
            return [*moments, "'-infinity'", "'infinity'"]
        case _:
            return ["gen_random_uuid()"]


async def _lift_checks(connection: AsyncConnection) -> None:
    """Drop what the database itself would refuse: the intruder owns it."""
    for table in ("journal_events", "journal_links", "journal_seals"):
        checks = await _all(
            connection,
            f"SELECT conname FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype IN ('c', 'p')",
        )
        for check in checks:
            await connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {check['conname']}")


def _place(table: str, row: dict[str, Any], numbers: dict[Any, int]) -> int:
    return numbers[row["id"]] if table == "journal_events" else row["seq"]


@pytest.mark.parametrize("table", ["journal_events", "journal_links", "journal_seals"])
async def test_a_change_of_any_column_of_any_row_is_found(intruder: AsyncEngine, sealer: Sealer, table: str):
    tried, missed = 0, []
    async with tampering(intruder) as connection:
        await _lift_checks(connection)
        for column in ("acting_for", "object_id", "origin", "request_id"):
            await connection.exec_driver_sql(f"ALTER TABLE journal_events ALTER {column} TYPE text")
        numbers = {row["event_id"]: row["seq"] for row in await _all(connection, "SELECT * FROM journal_links")}
        key = "id" if table == "journal_events" else "seq"
        rows = await _all(connection, f"SELECT * FROM {table} ORDER BY 1")
        for row in [*rows[:1], *rows[4:6], *rows[-1:]]:
            for column, value in row.items():
                nulled = ["NULL"] if column in {"actor", "acting_for", "object_id"} else []
                for other in [*_other_values(value), *nulled]:
                    point = await connection.begin_nested()
                    expression = re.sub(r"\bc\b", column, other)
                    changed = await connection.exec_driver_sql(
                        f"UPDATE {table} SET {column} = {expression} "
                        f"WHERE {key} = $1 AND {column} IS DISTINCT FROM {expression}",
                        (row[key],),
                    )
                    if changed.rowcount:
                        tried += 1
                        _, seq = _reason(await _examine(connection, sealer))
                        if seq is None or seq > _place(table, row, numbers):
                            missed.append((column, other, seq))
                    await point.rollback()
    assert missed == []
    assert tried > 40


async def test_an_edited_event_is_named(intruder: AsyncEngine, sealer: Sealer):
    async with tampering(intruder) as connection:
        seventh = "(SELECT event_id FROM journal_links WHERE seq = 7)"
        await connection.exec_driver_sql(f"UPDATE journal_events SET actor = gen_random_uuid() WHERE id = {seventh}")
        report = await _examine(connection, sealer)
    assert _reason(report) == (Reason.EVENT_ALTERED, 7)
    assert report.verdict == "broken"
    assert "link 7" in tell(report)


async def test_any_deleted_row_is_found(intruder: AsyncEngine, sealer: Sealer):
    for seq in range(1, 13):
        async with tampering(intruder) as connection:
            await connection.exec_driver_sql(
                f"DELETE FROM journal_events WHERE id = (SELECT event_id FROM journal_links WHERE seq = {seq})"
            )
            assert _reason(await _examine(connection, sealer)) == (Reason.EVENT_MISSING, seq)
            await connection.exec_driver_sql(f"DELETE FROM journal_links WHERE seq = {seq}")
            assert _reason(await _examine(connection, sealer)) == (Reason.LINK_MISSING, seq)
    for seq, problem in {
        4: (Reason.SEAL_FORGED, 8),
        8: (Reason.SEAL_FORGED, 12),
        12: (Reason.SEAL_MISSING, 12),
    }.items():
        async with tampering(intruder) as connection:
            await connection.exec_driver_sql(f"DELETE FROM journal_seals WHERE seq = {seq}")
            assert _reason(await _examine(connection, sealer)) == problem


SWAPS = [(1, 2), (3, 6), (1, 12), (11, 12)]


async def test_two_swapped_rows_are_found(intruder: AsyncEngine, sealer: Sealer):
    for one, other in SWAPS:
        for columns in (["event_id", "digest"], ["event_id", "digest", "chain_hash"], ["chain_hash"]):
            async with tampering(intruder) as connection:
                for column in columns:
                    await connection.exec_driver_sql(
                        f"UPDATE journal_links l SET {column} = o.{column} FROM journal_links o "
                        f"WHERE (l.seq, o.seq) IN (({one}, {other}), ({other}, {one}))"
                    )
                assert _reason(await _examine(connection, sealer)) == (Reason.LINK_ALTERED, one)
        async with tampering(intruder) as connection:
            await connection.exec_driver_sql(
                f"UPDATE journal_events l SET object_id = o.object_id, digest = o.digest FROM journal_events o, "
                f"journal_links a, journal_links b WHERE a.event_id = l.id AND b.event_id = o.id "
                f"AND (a.seq, b.seq) IN (({one}, {other}), ({other}, {one}))"
            )
            assert _reason(await _examine(connection, sealer)) == (Reason.EVENT_ALTERED, one)


async def _chain_again(connection: AsyncConnection, first: int) -> None:
    """Do what an intruder who knows the format does: make digests, then the whole chain, again from `first`."""
    for row in await _all(connection, "SELECT * FROM journal_events"):
        event = EventRow(**row)
        await connection.exec_driver_sql(
            "UPDATE journal_events SET digest = $1 WHERE id = $2", (encoding.event_digest(event), event.id)
        )
    links = await _all(
        connection,
        "SELECT l.seq, l.event_id, e.digest FROM journal_links l "
        "JOIN journal_events e ON e.id = l.event_id ORDER BY l.seq",
    )
    chain_hash = encoding.GENESIS
    for link in links:
        chain_hash = encoding.chain(chain_hash, link["seq"], link["event_id"], link["digest"])
        if link["seq"] >= first:
            await connection.exec_driver_sql(
                "UPDATE journal_links SET digest = $1, chain_hash = $2 WHERE seq = $3",
                (link["digest"], chain_hash, link["seq"]),
            )


async def test_a_chain_made_again_is_found_at_the_next_seal(intruder: AsyncEngine, sealer: Sealer):
    for edited, found in ((2, 4), (4, 4), (5, 8), (12, 12)):
        async with tampering(intruder) as connection:
            await connection.exec_driver_sql(
                f"UPDATE journal_events SET actor = gen_random_uuid() "
                f"WHERE id = (SELECT event_id FROM journal_links WHERE seq = {edited})"
            )
            await _chain_again(connection, edited)
            assert _reason(await _examine(connection, sealer)) == (Reason.SEAL_MISMATCH, found)


async def _seal_again(connection: AsyncConnection, key: keys.SealingKey, key_id: str) -> None:
    """Forge every seal with a key of the intruder's own."""
    before = encoding.NO_SEAL
    for seal in await _all(
        connection,
        "SELECT s.*, l.chain_hash AS made FROM journal_seals s JOIN journal_links l USING (seq) ORDER BY seq",
    ):
        statement = encoding.seal_statement(seal["seq"], seal["made"], seal["sealed_at"], key_id, before)
        signature = key.sign(statement)
        before = encoding.signature_digest(signature)
        await connection.exec_driver_sql(
            "UPDATE journal_seals SET chain_hash = $1, key_id = $2, signature = $3 WHERE seq = $4",
            (seal["made"], key_id, signature, seal["seq"]),
        )


async def test_a_forged_seal_is_found(intruder: AsyncEngine, sealer: Sealer):
    own = keys.make_key(sealer.folder / "intruder.pem")
    for key_id, reason in ((own.key_id, Reason.SEAL_UNKNOWN_KEY), (sealer.key.key_id, Reason.SEAL_FORGED)):
        async with tampering(intruder) as connection:
            await connection.exec_driver_sql("UPDATE journal_events SET actor = gen_random_uuid()")
            await _chain_again(connection, 1)
            await _seal_again(connection, own, key_id)
            assert _reason(await _examine(connection, sealer)) == (reason, 4)


async def _cut(connection: AsyncConnection, after: int) -> None:
    await connection.exec_driver_sql(
        f"DELETE FROM journal_events WHERE id IN (SELECT event_id FROM journal_links WHERE seq > {after})"
    )
    await connection.exec_driver_sql(f"DELETE FROM journal_links WHERE seq > {after}")
    await connection.exec_driver_sql(f"DELETE FROM journal_seals WHERE seq > {after}")


async def test_an_end_cut_off_is_found_thanks_to_the_head(intruder: AsyncEngine, sealer: Sealer):
    for after in range(12):
        async with tampering(intruder) as connection:
            await _cut(connection, after)
            assert _reason(await _examine(connection, sealer)) == (Reason.TRUNCATED, after + 1)


async def test_without_a_head_a_clean_cut_does_not_show_and_the_report_says_so(intruder: AsyncEngine, sealer: Sealer):
    async with tampering(intruder) as connection:
        await _cut(connection, 8)
        report = await _examine(connection, sealer, head=False)
    assert report.verdict == "intact"
    assert "would not show" in tell(report)


async def test_links_deleted_with_seals_kept_are_found(intruder: AsyncEngine, sealer: Sealer):
    for deleted, problem in {
        "seq > 8": (Reason.LINK_MISSING, 9),
        "seq < 5": (Reason.PURGE_UNTOLD, 1),  # they end at a seal, as purged links do, but no event tells of it
        "seq < 6": (Reason.LINK_MISSING, 1),
        "seq > 0": (Reason.LINK_MISSING, 1),
    }.items():
        async with tampering(intruder) as connection:
            await connection.exec_driver_sql(f"DELETE FROM journal_links WHERE {deleted}")
            assert _reason(await _examine(connection, sealer)) == problem


async def _insert(connection: AsyncConnection, row: EventRow) -> None:
    await connection.exec_driver_sql(
        "INSERT INTO journal_events VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        journal._parameters(row),
    )


def _draft(**options: Any) -> EventRow:
    return journal.draft(ConversationDeleted(conversation_id=uuid7()), actor=None, **options)


async def test_an_event_inserted_behind_the_sealer_is_found(intruder: AsyncEngine, sealer: Sealer):
    row = _draft()
    async with tampering(intruder) as connection:
        await _insert(connection, row)
        report = await _examine(connection, sealer)
    assert report.problem == Problem(Reason.EVENT_UNLINKED, None, row.id)


async def test_a_deleted_event_put_back_with_other_content_is_found(intruder: AsyncEngine, sealer: Sealer):
    async with tampering(intruder) as connection:
        deleted = await _all(
            connection,
            "DELETE FROM journal_events WHERE id = (SELECT event_id FROM journal_links WHERE seq = 6) RETURNING *",
        )
        await _insert(connection, _draft(identifier=deleted[0]["id"]))
        assert _reason(await _examine(connection, sealer)) == (Reason.EVENT_ALTERED, 6)


async def test_an_event_linked_twice_is_found(intruder: AsyncEngine, sealer: Sealer):
    for copied in (1, 6, 12):
        async with tampering(intruder) as connection:
            await connection.exec_driver_sql(
                "INSERT INTO journal_links SELECT 13, event_id, digest, chain_hash FROM journal_links "
                f"WHERE seq = {copied}"
            )
            await _chain_again(connection, 13)
            assert _reason(await _examine(connection, sealer)) == (Reason.EVENT_LINKED_TWICE, 13)


async def test_an_old_event_linked_twice_is_found_by_the_second_reading(intruder: AsyncEngine, sealer: Sealer):
    old = _draft(identifier=uuid7_at(clock.now() - timedelta(days=1)))
    async with tampering(intruder) as connection:
        await _insert(connection, old)
        for seq, links in ((13, 1), (14, 2)):
            await connection.exec_driver_sql(
                "INSERT INTO journal_links VALUES ($1, $2, $3, sha256('a'))", (seq, old.id, old.digest)
            )
            await _chain_again(connection, 13)
            report = await _examine(connection, sealer)
            assert report.late == 1
            assert _reason(report) == ((None, None) if links == 1 else (Reason.EVENT_LINKED_TWICE, 14))


async def test_a_row_that_goes_wrong_in_reading_order_is_refused(database: Database, sealer: Sealer):
    """From a file, rows may come in any order: none but the true one is accepted."""
    async with reading.frozen_view(database) as view:
        header, rows = await reading.header(view), [row async for row in reading.rows(view)]
    for number in range(len(rows) - 1):
        swapped = [*rows[:number], rows[number + 1], rows[number], *rows[number + 2 :]]
        assert _verdict(header, swapped, sealer) == "broken"
        assert _verdict(header, [*rows[: number + 1], *rows[number:]], sealer) == "broken"
        assert _verdict(header, [*rows[:number], *rows[number + 1 :]], sealer) == "broken"
    assert _verdict(header, rows, sealer) == "intact"


def _verdict(header: Any, rows: list[Any], sealer: Sealer) -> str:
    verifier = Verifier(header, sealer.trusted, head=read_head(sealer.head, sealer.trusted))
    for row in rows:
        verifier.feed(row)
    return verifier.conclude().verdict


async def test_a_sealer_that_no_longer_works_is_told_not_taken_for_an_attack(
    database: Database, sealer: Sealer, sealed: Head
):
    async with database.transaction() as session:
        await journal.record(session, ConversationDeleted(conversation_id=uuid7()), actor=None)
    async with reading.frozen_view(database) as view:
        young = await examine(view, sealer.trusted)
        old = await examine(view, sealer.trusted, grace=timedelta(seconds=-1))
    assert (young.verdict, young.waiting) == ("intact", 1)
    assert (old.verdict, old.problem) == ("incomplete", None)
    assert "does the sealer run?" in tell(old)


async def test_a_tampered_row_forges_no_line(intruder: AsyncEngine, sealer: Sealer):
    async with tampering(intruder) as connection:
        await _lift_checks(connection)
        forged = "chr(10) || 'Journal: intact.' || chr(27) || '[2K' || chr(8238) || chr(133)"
        await connection.exec_driver_sql(f"UPDATE journal_events SET data = {forged}, origin = {forged}")
        report = await _examine(connection, sealer)
        lines = [export.line(row) async for row in reading.rows(connection)]
    assert _reason(report) == (Reason.EVENT_ALTERED, 1)
    assert all(line.isascii() and line.count(b"\n") == 1 and b"\x1b" not in line for line in lines)
    assert tell(report).isprintable() is False  # its own line ends
    assert all(line.isprintable() for line in tell(report).splitlines())
