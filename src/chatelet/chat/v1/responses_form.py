"""The answer as a `response`, whole or in the named events of its stream, numbered, in their official order."""

from typing import Any

from chatelet.chat.v1.exchange import Exchange
from chatelet.chat.v1.form import encode, told_of
from chatelet.chat.v1.responses_body import ResponsesBody
from chatelet.inference.exchange import Batch, Finish
from chatelet.kernel.errors import AppError
from chatelet.kernel.public_errors import public_error


class ResponsesForm:
    """One answer: a response that holds one message of one part."""

    __slots__ = ("_body", "_delta", "_number", "_text")

    def __init__(self, body: ResponsesBody) -> None:
        self._body = body
        self._number = 0
        self._delta = b""
        self._text: list[str] = []

    def opening(self, exchange: Exchange) -> bytes:
        """Open the response, its message and the message's part."""
        item = _item(exchange, "in_progress", None)
        place = {"item_id": _item_id(exchange), "output_index": 0, "content_index": 0}
        self._delta = encode(place)[1:-1]
        started = self._response(exchange, "in_progress", [])
        return (
            self._event("response.created", {"response": started})
            + self._event("response.in_progress", {"response": started})
            + self._event("response.output_item.added", {"output_index": 0, "item": item})
            + self._event("response.content_part.added", {**place, "part": _part("")})
        )

    def piece(self, batch: Batch) -> bytes:
        """Return the text that a batch adds."""
        if not batch.text:
            return b""
        self._text.append(batch.text)
        self._number += 1
        return (
            b'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":%d,%b,'
            b'"logprobs":[],"delta":%b}\n\n' % (self._number - 1, self._delta, encode(batch.text))
        )

    def closing(self, exchange: Exchange, finish: Finish) -> bytes:
        """Close the part, the message and the response."""
        text = "".join(self._text)
        place = {"item_id": _item_id(exchange), "output_index": 0, "content_index": 0}
        status = _status(finish)
        item = _item(exchange, status, text)
        done = self._response(exchange, status, [item], finish)
        return (
            self._event("response.output_text.done", {**place, "text": text, "logprobs": []})
            + self._event("response.content_part.done", {**place, "part": _part(text)})
            + self._event("response.output_item.done", {"output_index": 0, "item": item})
            + self._event(f"response.{status}", {"response": done})
        )

    def failure(self, exchange: Exchange, error: AppError) -> bytes:
        """Say that the response failed, and why."""
        told = public_error(error)["error"]
        failed = self._response(exchange, "failed", [])
        failed["error"] = {"code": told["code"], "message": told["message"]}
        return self._event("response.failed", {"response": failed})

    def whole(self, exchange: Exchange, batches: list[Batch], finish: Finish) -> dict[str, Any]:
        """Return the whole response."""
        status = _status(finish)
        item = _item(exchange, status, "".join(batch.text for batch in batches))
        return self._response(exchange, status, [item], finish)

    def _event(self, kind: str, fields: dict[str, Any]) -> bytes:
        data = encode({"type": kind, "sequence_number": self._number, **fields})
        self._number += 1
        return b"event: %b\ndata: %b\n\n" % (kind.encode(), data)

    def _response(
        self, exchange: Exchange, status: str, output: list[dict[str, Any]], finish: Finish | None = None
    ) -> dict[str, Any]:
        body = self._body
        why = {Finish.LENGTH: "max_output_tokens", Finish.FILTERED: "content_filter"}.get(finish or Finish.STOP)
        return {
            "id": f"resp_{exchange.id.hex}",
            "object": "response",
            "created_at": exchange.made_at,
            "status": status,
            "error": None,
            "incomplete_details": {"reason": why} if why and status == "incomplete" else None,
            "instructions": body.instructions,
            "max_output_tokens": body.max_output_tokens,
            "metadata": body.metadata or {},
            "model": exchange.model.id if exchange.model else exchange.wanted,
            "output": output,
            "parallel_tool_calls": False,
            "previous_response_id": None,
            "store": False,
            "temperature": body.temperature,
            "text": {"format": {"type": _format(body)}},
            "tool_choice": "none",
            "tools": [],
            "top_p": body.top_p,
            "usage": _usage(exchange),
            "chatelet": told_of(exchange),
        }


def _item(exchange: Exchange, status: str, text: str | None) -> dict[str, Any]:
    content = [] if text is None else [_part(text)]
    return {
        "id": _item_id(exchange), "type": "message", "role": "assistant", "status": status, "content": content
    }  # fmt: skip


def _part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def _status(finish: Finish) -> str:
    return "incomplete" if finish in {Finish.LENGTH, Finish.FILTERED} else "completed"


def _format(body: ResponsesBody) -> str:
    return body.text.format.type if body.text is not None and body.text.format is not None else "text"


def _usage(exchange: Exchange) -> dict[str, Any] | None:
    usage = exchange.usage
    if usage is None:
        return None
    return {
        "input_tokens": usage.prompt_tokens,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": usage.completion_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
    }


def _item_id(exchange: Exchange) -> str:
    return f"msg_{exchange.id.hex}"
