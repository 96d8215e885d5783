"""What became of the segments of a work, each as bytes, opened one at a time: a book is never held as objects."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from chatelet.writing.task import Outcome

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Outcome)


class Outcomes(Mapping[int, Outcome]):
    """Outcomes by the number of their segment, in the order that they came."""

    def __init__(self, found: Iterable[Outcome] = ()) -> None:
        self._told: dict[int, bytes] = {}
        self.add(found)

    @classmethod
    def of(cls, found: Mapping[int, Outcome]) -> "Outcomes":
        """Return a copy; of what is one already, without opening any."""
        return found.copy() if isinstance(found, Outcomes) else cls(found.values())

    def copy(self) -> "Outcomes":
        """Return the same, to be changed apart."""
        made = Outcomes()
        made._told = self._told.copy()
        return made

    def add(self, found: Iterable[Outcome]) -> None:
        """Put outcomes in the place of those that their segments had."""
        self._told.update((one.number, _encoder.encode(one)) for one in found)

    def __getitem__(self, number: int) -> Outcome:
        return _decoder.decode(self._told[number])

    def __iter__(self) -> Iterator[int]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)
