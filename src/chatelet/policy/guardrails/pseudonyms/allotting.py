"""Chooses stand-ins: of the same sort, never a word of the texts, never one that stands in already."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final

from chatelet.policy.guardrails.pseudonyms import addresses, dates, numbers
from chatelet.policy.guardrails.pseudonyms.ledger import NAMES, NUMBERS, Entry, Ledger
from chatelet.policy.guardrails.pseudonyms.stock import FAMILY, GIVEN, elides
from chatelet.policy.guardrails.reading import Reading, fold

_DOMAINS: Final = ("example.org", "example.net", "example.com")


def new_ledger() -> Ledger:
    """Return an empty ledger, with a seed of its own."""
    return Ledger(secrets.token_hex(8))


class Allotter:
    """Adds to a ledger what it is asked for; `ledger` is what it has come to. Knows the texts that will leave."""

    def __init__(self, ledger: Ledger, texts: Iterable[str], *, alike: bool = False) -> None:
        self._seed = ledger.seed
        self._alike = alike  # what stands in is chosen by what it stands for: the same, in whatever texts
        self._entries = list(ledger.entries)
        self._by_key = {_key(entry.sort, entry.original): entry for entry in ledger.entries}
        readings = [Reading(text) for text in texts]
        self._folded = "\n".join(reading.folded for reading in readings)
        self._words = frozenset[str]().union(*(reading.words for reading in readings))
        self._taken = {part for entry in ledger.entries for part in _words_of(entry)}

    @property
    def ledger(self) -> Ledger:
        """What the ledger has come to."""
        return Ledger(self._seed, tuple(self._entries))

    def name(self, word: str, sort: str) -> None:
        """Give a word of a name its stand-in, once; capitals alone tell less of how it is written than others."""
        key = _key(sort, word)
        known = self._by_key.get(key)
        if known is None:
            written = word if not (word.isupper() or word.islower()) else word.title()
            self._add(key, Entry(sort, written, self._name(word, sort)))
        elif known.original == known.original.title() and not (word.isupper() or word.islower()):
            self._replace(key, Entry(known.sort, word, known.stand_in))

    def other(self, sort: str, written: str) -> None:
        """Give a number, an address or a date its stand-in, once."""
        original = _original(sort, written)
        key = _key(sort, original)
        if original and key not in self._by_key:
            self._add(key, Entry(sort, original, self._other(sort, original)))

    def _add(self, key: tuple[str, str], entry: Entry) -> None:
        self._entries.append(entry)
        self._by_key[key] = entry
        self._taken.update(_words_of(entry))

    def _replace(self, key: tuple[str, str], entry: Entry) -> None:
        self._entries[self._entries.index(self._by_key[key])] = entry
        self._by_key[key] = entry

    def _name(self, word: str, sort: str) -> str:
        elided = elides(word)
        stock = FAMILY[elided] if sort == "family" else GIVEN[sort[-1], elided]
        whose = fold(word) if self._alike else ""
        for one in self._in_order(stock, whose):
            if self._is_free(one):
                return one
        for first in self._in_order(stock, whose):  # all are taken: two of them together
            for second in stock:
                if first != second and f"{first}-{second}" not in {entry.stand_in for entry in self._entries}:
                    return f"{first}-{second}"
        raise OverflowError("more names than stand-ins")

    def _in_order(self, stock: Iterable[str], whose: str) -> list[str]:
        return sorted(stock, key=lambda one: blake2b(f"{self._seed}{whose}{one}".encode(), digest_size=8).digest())

    def _is_free(self, one: str) -> bool:
        plain = fold(one)
        return plain not in self._taken and plain not in self._words

    def _other(self, sort: str, original: str) -> str:
        if sort == "birth_date":
            return self._date(original)
        count = sum(entry.sort == sort for entry in self._entries)
        if self._alike:
            count = int(blake2b(f"{self._seed}{fold(original)}".encode(), digest_size=4).hexdigest(), 16) % 1_000
        for number in range(count, count + 5_000):
            made = self._made(sort, original, number)
            if not self._is_met(made):
                return made
        raise OverflowError("more identifiers than stand-ins")

    def _made(self, sort: str, original: str, number: int) -> str:
        if sort in NUMBERS:
            return numbers.stand_in(sort, original, number)
        if sort == "ip":
            return numbers.ip(original, number)
        if sort == "email":
            return f"contact{number + 1}@{_DOMAINS[number % len(_DOMAINS)]}"
        if sort == "address":
            return addresses.stand_in(original, number)
        return f"reference-{sort}-{number + 1}"

    def _is_met(self, made: str) -> bool:
        return made in {entry.stand_in for entry in self._entries} or fold(made) in self._folded

    def _date(self, original: str) -> str:
        """Move a day as all days of this conversation are; a little more where the texts have that day already."""
        try:
            day = date.fromisoformat(original)
        except ValueError:
            return f"reference-date-{len(self._entries) + 1}"
        days = int(blake2b(self._seed.encode(), digest_size=4).hexdigest(), 16) % 700 + 40
        moved = next(
            one
            for one in (day - timedelta(days=days + more) for more in range(400))
            if not any(fold(form) in self._folded for form, _ in dates.forms(one)) and not self._is_met(one.isoformat())
        )
        return moved.isoformat()


def _original(sort: str, written: str) -> str:
    if sort in NUMBERS:
        return numbers.plain_of(sort, written)
    if sort == "birth_date":
        day = dates.read(written)
        return day.isoformat() if day else written
    return " ".join(written.split())


def _key(sort: str, original: str) -> tuple[str, str]:
    return ("name", fold(original)) if sort in NAMES else (sort, fold(original))


def _words_of(entry: Entry) -> set[str]:
    if entry.sort not in NAMES:
        return set()
    return {part for name in (entry.original, entry.stand_in) for part in (fold(name), *fold(name).split("-"))}
