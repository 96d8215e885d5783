"""Chat with any OpenAI-compatible server: one POST, judged by its headers.

    request -> body (fields we chose, within bounds) -> Outbound.post -> headers judged -> AnswerStream

A server that refuses one optional field is asked again without it, and that is remembered; a salt then goes in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from chatelet.inference.backends.answers import AnswerStream
from chatelet.inference.backends.bodies import (
    FORMAL_FIELDS,
    OPTIONAL_FIELDS,
    chat_body,
    embedding_body,
    read_vectors,
    refused_field,
)
from chatelet.inference.backends.refusals import explain_object, explain_status
from chatelet.inference.backends.reranking import read_relevance, reranking_body
from chatelet.inference.errors import (
    ModelBrokenAnswer,
    ModelError,
    ModelTimeoutFirstToken,
    ModelUnreachable,
)
from chatelet.inference.exchange import ChatRequest, Relevance, Vectors
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
        for _attempt in range(len(OPTIONAL_FIELDS) + 1):
            refused = self._refused_fields.get(upstream.endpoint, frozenset())
            incoming = await self._post(upstream, "/chat/completions", chat_body(upstream.model, request, refused))
            if incoming.status == 200 and incoming.content_type in {"text/event-stream", ""}:
                return AnswerStream(incoming, request, upstream.between_tokens_seconds)
            reason = await _read_refusal(incoming)
            field = refused_field(incoming.status, reason, refused)
            if field is None or (request.exact and field not in FORMAL_FIELDS):
                raise _judge(incoming, reason)
            self._refused_fields[upstream.endpoint] = refused | {field}
        raise ModelBrokenAnswer(reason="refuses_every_form")

    async def embed(self, upstream: Upstream, texts: Sequence[str], dimensions: int | None) -> Vectors:
        """Return a vector for each text. Raises `ModelError`."""
        body = embedding_body(upstream.model, texts, dimensions)
        return read_vectors(await self._whole(upstream, "/embeddings", body), texts)

    async def rerank(self, upstream: Upstream, query: str, texts: Sequence[str]) -> Relevance:
        """Return how well each text answers `query`. Raises `ModelError`."""
        body = reranking_body(upstream.model, query, texts)
        return read_relevance(await self._whole(upstream, "/rerank", body), query, texts)

    async def _whole(self, upstream: Upstream, path: str, body: bytes) -> bytes:
        incoming = await self._post(upstream, path, body, accept="application/json")
        incoming.expect_within(upstream.first_token_seconds)
        try:
            if incoming.status != 200:
                raise _judge(incoming, await _read_refusal(incoming))
            return await incoming.body(_ANSWER_BYTES)
        except TooLate:
            raise ModelTimeoutFirstToken from None
        except OutboundError:
            raise ModelBrokenAnswer(reason="truncated") from None
        finally:
            incoming.close()

    async def _post(self, upstream: Upstream, path: str, body: bytes, *, accept: str = "text/event-stream") -> Incoming:
        try:
            return await self._outbound.post(
                upstream.endpoint,
                path,
                body,
                accept=accept,
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
