"""Postal addresses: a number and a way (French first), its town when it follows; not the mere name of a street."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

# Ways that mean nothing else after a number, and those that do ("3 cours de droit", "2 places").
_SURE: Final = (
    r"rues?|av\.?|aven\.?|avenue|bd\.?|bld\.?|blvd\.?|boulevard|boul\.|all(?:ee|\.)s?|impasse|imp\.|quai|chemin"
    r"|chem\.|che\."
    r"|ch\.|faubourg|fbg?\.?|ruelle|venelle|rond-point|esplanade|lotissement|lot\.|sentier|route|rte\.?|chaussee"
    r"|lieu-dit"
    r"|lieudit|residence|res\.|hameau|promenade|square|sq\."
)
_UNSURE: Final = (
    r"place|pl\.?|cours|passage|pass\.|voie|mail|cite|clos|domaine|villa|montee|traverse|parvis|pont|port|rampe|cour"
)
_WAY: Final = re.compile(rf"(?:(?P<sure>{_SURE})|(?:{_UNSURE}))(?= )(?! (?:et|ou|a|est|sont|par)\b)")
_NUMBER: Final = re.compile(
    r"(?<![\w,.])(?:n° ?)?\d{1,4}(?: ?(?:[-/]|et|a) ?\d{1,4})?(?: ?(?:bis|ter|quater|[a-f]))?(?: ?, ?| )(?:la |le "
    r"|grande? |petite? |vieille |rue )?$"
)
# The name of the way: words, until a comma, a line end or a postcode.
_NAME: Final = re.compile(
    r"(?: (?!\d{5}\b|\d{4}\b(?!,))(?:d'|l'|de l'|du |de la |de |des |la |le |les |aux? )?(?:[\w'-]{1,30}"
    r"|[a-z]{1,3}\.)){1,7}?"
    r"(?=[,;.)\]\"|<\n]|\s?[-–] ?\d{5}| \d{4,5}\b|$| (?:et|est|a|ou|qui|pour|avec|depuis|dans|sur|mon|ma|mes|tel"
    r"|ainsi|je|il|elle|on|nous|c'est|en|afin|atteste|le \d)\b)"
)
_TOWN: Final = re.compile(
    r"(?P<between>(?:[,;]? ?\n? {0,8}|[,;] ?|\s?[-–] ?| )(?:(?:bp|cs|bat(?:iment|\.)?|apt|appt?\.?|appartement"
    r"|esc(?:alier|\.)?|etage|\d(?:er|e|eme) etage"
    r"|residence|hall|entree|porte|tsa|cedex)[^\n,;]{0,30}[,;]? ?\n? ?){0,3})"
    r"(?P<code>(?:f|fr|b|ch|l|d)?-?\d{2} ?\d{3}|(?:(?<=, )|(?<=\n))(?:b-|ch-|l-)?\d{4}(?! ?€))[ ,]{1,2}"
    r"(?P<town>(?:(?:le|la|les|l'|saint|sainte|st|ste|sur|sous|en|de|du|des|d'|aux?|les|lez|cedex"
    r"|et)[ '-]{1,2}){0,3}[^\W\d_][\w'-]{1,40}"
    r"(?:[ -](?!a\b|et\b|qui\b|pour\b|depuis\b|tel|je\b|il\b|est\b|ma\b|mon\b|mail\b|merci\b|c'est\b"
    r"|dans\b)[^\W\d_][\w'-]{0,30}){0,4}(?: cedex)?(?: \d{1,2}(?!\d))?)"
)
_TOWN_ALONE: Final = re.compile(
    r", (?:a )?(?P<town>[A-ZÀ-Ý][\w'-]{2,30}(?:[ -][A-ZÀ-Ý][\w'-]{2,30}){0,3})(?: \(\d{2,3}\))?"
)
_ENGLISH: Final = re.compile(
    r"\d(?<![\w.,-]\d)\d{0,4}[A-Za-z]? (?:(?:[NSEW]\.?|North|South|East|West) )?(?:[A-Z][\w'.-]{1,20} |\d{1,3}(?:st"
    r"|nd|rd|th) ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|Way|Terrace|Close|Crescent"
    r"|Gardens|Grove"
    r"|Row|Parkway|Pkwy|Hill|Mews|Walk)\b\.?(?: (?:NW|NE|SW|SE)\b)?"
    r"(?:, (?:Apt|Apartment|Suite|Flat|Unit|#) ?\w{1,5})?"
    r"(?:,?\s{1,2}[A-Z][a-z'-]{1,20}(?: [A-Z][a-z'-]{1,20}){0,2})?"
    r"(?:,? {1,2}(?:[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?))?"
)
_GERMAN: Final = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]{2,30}(?:straße|strasse|str\.|platz|weg|gasse"
    r"|allee) \d{1,4}[a-z]?(?:,? {0,2}\n?(?:D-)?\d{4,5} [A-ZÄÖÜ][\wäöüß-]{2,30})?"
)
_NUMBER_AFTER: Final = re.compile(r",? (?:n° ?)?\d{1,4} ?[a-e]?(?= ?[,\n] ?(?:[a-z]{1,2}-)?\d{4,5} [a-z])")
_BOX: Final = re.compile(r"\b(?:bp|cs|tsa|boite postale) ?\d{2,6}(?=[ ,\n-])")
_BOXES: Final = frozenset(("bp", "cs", "tsa", "postale"))
_WAYS: Final = frozenset(
    "rue rues av aven avenue bd bld blvd boulevard boul allee allees all impasse imp quai chemin chem che ch faubourg"
    " fb fbg ruelle venelle rond esplanade lotissement lot sentier route rte"
    " chaussee lieu lieudit residence res hameau promenade square sq place pl cours passage pass voie mail cite clos"
    " domaine villa montee traverse parvis pont port rampe cour".split()
)
_LIVES: Final = re.compile(
    r"(?:demeurant|domicilie[es]*|habit(?:e|ant|ons|ez)|reside|residant|adresse(?: postale)?|logee?|hebergee?|sis[e]?"
    r"|lives at|living at|address)"
    r"(?: (?:au|a|actuellement|desormais))? ?:? ?,? ?$"
)
_LONGEST: Final = 170


def find_addresses(reading: Reading) -> Iterator[Span]:
    """Give whole addresses: number, way and town."""
    folded, text = reading.folded, reading.text
    for way in _WAY.finditer(folded) if not reading.words.isdisjoint(_WAYS) else ():
        before = folded[way.start() - 1 : way.start()]
        if before.isalnum() or before == "-":
            continue
        span = _address(reading, way)
        if span:
            yield span
    for box in _BOX.finditer(folded) if not reading.words.isdisjoint(_BOXES) else ():
        town = _TOWN.match(folded, box.end())
        if town:
            yield Span(*reading.place(box.start(), town.end()), "address")
    for found in _ENGLISH.finditer(text):
        yield Span(found.start(), found.end(), "address")
    if reading.holds(("stra", "platz", "weg ", "gasse", "allee ", "str. ")):
        for found in _GERMAN.finditer(text):
            yield Span(found.start(), found.end(), "address")


def _address(reading: Reading, way: re.Match[str]) -> Span | None:
    folded = reading.folded
    number = _NUMBER.search(folded, max(0, way.start() - 24), way.start())
    name = _NAME.match(folded, way.end(), min(len(folded), way.end() + 90))
    if name is None:
        return None
    end = name.end()
    after = _NUMBER_AFTER.match(folded, end)
    if not number and after:
        end = after.end()
    town = _TOWN.match(folded, end, min(len(folded), end + 110))
    start = number.start() if number else way.start()
    if number is None and not (town or _LIVES.search(folded, max(0, way.start() - 40), way.start())):
        return None
    first, last = reading.place(way.end() + 1, name.end())
    proper = any(char.isupper() for char in reading.text[first:last])
    if not town and not proper and (not way["sure"] or not number):
        return None
    return Span(*reading.place(start, town.end() if town else _with_town(reading, end)), "address")


def _with_town(reading: Reading, end: int) -> int:
    """Return the end, after the town written without postcode: « 3 rue Haute, Dijon »."""
    _, place = reading.place(end - 1, end)
    town = _TOWN_ALONE.match(reading.text, place)
    return end + town.end() - town.start() if town else end
