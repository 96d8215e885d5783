"""What words hold, before they are stored or leave: their label joins that of where they enter, or they are refused.

A refusal for a marking keeps nothing of the words: the journal's line, which alerts the security officer, says which
marking, whose conversation and when (TA-102).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from os import urandom
from typing import Final, Literal
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.conversations import service as conversations
from chatelet.identity.principal import Principal
from chatelet.kernel.database import Database
from chatelet.policy.guardrails.examination import NOTHING, Examination, MarkingRefused, examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.markings.declared import held
from chatelet.policy.sensitivity import join_all
from chatelet.settings import PolicySettings

_SHORT: Final = 8_000  # characters read at once; more would hold up the answers under way
_REMEMBERED: Final = 8_192


async def read(policy: PolicySettings, text: str) -> Examination:
    """Read a text with the detectors that are on; a long one beside the loop. Raises `DetectionFailed`."""
    kinds = [Kind(name) for name in policy.detectors]
    return examine(text, kinds) if len(text) <= _SHORT else await asyncio.to_thread(examine, text, kinds)


async def require_kept(
    database: Database,
    principal: Principal,
    found: Examination,
    *,
    where: Literal["question", "api", "research"],
    conversation_id: UUID | None = None,
) -> None:
    """Raise `MarkingRefused`, with its alert in the journal, when the words may not even be stored.

    Raises `ConversationNotFound` for another person's.
    """
    try:
        found.require_kept()
    except MarkingRefused:
        markings = tuple(sorted(found.of(Kind.MARKINGS)))
        event = events.MarkingRefused(conversation_id=conversation_id, markings=markings, where=where)
        async with database.transaction() as session:
            if conversation_id is not None:
                await conversations.require(session, principal, conversation_id)
            await journal.record(session, event, actor=principal.person_id)
        raise


class Remembered:
    """What was found in texts read not long ago: a program sends its whole history with each question.

    Known by a keyed hash of this process's own: neither the texts nor anything that tells them is kept.
    """

    def __init__(self) -> None:
        self._key = urandom(32)
        self._found: OrderedDict[bytes, Examination] = OrderedDict()
        self._declared = held()

    async def examine(self, policy: PolicySettings, texts: Sequence[str]) -> Examination:
        """Return what all the texts hold, together. Raises `DetectionFailed`."""
        found = [await self._one(policy, text) for text in texts]
        gravest = max((one.verdict for one in found), key=list(type(NOTHING.verdict)).index, default=NOTHING.verdict)
        label = join_all(one.label for one in found)
        return Examination(tuple(finding for one in found for finding in one.findings), label, gravest)

    async def _one(self, policy: PolicySettings, text: str) -> Examination:
        if held() is not self._declared:  # other markings are looked for since
            self._declared = held()
            self._found.clear()
        digest = blake2b(text.encode(errors="surrogatepass"), key=self._key, digest_size=16).digest()
        found = self._found.get(digest) or await read(policy, text)
        self._keep(digest, found)
        return found

    def _keep(self, digest: bytes, found: Examination) -> None:
        self._found[digest] = found
        self._found.move_to_end(digest)
        if len(self._found) > _REMEMBERED:
            self._found.popitem(last=False)
