"""Markings inside a sentence: announced (« classifié Secret ») or in capitals.

Not where a lesson, a law or a film is told of.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.markings.telling import ITSELF, LESSON
from chatelet.policy.guardrails.markings.vocabulary import Vocabulary, shipped
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_CUE: Final = re.compile(
    r"(?:\b(?:classifie|classe|classee|marque|estampille|timbre|protege|categorise)(?:e?s)?(?: (?:au |de )?niveau"
    r"| sous la mention| par la mention| comme| en)?|\bmention(?: de protection)?(?: est)?"
    r"|\bclassification(?: de securite| du document)?(?: est)?"
    r"|\bniveau de (?:classification|protection|sensibilite|confidentialite|secret)(?: est)?|\bmarquage|\bsensibilite"
    r"|\bconfidentialite|\bclassified(?: as)?|\bmarked|\bsecurity level|\bmarking|\bniveau)[\"']?(?: ?[:=] ?"
    r"| )[\"'«*\[ ]{0,3}"
)
_CUES: Final = (
    "class",
    "marqu",
    "estampill",
    "timbre",
    "protege",
    "categoris",
    "mention",
    "niveau",
    "sensibilite",
    "confidentialite",
    "marked",
    "security level",
    "marking",
)
_COVERED: Final = re.compile(
    r"(?:couvert|protege|soumis|releve|relevant|relevent|tenu|assujetti)(?:e?s)?(?: strictement)? (?:par|au|du"
    r"|sous) (?:le )?$"
)
_PROTECTED: Final = frozenset(
    {
        "medical_secret",
        "banking_secret",
        "judicial_secret",
        "business_secret",
        "statistical_secret",
        "professional_secret",
    }
)
_ABBREVIATED: Final = re.compile(
    r"\b(?:[Ii]nformations?|[Dd]ocuments?|[Nn]otes?|[Ff]ichiers?|[Dd]onnées|[Pp]ièces?|[Aa]nnexes?|[Pp]lans?"
    r"|[Rr]apports?|[Dd]ossiers?"
    r"|[Cc]ourriers?|[Mm]ails?|[Cc]ourriels?|[Mm]essages?|[Mm]ention|[Nn]iveau|[Cc]ompte rendu|[Ff]iches?"
    r"|[Éé]changes?) (D\.?R)\b"
    r"(?![\d'’\w-])(?! [A-Z][a-zà-ÿ])"
)
_BROKEN: Final = re.compile(
    r"(?<![a-z])(?:diffusion[ *|-]{0,6}\n[ *|#-]{0,6}restreinte|tres[ *|-]{0,6}\n[ *|#-]{0,6}secret|secret[ *"
    r"|-]{0,6}\n[ *|#-]{0,6}defense"
    r"|confidentiel[ *|-]{0,6}\n[ *|#-]{0,6}defense)(?![a-z])"
)
_BROKEN_TYPES: Final = {
    "diffusion": "diffusion_restreinte",
    "tres": "tres_secret",
    "secret": "secret_defense",
    "confidentiel": "confidentiel_defense",
}
_SENTENCE: Final = re.compile(r"[.!?](?=\s)|\n")


def find_inline(reading: Reading, lines: list[tuple[int, int]]) -> Iterator[Span]:
    """Give the markings of sentences."""
    folded, mended = reading.folded, shipped().mended(reading.folded)
    yield from _among_words(reading, mended, lines, shipped())
    for found in _BROKEN.finditer(mended) if "\n" in mended else ():
        start, end = reading.place(*found.span())
        if reading.text[start:end].isupper():
            yield Span(start, end, _BROKEN_TYPES[found[0].split()[0]])
    for found in _ABBREVIATED.finditer(reading.text) if "DR" in reading.text or "D.R" in reading.text else ():
        folded_at = (reading.folded_at(found.start(1)), reading.folded_at(found.end(1)))
        if not _told_of(folded, *folded_at):
            yield Span(found.start(1), found.end(1), "diffusion_restreinte")
    yield from _announced(reading, mended, shipped())


def find_declared(reading: Reading, lines: list[tuple[int, int]], vocabulary: Vocabulary) -> Iterator[Span]:
    """Give the markings of sentences that an institution declared."""
    mended = vocabulary.mended(reading.folded)
    yield from _among_words(reading, mended, lines, vocabulary)
    yield from _announced(reading, mended, vocabulary)


def _announced(reading: Reading, mended: str, vocabulary: Vocabulary) -> Iterator[Span]:
    folded = reading.folded
    for cue in _CUE.finditer(folded) if reading.holds(_CUES) else ():
        found = vocabulary.alone.match(mended, cue.end())
        if (
            found
            and _written_as_marking(reading, found, cue, vocabulary.type_of(found))
            and not _told_of(folded, *found.span())
        ):
            yield Span(*reading.place(*found.span()), vocabulary.type_of(found))


def _among_words(reading: Reading, mended: str, lines: list[tuple[int, int]], vocabulary: Vocabulary) -> Iterator[Span]:
    for start, end in lines:
        for found in vocabulary.strong.finditer(mended, start, end):
            written, sort = reading.text[slice(*reading.place(*found.span()))], vocabulary.type_of(found)
            if not _told_of(reading.folded, *found.span()) and _marked(reading.folded, reading, found, written, sort):
                yield Span(*reading.place(*found.span()), sort)


def _written_as_marking(reading: Reading, found: re.Match[str], cue: re.Match[str], sort: str) -> bool:
    written = reading.text[slice(*reading.place(*found.span()))]
    if len(written) < 5:
        return written.replace(".", "").replace(" ", "").isupper() and not reading.folded[
            found.end() : found.end() + 3
        ].lstrip(" ").startswith("'")
    return (
        written[0].isupper()
        or ":" in cue[0]
        or sort not in {"secret", "internal", "restricted"}
        or cue[0].startswith("class")
    )


def _marked(folded: str, reading: Reading, found: re.Match[str], written: str, sort: str) -> bool:
    """In capitals among words that are not; or named with capitals in what speaks of itself; or « covered by »."""
    if sort in _PROTECTED and _COVERED.search(folded, max(0, found.start() - 40), found.start()):
        return True
    if sort in {"professional_secret", "statistical_secret", "judicial_secret", "business_secret"}:
        return False
    if written.isupper():
        start, end = reading.place(*found.span())
        around = (
            reading.text[max(0, start - 40) : start].rsplit("\n", 1)[-1]
            + reading.text[end : end + 40].split("\n", 1)[0]
        )
        letters = [char for char in around if char.isalpha()]
        return not letters or sum(char.isupper() for char in letters) < 0.7 * len(letters)
    words = written.replace("-", " ").split()
    titled = len(words) > 1 and all(word[0].isupper() for word in words)
    first, last = _sentence(folded, found.start(), found.end())
    return titled and sort not in _PROTECTED and sort != "special_france" and bool(ITSELF.search(folded, first, last))


def _told_of(folded: str, start: int, end: int) -> bool:
    """Tell whether the sentence speaks of the marking rather than bears it."""
    first, last = _sentence(folded, start, end)
    if ITSELF.search(folded, first, last):
        return False
    return LESSON.search(folded, first, last) is not None


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    floor = max(0, start - 200)
    first = max((border.end() for border in _SENTENCE.finditer(folded, floor, start)), default=floor)
    border = _SENTENCE.search(folded, end, end + 200)
    return first, border.start() + 1 if border else min(len(folded), end + 200)
