"""One question to a model, for a research: by the door of the writing desk, within the budget, then screened."""

import asyncio
from dataclasses import dataclass

from chatelet.chat.prompt import system_message
from chatelet.chat.screening import Screen
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.inference.routing import Choice
from chatelet.inference.usage import estimate_tokens
from chatelet.policy.clearance import Clearance
from chatelet.policy.quotas.rules import Absent
from chatelet.research.budget import Meter
from chatelet.research.sealed import Asked
from chatelet.research.services import ResearchServices
from chatelet.writing.asking import Asking

_LEAST_TO_WRITE = 64  # tokens: below, nothing would be said


@dataclass(frozen=True, slots=True)
class Model:
    """The model that writes one research."""

    services: ResearchServices
    clearance: Clearance
    choice: Choice
    counted: Absent
    asked: Asked
    meter: Meter

    @property
    def is_small(self) -> bool:
        """Tell whether it is the embedded model, which reads and writes little."""
        return self.choice.first.backend.is_embedded

    def characters(self, wanted: int) -> int:
        """Return how much of a source it is given: what the settings say, or a third of what it reads."""
        return min(wanted, max(500, self.choice.first.context_tokens))

    async def write(self, words: str, *, tokens: int) -> str:
        """Return an answer. Raises `BudgetReached`, a `Refusal`, `QuotaReached`, `ModelError`, `DetectionFailed`."""
        system = system_message(self.asked.language, self.services.settings.institution_name)
        longest = min(tokens, self.choice.first.max_output_tokens)
        request = ChatRequest((system, Message("user", words)), max_output_tokens=longest, temperature=0.2)
        held = min(estimate_tokens(request.characters), self.choice.first.context_tokens) + longest
        self.meter.take(max(held, _LEAST_TO_WRITE))
        asking = Asking(self.services.writing, self.clearance, self.choice, self.counted, purpose="research")
        try:
            async with asyncio.timeout(self.meter.seconds_left):
                text = (await asking.ask(request)).text
        except TimeoutError:
            raise self.meter.late() from None
        finally:
            self.meter.settle(max(held, _LEAST_TO_WRITE), asking.spent.prompt_tokens, asking.spent.completion_tokens)
        screen = Screen(self.services.settings.policy)
        return screen.feed(text) + screen.flush()
