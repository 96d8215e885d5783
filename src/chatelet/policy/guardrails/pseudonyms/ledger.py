"""Who stands in for whom, in one conversation: entries that are only ever added, and what each lets swap.

    originals -> `outgoing` -> stand-ins -> `incoming` -> originals

Sealed with its conversation's key, never logged. A value: adding an entry gives another ledger.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from chatelet.policy.guardrails.pseudonyms import addresses, dates
from chatelet.policy.guardrails.pseudonyms.ordinary import ORDINARY
from chatelet.policy.guardrails.pseudonyms.swapping import Form, Pair
from chatelet.policy.guardrails.reading import fold

NAMES: Final = frozenset({"given_f", "given_m", "given_x", "family"})
NUMBERS: Final = frozenset({"nir", "iban", "rib", "card", "phone", "identity_document"})


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """`original` and `stand_in` as first written; of a date, the day (ISO 8601); of a number, letters and digits."""

    sort: str
    original: str
    stand_in: str

    @property
    def told(self) -> str:
        """The type that a person is told: a name is a name."""
        return "name" if self.sort in NAMES or self.sort == "initialled" else self.sort


class _Stored(msgspec.Struct, frozen=True):
    v: int
    seed: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Ledger:
    """`seed` chooses which names stand in, so that two conversations do not use the same."""

    seed: str
    entries: tuple[Entry, ...] = ()

    def encode(self) -> str:
        """Return what is sealed."""
        return msgspec.json.encode(_Stored(1, self.seed, list(self.entries))).decode()

    @classmethod
    def decode(cls, stored: str) -> "Ledger":
        """Return what `encode` gave."""
        read = msgspec.json.decode(stored, type=_Stored)
        return cls(read.seed, tuple(read.entries))

    def outgoing(self) -> list[Pair]:
        """Return what becomes what before words leave."""
        return [pair for entry in self.entries for pair in _pairs(entry)]

    def incoming(self) -> list[Pair]:
        """Return what becomes what in words that come back."""
        pairs = [pair for entry in self.entries for pair in _pairs(entry, back=True)]
        return [Pair(pair.put, pair.find, pair.form, pair.sort) for pair in pairs]


def _pairs(entry: Entry, *, back: bool = False) -> list[Pair]:
    original, stand_in, told = entry.original, entry.stand_in, entry.told
    if entry.sort in NAMES:
        return [Pair(original, stand_in, Form.WORD, told, capital=not back and fold(original) in ORDINARY)]
    if entry.sort == "phone":
        return _phone(original, stand_in)
    if entry.sort in NUMBERS:
        return [Pair(original, stand_in, Form.NUMBER, told)]
    if entry.sort == "birth_date":
        return _dates(original, stand_in)
    if entry.sort == "address":
        pairs = [Pair(original, stand_in, Form.TEXT, told)]
        return pairs + (_parts(original, stand_in) if back else [])
    return [Pair(original, stand_in, Form.TEXT, told)]


def _phone(original: str, stand_in: str) -> list[Pair]:
    pairs = [Pair(original, stand_in, Form.NUMBER, "phone")]
    if len(original) != 10 or not original.startswith("0"):
        return pairs
    abroad = ("33", "330", "0033", "00330")
    return pairs + [Pair(one + original[1:], one + stand_in[1:], Form.NUMBER, "phone") for one in abroad]


def _dates(original: str, stand_in: str) -> list[Pair]:
    try:
        ways = zip(dates.forms(date.fromisoformat(original)), dates.forms(date.fromisoformat(stand_in)), strict=True)
    except ValueError:
        return [Pair(original, stand_in, Form.TEXT, "birth_date")]
    return [Pair(found, put, Form.NUMBER if plain else Form.TEXT, "birth_date") for (found, plain), (put, _) in ways]


def _parts(original: str, stand_in: str) -> list[Pair]:
    """Return the way and the town alone: an answer may name one without the other."""
    ours, theirs = addresses.parts(stand_in), addresses.parts(original)
    return [
        Pair(original_part, part, Form.TEXT, "address")
        for part, original_part in zip(ours, theirs, strict=True)
        if part and original_part
    ]
