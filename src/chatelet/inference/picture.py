"""A picture for a model that sees. Our own code drew it from a file: never an address, never bytes as they came.

Tokens are counted as models of the Qwen, Mistral and Gemma families count them, or above: one for 28 × 28 pixels. A
picture is bounded here whatever drew it, so that none can fill a model server's memory (TA-150).
"""

import base64
import math
import struct
from dataclasses import dataclass, field
from typing import Final

LONGEST_SIDE: Final = 1_568  # pixels
MOST_PICTURES: Final = 4  # in one request
_LARGEST: Final = 4 * 1024 * 1024  # bytes
_PATCH: Final = 28
_SIZES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_AROUND: Final = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of at most `LONGEST_SIDE` pixels on its longer side; raises `ValueError` for anything else."""

    data: bytes = field(repr=False)
    width: int = field(init=False)
    height: int = field(init=False)

    def __post_init__(self) -> None:
        width, height = _size(self.data)
        if not 0 < max(width, height) <= LONGEST_SIDE or min(width, height) < 1 or len(self.data) > _LARGEST:
            raise ValueError("a picture out of its bounds")
        object.__setattr__(self, "width", width)
        object.__setattr__(self, "height", height)

    @property
    def tokens(self) -> int:
        """How many tokens it takes, on the safe side."""
        return math.ceil(self.width / _PATCH) * math.ceil(self.height / _PATCH) + _AROUND

    @property
    def data_address(self) -> str:
        """The picture itself, as the `data:` address that model servers read."""
        return "data:image/jpeg;base64," + base64.b64encode(self.data).decode("ascii")


def side_within(tokens: int, pictures: int) -> int:
    """Return the longer side that keeps so many pictures within so many tokens, whatever their shape."""
    side = math.isqrt(max(1, tokens // max(1, pictures) - _AROUND)) * _PATCH
    return min(LONGEST_SIDE, max(_PATCH, side))


def _size(data: bytes) -> tuple[int, int]:
    """Read a JPEG's own size from its frame header."""
    if not data.startswith(b"\xff\xd8\xff"):
        raise ValueError("not a JPEG")
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] in _SIZES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    raise ValueError("a JPEG without a size")
