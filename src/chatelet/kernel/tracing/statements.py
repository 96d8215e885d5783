"""SQL statements as spans: their verb and first table, never their text nor their parameters.

The engine's own events tell of statements through the ORM; the driver's tell of all others (docs/adr/0012), begin and
commit included. Nothing is listened to while traces are off.
"""

import re
import time
from typing import Any, Final

import asyncpg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from chatelet.kernel.tracing import spans

_VERB: Final = re.compile(r"\s*(?:--[^\n]*\n\s*)*([A-Za-z]+)")
_TABLE: Final = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+(?:ONLY\s+)?([a-z_][a-z0-9_]*)", re.IGNORECASE)
_BEGAN: Final = "chatelet_began"


def watch(engine: AsyncEngine) -> None:
    """Make a span of each statement of this engine's connections."""
    event.listen(engine.sync_engine, "before_cursor_execute", _before)
    event.listen(engine.sync_engine, "after_cursor_execute", _after)
    event.listen(engine.sync_engine, "connect", _listen)


def kind_of(statement: str) -> tuple[str, str | None]:
    """Return the verb and the first table of a statement."""
    verb, table = _VERB.match(statement), _TABLE.search(statement)
    return verb[1].upper() if verb else "?", table[1].lower() if table else None


def _before(connection: Any, *_given: object) -> None:
    connection.info[_BEGAN] = time.perf_counter_ns()


def _after(connection: Any, _cursor: object, statement: str, *_given: object) -> None:
    began = connection.info.pop(_BEGAN, None)
    if began is not None:
        _tell(statement, time.perf_counter_ns() - began)


def _listen(connection: Any, _record: object) -> None:
    driver: asyncpg.Connection = connection.driver_connection
    driver.add_query_logger(_logged)  # pyright: ignore[reportUnknownMemberType]


def _logged(record: Any) -> None:
    _tell(record.query, int(record.elapsed * 1e9))


def _tell(statement: str, nanoseconds: int) -> None:
    if spans.current() is not None:
        verb, table = kind_of(statement)
        spans.told("statement", nanoseconds, statement=verb, table=table)
