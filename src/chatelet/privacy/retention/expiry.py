"""What is over goes, kind after kind, in short transactions; then one certificate tells what went.

    conversations: keys -> months dropped -> the rest | attachments | documents of bases | technical logs
    | readings of content, reports -> certificate

Cut anywhere, the next run goes on. Blobs whose key is destroyed are deleted here and, should the storage be away, by
the job that deleting their file asked for.
"""

import contextlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chatelet.conversations import forgetting
from chatelet.documents.files import service as files
from chatelet.kernel import clock
from chatelet.kernel.database import affected
from chatelet.kernel.logs import get_logger
from chatelet.kernel.storage import StorageUnavailable
from chatelet.knowledge import forgetting as documents
from chatelet.policy.retention import lasting
from chatelet.policy.retention.kinds import Kind
from chatelet.privacy.certificates.certificate import Destroyed
from chatelet.privacy.certificates.service import Deed, certify
from chatelet.privacy.services import PrivacyServices

_CONDEMNED_AT_ONCE: Final = 10_000
_REMOVED_AT_ONCE: Final = 2_000
_DOCUMENTS_AT_ONCE: Final = 200
_JUMP: Final = timedelta(hours=12)  # more than any change of time zone that an administrator makes by mistake
_USAGE_LEAST_DAYS: Final = 70  # figures of units are made again from this month's and the last's
_LOGS: Final = {
    "pgqueuer_log": "DELETE FROM pgqueuer_log WHERE created < :before",
    "model_usage": "DELETE FROM model_usage WHERE created_at < :usage",
    "quota_counters": "DELETE FROM quota_counters WHERE starts < CAST(:usage AS timestamptz)::date",
}
# What officers did of persons: over as long ago as the journal is kept, and never before the person was told of it.
_OF_OFFICERS: Final = {
    "content_readings": """DELETE FROM content_readings
        WHERE state IN ('declined', 'ended') AND coalesce(ended_at, decided_at, ends_at) < :before
          AND (told_at IS NOT NULL OR subject_id IS NULL OR state = 'declined' OR decided_at IS NULL)""",
    "reports": "DELETE FROM reports WHERE state <> 'open' AND decided_at < :before",
    "privacy_request_words": """UPDATE privacy_requests SET words_sealed = NULL
        WHERE words_sealed IS NOT NULL AND closed_at < :before""",
}
log = get_logger(__name__)


