"""Words in a message: a text, or a list of parts of text. Anything that would have to be fetched is refused.

Servers that fetch the images of a message let callers reach the network behind them (TA-060): no address is ever
passed on, and images as data are not accepted either.
"""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from chatelet.chat.v1.errors import UnsupportedParameter
from chatelet.inference.exchange import LONGEST_MESSAGES

_TEXTS: Final = frozenset({"text", "input_text", "output_text"})


class Part(msgspec.Struct):
    """A part of a message."""

    type: Annotated[str, Meta(max_length=40)]
    text: str = ""
    refusal: str = ""


Content = str | Annotated[list[Part], Meta(max_length=LONGEST_MESSAGES)] | None


class SchemaFormat(msgspec.Struct):
    """A form of answer by JSON Schema."""

    schema: dict[str, Any] | None = None
    strict: bool | None = None
    name: Annotated[str, Meta(max_length=64)] = "answer"


def text_of(content: Content, field: str) -> str:
    """Return the text of a message. Raises `UnsupportedParameter` for parts that are not text."""
    if content is None or isinstance(content, str):
        return content or ""
    for part in content:
        if part.type not in _TEXTS and part.type != "refusal":
            raise UnsupportedParameter(field=f"{field}.content", reason=f"only parts of text are read, not {part.type}")
    return "".join(part.text or part.refusal for part in content)
