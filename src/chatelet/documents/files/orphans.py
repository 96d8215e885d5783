"""Blobs whose file is gone, whatever became of the job that deletes them: looked for each night (TA-129)."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from chatelet.documents.files import queries
from chatelet.documents.services import DocumentServices

_ASKED_AT_ONCE: Final = 500


async def delete_blobs(services: DocumentServices) -> int:
    """Delete blobs without a file; return how many files' there were.

    Blobs come after their row and rows go before their blobs: blobs without a row are of no file to come.
    """
    found, asked = 0, list[UUID]()
    async for name in services.storage.identifiers():
        asked.append(UUID(name))
        if len(asked) == _ASKED_AT_ONCE:
            found += await _delete_unknown(services, asked)
            asked = []
    return found + await _delete_unknown(services, asked)


async def _delete_unknown(services: DocumentServices, asked: Sequence[UUID]) -> int:
    async with services.database.transaction() as session:
        known = await queries.existing(session, asked)
    unknown = [identifier for identifier in asked if identifier not in known]
    for identifier in unknown:
        await services.storage.delete_all(str(identifier))
    return len(unknown)
