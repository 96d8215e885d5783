"""What is known of a turn as it goes on, filled by the steps, read once by the last one."""

import time
from dataclasses import dataclass

from chatelet.chat.events import FinalState
from chatelet.conversations.schemas import TurnModel
from chatelet.inference.usage import Usage
from chatelet.kernel.errors import AppError
from chatelet.knowledge.uses import Use
from chatelet.policy.sensitivity import Label


@dataclass(slots=True)
class Progress:
    """Belongs to the turn's own task; `started` is `time.perf_counter()`."""

    started: float
    state: FinalState = "failed"
    error: AppError | None = None
    model: TurnModel | None = None
    usage: Usage | None = None
    first_text: float | None = None
    wants_summary: bool = False
    use: Use | None = None
    label: Label | None = None
    written: tuple[Label, Label] | None = None  # of the answer: what it asks for, what of it no replacement lowers
    raised: Label | None = None  # the conversation's, where the answer raised it

    def end(self, state: FinalState, error: AppError | None = None) -> None:
        """Say how the turn ended."""
        self.state, self.error = state, error

    def note_first_text(self) -> None:
        """Note the instant of the first characters."""
        self.first_text = time.perf_counter()

    @property
    def first_token_ms(self) -> int | None:
        """From the turn's start to the first characters."""
        return None if self.first_text is None else round((self.first_text - self.started) * 1000)