class Tally:
    """Counts what goes during a run."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.keys = self.blobs = self.vectors = self.versions = 0
        self.partitions: list[str] = []

    def destroyed(self) -> Destroyed:
        """Return the figures of a certificate."""
        rows = {name: count for name, count in self.rows.items() if count}
        return Destroyed(
            rows=rows, keys=self.keys, blobs=self.blobs, vectors=self.vectors, partitions=tuple(self.partitions)
        )


async def apply(services: PrivacyServices) -> UUID | None:
    """Run, unless the clock jumped ahead since this process began: what a wrong date destroys does not come back.

    It holds back until the clock is right again, or until somebody who knows starts the service again.
    """
    jump = clock.jump()
    if jump > _JUMP:
        log.error("clock_jumped", hours=round(jump.total_seconds() / 3600), held_back="retention")
        return None
    return await run(services)


async def run(services: PrivacyServices) -> UUID | None:
    """Destroy what is over; return the certificate, None when there was nothing."""
    began, tally = clock.now(), Tally()
    await expire_conversations(services, began, tally)
    await _attachments(services, began, tally)
    await _documents(services, began, tally)
    kept = await _kept(services)
    await _logs(services, began, tally, kept[Kind.LOGS])
    await _of_officers(services, began, tally, kept[Kind.JOURNAL])
    destroyed = tally.destroyed()
    if not destroyed.anything:
        return None
    days = {kind.value: days for kind, days in kept.items() if days is not None}
    left = services.left_in_search_server(tally.versions)
    deed = Deed("retention", began, destroyed, days, search_server_left=left)
    async with services.database.transaction() as session:
        made = await certify(session, services.settings, services.signing, deed)
    log.info("retention_applied", keys=tally.keys, rows=sum(tally.rows.values()))
    return made


async def expire_conversations(services: PrivacyServices, moment: datetime, tally: Tally) -> None:
    """Keys, then whole months, then the rest."""
    while True:
        async with services.database.transaction() as session:
            kept = await lasting.kept(session, Kind.CONVERSATIONS)
            least = await lasting.shortest(session, Kind.CONVERSATIONS) or 0
            condemned = await forgetting.condemn(session, kept, least, moment, _CONDEMNED_AT_ONCE)
        tally.keys += condemned
        if condemned < _CONDEMNED_AT_ONCE:
            break
    await _months(services, moment, tally)
    while True:
        async with services.database.transaction() as session:
            removed = await forgetting.remove(session, _REMOVED_AT_ONCE)
        if not removed.conversations:
            return
        tally.rows["conversations"] += removed.conversations
        tally.rows["turns"] += removed.turns
        tally.rows["messages"] += removed.messages
        tally.rows["files"] += len(removed.files)
        tally.keys += len(removed.files)
        tally.blobs += await delete_blobs(services, removed.files)


async def _months(services: PrivacyServices, moment: datetime, tally: Tally) -> None:
    """Drop the months in which nothing lives; one that is busy waits for the next run."""
    async with services.database.transaction() as session:
        months = await forgetting.months_over(session, moment)
    for month in months:
        with contextlib.suppress(DBAPIError):  # lock_timeout: somebody reads there
            async with services.database.transaction() as session:
                gone = await forgetting.drop_month(session, month)
            if gone is not None:
                tally.partitions.append(month)
                tally.rows["messages"] += gone


async def _attachments(services: PrivacyServices, moment: datetime, tally: Tally) -> None:
    while True:
        async with services.database.transaction() as session:
            kept = await lasting.kept(session, Kind.ATTACHMENTS)
            gone = await files.remove_old(session, kept, moment, _DOCUMENTS_AT_ONCE)
        if not gone:
            return
        tally.rows["files"] += len(gone)
        tally.keys += len(gone)
        tally.blobs += await delete_blobs(services, gone)


async def _documents(services: PrivacyServices, moment: datetime, tally: Tally) -> None:
    while True:
        async with services.database.transaction() as session:
            base = await lasting.institution(session, Kind.DOCUMENTS)
            found = await documents.outlived(session, base, moment, _DOCUMENTS_AT_ONCE)
            weight = await documents.weigh(session, [document for document, _ in found])
            if found:
                await documents.remove(session, found)
        if not found:
            return
        tally.rows["documents"] += len(found)
        tally.rows["passages"] += weight.passages
        tally.rows["files"] += len(weight.files)
        tally.vectors += weight.vectors
        tally.versions += weight.versions
        tally.keys += len(weight.files)
        tally.blobs += await delete_blobs(services, weight.files)


async def _logs(services: PrivacyServices, moment: datetime, tally: Tally, days: int | None) -> None:
    kept = days or 0
    bounds = {
        "before": moment - timedelta(days=kept),
        "usage": moment - timedelta(days=max(kept, _USAGE_LEAST_DAYS)),
    }
    for table, statement in _LOGS.items():
        given = {name: at for name, at in bounds.items() if f":{name}" in statement}
        async with services.database.transaction() as session:
            tally.rows[table] += await affected(session, text(statement), given)


async def _of_officers(services: PrivacyServices, moment: datetime, tally: Tally, days: int | None) -> None:
    if days is None:
        return
    before = {"before": moment - timedelta(days=days)}
    async with services.database.transaction() as session:
        for table, statement in _OF_OFFICERS.items():
            tally.rows[table] += await affected(session, text(statement), before)


async def delete_blobs(services: PrivacyServices, ids: Iterable[UUID]) -> int:
    """Delete the blobs of files whose keys are destroyed; return how many, as far as the storage answers."""
    deleted = 0
    for identifier in ids:
        try:
            deleted += await services.storage.delete_all(str(identifier))
        except StorageUnavailable:
            log.warning("blobs_left_to_their_job")
            break
    return deleted


async def _kept(services: PrivacyServices) -> dict[Kind, int | None]:
    async with services.database.transaction() as session:
        return {kind: await lasting.institution(session, kind) for kind in Kind}
