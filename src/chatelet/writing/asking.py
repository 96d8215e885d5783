"""One question to a model, by the one door: cleared, within quotas, counted. What a batch of a work goes through.

hold (short transaction) -> gateway, no transaction -> settle and count (short transaction)

A model that fails for a moment is asked again a few times; what no patience mends is raised and stops the work.
"""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from chatelet.inference import usage as inference_usage
from chatelet.inference.amounts import amounts_of, estimate_of
from chatelet.inference.errors import ModelContextExceeded, ModelError, ModelRejectedRequest
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Completion
from chatelet.inference.registry import Model
from chatelet.inference.routing import Choice
from chatelet.inference.usage import Usage, estimate_tokens
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.clearance import Clearance
from chatelet.policy.guardrails.invisible import strip_invisible
from chatelet.policy.quotas import holding
from chatelet.policy.quotas.amounts import zone
from chatelet.policy.quotas.rules import Absent, Applied
from chatelet.writing.services import WritingServices
from chatelet.writing.standins import StandIns
from chatelet.writing.trying import Limits

_PAUSES: Final = (1.0, 3.0, 9.0)
_READ_AT_ONCE: Final = 1.2  # characters for each token of the window: a third of it is read, the rest is written


@dataclass(slots=True)
class Spent:
    """What a work used so far."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    model_id: str = ""

    def add(self, completion: Completion) -> None:
        """Count an answer."""
        self.calls += 1
        self.prompt_tokens += completion.usage.prompt_tokens
        self.completion_tokens += completion.usage.completion_tokens
        self.model_id = completion.model_id


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks for one work. `counted` is None on the command line, where nobody's quota is used.

    `is_waited_for`: a person looks on, it goes before the works.
    """

    services: WritingServices
    clearance: Clearance
    choice: Choice
    counted: Absent | None = None
    purpose: inference_usage.Purpose = "writing"
    spent: Spent = field(default_factory=Spent)
    is_waited_for: bool = False
    standins: StandIns | None = None

    async def ask(self, request: ChatRequest) -> Completion:
        """Return a whole answer. Raises a `Refusal`, `QuotaReached`, `ModelError`."""
        for pause in (*_PAUSES, None):
            try:
                return await self._once(request)
            except (ModelContextExceeded, ModelRejectedRequest):
                raise
            except ModelError:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError

    async def _once(self, request: ChatRequest) -> Completion:
        sent = await self.standins.leave(request) if self.standins is not None else None
        clearance, choice = (sent.clearance, sent.choice) if sent else (self.clearance, self.choice)
        request = sent.request if sent else request
        model, identifier = choice.first, uuid7()
        applied: list[Applied] = []
        if self.counted is not None:
            applied = self.services.quotas.rules.applying(self.counted, model.id)
        longest = await self._hold(model, applied, request, identifier) if applied else request.max_output_tokens
        usage: Usage | None = None
        try:
            asked = replace(request, max_output_tokens=min(longest, request.max_output_tokens))
            async with self.services.gateway.stream(clearance, asked, choice, urgent=self.is_waited_for) as answer:
                try:
                    text = "".join([batch.text async for batch in answer])
                finally:
                    usage = answer.usage
            text = strip_invisible(text)
            completion = Completion(
                sent.back(text) if sent else text, answer.model.id, answer.finish or Finish.STOP, usage
            )
            self.spent.add(completion)
            return completion
        finally:
            await asyncio.shield(self._settle(identifier, usage, model, is_held=bool(applied)))

    async def _hold(self, model: Model, applied: list[Applied], request: ChatRequest, identifier: UUID) -> int:
        assert self.counted is not None
        services = self.services
        shown = sum(picture.tokens for picture in request.pictures)
        prompt = min(estimate_tokens(request.characters) + shown, model.context_tokens)
        estimate = estimate_of(
            model, prompt, min(request.max_output_tokens, model.max_output_tokens), grams=self._grams
        )
        async with services.database.driver_transaction() as connection:
            holder = (identifier, self.counted.person_id)
            return (await holding.hold(connection, holder, applied, estimate, zone(services.quotas.time_zone))).longest

    async def _settle(self, identifier: UUID, usage: Usage | None, model: Model, *, is_held: bool) -> None:
        if self.counted is None or (usage is None and not is_held):
            return
        async with self.services.database.driver_transaction() as connection:
            if is_held:
                await holding.settle(connection, identifier, amounts_of(usage, grams=self._grams))
            if usage is not None:
                await inference_usage.record(
                    connection,
                    person_id=self.counted.person_id,
                    model_id=model.id,
                    purpose=self.purpose,
                    usage=usage,
                )

    @property
    def _grams(self) -> float:
        """Return grams of CO₂ equivalent a Wh."""
        return self.services.settings.usage.grid_grams_per_kwh / 1000


def limits_of(services: WritingServices, model: Model) -> Limits:
    """Return how much is asked of a model at once: what the settings say, or what it reads when that is less."""
    settings = services.settings.writing
    at_once = model.backend.concurrent_answers
    window = min(model.context_tokens, 3 * model.max_output_tokens)
    return Limits(
        characters=min(settings.batch_characters, max(200, round(window * _READ_AT_ONCE) - 1_000)),
        segments=1 if model.demonstration else settings.batch_segments,
        parallel=min(settings.parallel, at_once) if at_once else settings.parallel,
        attempts=settings.attempts,
    )
