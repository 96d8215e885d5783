"""The answer as `chat.completion`, whole or in `chat.completion.chunk`s ended by `[DONE]`.

One chunk costs an encoding of its text between two halves written once: no model, no dictionary.
"""

from typing import Any, Final

from chatelet.chat.v1.exchange import Exchange
from chatelet.chat.v1.form import encode, error_event, event, told_of
from chatelet.inference.exchange import Batch, CallDelta, Finish
from chatelet.inference.usage import Usage
from chatelet.kernel.errors import AppError

_FINISHES: Final = {Finish.FILTERED: "content_filter"}
_END: Final = b"data: [DONE]\n\n"
_TAIL: Final = b'},"logprobs":null,"finish_reason":null}]}\n\n'


class ChatForm:
    """One answer."""

    __slots__ = ("_first", "_head", "_reasoning", "_text", "_wants_usage")

    def __init__(self, *, wants_usage: bool) -> None:
        self._wants_usage = wants_usage
        self._head = b""
        self._text = b""
        self._reasoning = b""

    def opening(self, exchange: Exchange) -> bytes:
        """Name the answer and its author."""
        common = {
            "id": _id(exchange),
            "object": "chat.completion.chunk",
            "created": exchange.made_at,
            "model": exchange.model.id if exchange.model else exchange.wanted,
            "system_fingerprint": None,
        }
        if self._wants_usage:
            common["usage"] = None
        self._head = encode(common)[:-1]
        delta = b'data: %b,"choices":[{"index":0,"delta":{' % self._head
        self._text = delta + b'"content":'
        self._reasoning = delta + b'"reasoning_content":'
        marked = b'"chatelet":%b,"choices":[{"index":0,"delta":{' % encode(told_of(exchange))
        return b'data: %b,%b"role":"assistant","content":""%b' % (self._head, marked, _TAIL)

    def piece(self, batch: Batch) -> bytes:
        """Return one chunk; very rarely, a batch of text and calls is several."""
        if batch.text and not batch.calls and not batch.reasoning:
            return self._text + encode(batch.text) + _TAIL
        frame = self._reasoning + encode(batch.reasoning) + _TAIL if batch.reasoning else b""
        if batch.text:
            frame += self._text + encode(batch.text) + _TAIL
        return frame + self._calls(batch.calls) if batch.calls else frame

    def _calls(self, calls: tuple[CallDelta, ...]) -> bytes:
        told = encode([_call(call) for call in calls])
        return b'data: %b,"choices":[{"index":0,"delta":{"tool_calls":%b%b' % (self._head, told, _TAIL)

    def closing(self, exchange: Exchange, finish: Finish) -> bytes:
        """Say why it ended and, when asked, what it cost."""
        reason = encode(_FINISHES.get(finish, finish.value))
        choice = b'[{"index":0,"delta":{},"logprobs":null,"finish_reason":%b}]' % reason
        said = b',"chatelet":' + encode(told_of(exchange)) if exchange.told else b""
        frame = event(b'%b,"choices":%b%b}' % (self._head, choice, said))
        if self._wants_usage and exchange.usage is not None:
            told = encode({"usage": usage_of(exchange.usage), "chatelet": told_of(exchange)})[1:]
            head = self._head.replace(b',"usage":null', b"", 1)
            frame += event(b'%b,"choices":[],%b' % (head, told))
        return frame + _END

    def failure(self, exchange: Exchange, error: AppError) -> bytes:  # noqa: ARG002 (the other form says whose)
        """Tell the error in the stream; no `[DONE]` follows."""
        return error_event(error)

    def whole(self, exchange: Exchange, batches: list[Batch], finish: Finish) -> dict[str, Any]:
        """Return the whole answer."""
        calls = joined([call for batch in batches for call in batch.calls])
        text = "".join(batch.text for batch in batches)
        reasoning = "".join(batch.reasoning for batch in batches)
        message: dict[str, Any] = {"role": "assistant", "content": text or (None if calls else ""), "refusal": None}
        if calls:
            message["tool_calls"] = calls
        if reasoning:
            message["reasoning_content"] = reasoning
        reason = _FINISHES.get(finish, finish.value)
        return {
            "id": _id(exchange),
            "object": "chat.completion",
            "created": exchange.made_at,
            "model": exchange.model.id if exchange.model else exchange.wanted,
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reason}],
            "usage": usage_of(exchange.usage) if exchange.usage else None,
            "system_fingerprint": None,
            "chatelet": told_of(exchange),
        }


def usage_of(usage: Usage) -> dict[str, int]:
    """Return the figures under their public names."""
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
    }


def joined(pieces: list[CallDelta]) -> list[dict[str, Any]]:
    """Join the pieces of calls; one that never got its name or identifier is given one."""
    calls: dict[int, dict[str, str]] = {}
    for piece in pieces:
        call = calls.setdefault(piece.index, {"id": "", "name": "", "arguments": ""})
        call["id"] = call["id"] or piece.id or ""
        call["name"] = call["name"] or piece.name or ""
        call["arguments"] += piece.arguments
    return [
        {
            "id": call["id"] or f"call_{index}",
            "type": "function",
            "function": {"name": call["name"], "arguments": call["arguments"]},
        }
        for index, call in sorted(calls.items())
    ]


def _call(piece: CallDelta) -> dict[str, Any]:
    function: dict[str, str] = {"arguments": piece.arguments}
    told: dict[str, Any] = {"index": piece.index, "function": function}
    if piece.name is not None:
        function["name"] = piece.name
        told |= {"id": piece.id or f"call_{piece.index}", "type": "function"}
    return told


def _id(exchange: Exchange) -> str:
    return f"chatcmpl-{exchange.id.hex}"
