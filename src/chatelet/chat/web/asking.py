"""A search asked with a question: what was confirmed, checked before it is stored, never changed after.

The words that leave are these and no others: the click that sends the question is bound to them (TA-046, TA-047).
"""

from typing import Final

from chatelet.chat import examination
from chatelet.chat.services import ChatServices
from chatelet.chat.web.errors import WebQueryRefused, WebSearchOff
from chatelet.chat.web.schemas import WebAsked
from chatelet.connectors.web.contract import require_cleared
from chatelet.conversations.parts import Given, WebPart
from chatelet.policy.clearance import Clearance
from chatelet.policy.guardrails.labels import Verdict
from chatelet.policy.sensitivity import Level

_REFUSED: Final = frozenset({Verdict.BLOCK, Verdict.QUARANTINE})


async def receive(services: ChatServices, asked: WebAsked | None) -> tuple[Given, ...]:
    """Return the part that the question will hold. Raises `WebSearchOff`, `WebQueryRefused`, `DetectionFailed`."""
    if asked is None:
        return ()
    if not services.web.engines:
        raise WebSearchOff
    found = await examination.read(services.settings.policy, asked.query)
    if found.verdict in _REFUSED or not Level.INTERNAL.covers(found.label.level):
        raise WebQueryRefused(found=" ".join(found.types))
    return (WebPart(asked.query, tuple(dict.fromkeys(asked.tiers))),)


def require(services: ChatServices, clearance: Clearance, given: tuple[Given, ...]) -> tuple[str, ...]:
    """Return the engines that a question goes to, none without a search. Raises `WebNotCleared`."""
    if not any(isinstance(one, WebPart) for one in given):
        return ()
    require_cleared(clearance, Level(services.web.settings.highest_level))
    return tuple(engine.card.name for engine in services.web.engines)
