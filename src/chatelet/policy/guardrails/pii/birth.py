"""Dates of birth: a date that is announced as one, of somebody who may be alive."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_MONTH: Final = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept?(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?"
    r"|dec(?:embre)?|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug)\.?"
)
_YEAR: Final = r"(?:19\d\d|20[0-2]\d)"
_DATE: Final = (
    rf"(?P<date>\d{{1,2}}(?:er|st|nd|rd|th)?(?: of)? {{0,2}}-?{_MONTH},? {{0,2}}-?(?:{_YEAR}|\d\d(?!\d))"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?: ?[/.\-] ?| )(?:0?[1-9]|1[0-2]|[12]\d|3[01])(?: ?[/.\-] ?| )(?:{_YEAR}|\d\d(?!\d))"
    rf"|{_YEAR}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_YEAR}(?!\d)|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"
)
_FILLER: Final = r"[^\n.;]{0,45}?"
_ANNOUNCED: Final = re.compile(
    rf"\b(?:(?:date|jour|lieu et date|date et lieu)[ _]{{0,2}}(?:de )?_?(?:(?:sa|ma|votre|leur) )?naissance"
    rf"|date_?naiss\w*|naissance"
    rf"|naiss\.?|d\.? ?d\.? ?n\b\.?|d\.? ?n\.? ?:|nee?s?|n[ée]e?\(e\)|ne/nee|birth ?-?_?(?:date|day)"
    rf"|date[ _]of[ _]birth|d\.? ?o\.? ?b\b\.?|born|geburtsdatum"
    rf"|geboren|nato il|nata il|nacid[oa]|anniversaire|nacimiento)\b{_FILLER}(?<![\d/.\-]){_DATE}"
)
_WORDS: Final = tuple(
    "nee|ne |ne(|nes |ne/|naiss|ddn|d.d|d. d|dn|d.n|born|birth|dob|d.o|gebor|geburt|nato il|nata il|naci"
    "|annivers".split("|")
)
_BIRTH_OF_A_THING: Final = re.compile(
    r"\b(?:entreprise|societe|association|projet|idee|loi|mouvement|journal|parti|internet|web|revue|union|republique"
    r"|institution|programme|fusion|start-?up|marque|groupe|ville|concept|tradition|syndicat|reseau|festival"
    r"|ministere|agence|europe|etat|royaume|accord|plan|protocole|company|project|club|collectif|service|ecole"
    r"|universite)s?\b"
)
_PERSON_AGAIN: Final = re.compile(r"\b(?:nee?|naissance|born|birth)\b")
_THING_AFTER: Final = re.compile(r"\b(?:naissance|birth) (?:de|du|of) (?:l'|la |le |the )")


def find_births(reading: Reading) -> Iterator[Span]:
    """Give the dates alone, without what announces them."""
    folded = reading.folded
    if not reading.holds(_WORDS):
        return
    if not reading.holds(_WORDS):
        return
    for found in _ANNOUNCED.finditer(folded):
        start, end = found.span("date")
        if folded[end : end + 1].isalnum() or _THING_AFTER.match(folded, found.start()):
            continue
        sentence = max(folded.rfind(". ", 0, found.start()), folded.rfind("\n", 0, found.start()), found.start() - 60)
        if found[0].startswith(("ne", "born", "naissance")) and _BIRTH_OF_A_THING.search(
            folded, max(0, sentence), found.start()
        ):
            continue
        yield Span(*reading.place(start, end), "birth_date")
