"""The body of `POST /v1/chat/completions`: every parameter that is read, its bounds, and what it becomes.

A parameter that is not declared here is dropped: addresses, headers or keys of servers that a caller may name never
mean anything (TA-062), and no number reaches a model server outside of its bounds (TA-150).
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from chatelet.chat.v1 import json_limits
from chatelet.chat.v1.content import Content, Images, SchemaFormat, images_of, text_of
from chatelet.chat.v1.errors import InvalidParameter, UnsupportedParameter
from chatelet.inference.exchange import (
    LARGEST_OUTPUT,
    LONGEST_MESSAGES,
    ChatRequest,
    Message,
    Sampling,
    Tool,
    ToolCall,
    Tools,
)

ModelName = Annotated[str, Meta(min_length=1, max_length=200)]
OutputTokens = Annotated[int, Meta(ge=1, le=LARGEST_OUTPUT)]
Temperature = Annotated[float, Meta(ge=0, le=2)]
TopP = Annotated[float, Meta(ge=0, le=1)]
Penalty = Annotated[float, Meta(ge=-2, le=2)]
Seed = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
StopWord = Annotated[str, Meta(min_length=1, max_length=64)]
_FunctionName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,128}$")]
_CallId = Annotated[str, Meta(min_length=1, max_length=200)]


class Called(msgspec.Struct):
    """The function of a call that the model made earlier."""

    name: _FunctionName
    arguments: str = ""


class CallBody(msgspec.Struct):
    """A call that the model made earlier."""

    id: _CallId
    function: Called
    type: Literal["function"] = "function"


class MessageBody(msgspec.Struct):
    """One message."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Content = None
    tool_calls: Annotated[list[CallBody], Meta(max_length=128)] | None = None
    tool_call_id: _CallId | None = None


class FunctionBody(msgspec.Struct):
    """A function that the caller can run."""

    name: _FunctionName
    description: Annotated[str, Meta(max_length=32_000)] | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class ToolBody(msgspec.Struct):
    """A tool; only functions are known."""

    type: Annotated[str, Meta(max_length=40)]
    function: FunctionBody | None = None


class ChosenFunction(msgspec.Struct):
    """The name of the function to call."""

    name: _FunctionName


class ChosenTool(msgspec.Struct):
    """The tool to call."""

    function: ChosenFunction
    type: Literal["function"] = "function"


