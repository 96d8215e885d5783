"""The way to PostgreSQL: one engine per process, one transaction per request, committed before the response.

    transaction()         an ORM session: every request
    driver_transaction()  the driver's own connection, of the same pool: the path of a turn, where a statement through
                          the ORM costs twenty times its processor time (docs/adr/0012)

Services flush and never commit; these two are the only places that do. What both paths need (a journal line, a job, a
session's check) takes an `Executor`.
"""

import asyncio
import weakref
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import asyncpg
from sqlalchemy import CursorResult, DateTime, Executable, MetaData, Uuid, event, text
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.util import greenlet_spawn

from chatelet.kernel.addresses import connect, driver_url, tls_of
from chatelet.kernel.metrics import REQUEST_STATEMENTS
from chatelet.kernel.requests import current_request

Executor = AsyncSession | asyncpg.Connection
_CONNECT_SECONDS: Final = 10
_DOUBT_SECONDS: Final = 13.0  # a pulse that stops is told as soon
_LOST: Final = (
    OSError,
    PoolTimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # shutting down, crashed, in recovery
    asyncpg.DiskFullError,
    asyncpg.PostgresIOError,
    asyncpg.ReadOnlySQLTransactionError,  # a standby, until it takes over
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what the driver makes of a connection that is cut in the middle of its word
)
# What a request may meet when PostgreSQL is lost, of which `is_database_loss` tells the rest apart.
MAYBE_LOST: Final[tuple[type[Exception], ...]] = (
    DBAPIError,
    AsyncAdapt_asyncpg_dbapi.Error,
    OSError,
    PoolTimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)


class Base(DeclarativeBase):
    """Base of every table. Constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: DateTime(timezone=True), UUID: Uuid()}  # noqa: RUF012 (SQLAlchemy's declared form)


class Database:
    """Owns the engine of this process. `address` is `postgresql://…`."""

    def __init__(self, address: str, *, pool_size: int = 10, ca_file: Path | None = None) -> None:
        self._address = address
        self._ca_file = ca_file
        arguments: dict[str, Any] = {
            "server_settings": {"application_name": "chatelet", "timezone": "UTC"},
            "timeout": _CONNECT_SECONDS,
        }
        self._standing: weakref.WeakSet[asyncpg.Connection] = weakref.WeakSet()
        tls = tls_of(address, ca_file)
        if tls is not None:
            arguments["ssl"] = tls
        self.engine: AsyncEngine = create_async_engine(
            driver_url(address),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=10,
            pool_recycle=1800,
            connect_args=arguments,
        )
        event.listen(self.engine.sync_engine, "before_cursor_execute", _count)
        self._lent: weakref.WeakKeyDictionary[asyncpg.Connection, object] = weakref.WeakKeyDictionary()
        event.listen(self.engine.sync_engine, "checkout", self._lend)
        event.listen(self.engine.sync_engine, "checkin", self._take_back)
        # Before the driver's own first statements: one that falls silent in them must be ended too.
        event.listen(self.engine.sync_engine, "connect", self._note, insert=True)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """Open a session; commit when the block ends well, roll back otherwise."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def driver_transaction(self) -> AsyncGenerator[asyncpg.Connection]:
        """Give a pooled connection of the driver, in a transaction; commit when the block ends well."""
        async with (
            self.driver_connection() as connection,
            connection.transaction(),  # pyright: ignore[reportUnknownMemberType]
        ):
            yield connection

    @asynccontextmanager
    async def driver_connection(self) -> AsyncGenerator[asyncpg.Connection]:
        """Give a pooled connection of the driver, each statement of which is its own transaction."""
        pooled = await self.engine.raw_connection()
        connection: asyncpg.Connection | None = pooled.driver_connection
        assert connection is not None
        try:
            yield connection
        finally:
            if connection.is_closed() or connection.is_in_transaction():  # lost, or cancelled while it was ending
                pooled.invalidate()
            await asyncio.shield(greenlet_spawn(pooled.close))

    async def ping(self) -> None:
        """Raise when the database does not answer."""
        async with self._sessions() as session:
            await session.execute(text("SELECT 1"))

    async def connect(self) -> asyncpg.Connection:
        """Open a connection of its own, outside the pool: to listen, or for the job queue."""
        connection = await connect(self._address, self._ca_file)
        self._standing.add(connection)
        return connection

    def cut(self) -> None:
        """End every connection of this process at once: whoever waits on one is told that the database is lost.

        For a database that says nothing (kernel/notifications): without it they would wait as long as TCP does.
        """
        for connection in list(self._standing):
            connection.terminate()

    def renew(self, but: asyncpg.Connection) -> None:
        """Trust no connection that stood when `but` was made: what took the one before it may have taken them unheard.

        Those that nobody uses are ended now; those in use once they have said nothing for as long as a pulse may.
        """
        lent = {one: loan for one in self._standing if one is not but and (loan := self._lent.get(one)) is not None}
        for connection in list(self._standing):
            if connection is not but and connection not in lent:
                connection.terminate()
        asyncio.get_running_loop().call_later(_DOUBT_SECONDS, self._end_those_still_lent, lent)

    def _end_those_still_lent(self, lent: Mapping[asyncpg.Connection, object]) -> None:
        for connection, loan in lent.items():
            if self._lent.get(connection) is loan:
                connection.terminate()

    def _lend(self, connection: Any, _record: object, _proxy: object) -> None:
        """Have the pool replace a connection that PostgreSQL has closed: no round trip, the driver knows."""
        if connection.driver_connection.is_closed():
            raise DisconnectionError
        self._lent[connection.driver_connection] = object()

    def _take_back(self, connection: Any, _record: object) -> None:
        if connection is not None:  # invalidated: its socket is gone
            self._lent.pop(connection.driver_connection, None)

    def _note(self, connection: Any, _record: object) -> None:
        self._standing.add(connection.driver_connection)

    async def close(self) -> None:
        """Close every pooled connection."""
        await self.engine.dispose()


