"""Words cut at the end of a line: joined, or left with their hyphen when it belongs to them.

The document itself decides where it can: a form that occurs elsewhere in it wins. Otherwise the endings that French
writes after a hyphen keep it (peut-être, celui-ci, dit-il), as do capitals and digits (Jean-Paul, ISO-8859).
"""

import re
from collections.abc import Iterable

_AFTER_HYPHEN = frozenset(
    "ci là même mêmes être elle elles il ils on je tu nous vous ce moi toi lui leur leurs y en t le la les dire vis "
    "mesure garde d'œuvre".split()
)
_BEFORE_HYPHEN = frozenset("non demi semi ex mi quasi self well vice celui celle ceux celles".split())
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_HYPHENS = ("-", "\u00ad", "\u2010")


def vocabulary(words: Iterable[str]) -> frozenset[str]:
    """Return the words of a document, in small letters, without their punctuation."""
    found: set[str] = set()
    for word in set(words):
        found.update(match.group().lower() for match in _LETTERS.finditer(word))
    return frozenset(found)


def ends_cut(word: str) -> bool:
    """Tell whether a word at the end of a line may go on in the next."""
    return len(word) > 1 and word.endswith(_HYPHENS) and (word[-2].isalnum() or word[-2] in ".’'")


def keeps_hyphen(first: str, second: str, known: frozenset[str]) -> bool:
    """Tell whether the hyphen between two halves is part of the word."""
    if first.endswith("\u00ad"):
        return False
    if (
        len(first) < 3
        or not first[-2].isalpha()
        or not second[:1].isalpha()
        or second[0].isupper()
        or first[:-1].isupper()
    ):
        return True
    head = _tail_letters(first[:-1])
    tail = _head_letters(second)
    joined, kept = (head + tail).lower(), f"{head}-{tail}".lower()
    if joined in known:
        return False
    if kept in known or "-" in head:
        return True
    return tail.lower() in _AFTER_HYPHEN or head.lower() in _BEFORE_HYPHEN


def _tail_letters(word: str) -> str:
    found = list(_LETTERS.finditer(word))
    return found[-1].group() if found and found[-1].end() == len(word) else word


def _head_letters(word: str) -> str:
    found = _LETTERS.match(word)
    return found.group() if found else word
