"""Titles and summaries of a conversation whose names were replaced: they leave in the same way, and come back so."""

from dataclasses import replace

from chatelet.chat.pseudonyms import keeping
from chatelet.chat.services import ChatServices
from chatelet.conversations.branches import Branch
from chatelet.inference.exchange import Message
from chatelet.policy.clearance import Clearance
from chatelet.policy.guardrails.pseudonyms.errors import IdentifierLeft
from chatelet.policy.guardrails.pseudonyms.restoring import restorer
from chatelet.policy.guardrails.pseudonyms.swapping import Swap


async def leave(
    services: ChatServices, branch: Branch, messages: tuple[Message, ...], least: Clearance
) -> tuple[tuple[Message, ...], Clearance, Swap]:
    """Return the messages as they leave, the clearance that covers them, and the way back. Raises `Refusal`."""
    texts = [message.content for message in messages]
    found = await keeping.replaced(services, branch.conversation_id, branch.key, texts)
    if found.left:
        raise IdentifierLeft(types=" ".join(found.left))
    sent = tuple(replace(message, content=text) for message, text in zip(messages, found.texts, strict=True))
    return sent, least.tighten(found.label), restorer(found.ledger)
