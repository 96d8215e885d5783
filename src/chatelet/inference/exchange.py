"""What crosses the gateway: a request, batches of answer, figures at the end. Our own shapes, whatever the server.

Only the fields below ever reach a model server, each within bounds (TA-150): unknown or negative parameters cannot be
expressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

import msgspec

LONGEST_MESSAGES: Final = 4_000
LONGEST_TEXT: Final = 8_000_000
LARGEST_OUTPUT: Final = 1_000_000


class Finish(StrEnum):
    """Why the model stopped."""

    STOP = "stop"
    LENGTH = "length"
    FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a model reads it."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What is asked of a model. `answer_schema` (JSON Schema) constrains the answer where the server can."""

    messages: tuple[Message, ...]
    max_output_tokens: int = 1_024
    temperature: float | None = None
    stop: tuple[str, ...] = ()
    answer_schema: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.messages) <= LONGEST_MESSAGES:
            raise ValueError(f"between 1 and {LONGEST_MESSAGES} messages")
        if sum(len(message.content) for message in self.messages) > LONGEST_TEXT:
            raise ValueError(f"at most {LONGEST_TEXT} characters")
        if not 1 <= self.max_output_tokens <= LARGEST_OUTPUT:
            raise ValueError(f"max_output_tokens is between 1 and {LARGEST_OUTPUT}")
        if self.temperature is not None and not 0 <= self.temperature <= 2:
            raise ValueError("temperature is between 0 and 2")
        if len(self.stop) > 4 or any(not 1 <= len(word) <= 64 for word in self.stop):
            raise ValueError("at most 4 stop words of 1 to 64 characters")


class Batch(msgspec.Struct, frozen=True, gc=False):
    """What one read of the network brought: text to append, and the model's own reasoning (never the answer)."""

    text: str
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class TokenCount:
    """Tokens read and written; `estimated` when the server gave none or gave nonsense."""

    prompt_tokens: int
    completion_tokens: int
    estimated: bool
