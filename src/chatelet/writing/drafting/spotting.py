"""What a reader must check in a draft, found by rules: dates, amounts, law, promises, empty places, names.

Each rule would rather show one thing too many than let one pass: nothing is corrected here, a person looks.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from chatelet.knowledge.sentences import sentences_of
from chatelet.writing.drafting.naming import names_in

Kind = Literal["empty", "figure", "amount", "date", "reference", "promise", "name"]
Language = Literal["fr", "en"]

_MONTH: Final = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATE: Final = re.compile(
    rf"\b(?:(?:1er|\d{{1,2}}(?:st|nd|rd|th)?)\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}}))(?!\w)",
    re.IGNORECASE,
)
_FIGURE: Final = r"\d[\d \u00a0\u202f.,]*"
_CURRENCY: Final = r"(?:[kM]?€|EUR\b|euros?\b|£|\$|USD\b|GBP\b|dollars?\b|pounds?\b|[kM]EUR\b)"
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,]){_FIGURE}\s?(?:(?:milliers?|millions?|milliards?|thousand|billions?)\s+(?:d['’e]\s?)?)?{_CURRENCY}"
    rf"|[€£$]\s?\d[\d,.]*\d?(?:\s?(?:[kMm]\b|million|billion|thousand))?",
    re.IGNORECASE,
)
_NUMBERED: Final = r"(?:LO|[LRDA]\.?)?\s?\*?\d+(?:[-.]\d+)*(?:\s?(?:bis|ter|quater))?"
_REFERENCE: Final = re.compile(
    rf"\b(?:"
    rf"(?:les\s+)?art(?:icles?|\.)\s+{_NUMBERED}(?:\s?(?:,|et|à|and|to)\s+{_NUMBERED})*"
    r"(?:\s+(?:du|de\s+la|de\s+l['’]|of\s+the|of)\s?[^.;:()\n,]{3,80}?"
    r"(?=[.;:()\n,]|\s(?:qui|et|est|sont|which|and|is)\b|$))?"
    r"|(?:loi|décret|arrêté|ordonnance|circulaire|délibération|décision)"
    r"(?:\s+(?:organique|ministériel\w*|interministériel\w*|"
    r"préfectoral\w*|municipal\w*))?\s+(?:n[°o]\s?[\d-]+(?:\s+du\s+[^.;:,()\n]{4,30}?\d{4})?"
    r"|(?:du|de)\s+\d{1,2}(?:er)?\s+\w+\s+\d{4})"
    r"|(?:règlement|directive|regulation)\s+(?:\((?:UE|CE|EU|EC)\)\s+)?(?:n[°o]\s?)?\d+/\d+(?:/(?:UE|CE|EU|EC))?"
    r"|code\s+(?:de\s+(?:la\s+|l['’])?|du\s+|des\s+|général\s+(?:de\s+la\s+|des\s+)?)\w[\w’'-]*"
    r"(?:\s+(?:des|du|de|et)\s+\w+){0,3}"
    r"|RGPD|GDPR|(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+){0,5}\s+Act\s+\d{4}"
    r"|[Ss]ections?\s+\d+(?:\(\w+\))*(?:\s+of\s+the\s+[A-Z][\w ]{2,60}\d{4})?"
    r")",
    re.IGNORECASE,
)
_PROMISES: Final[dict[str, re.Pattern[str]]] = {
    "fr": re.compile(
        r"\b(?:(?:m|nous nous|s)['’ ]?\s?engage(?:ons|nt|ra|rons)?\b|engagements?\b"
        r"|garanti(?:r|t|s|ssons|ssent|ra|rons|e|es)?\b"
        r"|assur(?:e|ons|ent|erons|era)\b|prome(?:ts|t|ttons|ttent)\b|promesses?\b|confirm(?:e|ons)\b"
        r"|(?:je|j['’]|nous)\s?(?:(?:vous|lui|leur|ne|y|le|la|les|en)\s)*(?!serais)\w{2,}(?:rai|rons)\b"
        r"|vous\s(?:en\s|y\s)?\w{2,}rez\b|ser(?:a|ont)\s\w+(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|t|te|ts|tes)\b"
        r"|dans\sun\sdélai|sous\s\d+\s(?:jours?|heures?|semaines?|mois)|au\splus\stard|accord(?:e|ons)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:(?:we|I)(?:\s(?:will|shall)\b|['’]ll\b)"
        r"|undertakes?\b|commit(?:s|ted)?\sto\b|commitments?\b|guarantees?d?\b"
        r"|promises?d?\b|ensures?\b|assures?\b|confirms?\b|you\s(?:will|shall)\s(?:receive|obtain|get|be)\b"
        r"|(?:will|shall)\sbe\s\w+(?:ed|en|id|ade|ent)\b|no\slater\sthan"
        r"|within\s\w+\s(?:working\s)?(?:days?|hours?|weeks?|months?))",
        re.IGNORECASE,
    ),
}  # fmt: skip
_EMPTY: Final = re.compile(
    r"\[(?!\d{1,3}\])[^\]\n]{0,160}\](?!\()"
    r"|(?<!\w)X{2,}(?!\w)|_{3,}|\.{4,}|…{2,}|\b(?:JJ|DD)[/-]MM[/-](?:AAAA|YYYY)\b|<[^<>\n/]{2,60}>"
    r"|⟦…⟧|\b(?:TBD|TODO|lorem ipsum)\b"
)


class Spot(NamedTuple):
    """A stretch of a draft to look at; positions count code points, end excluded."""

    start: int
    end: int
    kind: Kind


def spots(text: str, language: Language) -> list[Spot]:
    """Return what stands out in a draft, in order; what one rule took, a weaker one does not take again.

    Promises are whole sentences, and may hold the others.
    """
    taken = bytearray(len(text))
    found: list[Spot] = []
    rules: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("empty", _EMPTY), ("reference", _REFERENCE), ("date", _DATE), ("amount", _AMOUNT)
    )  # fmt: skip
    for kind, rule in rules:
        for match in rule.finditer(text):
            _take(text, match.start(), match.end(), kind, taken, found)
    for start, end in names_in(text):
        _take(text, start, end, "name", taken, found)
    found += _promises(text, language)
    return sorted(found)


def _take(text: str, start: int, end: int, kind: Kind, taken: bytearray, found: list[Spot]) -> None:
    while end > start and text[end - 1] in " \u00a0\u202f,.\n":
        end -= 1
    if start < end and not any(taken[start:end]):
        taken[start:end] = b"\x01" * (end - start)
        found.append(Spot(start, end, kind))


def _promises(text: str, language: Language) -> Iterator[Spot]:
    rule = _PROMISES[language]
    for start, end in sentences_of(text):
        if rule.search(text, start, end):
            yield Spot(start, end, "promise")
