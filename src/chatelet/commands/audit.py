"""`chatelet audit …`: verify, export, purge what is beyond its retention, seal from another account."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from chatelet.audit import commands
from chatelet.audit.commands import Outcome
from chatelet.audit.sealer import HEAD_FILE, PUBLIC_KEYS_FILE
from chatelet.commands.database import database_reached, database_running
from chatelet.kernel.database import Database
from chatelet.kernel.logs import configure_logs
from chatelet.policy.retention.kinds import Kind
from chatelet.policy.retention.lasting import institution
from chatelet.settings import Settings, load_settings


def verify(arguments: argparse.Namespace) -> int:
    """Verify the database's journal, or an export; by default with this installation's head and public keys."""
    settings = _settings()
    folder = settings.data_dir / "journal"
    public_keys = Path(arguments.public_key or folder / PUBLIC_KEYS_FILE)
    head = Path(arguments.head or folder / HEAD_FILE)
    known_head = head if arguments.head or head.exists() else None
    if arguments.export:
        return _told(asyncio.run(commands.verify(Path(arguments.export), public_keys=public_keys, head=known_head)))
    return _with_database(
        settings, lambda database: commands.verify(database, public_keys=public_keys, head=known_head)
    )


def export(arguments: argparse.Namespace) -> int:
    """Write the journal to a file."""
    return _with_database(_settings(), lambda database: commands.export_to(database, Path(arguments.file)))


def expire(arguments: argparse.Namespace) -> int:
    """Drop whole months beyond the retention; needs the role that owns the schema."""
    settings = _settings()
    forward = settings.audit.forward
    collector = forward.collector if forward.address is not None else None
    with database_running(settings) as addresses:
        return _told(_run(settings, addresses.owner, lambda owner: _expire(owner, arguments.days, collector)))


async def _expire(owner: Database, days: int | None, collector: str | None) -> Outcome:
    """Keep `days`, or what the retention matrix says."""
    if days is None:
        async with owner.transaction() as session:
            days = await institution(session, Kind.JOURNAL)
    return await commands.expire(owner, retention_days=days or 0, collector=collector)


def seal(_arguments: argparse.Namespace) -> int:
    """Chain and seal until stopped, with the key named by the settings."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.log_level)  # the line `journal_sealed` is an anchor kept elsewhere
    key_file = settings.security.seal_key_file or settings.data_dir / "keys" / "journal_seal.pem"
    folder = settings.data_dir / "journal"
    return _with_database(settings, lambda database: commands.seal_until_stopped(database, key_file, folder))


def make_key(arguments: argparse.Namespace) -> int:
    """Make a private key for the sealer."""
    return _told(commands.make_key(Path(arguments.file)))


def _settings() -> Settings:
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    return settings


def _with_database(settings: Settings, work: Callable[[Database], Awaitable[Outcome]]) -> int:
    with database_reached(settings, as_it_is=True) as address:
        return _told(_run(settings, address, work))


def _run(settings: Settings, address: str, work: Callable[[Database], Awaitable[Outcome]]) -> Outcome:
    async def run() -> Outcome:
        database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


def _told(outcome: Outcome) -> int:
    print(outcome.text)
    return outcome.exit_code
