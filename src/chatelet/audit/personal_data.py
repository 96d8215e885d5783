"""What the journal holds on a person: their own events, to export; nothing to erase.

The journal keeps a person as a bare identifier. Once their account is erased elsewhere, no table says whose identifier
it was: the trace stays (it is evidence, kept for its own retention of six months to one year) and names nobody. The
network address of each event goes with its month. Deleting a person's events instead would break the chain and erase,
with them, the proof of what others did to their account.
"""

from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import queries
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset({"journal_events", "journal_links", "journal_pending", "journal_seals"})


async def export(session: AsyncSession, person_id: UUID) -> Exported:
    """Return the events that the person did, or that are about their account."""
    rows = await queries.events_of_person(await session.connection(), person_id)
    return {
        "journal": [
            {
                "id": str(row.id),
                "occurred_at": row.occurred_at.isoformat(),
                "name": row.name,
                "by_me": row.actor == person_id,
                "object": {"kind": row.object_kind, "id": row.object_id},
                "result": row.result,
                "data": msgspec.json.decode(row.data),
                "origin": row.origin if row.actor == person_id else None,
            }
            for row in rows
        ]
    }


async def erase(session: AsyncSession, person_id: UUID) -> int:  # noqa: ARG001 (the protocol of every domain)
    """Erase nothing: see above why."""
    return 0
