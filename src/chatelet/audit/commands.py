"""What `chatelet audit …` does. Each function returns words and an exit code; nothing is printed here.

Exit codes of `verify`: 0 the journal is intact; 1 it was tampered with; 2 this could not be told (no database, no key,
a file cut short, a sealer that no longer seals).
"""

import asyncio
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from chatelet.audit import expiry, export, journal, keys, reading
from chatelet.audit.events import JournalExported
from chatelet.audit.head import Head, read_head
from chatelet.audit.repeats import SecondReading
from chatelet.audit.report import Report, tell
from chatelet.audit.rows import End, Row
from chatelet.audit.sealer import Pace, seal_forever
from chatelet.audit.verification import GRACE, Verifier
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError

_EXIT_CODES: Final = {"intact": 0, "broken": 1, "incomplete": 2}
_UNREACHABLE: Final = (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
_WRITE_EACH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command says and its exit code; the report, for a verification that went to its end."""

    text: str
    exit_code: int
    report: Report | None = None


async def verify(
    source: Database | Path, *, public_keys: Path, head: Path | None = None, grace: timedelta = GRACE
) -> Outcome:
    """Verify the journal of a database (only read) or an export; best, with a head and public keys kept elsewhere."""
    try:
        known = await asyncio.to_thread(keys.public_keys, public_keys)
        anchor = await asyncio.to_thread(read_head, head, known) if head else None  # before the view is frozen
        if isinstance(source, Path):
            report = await asyncio.to_thread(_verify_export, source, known, anchor, grace)
        else:
            async with reading.frozen_view(source) as view:
                report = await examine(view, known, head=anchor, grace=grace)
    except AppError as error:
        return Outcome(f"Journal: not verified. {explain(error)}", 2)
    except _UNREACHABLE as error:
        return Outcome(f"Journal: not verified. The database does not answer ({type(error).__name__}).", 2)
    return Outcome(tell(report), _EXIT_CODES[report.verdict], report)


async def export_to(database: Database, path: Path) -> Outcome:
    """Copy the whole journal to a new file, 0600, one JSON object a line; the journal tells of it."""
    try:
        file = await asyncio.to_thread(_create, path)
    except OSError as error:
        return Outcome(f"Journal: not exported, no file could be made there ({type(error).__name__}).", 2)
    try:
        async with database.transaction() as session:
            await journal.record(session, JournalExported(), actor=None)
        count = await _copy(database, file)
    except _UNREACHABLE as error:
        await asyncio.to_thread(path.unlink)
        return Outcome(f"Journal: not exported ({type(error).__name__}).", 2)
    return Outcome(f"Journal: {count} rows exported.", 0)


async def copy_to(database: Database, path: Path) -> int:
    """Copy the journal as `export_to` does, for who tells of it otherwise; return how many rows."""
    return await _copy(database, await asyncio.to_thread(_create, path))


async def _copy(database: Database, file: IO[bytes]) -> int:
    try:
        async with reading.frozen_view(database) as view:
            return await _write_rows(view, file)
    finally:
        await asyncio.to_thread(file.close)


async def expire(owner: Database, *, retention_days: int, collector: str | None = None) -> Outcome:
    """Drop the months beyond the retention, as the owner of the tables; the journal tells of it."""
    try:
        told = await expiry.expire(owner, retention_days=retention_days, collector=collector)
    except AppError as error:
        return Outcome(f"Journal: nothing purged. {explain(error)}", 2)
    if told is None:
        return Outcome("Journal: no month is beyond its retention.", 0)
    return Outcome(f"Journal: {told.events} events purged.", 0)


async def seal_until_stopped(database: Database, key_file: Path, folder: Path, *, pace: Pace | None = None) -> Outcome:
    """Run the sealer in the foreground, under an account that alone reads `key_file`, until SIGTERM or SIGINT."""
    try:
        key = await asyncio.to_thread(keys.sealing_key, folder, key_file)
    except AppError as error:
        return Outcome(f"Journal: not sealed. {explain(error)}", 2)
    if key is None:
        return Outcome("Journal: not sealed. The private key is absent or closed to this account.", 2)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await seal_forever(database, key, folder, stop=stop, pace=pace)
    return Outcome("Journal: sealed, stopped.", 0)


def make_key(key_file: Path) -> Outcome:
    """Make a private key in a new file."""
    if key_file.exists():
        return Outcome("Journal: this file exists, nothing was changed.", 2)
    try:
        key = keys.make_key(key_file)
    except OSError as error:
        return Outcome(f"Journal: no key made ({type(error).__name__}).", 2)
    return Outcome(f"Journal: key {key.key_id} made. Its public part:\n{key.public_pem.decode()}", 0)


def explain(error: AppError) -> str:
    """Say an error of the journal: its own words, then its parameters."""
    details = ", ".join(f"{name}: {value}" for name, value in error.params.items())
    return f"{' '.join((type(error).__doc__ or error.code).split())} ({details})"


async def examine(
    view: AsyncConnection, known: keys.PublicKeys, *, head: Head | None = None, grace: timedelta = GRACE
) -> Report:
    """Verify the journal that an open transaction sees."""
    verifier = Verifier(await reading.header(view), known, head=head, grace=grace)
    async for row in reading.rows(view):
        verifier.feed(row)
    again = SecondReading(verifier.late)
    if verifier.late and verifier.problem is None:
        async for row in reading.rows(view):
            again.feed(row)
    return verifier.conclude(again.problem)


def _verify_export(path: Path, known: keys.PublicKeys, head: Head | None, grace: timedelta) -> Report:
    with export.opened(path) as (header, rows):
        verifier = Verifier(header, known, head=head, grace=grace)
        _feed(verifier, rows)
    again = SecondReading(verifier.late)
    if verifier.late and verifier.problem is None:
        with export.opened(path) as (_, rows):
            _feed(again, rows)
    return verifier.conclude(again.problem)


def _feed(machine: Verifier | SecondReading, rows: Iterable[Row]) -> None:
    for row in rows:
        machine.feed(row)


async def _write_rows(view: AsyncConnection, file: IO[bytes]) -> int:
    lines, count = [export.line(await reading.header(view))], 0
    async for row in reading.rows(view):
        lines.append(export.line(row))
        count += 1
        if len(lines) >= _WRITE_EACH:
            await asyncio.to_thread(file.writelines, lines)
            lines = []
    lines.append(export.line(End(rows=count)))
    await asyncio.to_thread(file.writelines, lines)
    return count


def _create(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
