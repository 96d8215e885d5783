"""The ledger of a conversation: opened, grown by what texts hold, and kept before any of them leaves.

Two turns at once: the second finds that the ledger has changed, and reads its texts again with the new one.
"""

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from chatelet.chat.services import ChatServices
from chatelet.conversations import pseudonyms
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.errors import ConversationBusy
from chatelet.kernel.logs import get_logger
from chatelet.policy.guardrails.detection import DetectorFailed
from chatelet.policy.guardrails.examination import DetectionFailed
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pseudonyms.allotting import new_ledger
from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.replacing import Replaced, replace

_TRIES: Final = 5
log = get_logger(__name__)


async def replaced(
    services: ChatServices, conversation_id: UUID, key: ConversationKey, texts: Sequence[str]
) -> Replaced:
    """Return texts of a conversation already found readable as they would leave. Raises `DetectionFailed`."""
    kinds = frozenset(Kind(name) for name in services.settings.policy.detectors)
    for _ in range(_TRIES):
        async with services.database.transaction() as session:
            sealed = await pseudonyms.read(session, conversation_id)
        stored = pseudonyms.open_ledger(key, conversation_id, sealed)
        ledger = Ledger.decode(stored) if stored is not None else new_ledger()
        try:
            found = await asyncio.to_thread(replace, texts, ledger, kinds)
        except DetectorFailed as failure:
            log.exception("detection_failed", kind=failure.kind.value)
            raise DetectionFailed(kind=failure.kind.value) from None
        if found.ledger == ledger or await _keep(services, conversation_id, key, found.ledger, sealed):
            return found
    raise ConversationBusy


async def _keep(
    services: ChatServices, conversation_id: UUID, key: ConversationKey, ledger: Ledger, before: bytes | None
) -> bool:
    sealed = pseudonyms.seal_ledger(key, conversation_id, ledger.encode())
    async with services.database.driver_transaction() as connection:
        return await pseudonyms.store(connection, conversation_id, sealed, before=before)
