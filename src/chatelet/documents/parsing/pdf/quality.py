"""Whether words look like language: what a bad text layer or a font without its map gives does not.

No dictionary: the measure holds for any language in Latin letters and keeps quiet about the others.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_EDGES = "«»“”\"'’‘()[]{}.,;:!?…–—-*•·/\\|<>=+&%°§€$£#@_~^†‡∗"
_NUMBER = re.compile(r"^[\d.,:/\-–%°€$£()+\s]+$")
_WORD = re.compile(r"^[^\W\d_]+(?:[-'’./@&][^\W\d_]+|[-.]?\d{1,4})*$")
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæáíóúãõåø]", re.IGNORECASE)
_BROKEN_CASE = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{2}[a-zà-ÿ]{1,2}[A-ZÀ-Þ]")
_REPEATED = re.compile(r"([^\W\d_])\1{2}")
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTERS = re.compile(r"[a-z0-9]+")
_LEAST = 12
_SAMPLE = 80


def legible(words: Iterable[str]) -> float | None:
    """Return the share of words that could be words (0 to 1); None when there are too few, or not in Latin letters."""
    good = total = latin = 0
    every = list(words)
    for written in every[:: 1 + len(every) // _SAMPLE]:
        word = written.strip(_EDGES)
        if not word:
            total += len(written) > 1 and len(set(written)) > 1
            continue
        weight = min(len(word), 8)
        total += weight
        latin += weight if _LATIN.search(word) or word.isdigit() else 0
        good += weight * _plausible(word)
    if total < _LEAST * 4 or latin < 0.5 * total:
        return None
    return good / total


def _plausible(word: str) -> bool:
    if _NUMBER.match(word):
        return True
    if not _WORD.match(word) or _REPEATED.search(word) or _UNKNOWN.search(word):
        return "://" in word or "@" in word or "www." in word
    if _BROKEN_CASE.search(word) and len(word) < 12:
        return False
    letters = [part for part in re.split(r"[-'’./@&\d]", word) if len(part) > 3]
    return all(_VOWEL.search(part) or part.isupper() for part in letters)


def unknown(words: Iterable[str]) -> float:
    """Return the share of characters that stand for nothing: private ones, the mark of what could not be decoded."""
    bad = total = 0
    for word in words:
        total += len(word)
        if not word.isascii():
            bad += len(_UNKNOWN.findall(word))
    return bad / total if total else 0.0


def alike(a: Iterable[str], b: Iterable[str]) -> float:
    """Return how many words two readings of the same lines share (0 to 1), accents and case aside."""
    first, second = Counter(_folded(a)), Counter(_folded(b))
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 1.0


def _folded(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        for letters in _LETTERS.findall(_plain(word)):
            if len(letters) > 2:
                yield letters


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return decomposed if decomposed.isascii() else "".join(c for c in decomposed if not unicodedata.combining(c))
