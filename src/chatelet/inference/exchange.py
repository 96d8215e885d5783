"""What crosses the gateway: a request, batches of answer, figures at the end. Our own shapes, whatever the server.

Only the fields below ever reach a model server, each within bounds (TA-150): unknown or negative parameters cannot be
expressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Literal

import msgspec

from chatelet.inference.picture import MOST_PICTURES, Picture

LONGEST_MESSAGES: Final = 4_000
LONGEST_TEXT: Final = 8_000_000
LARGEST_OUTPUT: Final = 1_000_000
_WORDED: Final = 16  # hexadecimal digits of a salt told in words: nobody guesses 64 bits by asking, and few tokens


class Finish(StrEnum):
    """Why the model stopped."""

    STOP = "stop"
    LENGTH = "length"
    FILTERED = "filtered"
    TOOL_CALLS = "tool_calls"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that a model asked for; `arguments` is the JSON text it wrote, which nobody has checked."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a model reads it. `call_id` says which call a tool's message answers; `pictures` come after."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    calls: tuple[ToolCall, ...] = ()
    call_id: str | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the caller can run; `parameters` is a JSON Schema."""

    name: str
    description: str | None = None
    parameters: Mapping[str, Any] | None = None
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """The functions offered. `choice` is the name of one, or one of the three words; `size` in characters."""

    offered: tuple[Tool, ...]
    choice: Literal["auto", "none", "required"] | Tool = "auto"
    parallel: bool | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is drawn, beyond the temperature; None leaves it to the server."""

    top_p: float | None = None
    seed: int | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None

    def __post_init__(self) -> None:
        if self.top_p is not None and not 0 <= self.top_p <= 1:
            raise ValueError("top_p is between 0 and 1")
        if self.seed is not None and not -(2**63) <= self.seed < 2**63:
            raise ValueError("seed is a number of 64 bits")
        for penalty in (self.presence_penalty, self.frequency_penalty):
            if penalty is not None and not -2 <= penalty <= 2:
                raise ValueError("a penalty is between -2 and 2")


@dataclass(frozen=True, slots=True)
class Salt:
    """What keeps a person's prefixes apart in a server's cache: in the field `cache_salt`, or in words.

    The words are a line after `shared` characters of the first message: those that everybody's requests begin with,
    which tell nothing of anybody. No message is added, which a template without a system's would refuse, but where
    tools are offered: templates write them before the first message of a person.
    """

    value: str
    in_words: bool
    shared: int = 0

    def line(self) -> str:
        """Return the words; a model has nothing to do with them."""
        return f"[ref {self.value[:_WORDED]}]\n"

    def put_in(self, messages: tuple[Message, ...], *, tools: bool = False) -> tuple[Message, ...]:
        """Return the messages with the line in them, before anything that is a person's own."""
        first = messages[0]
        if tools and first.role != "system":
            return (Message("system", self.line().rstrip()), *messages)
        words = first.content[: self.shared] + self.line() + first.content[self.shared :]
        return (replace(first, content=words), *messages[1:])


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What is asked of a model. `answer_schema` (JSON Schema) constrains the answer where the server can.

    `answer_is_strict` is how firmly; `answer_is_json` asks for any JSON object. `exact`: the caller said how the
    answer must be, and a server that cannot do it refuses, where a title or a summary would rather do without.
    """

    messages: tuple[Message, ...]
    max_output_tokens: int = 1_024
    temperature: float | None = None
    stop: tuple[str, ...] = ()
    answer_schema: Mapping[str, Any] | None = None
    answer_is_strict: bool = True
    answer_is_json: bool = False
    tools: Tools | None = None
    sampling: Sampling | None = None
    exact: bool = False
    cache_salt: Salt | None = None  # set by the gateway: whose prefixes a server may find again in its cache

    def __post_init__(self) -> None:
        if not 1 <= len(self.messages) <= LONGEST_MESSAGES:
            raise ValueError(f"between 1 and {LONGEST_MESSAGES} messages")
        if self.characters > LONGEST_TEXT:
            raise ValueError(f"at most {LONGEST_TEXT} characters")
        if len(self.pictures) > MOST_PICTURES:
            raise ValueError(f"at most {MOST_PICTURES} images")
        if not 1 <= self.max_output_tokens <= LARGEST_OUTPUT:
            raise ValueError(f"max_output_tokens is between 1 and {LARGEST_OUTPUT}")
        if self.temperature is not None and not 0 <= self.temperature <= 2:
            raise ValueError("temperature is between 0 and 2")
        if len(self.stop) > 4 or any(not 1 <= len(word) <= 64 for word in self.stop):
            raise ValueError("at most 4 stop words of 1 to 64 characters")

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All that the model looks at."""
        return tuple(picture for message in self.messages for picture in message.pictures)

    @property
    def characters(self) -> int:
        """All that the model reads: messages, calls in them, and the description of tools."""
        told = sum(len(message.content) for message in self.messages)
        called = sum(len(call.name) + len(call.arguments) for message in self.messages for call in message.calls)
        return told + called + (self.tools.size if self.tools is not None else 0)


class CallDelta(msgspec.Struct, frozen=True, gc=False):
    """A piece of a call being written; the first of an `index` names it."""

    index: int
    id: str | None = None
    name: str | None = None
    arguments: str = ""


class Batch(msgspec.Struct, frozen=True, gc=False):
    """What one read of the network brought: text to append, and the model's own reasoning (never the answer)."""

    text: str
    reasoning: str = ""
    calls: tuple[CallDelta, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenCount:
    """Tokens read and written; `estimated` when the server gave none or gave nonsense."""

    prompt_tokens: int
    completion_tokens: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class Relevance:
    """How well each text answers a question, in the order of the texts; scores of two questions do not compare."""

    scores: tuple[float, ...]
    count: TokenCount


@dataclass(frozen=True, slots=True)
class Vectors:
    """One vector for each text, in order."""

    items: tuple[tuple[float, ...], ...]
    count: TokenCount
