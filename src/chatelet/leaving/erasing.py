"""Erases a whole installation, in an order that a power cut does not spoil, and signs what was done.

    stopped? export whole and still true? -> everything counted -> last line of the journal, sealed, copied beside the
    report -> what is to be done written down -> bucket, search server, database -> the key-encryption key, first of
    the folder, then all the rest of it -> looked at again -> signed -> nothing left? the signing key, last of all

Begun again after a cut, or with something left, it goes on from what was written down. Nothing is destroyed before that
is on the disk.
"""

import asyncio
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import func, select, text

from chatelet.audit import commands as journal_commands
from chatelet.audit import events, journal
from chatelet.audit.chain import link_all
from chatelet.audit.head import write_head
from chatelet.audit.keys import publish, sealing_key
from chatelet.audit.sealer import HEAD_FILE, PUBLIC_KEYS_FILE
from chatelet.audit.sealing import seal
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.keys import KEY_NAME
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.knowledge import search_server
from chatelet.leaving import durable, emptying
from chatelet.leaving.errors import ExitExportStale, ExitServiceRunning
from chatelet.leaving.export import JOURNAL_FILE
from chatelet.leaving.manifest import Manifest
from chatelet.migrations.tables import METADATA
from chatelet.privacy.certificates import erasure_report
from chatelet.privacy.certificates.certificate import Destroyed
from chatelet.privacy.certificates.erasure_report import Emptied, ErasureFacts, Exported, OutOfReach, Where
from chatelet.privacy.certificates.errors import CertificateKeyMissing
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings

REPORT: Final = "erasure-report.json"
PLAN: Final = "erasure-under-way.json"
_CERTIFICATES: Final = "keys/certificates.pem"
BEGUN: Final = "erasure-under-way.partial"  # what the plan is written to first: this folder is an erasure's
# What the machine tells of itself, and what is not exported: all else after an export is something it lacks.
HOUSEKEEPING: Final = (
    "backend.probed", "backup.made", "backup.removed", "disk.cleaned", "exit.erasure_begun", "exit.exported",
    "journal.consulted", "journal.exported", "journal.key_changed", "journal.purged", "migration.applied",
    "orphans.checked", "provider.probed", "service.started", "service.stopped", "works.mirrored",
)  # fmt: skip
_SINCE: Final = """
SELECT count(*) FROM journal_events WHERE NOT name = ANY(:housekeeping) AND occurred_at >= (
    SELECT max(occurred_at) FROM journal_events WHERE name = 'exit.exported' AND object_id = :export)
"""
_KNOWN: Final = "SELECT count(*) FROM journal_events WHERE name = 'exit.exported' AND object_id = :export"
# Without pg_read_all_stats the kind of another role's backend is not told: it is taken for a client.
_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usesysid IS NOT NULL AND pid <> pg_backend_pid()
    AND coalesce(backend_type, 'client backend') = 'client backend'
"""
_KEYED: Final = ("conversations", "files", "works", "researches", "glossaries", "templates")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: where the report goes, the export that came before (its manifest and fingerprint)."""

    folder: Path
    contract_ended_on: date
    export: tuple[Manifest, str] | None


async def check_others(owner: Database) -> None:
    """Raise `ExitServiceRunning` while something else, of any role, is connected to an external database."""
    async with owner.transaction() as session:
        if await session.scalar(text(_OTHERS)):
            raise ExitServiceRunning


async def prepare(services: PrivacyServices, wanted: Wanted, *, embedded: bool) -> ErasureFacts:
    """Count everything, close the journal, write the plan. Raises `ExitExportStale`: nothing is destroyed yet."""
    began, settings, identifier = clock.now(), services.settings, uuid7()
    await check_fresh(services, wanted)
    (wanted.folder / BEGUN).touch()
    gone = await _counted(services)
    told = events.ExitErasureBegun(
        report_id=identifier,
        export_id=wanted.export[0].id if wanted.export else None,
        days=max(0, (began.date() - wanted.contract_ended_on).days),
        rows=sum(gone.rows.values()),
        keys=gone.keys,
        blobs=gone.blobs,
    )
    async with services.database.transaction() as session:
        await journal.record(session, told, actor=None)
    count = await _close_journal(services, wanted.folder)
    publish(services.signing, wanted.folder / PUBLIC_KEYS_FILE)
    facts = ErasureFacts(
        id=identifier,
        installation=settings.institution_name,
        contract_ended_on=wanted.contract_ended_on,
        began_at=began,
        ended_at=began,
        export=_exported(wanted.export),
        destroyed=gone,
        emptied=(),
        journal_rows=count,
        journal_sha256=hashlib.sha256((wanted.folder / JOURNAL_FILE).read_bytes()).hexdigest(),
        out_of_reach=out_of_reach(settings, embedded=embedded),
        backups_end_on=(began + timedelta(days=settings.privacy.backup_days)).date(),
    )
    await asyncio.to_thread(durable.sync_all, wanted.folder)
    _plan(wanted.folder, facts)
    return facts


