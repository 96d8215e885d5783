"""How the sealer stands, for `chatelet check` and for those who watch: what waits, and when the last seal was made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import queries


@dataclass(frozen=True, slots=True)
class Standing:
    """Events that wait for a link, the last link, the last seal (0 and None when there is none)."""

    waiting: int
    last_seq: int
    sealed_seq: int
    sealed_at: datetime | None


async def standing(session: AsyncSession) -> Standing:
    """Return how far linking and sealing are. Cheap: the queue is short when the sealer runs."""
    connection = await session.connection()
    link = await queries.last_link(connection)
    seals = await queries.last_seals(connection, 1)
    return Standing(
        waiting=await queries.how_many_wait(connection),
        last_seq=link[0] if link else 0,
        sealed_seq=seals[0].seq if seals else 0,
        sealed_at=seals[0].sealed_at if seals else None,
    )
