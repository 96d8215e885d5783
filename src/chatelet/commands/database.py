"""Brings up the database for a command: embedded (started, migrated) or external (checked).

The marker `<data folder>/installation.json` says that data exists: an empty database where it stands is refused, not
filled.
"""

import asyncio
import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.destinations import POSTGRESQL
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.embedded.beside import application_address, owner_address
from chatelet.kernel.embedded.snapshots import snapshot
from chatelet.kernel.embedded.supervisor import CONNECTIONS, EmbeddedPostgres
from chatelet.migrations import runner
from chatelet.migrations.runner import Migrated
from chatelet.settings import Settings

_MARKER = "installation.json"
_BESIDE = 16  # connections kept for commands, backups and migrations beside the service


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the database is: `owner` migrates, `application` serves; `server` when we run it ourselves."""

    owner: str
    application: str
    server: EmbeddedPostgres | None = None

    @property
    def embedded(self) -> bool:
        """Whether we run it ourselves."""
        return self.server is not None


@contextmanager
def database_running(settings: Settings) -> Generator[Addresses]:
    """Give the addresses; the embedded server runs for as long as the block. Raises `EmbeddedError`."""
    given = settings.database
    gate.install_for(settings.egress)
    if given.url is not None:
        application = given.url.get_secret_value()
        owner = given.owner_url.get_secret_value() if given.owner_url else application
        for address in {application, owner}:
            url = make_url(address)
            gate.current().check(url.host, Purpose.DATABASE, url.port or POSTGRESQL)
        yield Addresses(owner=owner, application=application)
        return
    server = EmbeddedPostgres(
        settings.data_dir,
        account=given.embedded_account,
        durable=given.embedded_durable,
        connections=max(CONNECTIONS, settings.workers * (2 * given.pool_size + 2) + _BESIDE),
    )
    found = server.start()
    try:
        yield Addresses(owner=found.owner_url, application=found.application_url, server=server)
    finally:
        server.stop()


@contextmanager
def database_reached(settings: Settings, *, as_it_is: bool = False) -> Generator[str]:
    """Give the application's address, beside a running service or not, with the schema of this version.

    `as_it_is`: nothing is migrated nor checked (to verify a journal, to diagnose).
    """
    beside = application_address(settings.data_dir) if settings.database.url is None else None
    if beside is not None:
        yield beside
        return
    with database_running(settings) as addresses:
        if not as_it_is:
            prepare(settings, addresses)
        yield addresses.application


@contextmanager
def owner_reached(settings: Settings) -> Generator[str]:
    """Give the address of the role that owns the tables, beside a running service or not."""
    beside = owner_address(settings.data_dir) if settings.database.url is None else None
    if beside is not None:
        yield beside
        return
    with database_running(settings) as addresses:
        prepare(settings, addresses)
        yield addresses.owner


def prepare(settings: Settings, addresses: Addresses) -> None:
    """Migrate the embedded database, which is ours; only check an external one, which is an administrator's."""
    if addresses.embedded:
        migrate(settings, addresses)
    else:
        check_schema(settings, addresses)


def migrate(settings: Settings, addresses: Addresses) -> Migrated:
    """Bring the schema to this version, after a snapshot when there is data. Raises `SchemaNewer`, `DatabaseEmpty`."""

    def take_snapshot(label: str) -> Path:
        return snapshot(addresses.owner, settings.data_dir / "snapshots", label, settings.database.ca_file)

    async def run() -> Migrated:
        owner = Database(addresses.owner, pool_size=2, ca_file=settings.database.ca_file)
        try:
            return await runner.migrate(
                owner,
                application_role=make_url(addresses.application).username or "",
                expect_data=settings.database.expect_data or marker(settings).exists(),
                snapshot=take_snapshot,
            )
        finally:
            await owner.close()

    done = asyncio.run(run())
    mark(settings, done.after)
    return done


def check_schema(settings: Settings, addresses: Addresses) -> None:
    """Raise unless an external database has exactly this version's schema."""

    async def run() -> None:
        database = Database(addresses.application, pool_size=2, ca_file=settings.database.ca_file)
        try:
            await runner.check(database, expect_data=settings.database.expect_data or marker(settings).exists())
        finally:
            await database.close()

    asyncio.run(run())


def marker(settings: Settings) -> Path:
    """Return the file that says that data exists."""
    return settings.data_dir / _MARKER


def mark(settings: Settings, revision: str) -> None:
    """Say that data exists."""
    settings.data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
    told = {"schema": revision, "since": clock.now().isoformat(timespec="seconds")}
    partial = marker(settings).with_suffix(".partial")
    partial.write_text(json.dumps(told) + "\n")
    partial.replace(marker(settings))