def under_way(folder: Path) -> ErasureFacts | None:
    """Return what an erasure that was cut short had written down."""
    path = folder / PLAN
    return msgspec.json.decode(path.read_bytes(), type=ErasureFacts) if path.exists() else None


def signed(folder: Path, plan: ErasureFacts) -> ErasureFacts | None:
    """Return what the report of this erasure says, when it is on the disk and nothing is left."""
    path = folder / REPORT
    found = erasure_report.decode(path.read_bytes()).facts if path.exists() else None
    return found if found is not None and found.id == plan.id and not found.left else None


def is_emptied(plan: ErasureFacts, where: Where) -> bool:
    """Tell whether a place was emptied before, and seen empty."""
    return any(one.where == where and not one.left for one in plan.emptied)


async def empty_servers(
    settings: Settings, outbound: Outbound, owner: Database | None, folder: Path, plan: ErasureFacts
) -> ErasureFacts:
    """Empty what is not in the data folder: bucket, search server, external database (`owner`). No key is needed.

    What was done is written down: their credentials may be in the data folder. Return the plan with it.
    """
    found: list[Emptied] = []
    if settings.storage.bucket is not None and not is_emptied(plan, "files"):
        found.append(await emptying.storage(Storage(settings.storage, settings.data_dir)))
    if settings.search.engine != "postgresql" and not is_emptied(plan, "search_server"):
        objects, left = await search_server.empty(outbound, settings.search)
        found.append(Emptied(where="search_server", objects=objects, left=left))
    if owner is not None and not is_emptied(plan, "database"):
        found.append(await emptying.database(owner))
    plan = msgspec.structs.replace(plan, emptied=_together(plan.emptied, found))
    _plan(folder, plan)
    return plan


def finish(settings: Settings, folder: Path, plan: ErasureFacts) -> ErasureFacts:
    """Empty the folders, look again, sign. Then `end`, when nothing is left; otherwise this may be done again."""
    key = certificate_key(settings)
    signing = sealing_key(settings.data_dir, key)
    if signing is None:
        raise CertificateKeyMissing
    places, apart = list[Emptied](), settings.storage.folder
    if settings.storage.bucket is None and apart is not None:
        places.append(emptying.folder(apart, "files", ours=emptying.is_blob))
    first = (f"keys/{KEY_NAME}",)
    places.append(emptying.folder(settings.data_dir, "data_folder", first=first, keep=key))
    facts = msgspec.structs.replace(plan, ended_at=clock.now(), emptied=_together(plan.emptied, places))
    _plan(folder, facts)
    durable.write(folder / REPORT, erasure_report.sign(facts, signing))
    return facts


def certificate_key(settings: Settings) -> Path:
    """Return the file of the key that signs."""
    given = settings.privacy.certificate_key_file
    if given is None:
        return settings.data_dir / _CERTIFICATES
    root = settings.data_dir.resolve()
    return settings.data_dir / given.resolve().relative_to(root) if given.resolve().is_relative_to(root) else given


def end(settings: Settings, folder: Path) -> bool:
    """Destroy the key that signed the report, then forget the plan; tell whether the key is gone from the folder."""
    key = certificate_key(settings)
    if key.is_relative_to(settings.data_dir) and not emptying.one_file(key):
        return False
    (folder / PLAN).unlink(missing_ok=True)
    durable.sync(folder)
    return True


def _plan(folder: Path, facts: ErasureFacts) -> None:
    durable.write(folder / PLAN, msgspec.json.encode(facts))


