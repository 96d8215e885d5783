"""A body as it is really long: inflated here, block by block, and given up as soon as it is longer than allowed."""

import zlib
from collections.abc import AsyncIterable
from typing import Final, Protocol

from chatelet.kernel.egress.reasons import Reason, VisitFailed

_WINDOWS: Final = {"": None, "identity": None, "gzip": 31, "x-gzip": 31, "deflate": 15}


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


async def whole_body(blocks: AsyncIterable[bytes], encoding: str, most: int) -> bytes:
    """Return the whole body. Raises `VisitFailed`: longer than `most` bytes, cut short, or encoded otherwise."""
    written = encoding.strip().lower()
    if written not in _WINDOWS:
        raise VisitFailed(Reason.BAD_ANSWER)
    window = _WINDOWS[written]
    inflater: _Inflater | None = None if window is None else zlib.decompressobj(window)
    parts: list[bytes] = []
    left = most
    async for data in blocks:
        part = data if inflater is None else _inflated(inflater, data, left + 1)
        left -= len(part)
        if left < 0:
            raise VisitFailed(Reason.TOO_LARGE)
        parts.append(part)
    if inflater is not None and parts and not inflater.eof:
        raise VisitFailed(Reason.BAD_ANSWER)
    return b"".join(parts)


def _inflated(inflater: _Inflater, data: bytes, most: int) -> bytes:
    """Inflate one block to at most `most` bytes: a bomb is not unrolled to be measured."""
    try:
        return inflater.decompress(data, most)
    except zlib.error:
        raise VisitFailed(Reason.BAD_ANSWER) from None
