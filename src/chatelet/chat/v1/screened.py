"""What a model writes over `/v1`, as the caller gets it: its text, its reasoning, the arguments of its calls.

    letters (JSON only) -> originals in the place of stand-ins -> keys and tokens masked, and read -> JSON again

Each text has its own machines, which do not mind where it was cut; what they hold back comes at the end.
"""

from dataclasses import dataclass

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat.screening import Screen
from chatelet.chat.services import ChatServices
from chatelet.chat.v1.exchange import Exchange
from chatelet.inference.exchange import Batch, CallDelta, ChatRequest
from chatelet.policy.guardrails.invisible import strip_invisible
from chatelet.policy.guardrails.pseudonyms import json_text, restoring
from chatelet.policy.guardrails.pseudonyms.json_text import Letters, as_json
from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.swapping import Swap
from chatelet.sections import PolicySettings


@dataclass(frozen=True, slots=True)
class _Text:
    """The machines of one text."""

    screen: Screen
    back: Swap | None
    letters: Letters | None

    def feed(self, text: str) -> str:
        """Return what may be told. Raises `DetectionFailed`."""
        text = strip_invisible(text)
        if self.letters is not None:
            text = self.letters.feed(text)
        return self._told(self.screen.feed(self.back.feed(text) if self.back is not None else text))

    def flush(self) -> str:
        """Return what was held back."""
        rest = self.letters.flush() if self.letters is not None else ""
        if self.back is not None:
            rest = self.back.feed(rest) + self.back.flush()
        return self._told((self.screen.feed(rest) if rest else "") + self.screen.flush())

    def _told(self, text: str) -> str:
        return as_json(text) if self.letters is not None else text


class Screened:
    """Of one answer. `ledger`: names were replaced, and come back."""

    def __init__(self, policy: PolicySettings, request: ChatRequest, ledger: Ledger | None = None) -> None:
        self._policy = policy
        self._ledger = ledger
        self._text = self._machines(in_json=request.answer_is_json or request.answer_schema is not None)
        self._reasoning: _Text | None = None
        self._calls: dict[int, _Text] = {}

    def feed(self, batch: Batch) -> Batch:
        """Return a batch as the caller gets it: on the per-token path. Raises `DetectionFailed`."""
        if not batch.reasoning and not batch.calls:
            return Batch(self._text.feed(batch.text))
        text = self._text.feed(batch.text) if batch.text else ""
        calls = tuple(CallDelta(one.index, one.id, one.name, self._argued(one)) for one in batch.calls)
        return Batch(text, self._reasoned(batch.reasoning), calls)

    def flush(self) -> Batch:
        """Return what was held back."""
        rests = [(index, machines.flush()) for index, machines in sorted(self._calls.items())]
        calls = tuple(CallDelta(index, arguments=rest) for index, rest in rests if rest)
        return Batch(self._text.flush(), self._reasoning.flush() if self._reasoning is not None else "", calls)

    async def tell(self, services: ChatServices, exchange: Exchange) -> None:
        """Say what was masked and found: beside the answer, and in the journal. Never a word of it."""
        screens = [one.screen for one in (self._text, self._reasoning, *self._calls.values()) if one is not None]
        for screen in screens:
            exchange.label = exchange.label.join(screen.label)
        masked = sum(screen.masked for screen in screens)
        types = sorted({kind for screen in screens for kind in screen.found})
        if not masked and not types:
            return
        exchange.told["screened"] = {"masked": masked, "types": types}
        event = journal_events.ExchangeScreened(
            key_id=exchange.scope.key_id,
            exchange_id=exchange.id,
            masked=masked,
            found=sum(screen.found.total() for screen in screens),
            types=tuple(types[:32]),
        )
        async with services.database.transaction() as session:
            await journal.record(session, event, actor=exchange.principal.person_id)

    def _reasoned(self, text: str) -> str:
        if not text:
            return ""
        self._reasoning = self._reasoning or self._machines(in_json=False)
        return self._reasoning.feed(text)

    def _argued(self, call: CallDelta) -> str:
        if not call.arguments:
            return ""
        machines = self._calls.get(call.index)
        if machines is None:
            machines = self._calls[call.index] = self._machines(in_json=True)
        return machines.feed(call.arguments)

    def _machines(self, *, in_json: bool) -> _Text:
        ledger, back = self._ledger, None
        if ledger is not None:
            back = json_text.restorer(ledger) if in_json else restoring.restorer(ledger)
        return _Text(Screen(self._policy, in_json=in_json), back, Letters() if in_json else None)
