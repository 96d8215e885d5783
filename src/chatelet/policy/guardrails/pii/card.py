"""Bank cards: Luhn's formula, the issuers' prefixes and lengths; not the numbers of orders and parcels."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.pii.checksums import digits_of, luhn, varied
from chatelet.policy.guardrails.spans import Span

_NUMBER: Final = re.compile(r"[2-6](?<!\w\d)(?<!\d[.,\-/ ]\d)\d{3}(?:[\s.\-]{0,2}\d){8,15}(?![\w])")
_GROUPS: Final = re.compile(
    r"\d{4}([\s.\-]{0,2})\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([\s.\-]{1,2})\d{6}\2\d{4,5}|\d{12,19}"
)
# Prefix and lengths of each issuer (ISO/IEC 7812, public ranges).
_SURE: Final = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12,14}|3[47]\d{13}"
    r"|(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}"
)
_POSSIBLE: Final = re.compile(r"(?:36|38|39|30[0-5])\d{11,12}|(?:50|5[6-9]|6[0-9])\d{10,17}")
_CARD: Final = re.compile(
    r"\bcarte|\bCB\b|\bvisa\b|master ?card|\bcard\b|\bamex\b|american express|\bPAN\b|paiement|d[ée]bit|cr[ée]dit"
    r"|bancaire|maestro|cvv|expir|cryptogramme|payment",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"commande|colis|suivi|facture|r[ée]f[ée]rence|\br[ée]f\b|dossier|\blot\b|s[ée]rie|ticket|tracking|\border|GTIN|EAN"
    r"|code-?barres?|imei|serial|contrat|livraison|identifiant|adh[ée]rent|fid[ée]lit[ée]|\bID\b|compteur|invoice"
    r"|shipment",
    re.IGNORECASE,
)


def find_cards(text: str) -> Iterator[Span]:
    """Give the numbers that an issuer may have given."""
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        digits = digits_of(found[0])
        if not _GROUPS.fullmatch(found[0]) and len(digits) > 16:
            shorter = re.compile(r"\d{4}([\s.\-]{0,2})\d{4}\1\d{4}\1\d{4}(?!\d)").match(text, start, end)
            if shorter:
                end, digits = shorter.end(), digits_of(shorter[0])
        if luhn(digits) and varied(digits) and _may_be(text, start, end, digits):
            yield Span(start, end, "card")


def _may_be(text: str, start: int, end: int, digits: str) -> bool:
    announced = _last(_CARD, text, start)
    denied = _last(_OTHER, text, start)
    if announced > denied:
        return bool(_SURE.fullmatch(digits) or _POSSIBLE.fullmatch(digits))
    grouped = _GROUPS.fullmatch(text, start, end)
    return denied < 0 and bool(_SURE.fullmatch(digits)) and grouped is not None


def _last(words: re.Pattern[str], text: str, before: int) -> int:
    """Return where the last of these words stands shortly before a place; -1 without any."""
    return max((found.end() for found in words.finditer(text, max(0, before - 50), before)), default=-1)