class ResponseFormat(msgspec.Struct):
    """The form of the answer."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: SchemaFormat | None = None


class StreamOptions(msgspec.Struct):
    """What a stream tells beside the answer."""

    include_usage: bool | None = None


class ChatBody(msgspec.Struct):
    """The body."""

    model: ModelName
    messages: Annotated[list[MessageBody], Meta(min_length=1, max_length=LONGEST_MESSAGES)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_tokens: OutputTokens | None = None
    max_completion_tokens: OutputTokens | None = None
    temperature: Temperature | None = None
    top_p: TopP | None = None
    n: Annotated[int, Meta(ge=1, le=128)] | None = None
    stop: StopWord | Annotated[list[StopWord], Meta(max_length=4)] | None = None
    seed: Seed | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    response_format: ResponseFormat | None = None
    tools: Annotated[list[ToolBody], Meta(max_length=128)] | None = None
    tool_choice: Literal["auto", "none", "required"] | ChosenTool | None = None
    parallel_tool_calls: bool | None = None
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Meta(ge=0, le=20)] | None = None
    logit_bias: dict[str, float] | None = None
    functions: list[Any] | None = None

    @property
    def wants_usage(self) -> bool:
        """Whether a stream ends with its figures."""
        return self.stream_options is not None and bool(self.stream_options.include_usage)

    def to_request(self) -> ChatRequest:
        """Return what the gateway takes. Raises `InvalidParameter`, `UnsupportedParameter`."""
        self._refuse_unsupported()
        schema, strict, is_json = _form(self.response_format)
        messages = tuple(_message(message, f"messages[{index}]") for index, message in enumerate(self.messages))
        stop = (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())
        sampling = Sampling(self.top_p, self.seed, self.presence_penalty, self.frequency_penalty)
        tools = _tools(self)
        try:
            return ChatRequest(
                messages,
                max_output_tokens=self.max_completion_tokens or self.max_tokens or LARGEST_OUTPUT,
                temperature=self.temperature,
                stop=stop,
                answer_schema=schema,
                answer_is_strict=strict,
                answer_is_json=is_json,
                tools=tools,
                sampling=sampling,
                exact=True,
            )
        except ValueError as error:
            raise InvalidParameter(field="messages", reason=str(error)) from None

    def images(self) -> Images:
        """Return the images, by the place of their message. Raises `UnsupportedParameter`, `InvalidParameter`."""
        return {
            index: found
            for index, message in enumerate(self.messages)
            if (found := images_of(message.content, f"messages[{index}]"))
        }

    def _refuse_unsupported(self) -> None:
        if self.n not in {None, 1}:
            raise UnsupportedParameter(field="n", reason="one answer at a time")
        if self.logprobs or self.top_logprobs:
            raise UnsupportedParameter(field="logprobs", reason="probabilities of tokens are not given")
        if self.logit_bias:
            raise UnsupportedParameter(field="logit_bias", reason="not passed on")
        if self.functions:
            raise UnsupportedParameter(field="functions", reason="use tools")


def _message(body: MessageBody, field: str) -> Message:
    if body.role == "tool" and body.tool_call_id is None:
        raise InvalidParameter(field=f"{field}.tool_call_id", reason="says which call this answers")
    calls = tuple(ToolCall(call.id, call.function.name, call.function.arguments) for call in body.tool_calls or ())
    return Message(
        role="system" if body.role == "developer" else body.role,
        content=text_of(body.content, field),
        calls=calls if body.role == "assistant" else (),
        call_id=body.tool_call_id if body.role == "tool" else None,
    )


def _form(asked: ResponseFormat | None) -> tuple[dict[str, Any] | None, bool, bool]:
    """Return the schema of the answer, whether it is strict, and whether any JSON object will do."""
    if asked is None or asked.type == "text":
        return None, True, False
    if asked.type == "json_object":
        return None, True, True
    return (*schema_of(asked.json_schema, "response_format.json_schema"), False)


def schema_of(asked: SchemaFormat | None, field: str) -> tuple[dict[str, Any], bool]:
    """Return a checked schema, and whether it is strict."""
    if asked is None or asked.schema is None:
        raise InvalidParameter(field=field, reason="a schema is expected")
    json_limits.check_schema(asked.schema, field)
    return asked.schema, bool(asked.strict)


def _tools(body: ChatBody) -> Tools | None:
    if not body.tools:
        return None
    size = 0
    offered: list[Tool] = []
    for index, tool in enumerate(body.tools):
        field = f"tools[{index}]"
        if tool.type != "function" or tool.function is None:
            raise UnsupportedParameter(field=field, reason="only functions are known")
        function = tool.function
        if function.parameters is not None:
            size += json_limits.check_schema(function.parameters, f"{field}.function.parameters")
        size += len(function.name) + len(function.description or "")
        if size > 4 * json_limits.LARGEST:
            raise InvalidParameter(field="tools", reason="the descriptions of tools are too long together")
        offered.append(Tool(function.name, function.description, function.parameters, function.strict))
    return Tools(tuple(offered), _choice(body, offered), body.parallel_tool_calls, size)


def _choice(body: ChatBody, offered: list[Tool]) -> Literal["auto", "none", "required"] | Tool:
    if not isinstance(body.tool_choice, ChosenTool):
        return body.tool_choice or "auto"
    wanted = body.tool_choice.function.name
    chosen = next((tool for tool in offered if tool.name == wanted), None)
    if chosen is None:
        raise InvalidParameter(field="tool_choice", reason="names none of the tools")
    return chosen
