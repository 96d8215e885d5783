"""Markings that an institution declared for its own levels (« C2 – Confidentiel »), read as the shipped ones are.

rules of everybody -> Declared (compiled once) ─┬─ held by this process: every text it reads
                                                └─ given by a trial, a test case: that text alone

They add to what shipped markings say, and never take anything from it: a text that bears both has the label of both.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from chatelet.policy.guardrails.markings.headers import find_headers, lines_of
from chatelet.policy.guardrails.markings.inline import find_declared
from chatelet.policy.guardrails.markings.spaced import find_spaced
from chatelet.policy.guardrails.markings.vocabulary import Form, Vocabulary, mend, spaced
from chatelet.policy.guardrails.reading import Reading, fold
from chatelet.policy.guardrails.spans import Span
from chatelet.policy.sensitivity import Level

PREFIX: Final = "declared_"
LONGEST: Final = 80
Markings = tuple[tuple[Level, tuple[str, ...]], ...]
_APART: Final = re.compile(r"[\s._/–—-]+")
_LEAST_SPACED: Final = 6  # letters of a marking that is also read letter by letter


@dataclass(frozen=True, slots=True)
class Declared:
    """What to look for. `letters`: markings written letter by letter."""

    markings: Markings = ()
    vocabularies: tuple[Vocabulary, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict[str, str])

    def find(self, reading: Reading) -> list[Span]:
        """Return what is found, the surest first."""
        found: list[Span] = list(find_spaced(reading, self.letters)) if self.letters else []
        for vocabulary in self.vocabularies:
            if lines := lines_of(reading, vocabulary):
                found += find_declared(reading, lines, vocabulary)
                found += find_headers(reading, lines, vocabulary)
        return found


def declare(markings: Mapping[Level, Collection[str]] | Markings) -> Declared:
    """Compile the markings of levels. Raises `ValueError` for one that says nothing or is too long."""
    pairs = markings.items() if isinstance(markings, Mapping) else markings
    kept = tuple((level, tuple(dict.fromkeys(words))) for level, words in pairs if words)
    # The highest level first: the same words declared twice give the higher one.
    forms = [(folded, _type_of(level)) for level, words in _from_the_highest(kept) for folded in map(_folded, words)]
    forms.sort(key=lambda form: -len(form[0]))  # the longest first: it may begin with a shorter one
    plain = [one for one in forms if not any(char.isdigit() for char in one[0])]
    figured = [one for one in forms if one not in plain]
    letters = {
        "".join(_APART.split(mend(words))): sort
        for words, sort in plain
        if len("".join(_APART.split(words))) >= _LEAST_SPACED
    }
    compiled = tuple(_vocabulary(some, mends=mends) for some, mends in ((plain, True), (figured, False)) if some)
    return Declared(kept, compiled, letters)


def level_of(sort: str) -> Level | None:
    """Return the level of a type of finding; None when it is no declared marking."""
    return Level(sort.removeprefix(PREFIX)) if sort.startswith(PREFIX) else None


def _from_the_highest(markings: Markings) -> Iterator[tuple[Level, tuple[str, ...]]]:
    yield from sorted(markings, key=lambda pair: -pair[0].rank)


def _type_of(level: Level) -> str:
    return f"{PREFIX}{level.value}"


def _folded(words: str) -> str:
    folded = " ".join(_APART.split(fold(words).strip(" .-/_")))
    if len(words) > LONGEST or sum(char.isalnum() for char in folded) < 2 or not any(map(str.isalpha, folded)):
        raise ValueError("a marking has two letters at least, and eighty characters at most")
    return folded


def _vocabulary(forms: list[tuple[str, str]], *, mends: bool) -> Vocabulary:
    made: list[Form] = []
    cores: list[str] = []
    for words, sort in forms:
        read = mend(words) if mends else words
        made.append(Form(sort, spaced(re.escape(read).replace("\\ ", " ")), strong=" " in read))
        cores.append(max(read.split(), key=len))
    return Vocabulary.of(tuple(made), tuple(dict.fromkeys(cores)), mends=mends, sure=True)


class _Held:
    """What this process looks for in every text: that of the published rules."""

    declared: Declared = Declared()


_HELD: Final = _Held()


def hold(declared: Declared) -> None:
    """Look for these from now on."""
    _HELD.declared = declared


def held() -> Declared:
    """Return those that are looked for."""
    return _HELD.declared