def is_database_loss(error: BaseException) -> bool:
    """Tell whether `error` means that PostgreSQL cannot be reached for now (as opposed to a refused statement)."""
    if isinstance(error, DBAPIError):
        cause = error.orig.__cause__ if error.orig is not None else None
        return error.connection_invalidated or (cause is not None and is_database_loss(cause))
    if isinstance(error, AsyncAdapt_asyncpg_dbapi.Error):  # a connection that was never had: the engine wraps it less
        return error.__cause__ is not None and is_database_loss(error.__cause__)
    if isinstance(error, (asyncpg.QueryCanceledError, ValueError)):
        return False
    return isinstance(error, _LOST)


def is_database_full(error: BaseException) -> bool:
    """Tell whether a loss is the disk of PostgreSQL that takes no more: somebody must make room."""
    found: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    while found is not None and not isinstance(found, asyncpg.DiskFullError):
        found = found.__cause__
    return found is not None


def _count(*_statement: object) -> None:
    if current_request().origin is not None:
        REQUEST_STATEMENTS.inc()


async def fetch(executor: Executor, statement: str, *parameters: object) -> Sequence[Sequence[Any]]:
    """Return the rows of a statement with `$1`-style parameters, in the executor's transaction."""
    if isinstance(executor, AsyncSession):
        connection = await executor.connection()
        return (await connection.exec_driver_sql(statement, parameters)).all()
    _count()
    found: Any = await executor.fetch(statement, *parameters)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return cast("Sequence[Sequence[Any]]", found)


async def execute(executor: Executor, statement: str, *parameters: object) -> None:
    """Run a statement that returns no row."""
    if isinstance(executor, AsyncSession):
        connection = await executor.connection()
        await connection.exec_driver_sql(statement, parameters)
        return
    _count()
    await executor.execute(statement, *parameters)  # pyright: ignore[reportUnknownMemberType]


async def affected(session: AsyncSession, statement: Executable, parameters: Mapping[str, object] | None = None) -> int:
    """Run a statement that changes rows, past the ORM's objects; return how many."""
    done = await session.execute(statement, parameters, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount


async def asyncpg_connection(session: AsyncSession) -> asyncpg.Connection:
    """Return the driver's connection, inside this session's transaction (jobs and bulk statements share it).

    SQLAlchemy begins a transaction with its first statement: one is made here when nothing was said yet, otherwise what
    the driver does would be committed at once.
    """
    connection = await session.connection()
    driver: asyncpg.Connection | None = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    if not driver.is_in_transaction():
        await connection.exec_driver_sql("SELECT 1")
    return driver
