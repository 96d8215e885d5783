"""Calls of tools in a stream: what servers send, read leniently into pieces that a caller can join.

Met: no index where there is one call, an identifier repeated or missing, arguments as an object instead of a text.
"""

from typing import Final

import msgspec

from chatelet.inference.exchange import CallDelta

MOST_CALLS: Final = 128


class _Named(msgspec.Struct, gc=False):
    name: str | None = None
    arguments: msgspec.Raw = msgspec.Raw()


class _Call(msgspec.Struct, gc=False):
    index: int | None = None
    id: str | None = None
    function: _Named | None = None


_decode: Final = msgspec.json.Decoder(list[_Call]).decode


def read(raw: bytes) -> tuple[CallDelta, ...]:
    """Return the pieces of one chunk. Raises `ValueError` when it is not a list of calls."""
    try:
        calls = _decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("not calls") from error
    pieces = tuple(
        CallDelta(
            call.index if call.index is not None else position,
            call.id,
            call.function.name if call.function else None,
            _text(bytes(call.function.arguments)) if call.function else "",
        )
        for position, call in enumerate(calls)
    )
    if any(not 0 <= piece.index < MOST_CALLS for piece in pieces):
        raise ValueError("not an index")
    return pieces


def _text(raw: bytes) -> str:
    if not raw or raw == b"null":
        return ""
    return msgspec.json.decode(raw, type=str) if raw.startswith(b'"') else raw.decode()
