"""What a research may use: steps, time, tokens. Asked before each step, so that none is begun that may not be paid.

A share is kept for the report: what was found is always told. Calls side by side hold what they may use at most.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

Reached = Literal["steps", "time", "tokens"]
_KEPT: Final = 0.2  # of the time and of the tokens, for the report


class BudgetReached(Exception):
    """Nothing more may be used of `what`."""

    def __init__(self, what: Reached) -> None:
        super().__init__(what)
        self.what: Reached = what


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person allows."""

    steps: int
    seconds: int
    tokens: int


@dataclass(slots=True)
class Meter:
    """Counts what is used. `closing`: the report is being written, and may use what was kept for it."""

    limits: Limits
    steps: int = 0
    before: float = 0.0  # seconds of earlier runs
    prompt_tokens: int = 0
    completion_tokens: int = 0
    closing: bool = False
    reached: Reached | None = None
    clock: Callable[[], float] = time.monotonic
    _held: int = 0
    _begun: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._begun = self.clock()

    @property
    def seconds(self) -> float:
        """Return how long it has worked."""
        return self.before + self.clock() - self._begun

    @property
    def tokens(self) -> int:
        """Return the tokens used."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def seconds_left(self) -> float:
        """Return how long the step that begins now may last."""
        return max(0.0, self._most(self.limits.seconds) - self.seconds)

    def take(self, tokens: int = 0) -> None:
        """Count a step, and hold the tokens that it may use. Raises `BudgetReached`."""
        kept = 0 if self.closing else min(3, self.limits.steps // 4)
        if self.steps >= self.limits.steps - kept:
            self._stop("steps")
        if self.seconds_left <= 0:
            self._stop("time")
        if tokens and self.tokens + self._held + tokens > self._most(self.limits.tokens):
            self._stop("tokens")
        self.steps += 1
        self._held += tokens

    def settle(self, held: int, prompt: int, completion: int) -> None:
        """Count what a step really used."""
        self._held -= held
        self.prompt_tokens += prompt
        self.completion_tokens += completion

    def late(self) -> BudgetReached:
        """Return what a step that lasted too long raises."""
        self.reached = "time"
        return BudgetReached("time")

    def _most(self, limit: int) -> float:
        return limit if self.closing else limit * (1 - _KEPT)

    def _stop(self, what: Reached) -> None:
        self.reached = what
        raise BudgetReached(what)
