"""The charter at the door of a turn: at most one statement, and mostly none.

    turn opens -> CharterGate(executor, principal) -> known to be in order: nothing; else one statement, and a refusal

What is remembered: that a person, in these units, had nothing left to accept. A publication is notified to every
process and forgets all of it; a memory serves five minutes, which bounds what a lost notification could cost.
A refusal is never remembered: whoever accepts goes on at once, whichever process takes the question.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final
from uuid import UUID

from chatelet.adoption.charter import queries
from chatelet.adoption.charter.errors import CharterNotAccepted
from chatelet.identity.principal import Principal
from chatelet.kernel.database import Executor

CHARTER_CHANNEL: Final = "chatelet_charter"
_REMEMBERED_SECONDS: Final = 300.0
_MOST_REMEMBERED: Final = 50_000


class CharterGate:
    """A `chat.services.Gate`. One per process, subscribed to `CHARTER_CHANNEL`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._generation = 0
        self._in_order: OrderedDict[UUID, tuple[frozenset[UUID], float]] = OrderedDict()

    async def __call__(self, executor: Executor, principal: Principal) -> None:
        """Raise `CharterNotAccepted` unless the caller accepted what is in force for them."""
        remembered = self._in_order.get(principal.person_id)
        if remembered is not None and remembered[0] == principal.units and remembered[1] > self._clock():
            return
        generation = self._generation
        standing = await queries.standing(executor, principal.person_id, principal.units)
        if standing is not None and standing.accepted_at is None:
            raise CharterNotAccepted
        if generation == self._generation:  # else something was published while this was being read
            self._remember(principal)

    def forget(self, _payload: str) -> None:
        """Read everything again: something was published, or notifications were lost for a while."""
        self._generation += 1
        self._in_order.clear()

    def _remember(self, principal: Principal) -> None:
        self._in_order[principal.person_id] = (principal.units, self._clock() + _REMEMBERED_SECONDS)
        self._in_order.move_to_end(principal.person_id)
        if len(self._in_order) > _MOST_REMEMBERED:
            self._in_order.popitem(last=False)
