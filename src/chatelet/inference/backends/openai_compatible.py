"""Chat with any OpenAI-compatible server: one POST, judged by its headers.

    request -> body (fields we chose, within bounds) -> Outbound.post -> headers judged -> AnswerStream

A server that refuses one optional field is asked again without it, and that is remembered.
"""

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from chatelet.inference.backends.answers import AnswerStream
from chatelet.inference.backends.refusals import explain_object, explain_status
from chatelet.inference.errors import (
    ModelBrokenAnswer,
    ModelContextExceeded,
    ModelError,
    ModelTimeoutFirstToken,
    ModelUnreachable,
)
from chatelet.inference.exchange import ChatRequest
from chatelet.kernel.outbound import (
    BadAnswer,
    Disconnected,
    Incoming,
    NotDeclared,
    Outbound,
    OutboundError,
    TooLate,
    Unreachable,
)

_REFUSAL_BYTES: Final = 64 * 1024
_ANSWER_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upstream:
    """Whom to ask: a declared endpoint, the name it knows the model by, and how long to wait."""

    endpoint: str
    model: str
    first_token_seconds: float
    between_tokens_seconds: float


class OpenAICompatible:
    """Opens answers; remembers which optional fields each server does not accept."""

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self._refused_fields: dict[str, frozenset[str]] = {}

    async def open(self, upstream: Upstream, request: ChatRequest) -> AnswerStream:
        """Ask; return once the server has accepted. Raises `ModelError`."""
        for _attempt in range(len(_OPTIONAL_FIELDS) + 1):
            refused = self._refused_fields.get(upstream.endpoint, frozenset())
            incoming = await self._post(upstream, _body(upstream.model, request, refused))
            if incoming.status == 200 and incoming.content_type in {"text/event-stream", ""}:
                return AnswerStream(incoming, request, upstream.between_tokens_seconds)
            reason = await _read_refusal(incoming)
            field = _refused_field(incoming.status, reason, refused)
            if field is None:
                raise _judge(incoming, reason)
            self._refused_fields[upstream.endpoint] = refused | {field}
        raise ModelBrokenAnswer(reason="refuses_every_form")

    async def _post(self, upstream: Upstream, body: bytes) -> Incoming:
        try:
            return await self._outbound.post(
                upstream.endpoint,
                "/chat/completions",
                body,
                accept="text/event-stream",
                within=upstream.first_token_seconds,
                limit=_ANSWER_BYTES,
            )
        except TooLate:
            raise ModelTimeoutFirstToken from None
        except (Unreachable, NotDeclared):
            raise ModelUnreachable(reason="no_connection") from None
        except Disconnected:
            raise ModelUnreachable(reason="disconnected") from None
        except BadAnswer as error:
            raise ModelBrokenAnswer(reason="redirect" if str(error) == "redirect" else "not_http") from None

    async def models(self, endpoint: str, *, within: float) -> frozenset[str] | None:
        """Return the names a server says it serves, None when it does not say. Raises `ModelError`."""
        try:
            incoming = await self._outbound.get(endpoint, "/models", within=within, limit=4 * 1024 * 1024)
            try:
                body = await incoming.body(4 * 1024 * 1024)
            finally:
                incoming.close()
        except OutboundError as error:
            raise ModelUnreachable(reason=type(error).__name__.lower()) from None
        if incoming.status in {404, 405}:
            return None
        if incoming.status != 200:
            raise explain_status(incoming.status, incoming.header("retry-after"), body)
        return _names_in(body)


_OPTIONAL_FIELDS: Final = ("stream_options", "max_tokens", "temperature", "response_format")


def _body(model: str, request: ChatRequest, refused: frozenset[str]) -> bytes:
    fields: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "stream": True,
    }
    limit = "max_completion_tokens" if "max_tokens" in refused else "max_tokens"
    fields[limit] = request.max_output_tokens
    if "stream_options" not in refused:
        fields["stream_options"] = {"include_usage": True}
    if request.temperature is not None and "temperature" not in refused:
        fields["temperature"] = request.temperature
    if request.stop:
        fields["stop"] = list(request.stop)
    if request.answer_schema is not None and "response_format" not in refused:
        schema = {"name": "answer", "strict": True, "schema": request.answer_schema}
        fields["response_format"] = {"type": "json_schema", "json_schema": schema}
    try:
        return msgspec.json.encode(fields)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON bodies of browsers can hold
        for message in fields["messages"]:
            message["content"] = message["content"].encode("utf-8", "replace").decode()
        return msgspec.json.encode(fields)


def _refused_field(status: int, reason: bytes, refused: frozenset[str]) -> str | None:
    """Find which optional field the server complains about, if that is its complaint and dropping it is new."""
    if status not in {400, 422} or isinstance(explain_status(status, None, reason), ModelContextExceeded):
        return None
    named = [field for field in _OPTIONAL_FIELDS if field.encode() in reason and field not in refused]
    return named[0] if len(named) == 1 else None


async def _read_refusal(incoming: Incoming) -> bytes:
    incoming.expect_within(5)
    try:
        return await incoming.body(_REFUSAL_BYTES)
    except OutboundError:
        return b""
    finally:
        incoming.close()


def _judge(incoming: Incoming, reason: bytes) -> ModelError:
    if incoming.status != 200:
        return explain_status(incoming.status, incoming.header("retry-after"), reason)
    if b'"error"' in reason or b'"object":"error"' in reason.replace(b" ", b""):
        return explain_object(reason)
    return ModelBrokenAnswer(reason="not_a_stream")


class _Listed(msgspec.Struct):
    id: str


class _Listing(msgspec.Struct):
    data: list[_Listed]


def _names_in(body: bytes) -> frozenset[str] | None:
    try:
        return frozenset(listed.id for listed in msgspec.json.decode(body, type=_Listing).data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
