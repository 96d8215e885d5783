"""Names of persons: after a civility, a label or a relative, or a known first name followed by a family name.

Not the names of streets, laws, schools and prizes, nor those of history. A family name found once is found again where
it stands alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.pii import naming
from chatelet.policy.guardrails.pii.first_names import famous_lengths, famous_names, first_names
from chatelet.policy.guardrails.pii.naming import INITIAL, PARTICLE, PERSON, SURNAME, is_place, no_surnames
from chatelet.policy.guardrails.reading import Reading, fold
from chatelet.policy.guardrails.spans import Span

_WORD: Final = re.compile(rf"(?<![\w'’@/.-])(?:{SURNAME})(?![\w@])")
_AFTER: Final = re.compile(rf"(?:[ \u00a0](?:{PARTICLE}){{0,2}}(?:{INITIAL}|{SURNAME})(?![\w@])){{1,3}}")
_BEFORE: Final = re.compile(rf"(?<![\w'’@/.-])(?:{PARTICLE}){{0,2}}[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+,?[ \u00a0]$")
_PERSON: Final = re.compile(PERSON)
_PARTS: Final = re.compile(r"[ \u00a0]")
_PEOPLE: Final = re.compile(rf"{PERSON}(?:(?:, | et )(?:M\. |Mme |Dr )?{PERSON}){{0,5}}")
_ONE: Final = re.compile(rf"(?:M\. |Mme |Dr )?({PERSON})")


def find_names(reading: Reading) -> Iterator[Span]:
    """Give the names, without their civilities."""
    spans = [*_announced(reading), *_with_first_names(reading)]
    yield from spans
    yield from _again(reading.text, spans)


def _announced(reading: Reading) -> Iterator[Span]:
    yield from _after_civilities(reading)
    yield from _after_labels(reading)
    if not reading.words.isdisjoint(naming.CLOSINGS):
        for found in naming.CLOSING.finditer(reading.folded):
            yield from _people(reading.text, reading.place(*found.span())[1], alone=True)
    if not reading.words.isdisjoint(naming.RELATIVES):
        for found in naming.RELATIVE.finditer(reading.folded):
            word = _WORD.match(reading.text, reading.place(found.start(), found.end())[1])
            if word and _is_first_name(word[0]):
                yield from _kept(reading.text, *_extended(reading.text, word))


def _after_civilities(reading: Reading) -> Iterator[Span]:
    text = reading.text
    if not reading.words.isdisjoint(naming.CIVILITIES):
        for found in naming.CIVILITY.finditer(text):
            if not is_place(reading.folded, reading.folded_at(found.start())):
                yield from _kept(text, *found.span("name"))
    if reading.holds(("mme ", "mlle ", "mr ")):
        for found in naming.LOWER_CIVILITY.finditer(text):
            if fold(found["name"]) not in no_surnames():
                yield Span(*found.span("name"), "name")


def _after_labels(reading: Reading) -> Iterator[Span]:
    text, folded = reading.text, reading.folded
    for mark in naming.LABEL_END.finditer(folded):
        label = naming.label_before(folded, mark.start())
        after = naming.LABEL_AFTER.match(text, reading.place(*mark.span())[1]) if label else None
        if after:
            yield from _people(text, after.end(), alone=label not in {"de", "to", "a", "cc", "from"})
    if reading.holds(("appelle", "nomme", "soussigne", "my name", "c'est", "denomme", "alias", "nee ")):
        for label in naming.BARE_LABEL.finditer(folded):
            yield from _people(text, reading.place(*label.span())[1], alone=True)


def _people(text: str, start: int, *, alone: bool) -> Iterator[Span]:
    people = _PEOPLE.match(text, start)
    if people:
        for one in _ONE.finditer(text, people.start(), people.end()):
            yield from _kept(text, *one.span(1), alone=alone)


def _with_first_names(reading: Reading) -> Iterator[Span]:
    text = reading.text
    known = first_names()
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end or not _is_first_name(word[0]):
            continue
        start, end = _extended(text, word)
        start = _from_before(text, word, start, end)
        if start == word.start() and end == word.end():
            continue
        if not is_place(reading.folded, reading.folded_at(start)) and fold(text[start:end]) not in known:
            yield from _kept(text, start, end, alone=False)


def _from_before(text: str, word: re.Match[str], start: int, end: int) -> int:
    """Return the start, with the family name in capitals that stands before: « DUPONT Jean »."""
    before = _BEFORE.search(text, max(0, word.start() - 40), word.start())
    if before is None or fold(before[0]).strip(", \u00a0") in no_surnames():
        return start
    return before.start() if not word[0].isupper() or end == word.end() else start


def _is_first_name(word: str) -> bool:
    known, folded = first_names(), fold(word)
    return folded in known or ("-" in folded and all(part in known for part in folded.split("-")))


def _extended(text: str, word: re.Match[str]) -> tuple[int, int]:
    after = _AFTER.match(text, word.end())
    return word.start(), after.end() if after else word.end()


def _kept(text: str, start: int, end: int, *, alone: bool = True) -> Iterator[Span]:
    """Give the name cut before the first word that is no name, if something is left of it."""
    kept = start
    for part in _PARTS.split(text[start:end]):
        plain = fold(part).strip(".,")
        if (
            plain in no_surnames()
            and not part.endswith(".")
            and not (part[:1].isupper() and plain in _PARTICLES)
            and plain not in _LOWER_PARTICLES
        ):
            break
        kept += len(part) + 1
    name = text[start : min(kept - 1, end)] if kept > start else ""
    words = name.split()
    while words and fold(words[-1]) in _LOWER_PARTICLES | _PARTICLES:
        name = name[: -len(words.pop())].rstrip()
    plain = fold(name)
    if len(plain.replace(".", "").strip()) < 2 or _is_famous(plain):
        return
    if alone or len(words) > 1:
        yield Span(start, start + len(name), "name")


def _is_famous(plain: str) -> bool:
    """Tell whether a name begins with a famous one, of which its first word is the beginning."""
    least, known = len(plain.split(" ", 1)[0]), famous_names()
    return any(plain[:length] in known for length in famous_lengths() if least <= length <= len(plain))


def _again(text: str, spans: list[Span]) -> Iterator[Span]:
    """Give the family names of `spans` where they stand alone."""
    surnames = {
        word
        for span in spans
        for word in text[span.start : span.end].split()[1:]
        if len(word) > 3 and word[0].isupper()
    }
    surnames = {word for word in surnames if not _is_first_name(word) and fold(word) not in no_surnames()}
    if not surnames:
        return
    surnames |= {word.upper() for word in surnames} | {word.title() for word in surnames}
    for word in _WORD.finditer(text):
        if word[0] in surnames:
            yield Span(word.start(), word.end(), "name")


_PARTICLES: Final = frozenset("le la les de du des van von ben bin el al da dos di ould ait".split())
_LOWER_PARTICLES: Final = frozenset("de du des van von der den ben bin el al da dos di d'".split())
