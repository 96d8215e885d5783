"""`chatelet leave …`: the end of a contract: take everything away, then leave nothing, with a signed report of it."""

import argparse
import asyncio
from pathlib import Path

from chatelet.commands.database import database_reached, database_running, marker
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import configure_logs
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.knowledge import search_server
from chatelet.leaving import erasing, manifest, sealing
from chatelet.leaving.erasing import Wanted
from chatelet.leaving.errors import ExitFolderNotEmpty, ExitNotConfirmed, ExitNothingHere, ExitServiceRunning
from chatelet.leaving.export import export as write_export
from chatelet.leaving.export import open_export
from chatelet.leaving.manifest import Manifest
from chatelet.migrations import runner
from chatelet.privacy.certificates import report_words
from chatelet.privacy.certificates.erasure_report import Emptied, ErasureFacts
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
    if arguments.confirm != settings.institution_name:
        raise ExitNotConfirmed
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plan = erasing.under_way(folder)
    if plan is not None and (folder / erasing.REPORT).exists():
        erasing.end(settings, folder)
        return _told(folder, None)
    if plan is None and any(folder.iterdir()):
        raise ExitFolderNotEmpty(folder=str(folder))
    found = manifest.read(Path(arguments.export)) if arguments.export else None
    wanted = Wanted(folder, arguments.contract_ended, found)
    is_embedded = settings.database.url is None
    if is_embedded and application_address(settings.data_dir) is not None:
        raise ExitServiceRunning
    if plan is None:
        plan = _prepare(settings, wanted, is_embedded=is_embedded)
    return _told(folder, erasing.finish(settings, folder, plan, _empty_servers(settings, is_embedded=is_embedded)))


def _prepare(settings: Settings, wanted: Wanted, *, is_embedded: bool) -> ErasureFacts:
    if is_embedded and not marker(settings).exists():
        raise ExitNothingHere(folder=str(settings.data_dir))
    with database_running(settings) as addresses:

        async def run() -> ErasureFacts:
            database = Database(addresses.application, pool_size=2, ca_file=settings.database.ca_file)
            try:
                await runner.check(database, expect_data=True)
                if not is_embedded:
                    await erasing.check_others(database)
                services = privacy_of(settings, database, _documents(settings, database))
                return await erasing.prepare(services, wanted, embedded=is_embedded)
            finally:
                await database.close()

        return asyncio.run(run())


def _empty_servers(settings: Settings, *, is_embedded: bool) -> tuple[Emptied, ...]:
    """Empty what is outside the data folder."""

    async def run(address: str | None) -> tuple[Emptied, ...]:
        owner = Database(address, pool_size=2, ca_file=settings.database.ca_file) if address else None
        outbound = Outbound(user_agent="chatelet")
        search_server.declare(outbound, settings.search)
        try:
            return await erasing.empty_servers(settings, outbound, owner)
        finally:
            await outbound.close()
            if owner is not None:
                await owner.close()

    if is_embedded:
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


def _told(folder: Path, facts: ErasureFacts | None) -> int:
    if facts is not None:
        for language in ("fr", "en"):
            (folder / f"erasure-report.{language}.txt").write_text(report_words.told(facts, language), "utf-8")
        print(report_words.told(facts, "en"))
    print(f"{folder / erasing.REPORT}: signed. Keep the whole folder; the keys that signed it are destroyed.")
    return 1 if facts is not None and facts.left else 0


def _settings() -> Settings:
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    return settings
