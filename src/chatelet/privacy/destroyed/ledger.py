"""How long the ledger remembers, and what it knows of.

It must outlive every backup: a restore compares what it brings back with it. Rows are written by the database itself
(migration `0025_backups`), in the transaction that destroys, whatever code or hand did it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel import clock
from chatelet.kernel.database import affected
from chatelet.privacy.destroyed.tables import Destruction
from chatelet.privacy.services import PrivacyServices

MARGIN_DAYS: Final = 7
# What a restore takes out again, whole statements: a table cannot be a parameter. In the order of the replay.
KINDS: Final = {
    "persons": "SELECT id FROM persons WHERE sha256(id::text::bytea) IN (SELECT digest FROM destroyed)",
    "conversations": "SELECT id FROM conversations WHERE sha256(id::text::bytea) IN (SELECT digest FROM destroyed)",
    "documents": "SELECT id FROM documents WHERE sha256(id::text::bytea) IN (SELECT digest FROM destroyed)",
    "files": "SELECT id FROM files WHERE sha256(id::text::bytea) IN (SELECT digest FROM destroyed)",
    "collections": "SELECT id FROM collections WHERE sha256(id::text::bytea) IN (SELECT digest FROM destroyed)",
}


def remembers_since(moment: datetime, backup_days: int) -> datetime:
    """Return the instant from which the ledger of `moment` is whole: what was destroyed before may be forgotten."""
    return moment - timedelta(days=backup_days + MARGIN_DAYS)


async def back_again(session: AsyncSession, kind: str) -> Sequence[UUID]:
    """Return the identifiers of a kind that are here although they were destroyed."""
    return list(await session.scalars(text(KINDS[kind])))


async def forget_old(services: PrivacyServices) -> int:
    """Forget destructions that no backup can be older than; return how many."""
    before = remembers_since(clock.now(), services.settings.privacy.backup_days)
    async with services.database.transaction() as session:
        return await affected(session, delete(Destruction).where(Destruction.destroyed_at < before))
