"""`chatelet check`: what is present, missing or degraded on this installation, each with its remedy."""

import argparse
import asyncio
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from sqlalchemy import text

from chatelet.audit.forwarding.standing import Standing, standing_of
from chatelet.backups import last
from chatelet.commands import endings
from chatelet.commands.database import database_reached
from chatelet.commands.running import told
from chatelet.documents.parsing import sandbox, server
from chatelet.inference.model_store import find_model_file
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.egress.destinations import ANY_HOST, from_settings, of_url
from chatelet.kernel.egress.posture import posture_of
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.errors import AppError
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import configure_logs
from chatelet.kernel.static import PAGE
from chatelet.knowledge import search_server
from chatelet.migrations import runner
from chatelet.privacy.disk import service as disk_service
from chatelet.privacy.disk.tables import DiskCleaning
from chatelet.settings import Settings, load_settings

_LEAST_FREE_BYTES = 2 * 1024**3
_MAY_ALTER_JOURNAL = (
    "SELECT to_regclass('journal_events') IS NOT NULL AND has_table_privilege('journal_events', 'UPDATE')"
)
_HELD = {
    "network": "no network",
    "files": "nothing to write",
    "view": "data and keys out of sight",
    "processes": "other processes out of sight",
    "limits": "bounded memory and time",
}
_MODES = {
    "none": "declared servers of this machine or of a private network only",
    "declared": "declared servers only",
    "open": "declared servers, and public pages",
}
FORWARDING_REMEDIES = {
    "egress_closed": "name it in egress.internal_hosts, or change egress.mode",
    "files": "audit.forward names a certificate or a key that cannot be read: correct it",
    "unreachable": "start the collector, or correct audit.forward.address",
    "certificate": "give its authority in audit.forward.ca_file, and its name in audit.forward.address",
    "tls": "look at the collector's log: it refuses this service's certificate or version of TLS",
    "slow": "look at the collector: it does not read what it is sent",
    "cut": "look at the collector: it hangs up before it has read all, or refuses this service's certificate",
    "unconfirmed": "have it end TLS with close_notify, or set audit.forward.confirmed_by = tcp",
}
_MARKS = {"present": "✓", "degraded": "~", "missing": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: Literal["present", "degraded", "missing"]
    detail: str
    remedy: str = ""


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when something needed is missing."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    findings = list(look(settings))
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=1, ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{_MARKS[finding.state]} {finding.subject}: {finding.detail}")
            if finding.remedy:
                print(f"    → {finding.remedy}")
    return 1 if any(finding.state == "missing" for finding in findings) else 0


def look(settings: Settings) -> Iterator[Finding]:
    """Look at everything this installation needs."""
    yield Finding("Python", "present", sys.version.split()[0])
    yield _disk(settings)
    yield _page()
    yield _key(settings)
    yield from _database(settings)
    yield _model(settings)
    yield from _backends(settings)
    yield _backup(settings)
    yield from pruning(settings)
    yield from _exits(settings)
    yield from _search(settings)
    yield reading()


def _disk(settings: Settings) -> Finding:
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    detail = f"{settings.data_dir}, {free / 1024**3:.1f} GiB free"
    if free < _LEAST_FREE_BYTES:
        return Finding("Data folder", "degraded", detail, "free some space: the database stops when the disk is full")
    if not os.access(folder, os.W_OK):
        return Finding(
            "Data folder", "missing", f"{detail}, not writable", "give this account the right to write there"
        )
    return Finding("Data folder", "present", detail)


def _page() -> Finding:
    if (PAGE / "index.html").is_file():
        return Finding("Web page", "present", "built")
    return Finding("Web page", "missing", "not built", "run `make install`, or install the released package")


def _key(settings: Settings) -> Finding:
    path = settings.security.key_file or settings.data_dir / "keys" / KEY_NAME
    if not path.exists() and settings.security.key_file is None:
        return Finding("Key-encryption key", "present", "will be made at the first start")
    try:
        load_key(settings.security.key_file, settings.data_dir, KEY_NAME)
    except AppError as error:
        return Finding("Key-encryption key", "missing", told(error), "restore it from its backup; do not make another")
    if path.stat().st_mode & 0o077:
        return Finding("Key-encryption key", "degraded", f"{path} is readable by others", f"chmod 600 {path}")
    return Finding("Key-encryption key", "present", str(path))


def _backup(settings: Settings) -> Finding:
    found, remedy = last.read(settings), "chatelet backup --to PLACE --incremental, each night"
    if found is None:
        return Finding("Last backup", "degraded", "none was made from this data folder", remedy)
    hours = (clock.now() - found.made_at).total_seconds() / 3600
    told = f"{found.made_at:%Y-%m-%d %H:%M} UTC, {hours:.0f} hours ago, {found.rows} rows, {found.blobs} blobs"
    if hours > settings.backup.late_hours:
        return Finding("Last backup", "degraded", told, remedy)
    if found.missing:
        lost = f"{told}, {found.missing} files without their blobs"
        return Finding("Last backup", "degraded", lost, "look for them in an earlier backup, or have them given again")
    return Finding("Last backup", "present", told)


def pruning(settings: Settings) -> Iterator[Finding]:
    """Tell whether backups end as certificates of deletion say."""
    if endings.pruning_is_late(settings):
        pruned = last.pruned_at(settings)
        told = f"the last on {pruned:%Y-%m-%d %H:%M} UTC" if pruned else "never from this data folder"
        remedy = "chatelet backup prune --from PLACE, each day (deploy/systemd/chatelet-backup-prune.timer)"
        yield Finding("Pruning of backups", "degraded", f"{told}: old ones may outlive what certificates say", remedy)


def journal_ending(months: int, kind: str) -> Finding:
    """Tell whether months of the journal leave when their retention is over."""
    subject = "Journal retention"
    if not months:
        return Finding(subject, "present", "no month is kept beyond it")
    remedy = "chatelet audit expire, each day, as the owner (deploy/systemd/chatelet-audit-expire.timer)"
    if kind == "embedded":
        remedy = "leave the service running; its log says why a month stays (journal_not_purged)"
    return Finding(subject, "degraded", f"{months} months are kept beyond it", remedy)


def disk_cleaning(done: DiskCleaning | None, owed: datetime | None, settings: Settings) -> Finding:
    """Tell whether what is deleted leaves the disk of the database when certificates say."""
    subject, kind = "Deleted data on the disk", "embedded" if settings.database.url is None else "external"
    told = f"last cleaned on {done.began_at:%Y-%m-%d %H:%M} UTC" if done else "never cleaned"
    left = sorted(done.left_over) if done else []
    told += f"; left: {', '.join(left)}" if left else ""
    late = owed is not None and clock.now() - owed > timedelta(days=settings.privacy.disk_days)
    if not late and not left:
        return Finding(subject, "present", told)
    remedy = "chatelet privacy clean-disk, each night, as the owner (deploy/systemd/chatelet-clean-disk.timer)"
    if left:
        remedy = "chatelet privacy clean-disk, which says why and what to do"
    elif kind == "embedded":
        remedy = "leave the service running at night; its log says why not (disk_not_cleaned)"
    since = f", what was destroyed since {owed:%Y-%m-%d} is still there" if owed is not None and late else ""
    return Finding(subject, "degraded", told + since, remedy)


def _database(settings: Settings) -> Iterator[Finding]:
    kind = "embedded" if settings.database.url is None else "external"
    try:
        with database_reached(settings, as_it_is=True) as address:
            yield from asyncio.run(_look_inside(settings, address, kind))
    except AppError as error:
        yield Finding("Database", "missing", told(error), "see the sentence above")
    except OSError as error:
        yield Finding("Database", "missing", f"{kind}, does not answer ({error})", "check CHATELET_DATABASE__URL")


async def _look_inside(settings: Settings, address: str, kind: str) -> list[Finding]:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        revision = await runner.revision_of(database)
        async with database.transaction() as session:
            version = await session.scalar(text("SHOW server_version"))
            number = int(await session.scalar(text("SHOW server_version_num")) or 0)
            vector = await session.scalar(text("SELECT extversion FROM pg_extension WHERE extname = 'vector'"))
            may_update = await session.scalar(text(_MAY_ALTER_JOURNAL))
            forwarded = settings.audit.forward
            is_known = forwarded.address is not None and revision == runner.head()
            standing = await standing_of(session, forwarded.collector) if is_known else None
        late = await endings.months_late(database) if revision == runner.head() else None
        disk = await _disk_cleaning(database, settings) if revision == runner.head() else []
    finally:
        await database.close()
    found = list(
        _judge(revision, str(version), number, kind, has_vector=vector is not None, may_update=bool(may_update))
    )
    found += [] if late is None else [journal_ending(late, kind)]
    found += disk
    return [*found, forwarding(forwarded.collector, standing)] if standing else found


async def _disk_cleaning(database: Database, settings: Settings) -> list[Finding]:
    async with database.transaction() as session:
        return [disk_cleaning(await disk_service.last(session), await disk_service.owed_since(session), settings)]


def _judge(
    revision: str | None, version: str, number: int, kind: str, *, has_vector: bool, may_update: bool
) -> Iterator[Finding]:
    if number < 150_000:
        yield Finding("Database", "missing", f"{kind}, PostgreSQL {version}", "PostgreSQL 15 or later is needed")
    else:
        yield Finding("Database", "present", f"{kind}, PostgreSQL {version}")
    if revision == runner.head():
        yield Finding("Schema", "present", str(revision))
    elif kind == "embedded":
        yield Finding("Schema", "present", f"{revision or 'empty'}, migrated at the next start")
    else:
        yield Finding("Schema", "missing", revision or "empty", "run `chatelet migrate`")
    if has_vector:
        yield Finding("pgvector", "present", "semantic search over documents will be available")
    else:
        yield Finding("pgvector", "degraded", "absent: search will be lexical only", "install the pgvector extension")
    if may_update:
        yield Finding(
            "Journal",
            "degraded",
            "the application's role could alter it (alterations would be found)",
            "give two roles: CHATELET_DATABASE__URL (application) and CHATELET_DATABASE__OWNER_URL (migrations)",
        )
    else:
        yield Finding("Journal", "present", "the application's role can only add to it")


def forwarding(collector: str, standing: Standing) -> Finding:
    """Tell whether the collector of the journal takes it."""
    here, subject = standing.cursor, "Journal collector"
    told = f"{collector}, {here.seq} events taken, {standing.waiting} wait"
    if here.failure is not None:
        told = f"{told}; since {here.failing_since:%Y-%m-%d %H:%M} UTC: {here.failure}"
        return Finding(subject, "degraded", told, f"{FORWARDING_REMEDIES[here.failure]}; nothing is lost meanwhile")
    if standing.waiting and not standing.is_tried:
        return Finding(subject, "degraded", told, "start the service: none of its processes hands the journal over")
    return Finding(subject, "present", told)


def _model(settings: Settings) -> Finding:
    if settings.embedded.mode == "never" or (settings.embedded.mode == "automatic" and settings.models):
        return Finding("Embedded model", "present", "not used")
    path = find_model_file(settings, settings.embedded.name)
    if path is None:
        return Finding(
            "Embedded model", "degraded", f"{settings.embedded.name}, no file", "run `chatelet models fetch`"
        )
    return Finding("Embedded model", "present", str(path))


def _backends(settings: Settings) -> Iterator[Finding]:
    for backend in settings.backends:
        missing = [path for path in (backend.api_key_file, backend.ca_file) if path is not None and not path.is_file()]
        if missing:
            yield Finding(f"Backend {backend.name}", "missing", f"{missing[0]} is not a file", "correct chatelet.toml")
        else:
            yield Finding(f"Backend {backend.name}", "present", f"{backend.url} ({backend.zone.name})")


def _exits(settings: Settings) -> Iterator[Finding]:
    """Tell what may leave, and which declared servers it closes (`egress.mode`)."""
    posture = posture_of(settings.egress)
    declared = [one for one in from_settings(settings) if one.host != ANY_HOST]
    declared += [of_url(Purpose.MODELS, backend.url, f"backend {backend.name}") for backend in settings.backends]
    closed = sorted({f"{one.host} ({one.declared_by})" for one in declared if not one.may_be_contacted(posture)})
    told = f"{settings.egress.mode}: {_MODES[settings.egress.mode]}"
    if posture.lists:
        told += f"; only the listed hosts for {', '.join(sorted(posture.lists))}"
    if closed:
        yield Finding(
            "Network egress",
            "degraded",
            f"{told}; egress_closed for {', '.join(closed)}",
            "write the private address of the server, name it in egress.internal_hosts or in its purpose's list of"
            " egress.hosts, or change egress.mode",
        )
    else:
        yield Finding("Network egress", "present", told)


def _search(settings: Settings) -> Iterator[Finding]:
    if settings.search.engine == "opensearch":
        problem = asyncio.run(search_server.probe(settings.search))
        if problem is None:
            yield Finding("Search server", "present", f"{settings.search.url}")
        else:
            remedy = "check search.url, its credential and its certificate; meanwhile PostgreSQL is searched"
            yield Finding("Search server", "degraded", f"{settings.search.url}: {problem}", remedy)


def reading() -> Finding:
    """Measure what holds around the process that reads people's files (ADR 0021)."""
    try:
        held = msgspec.structs.asdict(asyncio.run(sandbox.strength()))
    except OSError as error:
        return Finding("Reading of files", "missing", str(error), "give this account the right to start processes")
    finally:
        server.close()
    around = "with bubblewrap" if held.pop("bubblewrap") else "without bubblewrap"
    lacking = [told for name, told in _HELD.items() if not held[name]]
    if lacking:
        return Finding(
            "Reading of files",
            "degraded",
            f"in a process apart, {around}; missing: {', '.join(lacking)}",
            "install bubblewrap (`bwrap`) and let this account make user namespaces",
        )
    return Finding("Reading of files", "present", f"in a process apart, {around}: {', '.join(_HELD.values())}")
