"""The sealed ledger of who stands in for whom in a conversation: read, and replaced only by one that knew it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations.content import ConversationKey
from chatelet.conversations.tables import PseudonymLedger
from chatelet.kernel.database import Executor, fetch

_STORE = """
INSERT INTO pseudonyms AS known (conversation_id, ledger_sealed) VALUES ($1, $2)
ON CONFLICT (conversation_id) DO UPDATE SET ledger_sealed = excluded.ledger_sealed
WHERE known.ledger_sealed = $3
RETURNING conversation_id
"""


async def read(session: AsyncSession, conversation_id: UUID) -> bytes | None:
    """Return the ledger, sealed, of a conversation already found readable."""
    wanted = select(PseudonymLedger.ledger_sealed).where(PseudonymLedger.conversation_id == conversation_id)
    return await session.scalar(wanted)


async def store(executor: Executor, conversation_id: UUID, sealed: bytes, *, before: bytes | None) -> bool:
    """Keep a ledger that follows `before`; False when another was kept meanwhile."""
    return bool(await fetch(executor, _STORE, conversation_id, sealed, before))


def open_ledger(key: ConversationKey, conversation_id: UUID, sealed: bytes | None) -> str | None:
    """Open a ledger; None stays None."""
    return key.open_text("pseudonyms", conversation_id, sealed)


def seal_ledger(key: ConversationKey, conversation_id: UUID, ledger: str) -> bytes:
    """Seal a ledger."""
    return key.seal_text("pseudonyms", conversation_id, ledger)
