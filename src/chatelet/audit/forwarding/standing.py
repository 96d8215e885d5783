"""How far behind the collector is, for `chatelet check`."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit.forwarding import cursor as cursors
from chatelet.audit.forwarding.cursor import Cursor
from chatelet.kernel import clock

_SILENT: Final = timedelta(minutes=5)  # above the longest pause between two attempts, and the longest attempt


@dataclass(frozen=True, slots=True)
class Standing:
    """The cursor, how many events wait behind it, and whether anybody still tries to hand them over."""

    cursor: Cursor
    waiting: int
    is_tried: bool


async def standing_of(session: AsyncSession, collector: str) -> Standing:
    """Return where a collector is."""
    connection = await session.connection()
    here = await cursors.read(connection, collector)
    tried = here.tried_at is not None and clock.now() - here.tried_at < _SILENT
    return Standing(here, await cursors.waiting(connection, here), tried)
