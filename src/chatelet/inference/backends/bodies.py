"""What is sent to an OpenAI-compatible server, field by field: nothing that we did not choose, name and bound."""

import math
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from chatelet.inference.backends.refusals import explain_status
from chatelet.inference.errors import ModelBrokenAnswer, ModelContextExceeded
from chatelet.inference.exchange import ChatRequest, Message, Sampling, TokenCount, Tool, Tools, Vectors
from chatelet.inference.usage import estimate_tokens

# Fields whose absence changes nothing of what was asked; the others say how the answer must be.
FORMAL_FIELDS: Final = ("stream_options", "max_tokens", "cache_salt")
_SAMPLING_FIELDS: Final = ("top_p", "seed", "presence_penalty", "frequency_penalty")
OPTIONAL_FIELDS: Final = (*FORMAL_FIELDS, "temperature", "response_format", *_SAMPLING_FIELDS, "parallel_tool_calls")


def chat_body(model: str, request: ChatRequest, refused: frozenset[str]) -> bytes:
    """Write a request without the fields that this server refuses."""
    salt = request.cache_salt
    in_words = salt is not None and (salt.in_words or "cache_salt" in refused)  # one way or the other, never neither
    messages = request.messages
    if salt is not None and in_words:
        messages = salt.put_in(messages, tools=request.tools is not None)
    fields: dict[str, Any] = {
        "model": model,
        "messages": [_message(message) for message in messages],
        "stream": True,
    }
    limit = "max_completion_tokens" if "max_tokens" in refused else "max_tokens"
    fields[limit] = request.max_output_tokens
    optional: dict[str, Any] = {"stream_options": {"include_usage": True}, "temperature": request.temperature}
    optional["cache_salt"] = None if salt is None or in_words else salt.value
    if request.stop:
        fields["stop"] = list(request.stop)
    if request.answer_schema is not None:
        schema = {"name": "answer", "strict": request.answer_is_strict, "schema": request.answer_schema}
        optional["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif request.answer_is_json:
        optional["response_format"] = {"type": "json_object"}
    if request.sampling is not None:
        optional |= _sampling(request.sampling)
    if request.tools is not None:
        optional["parallel_tool_calls"] = request.tools.parallel
        fields |= _tools(request.tools)
    # What a caller asked for in so many words is always said: a server that cannot do it must say so.
    left_out = frozenset(FORMAL_FIELDS) & refused if request.exact else refused
    fields |= {name: value for name, value in optional.items() if value is not None and name not in left_out}
    return _encode(fields)


def embedding_body(model: str, texts: Sequence[str], dimensions: int | None) -> bytes:
    """Write a request for vectors, as numbers."""
    fields: dict[str, Any] = {"model": model, "input": list(texts), "encoding_format": "float"}
    return msgspec.json.encode(fields if dimensions is None else fields | {"dimensions": dimensions})


def refused_field(status: int, reason: bytes, refused: frozenset[str]) -> str | None:
    """Find which optional field the server complains about, if that is its complaint and dropping it is new."""
    if status not in {400, 422} or isinstance(explain_status(status, None, reason), ModelContextExceeded):
        return None
    named = [field for field in OPTIONAL_FIELDS if field.encode() in reason and field not in refused]
    return named[0] if len(named) == 1 else None


class _Vector(msgspec.Struct):
    embedding: list[float]
    index: int = -1


class _Spent(msgspec.Struct):
    prompt_tokens: int = 0


class _Vectors(msgspec.Struct):
    data: list[_Vector]
    usage: _Spent | None = None


def read_vectors(raw: bytes, texts: Sequence[str]) -> Vectors:
    """Return the vectors in the order of the texts. Raises `ModelBrokenAnswer` for anything else."""
    try:
        answer = msgspec.json.decode(raw, type=_Vectors)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise ModelBrokenAnswer(reason="malformed_json") from None
    found = sorted(answer.data, key=lambda vector: vector.index)
    widths = {len(vector.embedding) for vector in found}
    is_whole = len(found) == len(texts) and len(widths) == 1 and 0 not in widths
    if not is_whole or not all(math.isfinite(number) for vector in found for number in vector.embedding):
        raise ModelBrokenAnswer(reason="not_vectors")
    characters = sum(map(len, texts))
    told = answer.usage.prompt_tokens if answer.usage is not None else 0
    if 0 < told <= 4 * characters + 16 * len(texts):
        count = TokenCount(told, 0, estimated=False)
    else:
        count = TokenCount(estimate_tokens(characters), 0, estimated=True)
    return Vectors(tuple(tuple(vector.embedding) for vector in found), count)


def _message(message: Message) -> dict[str, Any]:
    fields: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.pictures:
        shown = [{"type": "image_url", "image_url": {"url": picture.data_address}} for picture in message.pictures]
        fields["content"] = [*shown, {"type": "text", "text": message.content}]
    if message.calls:
        fields["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.calls
        ]
    if message.call_id is not None:
        fields["tool_call_id"] = message.call_id
    return fields


def _sampling(sampling: Sampling) -> dict[str, float | int | None]:
    return {
        "top_p": sampling.top_p,
        "seed": sampling.seed,
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
    }


def _tools(tools: Tools) -> dict[str, Any]:
    choice = tools.choice
    named = {"type": "function", "function": {"name": choice.name}} if isinstance(choice, Tool) else choice
    return {"tools": [_tool(tool) for tool in tools.offered], "tool_choice": named}


def _tool(tool: Tool) -> dict[str, Any]:
    told = {"description": tool.description, "parameters": tool.parameters, "strict": tool.strict}
    function = {"name": tool.name} | {name: value for name, value in told.items() if value is not None}
    return {"type": "function", "function": function}


def _mended(content: Any) -> Any:
    if isinstance(content, str):
        return content.encode("utf-8", "replace").decode()
    return [part | {"text": _mended(part["text"])} if "text" in part else part for part in content]


def _encode(fields: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(fields)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON bodies of browsers can hold
        for message in fields["messages"]:
            message["content"] = _mended(message["content"])
        return msgspec.json.encode(fields)
