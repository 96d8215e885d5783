"""gzip, block by block: a bomb is never unrolled further than the block that the reader refuses."""

import zlib
from collections.abc import Iterator
from typing import Final

from chatelet.connectors.xml import NotXml

_BLOCK: Final = 256 * 1024


class Inflating:
    """Inflates one stream."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(31)

    @property
    def ended(self) -> bool:
        """Tell whether the stream came to its end."""
        return self._stream.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what a piece inflates to, in blocks. Raises `NotXml` when it is not gzip."""
        while data and not self._stream.eof:
            try:
                block = self._stream.decompress(data, _BLOCK)
            except zlib.error:
                raise NotXml from None
            data = self._stream.unconsumed_tail
            if not block:
                return
            yield block
