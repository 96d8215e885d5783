"""Texts that are compared (vectors, an order), as they may leave for the model that compares them.

    cleared as they are? ─yes─> they leave so
                         └─only names keep them─> stand-ins, alike wherever a name is met ─> nothing left? they leave

The same name has the same stand-in in passages and in questions, so that they still meet; nobody can tell whose it is
without this installation's key, and nothing is kept of it.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chatelet.inference.gateway import Gateway
from chatelet.inference.routing import Choice
from chatelet.policy.clearance import Clearance
from chatelet.policy.errors import ModelRefusedByUnit
from chatelet.policy.guardrails.pseudonyms.errors import IdentifierLeft
from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.replacing import replace as replace_names


@dataclass(frozen=True, slots=True)
class Compared:
    """What leaves, under which clearance, for whom; `counts` is how many were replaced, by type."""

    clearance: Clearance
    choice: Choice
    texts: Sequence[str]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])


async def leave(
    gateway: Gateway, clearance: Clearance, texts: Sequence[str], choose: Callable[[Clearance], Choice]
) -> Compared:
    """Return the texts as they may leave. Raises what `choose` does.

    Something left that tells who: `IdentifierLeft` where the person asked, else the refusal of the unit's rule.
    """
    try:
        return Compared(clearance, choose(clearance), texts)
    except ModelRefusedByUnit as refusal:
        if refusal.params.get("rule") != "names_required":
            raise
        put = await asyncio.to_thread(replace_names, texts, Ledger(gateway.stand_ins), alike=True)
        if put.left and clearance.keeps_names:
            raise IdentifierLeft(types=" ".join(put.left)) from None
        if put.left:
            raise
    cleared = replace(clearance, replaced=True)  # of the same label: only what the rule asks for has changed
    return Compared(cleared, choose(cleared), put.texts, put.counts)
