"""Transactions: all or nothing, also for what goes through the driver; partitions made ahead, whatever stands there."""

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from chatelet.kernel.database import Database, asyncpg_connection, is_database_loss
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


async def test_a_database_that_starts_or_stops_is_a_loss_wherever_it_is_met(database: Database) -> None:
    """A connection that cannot be had is told by the dialect's own error, one that is lost by SQLAlchemy's."""
    for refusal in (asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError, asyncpg.CrashShutdownError):

        async def refuse(*_arguments: object, kind: type[Exception] = refusal, **_options: object) -> None:
            raise kind("the database system is not yet accepting connections")

        engine = create_async_engine("postgresql+asyncpg://nowhere", connect_args={"async_creator_fn": refuse})
        with pytest.raises(AsyncAdapt_asyncpg_dbapi.Error) as raw:
            await engine.raw_connection()
        assert is_database_loss(raw.value)
        with pytest.raises(DBAPIError) as wrapped:
            await engine.connect()
        assert is_database_loss(wrapped.value)
    with pytest.raises(DBAPIError) as wrong:
        async with database.transaction() as session:
            await session.execute(text("SELECT nothing_of_this_name"))
    assert not is_database_loss(wrong.value)
