"""TA-122: nobody updates or deletes the journal: rights stop the application, triggers stop even the owner."""

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from chatelet.audit.head import Head
from chatelet.kernel.database import Database

EVIDENCE = ("journal_events", "journal_links", "journal_seals")
COLUMNS = {"journal_events": "name = 'person.disabled'", "journal_links": "seq = 99", "journal_seals": "seq = 99"}


async def _partitions(database: Database, table: str) -> list[str]:
    async with database.transaction() as session:
        found = await (await session.connection()).exec_driver_sql(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = $1::text::regclass", (table,)
        )
        return list(found.scalars())


async def _refusal(database: Database, statement: str) -> str:
    with pytest.raises(DBAPIError) as refused:
        async with database.transaction() as session:
            await (await session.connection()).exec_driver_sql(statement)
    original = refused.value.orig
    assert original is not None
    assert isinstance(original.__cause__, asyncpg.InsufficientPrivilegeError)
    return str(original)


def _changes(table: str, parent: str) -> list[str]:
    return [f"UPDATE {table} SET {COLUMNS[parent]}", f"DELETE FROM {table}", f"TRUNCATE {table}"]


async def test_the_application_may_not_change_anything(database: Database, sealed: Head):
    for parent in EVIDENCE:
        for table in [parent, *await _partitions(database, parent)]:
            for change in _changes(table, parent):
                assert "permission denied" in await _refusal(database, change)


async def test_the_application_may_not_open_the_way(database: Database, sealed: Head):
    for statement in (
        *(f"ALTER TABLE {parent} DISABLE TRIGGER ALL" for parent in EVIDENCE),
        *(f"DROP TABLE {parent}" for parent in EVIDENCE),
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    ):
        await _refusal(database, statement)


async def test_triggers_stop_the_owner_too(owner_database: Database, sealed: Head):
    for parent in EVIDENCE:
        partitions = await _partitions(owner_database, parent)
        filled = [table for table in partitions if await _count(owner_database, table)]
        for table in [parent, *filled]:
            for change in _changes(table, parent):
                assert "append-only" in await _refusal(owner_database, change)
        for table in partitions:
            assert "append-only" in await _refusal(owner_database, f"TRUNCATE {table}")


async def _count(database: Database, table: str) -> int:
    async with database.transaction() as session:
        return (await (await session.connection()).exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one()


FORGED = ["a\nb", "a\r\nb", "a\x1b[2Jb", "a\u202eb", "a b"]


PLAIN = {
    "name": "turn.opened",
    "object_kind": "turn",
    "object_id": "a",
    "result": "done",
    "data": "{}",
    "origin": "::1",
    "request_id": "a",
}


async def test_no_column_takes_a_character_that_could_forge_a_line(database: Database):
    """TA-123, below our own code: the database refuses it whoever inserts."""
    for column in PLAIN:
        for text in FORGED:
            await _check_is_refused(database, {**PLAIN, column: text})


async def _check_is_refused(database: Database, values: dict[str, str]) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with database.transaction() as session:
            await (await session.connection()).exec_driver_sql(
                f"""
                INSERT INTO journal_events (id, format, occurred_at, digest, {", ".join(values)})
                VALUES (gen_random_uuid(), 1, now(), sha256('a'), $1, $2, $3, $4, $5, $6, $7)
                """,
                tuple(values.values()),
            )
    assert refused.value.orig is not None
    assert isinstance(refused.value.orig.__cause__, asyncpg.CheckViolationError)
