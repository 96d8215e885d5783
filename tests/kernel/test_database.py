"""Transactions: all or nothing, also for what goes through the driver; partitions made ahead, whatever stands there."""

import pytest
from sqlalchemy import text

from chatelet.kernel.database import Database, asyncpg_connection
from chatelet.kernel.jobs import enqueue


class Broken(Exception):
    pass


async def test_what_the_driver_does_is_rolled_back_with_the_rest(database: Database) -> None:
    with pytest.raises(Broken):
        async with database.transaction() as session:
            await enqueue(session, "nothing", {})
            raise Broken
    async with database.transaction() as session:
        connection = await asyncpg_connection(session)
        assert connection.is_in_transaction()
        assert await session.scalar(text("SELECT count(*) FROM pgqueuer")) == 0
        await enqueue(session, "nothing", {})
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM pgqueuer")) == 1


async def test_partitions_are_made_ahead_and_a_late_month_stays_in_the_default(
    database: Database, owner_database: Database
) -> None:
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT ensure_partitions('messages', 3)")) == 0
        assert await session.scalar(text("SELECT ensure_partitions('messages', 5)")) == 2
    async with owner_database.transaction() as session:
        names = (
            await session.scalars(
                text("SELECT relname FROM pg_class WHERE relname LIKE 'messages_y%' AND relkind = 'r'")
            )
        ).all()
        assert len(names) == 6
        await session.execute(text(f"DROP TABLE {max(names)}"))
        bound = "partition_bound(date_trunc('month', now()) + interval '5 months 10 days')"
        await session.execute(text("ALTER TABLE messages DROP CONSTRAINT fk_messages_conversation_id"))
        await session.execute(
            text(
                "INSERT INTO messages (id, conversation_id, turn_id, role, parts_version, parts_sealed, search_sealed) "
                f"VALUES ({bound}, gen_random_uuid(), gen_random_uuid(), 'user', 1, '', '')"
            )
        )
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT ensure_partitions('messages', 6)")) == 1


async def test_the_application_cannot_make_tables_nor_use_the_function_on_others(database: Database) -> None:
    for statement in ("CREATE TABLE mine (id int)", "SELECT ensure_partitions('persons', 1)"):
        with pytest.raises(Exception, match=r"permission denied|not a partitioned table"):
            async with database.transaction() as session:
                await session.execute(text(statement))
