"""Markings of scales: the Traffic Light Protocol, and the levels C0 to C3 of institutions."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.markings.vocabulary import COLOURS
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_TLP: Final = re.compile(
    r"\btlp ?[:\-_/ ] ?(?P<colour>clear|white|green|amber|red|blanc|vert|orange|ambre|rouge)(?P<strict> ?\+ ?strict)?\b"
)
_LEVEL: Final = re.compile(
    r"(?:\b(?:classification|niveau de (?:confidentialite|classification|sensibilite|protection)|confidentialite"
    r"|sensibilite|protection|classe|classif|marquage|mention|diffusion"
    r"|confidentiality(?: level)?|sensitivity)(?: du document| de l'information| des donnees)?[\"']?(?: ?[:=|-] ?"
    r"| est | (?:de )?niveau | )[\"'\[(]?(?:niveau )?(?:(?=c))|(?:^|(?<=\n)|(?<=\| ))[ *#\[(-]{0,4}|\[)"
    r"(?P<mark>c[ -]?(?P<rank>[0-3])(?:[ \])]{0,2}(?:[:/–-]|\() ?(?:usage |diffusion |acces )?(?:publi(?:c|que)"
    r"|intern[ae]l?|restreinte?|limitee?|confidenti(?:el(?:le)?|al)|secrete?|sensible|restricted))?)(?=[\])* .,;\n"
    r"|\"')]|$)"
)
_LEVELS: Final = tuple(f"c{gap}{rank}" for gap in ("", " ", "-") for rank in "0123")
_BARE: Final = re.compile(r"c[ -]?[0-3]")
_EXPLAINED: Final = re.compile(r"couleurs|signifie|protocole|means|protocol|explique|definit|colou?rs")


def find_tlp(reading: Reading) -> Iterator[Span]:
    """Give the colours; not those of a lesson, which names several of them together."""
    folded = reading.folded
    if "tlp" not in folded:
        return
    found = list(_TLP.finditer(folded))
    for rank, mark in enumerate(found):
        around = found[max(0, rank - 12) : rank + 13]
        near = {other["colour"] for other in around if abs(other.start() - mark.start()) < 200}
        sentence = folded[max(0, mark.start() - 120) : mark.end() + 120]
        if len(near) > 2 or (len(near) > 1 and _EXPLAINED.search(sentence)):
            continue
        if _EXPLAINED.search(folded[mark.end() : mark.end() + 25]):
            continue
        sort = COLOURS[mark["colour"]]
        yield Span(*reading.place(*mark.span()), f"{sort}_strict" if mark["strict"] and sort == "tlp_amber" else sort)


def find_levels(reading: Reading) -> Iterator[Span]:
    """Give the levels that are announced, or in a line with what they mean."""
    if not reading.holds(_LEVELS):
        return
    for mark in _LEVEL.finditer(reading.folded):
        start, end = mark.span("mark")
        place = reading.place(start, end)
        announced = start - mark.start() > 5
        bracketed = reading.folded[start - 1 : start] == "[" and reading.folded[end : end + 1] == "]"
        if reading.text[place[0]].isupper() and (announced or bracketed or not _BARE.fullmatch(mark["mark"])):
            yield Span(*place, f"c{mark['rank']}")
