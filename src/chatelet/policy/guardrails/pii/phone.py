"""Telephone numbers: every French way of writing them, overseas included, and international ones."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.pii.checksums import digits_of
from chatelet.policy.guardrails.spans import Span

_S: Final = r"(?:[ .\-/\u00a0\u202f\u2009\u2011\u2013]|\. |  )"  # what stands between groups
_FRENCH: Final = (
    rf"(?:\(\s?0\s?\)|0|O(?={_S}?[1-9])){_S}?[1-9](?:(?:{_S}?\d\d){{4}}|{_S}?\d{{2}}(?:{_S}?\d{{3}}){{2}}"
    rf"|(?:{_S}?\d{{4}}){{2}}|\d\d{_S}?\d\d{_S}?\d\d{_S}?\d\d)"
)
_ABROAD_FRENCH: Final = (
    rf"(?:\(?(?:\+|\b00){_S}?33\)?){_S}?(?:\(\s?0\s?\)|0)?{_S}?[1-9]"
    rf"(?:(?:{_S}?\d\d){{4}}|(?:{_S}?\d\d){{1}}(?:{_S}?\d{{3}}){{2}}|\d\d(?:{_S}\d{{3}}){{2}}|(?:{_S}?\d{{4}}){{2}})"
)
_OVERSEAS: Final = (
    rf"\(?(?:\+|\b00){_S}?(?:590|594|596|262|269){_S}?\)?(?:\(0\))?{_S}?0?\d{{3}}(?:{_S}?\d\d){{3}}"
    rf"|\(?(?:\+|\b00){_S}?(?:508|681|687)\)?(?:{_S}?\d\d){{3}}|\(?(?:\+|\b00){_S}?689\)?(?:{_S}?\d\d){{3,4}}"
    rf"|\b0(?:262|263|269|590|594|596|69[0-7]){_S}\d\d(?:{_S}?\d\d){{2}}"
)
_ABROAD: Final = (
    rf"\(?\+{_S}?[1-9]\d{{0,2}}\)?(?:{_S}?\(?\d{{1,5}}\)?){{2,6}}|\b00[1-9]\d{{0,2}}(?:{_S}\d{{2,5}}){{2,5}}"
)
_NUMBER: Final = re.compile(
    rf"(?=[+(0Ot])(?<![\w+])(?<!\d[.,\-/ \u00a0\u202f])(?:tel:)?((?:{_ABROAD_FRENCH}|{_OVERSEAS}|{_FRENCH}"
    rf"|{_ABROAD}))(?!\w)"
    rf"(?![.,]\d)(?!{_S}\d\d(?!\d))"
)
_NATIONAL: Final = re.compile(
    r"(?<![\w+(])(?:\(\d{3,5}\) ?\d{3,4}[ .\-]?\d{3,4}|\d{3,5}[ .\-]\d{3,4}[ .\-]\d{3,4}|33(?: ?\d){9})(?!\w)"
)
_CALLED: Final = re.compile(
    r"\bt[ée]l|phone|portable|\bmobile|\bfax\b|\bcall\b|\bcell|joindre|appel|num[ée]ro de t|whatsapp|\bGSM\b|ring\b"
    r"|\bport\.",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"(?:commande|colis|suivi|facture|r[ée]f(?:[ée]rence)?s?|dossier|lot|s[ée]rie|ticket|tracking|order|contrat|ISBN"
    r"|ISSN"
    r"|EAN|code|article|invoice|serial|client|identifiant|id|siret|siren|matricule|march[ée]|compte|version|NDA|DOI"
    r"|FINESS"
    r"|RPPS|ADELI|build|montant|num[ée]ro de (?!t[ée]l|port|fixe|mobile)\w+)\W{0,4}(?:n°|no|num[ée]ro|number)?\W{0,6}$",
    re.IGNORECASE,
)


def find_phones(text: str) -> Iterator[Span]:
    """Give the numbers, those that something else announces left out."""
    for found in _NUMBER.finditer(text):
        start, end = found.span(1)
        start += text[start] == "(" and ")" not in text[start:end]  # of the sentence, not of the number
        if _is_phone(text, start, end):
            yield Span(start, end, "phone")
    for found in _NATIONAL.finditer(text):
        digits = digits_of(found[0])
        if 9 <= len(digits) <= 12 and _CALLED.search(text, max(0, found.start() - 25), found.end() + 12):
            yield Span(found.start(), found.end(), "phone")


def _is_phone(text: str, start: int, end: int) -> bool:
    written, digits = text[start:end], digits_of(text[start:end])
    if not 8 <= len(digits) <= 15 or written.count("(") != written.count(")"):
        return False
    if _OTHER.search(text, max(0, start - 45), start) and not _CALLED.search(text, max(0, start - 20), start):
        return False
    if written.startswith(("+", "(+")):
        return True
    if len(set(digits)) < 3 or digits in {"0123456789", "0102030405", "0987654321"}:
        return _CALLED.search(text, max(0, start - 25), start) is not None
    return not re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}.*", written)
