"""French companies: SIRET (14 digits), SIREN (9) and the VAT number made from it.

Luhn's formula, except the offices of La Poste whose digits add up to a multiple of five (INSEE). One number in ten
passes it by chance, so a SIREN must be announced, and a SIRET must be announced or written as one.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.pii.checksums import digits_of, luhn, varied
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_SIRET: Final = re.compile(r"\d(?<!\w\d)(?<!\d[.,\-/ ]\d)(?:[\s.\-]{0,2}\d){13}(?![\w])(?![ ]\d{3}\b)")
_SIREN: Final = re.compile(r"\d(?<!\w\d)(?<!\d[.,\-/ ]\d)(?:[\s.\-]?\d){8}(?!\w)(?![\s.,\-]\d)")
_VAT: Final = re.compile(r"\bFR[\s.\-]?(\d\d)((?:[\s.\-]?\d){9})(?!\w)")
_GROUPED: Final = re.compile(r"\d{3}([\s.\-])\d{3}\1\d{3}\1\d{5}")
_COMPANY: Final = re.compile(r"\bsire[nt]s?\b|\bR\.?C\.?S\.?\b|siret|siren", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"commande|colis|suivi|facture|r[ée]f[ée]rence|\br[ée]f\b|dossier|lot\b|s[ée]rie|ticket|tracking|order|GTIN|EAN"
    r"|code-?barres?"
    r"|transaction|imei|compte|relev[ée]s|lectures|horodatage|timestamp|carte",
    re.IGNORECASE,
)
_MOMENT: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d")
_LA_POSTE: Final = "356000000"


def find_companies(reading: Reading) -> Iterator[Span]:
    """Give SIRET, then VAT numbers, then SIREN."""
    text = reading.text
    for found in _SIRET.finditer(text):
        if _is_siret(text, found):
            yield Span(found.start(), found.end(), "siret")
    for found in _VAT.finditer(text):
        siren = digits_of(found[2])
        if int(found[1]) == (12 + 3 * (int(siren) % 97)) % 97:
            yield Span(found.start(), found.end(), "vat")
    if reading.holds(("siren", "siret", "rcs", "r.c.s")):
        for found in _SIREN.finditer(text):
            digits = digits_of(found[0])
            if luhn(digits) and varied(digits) and _COMPANY.search(text, max(0, found.start() - 60), found.start()):
                yield Span(found.start(), found.end(), "siren")


def _is_siret(text: str, found: re.Match[str]) -> bool:
    digits = digits_of(found[0])
    if digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    if not luhn(digits) or not varied(digits):
        return False
    near = (text, max(0, found.start() - 60), found.start())
    if _COMPANY.search(*near) or _GROUPED.fullmatch(found[0]):
        return True
    return not _MOMENT.fullmatch(digits) and not _OTHER.search(*near) and luhn(digits[:9]) and "\n" not in found[0]
