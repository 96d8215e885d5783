"""Restores a backup into an empty installation: all of it, or nothing.

    refuse what is not empty -> key, signature, ledger -> one transaction: schema of that version, rows, today's schema,
    rights, sessions ended, destructions replayed, journal, blobs -> commit -> small files, marker

The blobs of what was destroyed again never come. Cut anywhere, the database is as empty as before, and the restore is
begun again: blobs already there are the backup's own.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chatelet.audit import events, journal
from chatelet.backups import blobs, loading
from chatelet.backups.backup_set import BackupSet, chosen
from chatelet.backups.errors import BackupDamaged, ErasuresUnknown, InstallationNotEmpty
from chatelet.backups.making import KEPT, LEDGER
from chatelet.backups.manifest import Manifest
from chatelet.backups.replaying import Replayed, replay
from chatelet.documents.files import service as files
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.storage import Storage
from chatelet.knowledge import indexing
from chatelet.migrations import runner
from chatelet.settings import Settings

_END_SESSIONS: Final = "UPDATE sessions SET ended_at = now() WHERE ended_at IS NULL"
_WINDOWS: Final = "passage_windows"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    backup: str | None = None
    public_key: Path | None = None
    accept_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done. `ledger`: the backup whose ledger was replayed; `indexing`: documents to be indexed again."""

    manifest: Manifest
    ledger: Manifest
    replayed: Replayed
    blobs: int
    indexing: int
    left_out: frozenset[str]


async def restore(settings: Settings, owner: Database, role: str, backup: BackupSet, wanted: Wanted) -> Restored:
    """Restore; `role` is the application's. Raises `InstallationNotEmpty`, `ErasuresUnknown`, `BackupDamaged`."""
    found = await backup.manifests(await backup.trusted(wanted.public_key))
    manifest = chosen(found, wanted.backup)
    ledger = found[-1]  # the newest of all: what it says was destroyed includes what earlier ones say
    if ledger.ledger_since > manifest.made_at and not wanted.accept_unknown:
        raise ErasuresUnknown(backup=f"{manifest.made_at:%Y-%m-%d}", since=f"{ledger.ledger_since:%Y-%m-%d}")
    await check_empty(settings, owner, backup, manifest)
    await asyncio.to_thread(
        _keep_beside, settings, {name: await backup.piece(manifest.kept[name]) for name in manifest.kept}
    )
    async with owner.engine.connect() as connection, connection.begin():
        return await _fill(settings, owner, connection, role, backup, manifest, ledger)


async def check_empty(settings: Settings, owner: Database, backup: BackupSet, manifest: Manifest) -> None:
    """Raise `InstallationNotEmpty` when there is a schema, or blobs that are not this backup's."""
    revision = await runner.revision_of(owner)
    if revision is not None:
        raise InstallationNotEmpty(what="database", schema=revision)
    known = {entry.name async for entry in blobs.entries(backup, manifest.blobs)}
    async for stored in Storage(settings.storage, settings.data_dir).listed():
        if stored.name not in known:
            raise InstallationNotEmpty(what="files", name=stored.name)


async def _fill(
    settings: Settings,
    owner: Database,
    connection: AsyncConnection,
    role: str,
    backup: BackupSet,
    manifest: Manifest,
    ledger: Manifest,
) -> Restored:
    await connection.execute(text("SET LOCAL statement_timeout = 0"))
    await runner.build(connection, manifest.schema)
    driver = await _driver(connection)
    left_out = await loading.load(driver, backup, manifest)
    await runner.complete(connection, role)
    if LEDGER in ledger.tables:
        await loading.replace(driver, backup, LEDGER, ledger.tables[LEDGER])
    async with _session(connection) as session:
        await session.execute(text(_END_SESSIONS))
        replayed = await _replay(settings, owner, session)
        await session.execute(text("SELECT prepare_journal()"))
        asked = await indexing.rebuild(session) if await _must_index(settings, session, manifest) else 0
        copied = await _copy_blobs(settings, session, backup, manifest)
        done = Restored(manifest, ledger, replayed, copied, asked, frozenset(left_out))
        await _tell(session, done)
    return done


async def _replay(settings: Settings, owner: Database, session: AsyncSession) -> Replayed:
    documents = DocumentServices(
        database=owner,
        keyring=Keyring(load_key(settings.security.key_file, settings.data_dir, KEY_NAME)),
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=SandboxedReader(settings.documents, settings.policy.detectors),
    )
    return await replay(session, privacy_of(settings, owner, documents))


async def _must_index(settings: Settings, session: AsyncSession, manifest: Manifest) -> bool:
    """Tell whether the index is not in the backup: in a server beside it, or vectors that it had none of."""
    if settings.search.engine != "postgresql":
        return True
    return _WINDOWS not in manifest.tables and await indexing.has_vectors(session)


async def _copy_blobs(settings: Settings, session: AsyncSession, backup: BackupSet, manifest: Manifest) -> int:
    """Copy the blobs of the files that are still there once destructions are replayed."""
    storage, copied = Storage(settings.storage, settings.data_dir), 0
    found = [entry async for entry in blobs.entries(backup, manifest.blobs)]
    known = await files.existing(session, {UUID(entry.name.split("/", 1)[0]) for entry in found})
    for entry in found:
        if UUID(entry.name.split("/", 1)[0]) in known:
            await storage.put(entry.name, await backup.blob(entry.sha256))
            copied += 1
    return copied


async def _tell(session: AsyncSession, done: Restored) -> None:
    told = events.BackupRestored(
        backup_id=done.manifest.id,
        rows=done.manifest.rows,
        blobs=done.blobs,
        persons=done.replayed.persons,
        conversations=done.replayed.conversations,
        documents=done.replayed.documents,
        files=done.replayed.files,
        erasures_known=done.ledger.ledger_since <= done.manifest.made_at,
    )
    await journal.record(session, told, actor=None)


@asynccontextmanager
async def _session(connection: AsyncConnection) -> AsyncGenerator[AsyncSession]:
    """Give a session inside the transaction of a connection."""
    async with (
        AsyncSession(bind=connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session,
        session.begin(),
    ):
        yield session


async def _driver(connection: AsyncConnection) -> asyncpg.Connection:
    driver: asyncpg.Connection | None = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    return driver


def _keep_beside(settings: Settings, kept: dict[str, bytes]) -> None:
    for name, data in kept.items():
        if name not in KEPT:
            raise BackupDamaged(what="kept", name=name)
        path = settings.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(data)
