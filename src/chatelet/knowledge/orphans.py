"""What a deleted document must have taken with it, looked for each night: there should be none (TA-129).

passages without version · files without document · blobs without file -> deleted, journalled, measured
"""

from typing import Final
from uuid import UUID

from sqlalchemy import text

from chatelet.audit import events, journal
from chatelet.documents.files import orphans as blobs
from chatelet.documents.files import service as files
from chatelet.documents.services import DocumentServices
from chatelet.kernel import metrics
from chatelet.kernel.logs import get_logger

# Terms and vectors hang on their passage by a foreign key: there are none without one.
_PASSAGES: Final = """
DELETE FROM passages WHERE NOT EXISTS (SELECT FROM document_versions WHERE document_versions.id = passages.version_id)
"""
_HOLDERS: Final = """
SELECT DISTINCT holder_id FROM files WHERE holder_kind = 'document'
AND NOT EXISTS (SELECT FROM documents WHERE documents.id = files.holder_id)
"""
log = get_logger(__name__)


async def check(services: DocumentServices) -> events.OrphansChecked:
    """Delete what is found, and tell how much there was: in the journal, in metrics, in the log when it is not none."""
    async with services.database.transaction() as session:
        gone = await session.execute(text(_PASSAGES))
        holders: list[UUID] = list(await session.scalars(text(_HOLDERS)))
        held = await files.delete_held(session, holders, actor=None)
        passages = int(getattr(gone, "rowcount", 0))
    found = events.OrphansChecked(passages=passages, files=held, blobs=await blobs.delete_blobs(services))
    async with services.database.transaction() as session:
        await journal.record(session, found, actor=None)
    for kind, count in found.counts.items():
        metrics.ORPHANS.labels(kind).set(count)
    if found.result == "failed":
        log.error("orphans_found", **found.counts)
    return found
