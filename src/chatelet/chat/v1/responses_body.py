"""The body of `POST /v1/responses`, text only: what is read of it, and what it becomes.

Nothing is kept on the server: a conversation is sent whole each time. What would need a store, or tools run here, is
refused by name.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from chatelet.chat.v1.chat_body import ModelName, OutputTokens, Temperature, TopP, schema_of
from chatelet.chat.v1.content import Content, Images, SchemaFormat, images_of, text_of
from chatelet.chat.v1.errors import InvalidParameter, UnsupportedParameter
from chatelet.inference.exchange import LARGEST_OUTPUT, LONGEST_MESSAGES, ChatRequest, Message, Sampling

_SKIPPED = frozenset({"reasoning"})


class Item(msgspec.Struct):
    """A message; items of a former answer may be sent back as they came."""

    type: Annotated[str, Meta(max_length=40)] = "message"
    role: Literal["system", "developer", "user", "assistant"] | None = None
    content: Content = None


class TextFormat(SchemaFormat):
    """The form of the answer."""

    type: Literal["text", "json_object", "json_schema"] = "text"


class TextOptions(msgspec.Struct):
    """How the text must be."""

    format: TextFormat | None = None


class ResponsesBody(msgspec.Struct):
    """The body."""

    model: ModelName
    input: str | Annotated[list[Item], Meta(min_length=1, max_length=LONGEST_MESSAGES)]
    instructions: str | None = None
    stream: bool | None = None
    max_output_tokens: OutputTokens | None = None
    temperature: Temperature | None = None
    top_p: TopP | None = None
    text: TextOptions | None = None
    metadata: dict[Annotated[str, Meta(max_length=64)], Annotated[str, Meta(max_length=512)]] | None = None
    tools: list[Any] | None = None
    previous_response_id: str | None = None
    conversation: Any = None
    background: bool | None = None
    prompt: Any = None

    def to_request(self) -> ChatRequest:
        """Return what the gateway takes. Raises `InvalidParameter`, `UnsupportedParameter`."""
        self._refuse_unsupported()
        form = self.text.format if self.text is not None else None
        schema, strict = None, True
        if form is not None and form.type == "json_schema":
            schema, strict = schema_of(form, "text.format")
        try:
            return ChatRequest(
                tuple(self._messages()),
                max_output_tokens=self.max_output_tokens or LARGEST_OUTPUT,
                temperature=self.temperature,
                answer_schema=schema,
                answer_is_strict=strict,
                answer_is_json=form is not None and form.type == "json_object",
                sampling=Sampling(self.top_p),
                exact=True,
            )
        except ValueError as error:
            raise InvalidParameter(field="input", reason=str(error)) from None

    def _messages(self) -> list[Message]:
        told = [Message("system", self.instructions)] if self.instructions else []
        if isinstance(self.input, str):
            return [*told, Message("user", self.input)]
        for index, item in enumerate(self.input):
            if item.type in _SKIPPED:
                continue
            if item.type != "message" or item.role is None:
                raise UnsupportedParameter(field=f"input[{index}]", reason="only messages are read")
            role = "system" if item.role == "developer" else item.role
            told.append(Message(role, text_of(item.content, f"input[{index}]")))
        return told

    def images(self) -> Images:
        """Return the images, by the place of their message. Raises `UnsupportedParameter`, `InvalidParameter`."""
        if isinstance(self.input, str):
            return {}
        items = [(index, item) for index, item in enumerate(self.input) if item.type not in _SKIPPED]
        first = 1 if self.instructions else 0
        return {
            place: found
            for place, (index, item) in enumerate(items, start=first)
            if (found := images_of(item.content, f"input[{index}]"))
        }

    def _refuse_unsupported(self) -> None:
        kept = "nothing is kept here: send the whole conversation"
        if self.previous_response_id is not None:
            raise UnsupportedParameter(field="previous_response_id", reason=kept)
        if self.conversation is not None:
            raise UnsupportedParameter(field="conversation", reason=kept)
        if self.background:
            raise UnsupportedParameter(field="background", reason="answers are given at once")
        if self.prompt is not None:
            raise UnsupportedParameter(field="prompt", reason="no prompt is kept here")
        if self.tools:
            raise UnsupportedParameter(field="tools", reason="text only: tools are on /v1/chat/completions")
        if self.metadata is not None and len(self.metadata) > 16:
            raise InvalidParameter(field="metadata", reason="at most 16 pairs")
