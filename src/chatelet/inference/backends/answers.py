"""An answer while it is written: one batch per network read, one parse per chunk, one flat loop.

Every lie or failure of the server becomes one coded `ModelError`. Closing the stream cuts the connection, which is how
a model server learns that it may free the slot (TA-154).
"""

import contextlib
from typing import Final

import msgspec

from chatelet.inference.backends.chunks import Chunk, ChunkDecoder, Part
from chatelet.inference.backends.refusals import explain_object
from chatelet.inference.backends.tool_calls import read as read_calls
from chatelet.inference.errors import ModelBrokenAnswer, ModelError, ModelTimeoutBetweenTokens, ModelTimeoutFirstToken
from chatelet.inference.exchange import Batch, CallDelta, ChatRequest, Finish, TokenCount
from chatelet.inference.usage import estimate_request, estimate_tokens
from chatelet.kernel.outbound import BadAnswer, Incoming, OutboundError, TooLate

_FINISHES: Final = {"length": Finish.LENGTH, "model_length": Finish.LENGTH, "content_filter": Finish.FILTERED}
_CALLING: Final = frozenset({"tool_calls", "function_call"})
_AFTER_FINISH_SECONDS: Final = 2.0
_AFTER_DONE_SECONDS: Final = 0.25


class AnswerStream:
    """An answer being written. `read` until None; then `finish` and `count` are set. Always `close`."""

    __slots__ = (
        "_between",
        "_called",
        "_decoder",
        "_ended",
        "_failure",
        "_incoming",
        "_raw_usage",
        "_reasoned",
        "_request",
        "_written",
        "finish",
        "opened",
    )

    def __init__(self, incoming: Incoming, request: ChatRequest, between_tokens_seconds: float) -> None:
        self._incoming = incoming
        self._request = request
        self._between = between_tokens_seconds
        self._decoder = ChunkDecoder()
        self._raw_usage = b""
        self._written = 0
        self._reasoned = 0
        self._called = 0
        self._ended = False
        self._failure: ModelError | None = None
        self.finish: Finish | None = None
        self.opened = False

    async def read(self) -> Batch | None:
        """Return what the next network read brought; None when the answer is complete. Raises `ModelError`."""
        if self._ended:
            return None
        while not self._decoder.done:
            if self._failure is not None:
                raise self._failure
            data = await self._next_bytes()
            chunks = self._decoder.feed(data) if data else self._decoder.flush()
            batch = self._merge(chunks) if chunks else None
            if self._decoder.broken is not None and self._failure is None:
                self._failure = ModelBrokenAnswer(reason=self._decoder.broken)
            if batch is not None:
                self.opened = True
                if self.finish is None:
                    self._incoming.expect_within(self._between)
                return batch
            if not data and self._failure is None:
                break
        await self._settle()
        self._ended = True
        return None

    async def _next_bytes(self) -> bytes:
        try:
            return await self._incoming.read()
        except BadAnswer:
            raise ModelBrokenAnswer(reason="too_large") from None
        except OutboundError as error:
            if self.finish is not None:  # all was said; only the farewell is missing
                return b""
            if isinstance(error, TooLate):
                raise (ModelTimeoutBetweenTokens() if self.opened else ModelTimeoutFirstToken()) from None
            raise ModelBrokenAnswer(reason="truncated") from None

    @property
    def count(self) -> TokenCount:
        """Tokens as the server counts them, or our estimate when it gave none or nonsense."""
        claimed = _claimed(self._raw_usage)
        if claimed is not None and self._is_believable(claimed):
            return claimed
        written = self._written + self._reasoned + self._called
        return TokenCount(estimate_request(self._request), estimate_tokens(written), estimated=True)

    def _is_believable(self, claimed: TokenCount) -> bool:
        """Refuse lies: a tokenizer makes at most one token per byte, a server writes no more than it may."""
        request = self._request
        shown = 8 * sum(picture.tokens for picture in request.pictures)  # smaller patches than we count
        most_read = 4 * request.characters + 64 * len(request.messages) + shown + 4_096
        least_written = 1 if self._written or self._reasoned or self._called else 0
        most_written = request.max_output_tokens + 64
        return 0 < claimed.prompt_tokens <= most_read and least_written <= claimed.completion_tokens <= most_written

    def close(self) -> None:
        """Let go of the connection; an unfinished answer is cut at once."""
        self._incoming.close()

    def _merge(self, chunks: list[Chunk]) -> Batch | None:
        text = reasoning = ""
        calls: tuple[CallDelta, ...] = ()
        for chunk in chunks:
            if chunk.error and chunk.error != b"null":
                self._failure = explain_object(bytes(chunk.error))
                break
            if chunk.usage and chunk.usage != b"null":
                self._raw_usage = bytes(chunk.usage)
            if not chunk.choices:
                continue
            choice = chunk.choices[0]
            delta = choice.delta
            if delta is not None:
                content = delta.content
                if content:
                    text += content if isinstance(content, str) else _text_of(content)
                elif delta.reasoning_content or delta.reasoning:
                    reasoning += delta.reasoning_content or delta.reasoning or ""
                if delta.tool_calls:
                    calls += self._calls(bytes(delta.tool_calls))
            if choice.finish_reason:
                self._finished(choice.finish_reason)
        self._written += len(text)
        self._reasoned += len(reasoning)
        return Batch(text, reasoning, calls) if text or reasoning or calls else None

    def _calls(self, raw: bytes) -> tuple[CallDelta, ...]:
        """Read calls of tools; nobody who offered none ever sees one."""
        if self._request.tools is None or raw == b"null":
            return ()
        try:
            calls = read_calls(raw)
        except ValueError:
            self._failure = ModelBrokenAnswer(reason="malformed_json")
            return ()
        self._called += sum(len(call.name or "") + len(call.arguments) for call in calls)
        return calls

    def _finished(self, reason: str) -> None:
        if reason == "error":
            self._failure = ModelBrokenAnswer(reason="error_in_stream")
            return
        is_calling = reason in _CALLING and self._request.tools is not None
        self.finish = Finish.TOOL_CALLS if is_calling else _FINISHES.get(reason, Finish.STOP)
        self._incoming.expect_within(_AFTER_FINISH_SECONDS)

    async def _settle(self) -> None:
        """Judge the end; read the last bytes so that the connection can serve again."""
        if self.finish is None and not self._decoder.done:
            raise ModelBrokenAnswer(reason="truncated")
        self.finish = self.finish or Finish.STOP
        if not self._written and not self._reasoned and not self._called and self.finish is Finish.STOP:
            raise ModelBrokenAnswer(reason="empty")
        self._incoming.expect_within(_AFTER_DONE_SECONDS)
        with contextlib.suppress(OutboundError):
            await self._incoming.read()


def _text_of(parts: list[Part]) -> str:
    return "".join(part.text for part in parts if part.type == "text")


class _Usage(msgspec.Struct):
    prompt_tokens: int
    completion_tokens: int = 0


def _claimed(raw: bytes) -> TokenCount | None:
    try:
        usage = msgspec.json.decode(raw, type=_Usage)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return TokenCount(usage.prompt_tokens, usage.completion_tokens, estimated=False)