def _together(before: Iterable[Emptied], now: Iterable[Emptied]) -> tuple[Emptied, ...]:
    """Return what was destroyed of each place, then and now; what is left is as it was seen last."""
    found = {one.where: one for one in before}
    for one in now:
        earlier = found.get(one.where)
        if earlier is not None:
            one = msgspec.structs.replace(  # noqa: PLW2901
                one, objects=earlier.objects + one.objects, bytes=earlier.bytes + one.bytes
            )
        found[one.where] = one
    return tuple(found.values())


async def check_fresh(services: PrivacyServices, wanted: Wanted) -> None:
    """Raise `ExitExportStale` when something came after the export, or it is another installation's."""
    if wanted.export is None:
        return
    about = {"export": str(wanted.export[0].id)}
    async with services.database.transaction() as session:
        if not await session.scalar(text(_KNOWN), about):
            raise ExitExportStale(reason="another_installation")
        since = await session.scalar(text(_SINCE), {**about, "housekeeping": list(HOUSEKEEPING)})
        if since:
            raise ExitExportStale(acts=int(since))


async def _counted(services: PrivacyServices) -> Destroyed:
    rows: dict[str, int] = {}
    async with services.database.transaction() as session:
        await session.execute(text("SET LOCAL statement_timeout = 0"))
        for name, table in sorted(METADATA.tables.items()):
            rows[name] = await session.scalar(select(func.count()).select_from(table)) or 0
        keys = 0
        for name in _KEYED:
            table = METADATA.tables[name]
            keyed = select(func.count()).select_from(table).where(table.c.wrapped_key.is_not(None))
            keys += await session.scalar(keyed) or 0
        has_vectors = await session.scalar(text("SELECT to_regclass('public.passage_windows') IS NOT NULL"))
        vectors = await session.scalar(text("SELECT count(*) FROM passage_windows")) if has_vectors else 0
    blobs = 0
    async for one in services.storage.listed():
        blobs += emptying.is_blob(one.name)
    present = {name: count for name, count in rows.items() if count}
    return Destroyed(rows=present, keys=keys, blobs=blobs, vectors=int(vectors or 0))


async def _close_journal(services: PrivacyServices, folder: Path) -> int:
    """Seal what is not yet, and copy the journal with its head and keys beside the report; return its rows."""
    settings = services.settings
    kept = settings.data_dir / "journal"
    kept.mkdir(parents=True, exist_ok=True)
    await link_all(services.database)
    key = await asyncio.to_thread(sealing_key, settings.data_dir, settings.security.seal_key_file)
    if key is not None:
        head = await seal(services.database, key, publish(key, kept / PUBLIC_KEYS_FILE))
        if head is not None:
            write_head(kept / HEAD_FILE, head)
    (folder / JOURNAL_FILE).unlink(missing_ok=True)  # of a run that was cut before it had a plan
    count = await journal_commands.copy_to(services.database, folder / JOURNAL_FILE)
    for name, given in ((HEAD_FILE, HEAD_FILE), (PUBLIC_KEYS_FILE, "journal_public_keys.pem")):
        if (kept / name).exists():
            shutil.copyfile(kept / name, folder / given)
    return count


def _exported(found: tuple[Manifest, str] | None) -> Exported | None:
    if found is None:
        return None
    manifest, digest = found
    return Exported(
        id=manifest.id,
        made_at=manifest.made_at,
        manifest_sha256=digest,
        files=len(manifest.files),
        bytes=manifest.bytes,
        recipient=manifest.recipient,
    )


def out_of_reach(settings: Settings, *, embedded: bool) -> tuple[OutOfReach, ...]:
    """Return what this command cannot destroy, and its operator must."""
    whether: Mapping[OutOfReach, bool] = {
        "backups": True,
        "bucket_versions": settings.storage.bucket is not None,
        "certificate_key": not certificate_key(settings).is_relative_to(settings.data_dir),
        "database_logs": not embedded,
        "key_encryption_key": settings.security.key_file is not None,
        "seal_key": settings.security.seal_key_file is not None,
        "search_snapshots": settings.search.engine != "postgresql",
        "service_logs": True,
        "settings_files": True,
    }
    return tuple(name for name, is_so in whether.items() if is_so)
