"""Numbers of identity documents, tax numbers, residence permits where a word announces them; lines for machines."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_ANNOUNCED: Final = re.compile(
    r"\b(?:c\.?n\.?i\.?(?:e|s)?|carte(?: nationale)? d'identite|carte d'identification|passeports?|passport"
    r"|permis(?: de conduire|"
    r" b\b)?|titre de sejour|carte de (?:sejour|resident)|recepisse|agdref|numero (?:d')?etranger|numeros? fisca(?:l"
    r"|ux)"
    r"|identifiant fiscal|spi|n\.?i\.?f\.?|reference fiscale|num_fiscal|driv(?:ing|er'?s?) licen[cs]e|identity card"
    r"|id card"
    r"|national id|residence permit|visa|tax (?:number|id)|piece d'identite|document d'identite|personalausweis"
    r"|reisepass)\b"
)
_NUMBER: Final = re.compile(
    r"[^\n;0-9]{0,45}?(?<![a-z0-9])(?P<number>(?=[a-z]{0,4}[ .]?\d|\d)(?:[a-z0-9][ .\-]?){6,19}[a-z0-9])(?![a-z0-9])"
)
_MACHINE: Final = re.compile(
    r"(?:^|(?<=\s))(?:[PIAC][A-Z<][A-Z]{3}[A-Z0-9<]{25,39}(?:\s{1,2}[A-Z0-9<]{28,44}){1,2})(?=\s|$)", re.MULTILINE
)
_WORDS: Final = tuple(
    "cni|c.n.i|d'ident|passe?port|passport|passeport|permis|sejour|resident|recepisse|agdref|etranger|fisca|spi|nif"
    "|n.i.f|licen|identity|id card|national id|permit|visa|tax |ausweis|reisepass".split("|")
)
_DATE: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)?\d\d(?!\d)")


def find_identity_documents(reading: Reading) -> Iterator[Span]:
    """Give the numbers alone."""
    folded = reading.folded
    if "<<" in folded:
        for found in _MACHINE.finditer(reading.text):
            if "<<" in found[0]:
                yield Span(found.start(), found.end(), "identity_document")
    if not reading.holds(_WORDS):
        return
    for announced in _ANNOUNCED.finditer(folded):
        found = _NUMBER.match(folded, announced.end())
        while found:
            number = _trimmed(found["number"])
            if number:
                start = found.start("number")
                yield Span(*reading.place(start, start + len(number)), "identity_document")
            break


def _trimmed(written: str) -> str:
    """Return the longest beginning that has the form of a number of a document; "" without any."""
    if _DATE.match(written):
        return ""
    for form in _FORMS:
        found = form.match(written)
        if found and any(char.isdigit() for char in found[0]):
            return found[0]
    return ""


_END: Final = r"(?![a-z0-9])"
_FORMS: Final = tuple(
    re.compile(form + _END)
    for form in (
        r"\d\d ?[a-z]{2} ?\d{5}",  # passport, driving licence since 2013
        r"(?:\d[ .]?){12,15}\d?",  # tax number: 13 digits
        r"(?:\d[ .]?){11}\d",  # national identity card until 2021, older driving licences
        r"[a-z0-9]{9}(?: ?\d)?",  # national identity card since 2021, residence permit
        r"(?:\d[ .]?){8,9}\d",  # residence permit, foreign passports
        r"[a-z]{1,3} ?\d{6,9}",
        r"[a-z0-9]{8,13}",
    )
)
