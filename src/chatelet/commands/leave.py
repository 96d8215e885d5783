"""`chatelet leave …`: the end of a contract: take everything away, then leave nothing, with a signed report of it."""

import argparse
import asyncio
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from chatelet.commands.database import database_reached, database_running, marker
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import folder_held
from chatelet.kernel.embedded.errors import DataFolderInUse
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import configure_logs
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.knowledge import search_server
from chatelet.leaving import durable, erasing, manifest, places, sealing
from chatelet.leaving.erasing import Wanted
from chatelet.leaving.errors import (
    ExitFolderNotEmpty,
    ExitNotConfirmed,
    ExitNotEnded,
    ExitNothingHere,
    ExitServiceRunning,
)
from chatelet.leaving.export import export as write_export
from chatelet.leaving.export import open_export
from chatelet.leaving.manifest import Manifest
from chatelet.migrations import runner
from chatelet.privacy.certificates import report_words
from chatelet.privacy.certificates.erasure_report import ErasureFacts
from chatelet.settings import Settings, load_settings


def make_key(arguments: argparse.Namespace) -> int:
    """Make the key of whoever receives the export."""
    path = Path(arguments.file)
    if path.exists() or path.with_name(f"{path.name}.pub").exists():
        raise ExitFolderNotEmpty(folder=str(path))
    public = sealing.make_key(path)
    print(f"{path}: keep it where the operators of the installation do not go; without it nothing sealed opens.")
    print(f"{public}: give them this one. Fingerprint {sealing.fingerprint(sealing.read_recipient(public))}.")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write everything the institution owns to a new folder."""
    settings, recipient = _settings(), sealing.read_recipient(Path(arguments.recipient))
    to = Path(arguments.to).resolve()
    places.check_apart(settings, to)
    if settings.database.url is None and not marker(settings).exists():
        raise ExitNothingHere(folder=str(settings.data_dir))
    with database_reached(settings) as address:

        async def run() -> Manifest:
            database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
            try:
                services = privacy_of(settings, database, _documents(settings, database))
                return await write_export(services, to, recipient)
            finally:
                await database.close()

        done = asyncio.run(run())
    print(f"{len(done.files)} files, {done.bytes} bytes: {sum(done.rows.values())} rows, {done.persons} persons, "
          f"{done.collections} bases of units.")  # fmt: skip
    print(f"What is sealed opens with the key {done.recipient} only: chatelet leave open FOLDER --key KEY --to FOLDER")
    return 0


def open_sealed(arguments: argparse.Namespace) -> int:
    """Check an export whole, and open what is sealed in it. Needs no installation."""
    key = sealing.read_private(Path(arguments.key))
    count = open_export(Path(arguments.folder), key, Path(arguments.to))
    print(f"Whole. {count} archives opened in {arguments.to}.")
    return 0


def erase(arguments: argparse.Namespace) -> int:
    """Erase the installation; 0 when nothing is left where it was."""
    settings, folder = _settings(), Path(arguments.report).resolve()
    given = Path(arguments.export).resolve() if arguments.export else None
    if arguments.confirm != settings.institution_name:
        raise ExitNotConfirmed
    if arguments.contract_ended > clock.now().date():
        raise ExitNotEnded(day=arguments.contract_ended.isoformat())
    places.check_apart(settings, folder, *([given] if given else []))
    plan = erasing.under_way(folder)
    done = erasing.signed(folder, plan) if plan is not None else None
    if done is not None:
        return _told(settings, folder, done)
    with _stopped(settings, plan):
        places.check_links(settings)
    if plan is None:
        places.make_new(folder, or_with=erasing.BEGUN)
        found = manifest.read(given) if given else None
        plan = _prepare(settings, Wanted(folder, arguments.contract_ended, found))
    with _held(settings):
        plan = _empty_servers(settings, folder, plan)
        return _told(settings, folder, erasing.finish(settings, folder, plan))


@contextmanager
def _stopped(settings: Settings, plan: ErasureFacts | None) -> Generator[None]:
    """Hold the data folder, once nothing else uses the database. Raises `ExitServiceRunning`."""
    if settings.database.url is not None and not (plan is not None and erasing.is_emptied(plan, "database")):
        with database_running(settings) as addresses:
            asyncio.run(_check_others(settings, addresses.owner))
    with _held(settings):
        yield


@contextmanager
def _held(settings: Settings) -> Generator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(folder_held(settings.data_dir))
        except DataFolderInUse:
            raise ExitServiceRunning from None
        yield


async def _check_others(settings: Settings, owner: str) -> None:
    database = Database(owner, pool_size=1, ca_file=settings.database.ca_file)
    try:
        await erasing.check_others(database)
    finally:
        await database.close()


def _prepare(settings: Settings, wanted: Wanted) -> ErasureFacts:
    is_embedded = settings.database.url is None
    if is_embedded and not marker(settings).exists():
        raise ExitNothingHere(folder=str(settings.data_dir))
    with database_running(settings) as addresses:

        async def run() -> ErasureFacts:
            database = Database(addresses.application, pool_size=2, ca_file=settings.database.ca_file)
            try:
                await runner.check(database, expect_data=True)
                services = privacy_of(settings, database, _documents(settings, database))
                return await erasing.prepare(services, wanted, embedded=is_embedded)
            finally:
                await database.close()

        return asyncio.run(run())


def _empty_servers(settings: Settings, folder: Path, plan: ErasureFacts) -> ErasureFacts:
    """Empty what is outside the data folder; return the plan with what was."""

    async def run(address: str | None) -> ErasureFacts:
        owner = Database(address, pool_size=2, ca_file=settings.database.ca_file) if address else None
        outbound = Outbound(user_agent="chatelet")
        search_server.declare(outbound, settings.search)
        try:
            return await erasing.empty_servers(settings, outbound, owner, folder, plan)
        finally:
            await outbound.close()
            if owner is not None:
                await owner.close()

    if settings.database.url is None:
        return asyncio.run(run(None))
    with database_running(settings) as addresses:
        return asyncio.run(run(addresses.owner))


def _documents(settings: Settings, database: Database) -> DocumentServices:
    return DocumentServices(
        database=database,
        keyring=Keyring(load_key(settings.security.key_file, settings.data_dir, KEY_NAME)),
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=SandboxedReader(settings.documents, settings.policy.detectors),
    )


def _told(settings: Settings, folder: Path, facts: ErasureFacts) -> int:
    """Write the report in words; destroy the key that signed it once nothing is left, and only then say so."""
    for language in ("fr", "en"):
        durable.write(folder / f"erasure-report.{language}.txt", report_words.told(facts, language).encode())
    print(report_words.told(facts, "en"))
    report = folder / erasing.REPORT
    if facts.left:
        print(f"{report}: signed, but {facts.left} left. The key that signs stays, and what goes on is written in "
              f"{erasing.PLAN}: free what is left, then run the same command again.")  # fmt: skip
        return 1
    if not erasing.end(settings, folder):
        print(f"{report}: signed. The key that signed it could not be destroyed: run the same command again.")
        return 1
    is_elsewhere = "certificate_key" in facts.out_of_reach
    fate = "is kept elsewhere: destroy it" if is_elsewhere else "is destroyed"
    print(f"{report}: signed. Keep the whole folder; the key that signed it {fate}.")
    return 0


def _settings() -> Settings:
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    return settings
