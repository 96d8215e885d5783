"""A name, word by word: which are first names, which are family names, and what is neither.

Each word has its own stand-in: « Mme Dupont », « Jeanne Dupont » and « Dupont » stay one person, and two of one family
stay one family.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from chatelet.policy.guardrails.pii.first_names import first_names
from chatelet.policy.guardrails.pii.naming import PARTICLE, SURNAME, no_surnames
from chatelet.policy.guardrails.pseudonyms.genders import gender_before, gender_of, has_civility
from chatelet.policy.guardrails.reading import fold

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_AFTER_ELISION: Final = re.compile(
    rf"(?<=['’])(?P<name>(?P<given>{SURNAME})[ \u00a0](?:{PARTICLE}){{0,2}}(?P<family>{SURNAME}))(?![\w@])"
)
_ELIDED: Final = re.compile(r"^[dDlL]['’](?=\w)")
_PARTICLES: Final = frozenset(
    "de du des la le les van von der den ben bin bint el al ould ait da dos di las los et and".split()
)


class Part(NamedTuple):
    """A word of a name; `sort` as in the ledger."""

    word: str
    sort: str


def parts_of(text: str, start: int, end: int) -> list[Part]:
    """Return the words of the name at [`start`, `end`) that tell who it is."""
    words = [_ELIDED.sub("", word[0]) for word in _WORD.finditer(text, start, end)]
    words = [word for word in words if len(word.rstrip(".")) > 1 and fold(word) not in _PARTICLES]
    told = gender_before(text, start)
    parts: list[Part] = []
    for place, word in enumerate(words):
        if _is_given(words, place, alone_after_civility=has_civility(text, start)):
            parts.append(Part(word, f"given_{told or gender_of(word)}"))
        else:
            parts += [Part(one, "family") for one in word.split("-") if len(one) > 1]
    return parts


def elided(text: str) -> Iterator[tuple[int, int]]:
    """Give the names after an elision, « d'Anne Petit », « qu'Élise Roux », of which detectors see the last word."""
    for found in _AFTER_ELISION.finditer(text):
        if _is_known(found["given"]) and fold(found["family"]) not in no_surnames():
            yield found.span("name")


def is_part(word: str) -> bool:
    """Tell whether a word of a name tells anything of who it is."""
    return len(word.rstrip(".")) > 1 and fold(word) not in _PARTICLES and fold(word) not in no_surnames()


def _is_given(words: list[str], place: int, *, alone_after_civility: bool) -> bool:
    word = words[place]
    known = _is_known(word)
    if len(words) == 1:
        return known and not alone_after_civility
    mixed = any(not one.isupper() for one in words)
    if mixed and word.isupper() and len(word) > 2:
        return False  # DUPONT Jeanne
    if place == len(words) - 1:
        return known and any(not _is_known(one) for one in words[:-1]) and words[0].isupper() and mixed
    return known or (place == 0 and not any(_is_known(one) for one in words))


def _is_known(word: str) -> bool:
    known, folded = first_names(), fold(word)
    return folded in known or ("-" in folded and all(part in known for part in folded.split("-")))
