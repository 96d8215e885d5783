"""Markings inside a sentence: announced (« classifié Secret ») or in capitals.

Not where a lesson, a law or a film is told of.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.markings.vocabulary import alone, mend, strong, type_of
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
_ITSELF: Final = re.compile(
    r"\b(?:ce|cette|cet|le present|la presente|du present|de la presente|les presentes?|ces|this"
    r"|the present) (?:document|note|courrier|fichier|message|piece|rapport|dossier|pli|lettre|annexe|courriel|mail"
    r"|information|compte[ -]rendu|fiche|plan|page|file|report)s?"
    r"|\bci-joint|\bci-apres|\bpiece jointe|\bje (?:vous|t')|\bjoint\b|\bje joins|\ben copie|\bveuillez|\bmerci"
)
_LESSON: Final = re.compile(
    r"se plac\w+|doi(?:t|vent)\b|appose|signifie|designe|correspond|s'applique|est defini|definit|a ete supprim"
    r"|supprimee?|remplac|qu'est-ce|que veut dire|que signifie|definition|\bcours\b|formation|lecon|exercice|expliqu"
    r"|difference|par exemple|exemple|glossaire|\barticle|code penal|\bloi\b|decret|arrete|instruction (?:generale"
    r"|interministerielle|n)|\bigi\b|ii 901|wikipedia|\bquiz|comment\b|s'impose|les niveaux|niveaux|couleurs"
    r"|protocole|principe|\bfilm|roman|serie|titre|\bjeu\b|chanson|livre|auteur|episode|\bpermet|peut etre|peuvent"
    r"|on appelle|dit[e]?s? \"|notion|rappelle|consiste|historique|reforme|a partir de|depuis 20|avant 20|means"
    r"|must be|should be"
    r"|lorsqu|quand un|si un|tout document|un document|des documents|les documents|toute information|les informations"
    r"|des informations|une information|habilit"
)
_SENTENCE: Final = re.compile(r"[.!?](?=\s)|\n")


def find_inline(reading: Reading, lines: list[tuple[int, int]]) -> Iterator[Span]:
    """Give the markings of sentences."""
    folded, mended = reading.folded, mend(reading.folded)
    for start, end in lines:
        yield from _in_line(reading, mended, start, end)
    for cue in _CUE.finditer(folded) if reading.holds(_CUES) else ():
        found = alone().match(mended, cue.end())
        if found and _written_as_marking(reading, found, cue) and not _told_of(folded, found):
            yield Span(*reading.place(*found.span()), type_of(found))


def _in_line(reading: Reading, mended: str, start: int, end: int) -> Iterator[Span]:
    for found in strong().finditer(mended, start, end):
        written = reading.text[slice(*reading.place(*found.span()))]
        if not _told_of(reading.folded, found) and _marked(reading.folded, reading, found, written):
            yield Span(*reading.place(*found.span()), type_of(found))


def _written_as_marking(reading: Reading, found: re.Match[str], cue: re.Match[str]) -> bool:
    written = reading.text[slice(*reading.place(*found.span()))]
    if len(written) < 5:
        return written.replace(".", "").replace(" ", "").isupper() and not reading.folded[
            found.end() : found.end() + 3
        ].lstrip(" ").startswith("'")
    return (
        written[0].isupper()
        or ":" in cue[0]
        or type_of(found) not in {"secret", "internal", "restricted"}
        or cue[0].startswith("class")
    )


def _marked(folded: str, reading: Reading, found: re.Match[str], written: str) -> bool:
    """In capitals among words that are not; or named with capitals in what speaks of itself; or « covered by »."""
    sort = type_of(found)
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
    return titled and sort not in _PROTECTED and sort != "special_france" and bool(_ITSELF.search(folded, first, last))


def _told_of(folded: str, found: re.Match[str]) -> bool:
    """Tell whether the sentence speaks of the marking rather than bears it."""
    first, last = _sentence(folded, found.start(), found.end())
    if _ITSELF.search(folded, first, last):
        return False
    return _LESSON.search(folded, first, last) is not None


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    floor = max(0, start - 200)
    first = max((border.end() for border in _SENTENCE.finditer(folded, floor, start)), default=floor)
    border = _SENTENCE.search(folded, end, end + 200)
    return first, border.start() + 1 if border else min(len(folded), end + 200)
