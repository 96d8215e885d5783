"""What a model server's refusal means: from its status and its words to one coded error.

Recognised words, seen in the servers' sources and issues: llama.cpp `exceed_context_size_error`; vLLM "maximum
context length" and "longer than the maximum model length"; OpenAI `context_length_exceeded`; TGI "`inputs` tokens +
`max_new_tokens` must be". The words themselves are dropped: servers repeat parts of the question in them.
"""

import re
from typing import Final

import msgspec

from chatelet.inference.errors import (
    ModelBrokenAnswer,
    ModelContextExceeded,
    ModelError,
    ModelOverloaded,
    ModelRefusedCredentials,
    ModelRejectedRequest,
    ModelUnreachable,
)

_CONTEXT: Final = re.compile(
    rb"exceed_context_size|context_length_exceeded|context (?:length|size|window)|maximum model length"
    rb"|maximum number of tokens|max_new_tokens.{0,4} must be|too many tokens|prompt is too long|too large for model",
    re.IGNORECASE,
)
_BUSY: Final = re.compile(
    rb"overloaded|rate.?limit|too many requests|capacity|loading model|queue is full", re.IGNORECASE
)
_CLIENT_FAULTS: Final = range(400, 500)
_READ_FOR_A_REASON: Final = 8_192


def explain_status(status: int, retry_after: str | None, body: bytes) -> ModelError:
    """Return the error for an HTTP status other than 200."""
    body = body[:_READ_FOR_A_REASON]
    if status == 413 or (status in {400, 422, 500} and _CONTEXT.search(body)):
        return ModelContextExceeded()
    if status in {401, 403}:
        return ModelRefusedCredentials(status=status)
    if status in {429, 503}:
        return ModelOverloaded(retry_after=_seconds(retry_after))
    if status == 404:
        return ModelUnreachable(status=status, reason="unknown_model")
    if status in _CLIENT_FAULTS and status != 408:
        return ModelRejectedRequest(status=status)
    return ModelUnreachable(status=status)


def explain_object(raw: bytes) -> ModelError:
    """Return the error for an error object met where an answer was due (200, or in the stream)."""
    raw = raw[:_READ_FOR_A_REASON]
    if _CONTEXT.search(raw):
        return ModelContextExceeded()
    status = _status_in(raw)
    if status in {401, 403}:
        return ModelRefusedCredentials(status=status)
    if status in {429, 503} or _BUSY.search(raw):
        return ModelOverloaded(retry_after=_seconds(None))
    return ModelBrokenAnswer(reason="error_in_stream")


class _ErrorObject(msgspec.Struct):
    code: int | str | None = None


def _status_in(raw: bytes) -> int:
    try:
        found = msgspec.json.decode(raw, type=_ErrorObject)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return 0
    code = str(found.code)
    return int(code) if re.fullmatch(r"[45]\d\d", code) else 0


def _seconds(retry_after: str | None) -> int:
    """Read `Retry-After` in its form in seconds, kept between 1 s and 10 minutes; 5 s when absent or a date."""
    if retry_after is None or not retry_after.isascii() or not retry_after.strip().isdigit():
        return 5
    return max(1, min(int(retry_after.strip()[:6]), 600))
