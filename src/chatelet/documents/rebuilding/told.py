"""The segments of a file as its reader's process told them: opened one at a time, a book is never held as objects."""

from collections.abc import Iterator, Sequence
from typing import overload

import msgspec

from chatelet.documents.rebuilding.contract import Segment

_decoder = msgspec.msgpack.Decoder(Segment)


class Segments(Sequence[Segment]):
    """Segments, in their order. Raises `msgspec.DecodeError` when one of them is none."""

    def __init__(self, told: Sequence[msgspec.Raw]) -> None:
        for one in told:
            _decoder.decode(one)  # what comes from a reader is never believed
        self._told = told

    def __len__(self) -> int:
        return len(self._told)

    def __iter__(self) -> Iterator[Segment]:
        return map(_decoder.decode, self._told)

    @overload
    def __getitem__(self, place: int) -> Segment: ...

    @overload
    def __getitem__(self, place: slice) -> list[Segment]: ...

    def __getitem__(self, place: int | slice) -> Segment | list[Segment]:
        if isinstance(place, slice):
            return [_decoder.decode(one) for one in self._told[place]]
        return _decoder.decode(self._told[place])
