"""From what a person gave to the document to write: values checked, sections kept or left, places filled, parts listed.

values given -> checked -> body: sections -> parts (words | to write), each with its places filled
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

from chatelet.writing.drafting.template import CLOSES, OPENS, PLACE, Field, FieldKind, Language, Template
from chatelet.writing.errors import TemplateFieldMissing, TemplateFieldUnknown, TemplateFieldWrong

_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
        *("novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
        *("November", "December"),
    ),
}
_YES: Final[dict[Language, tuple[str, str]]] = {"fr": ("oui", "non"), "en": ("yes", "no")}
_EMPTY: Final[dict[Language, str]] = {"fr": "[À compléter : {}]", "en": "[To be filled in: {}]"}
_UNWRITTEN: Final[dict[Language, str]] = {"fr": "[À rédiger : {}]", "en": "[To be written: {}]"}
_SECTION: Final = re.compile(r"\{\{\s*([#^])\s*([^{}\s]+)\s*\}\}(.*?)\{\{\s*/\s*\2\s*\}\}[ \t]*", re.DOTALL)
_LONGEST: Final = {FieldKind.SHORT: 300, FieldKind.LONG: 20_000}
_AMOUNT: Final = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
_TOLD: Final = 90  # characters of an instruction, where a part could not be written


class Words(msgspec.Struct, frozen=True, tag=True):
    """Words of the template, with what was given in their places."""

    text: str


class ToWrite(msgspec.Struct, frozen=True, tag=True):
    """A part that the model writes; `words` is how many at most, when the template says so."""

    number: int
    instruction: str
    words: int | None = None


Part = Words | ToWrite


def checked(template: Template, given: Mapping[str, str]) -> dict[str, str]:
    """Return the value of every field that was filled, in the order of the form.

    Raises `TemplateFieldUnknown`, `TemplateFieldMissing`, `TemplateFieldWrong`, each with the field.
    """
    names = {field.name for field in template.fields}
    for name in given:
        if name not in names:
            raise TemplateFieldUnknown(field=name[:80])
    values: dict[str, str] = {}
    for field in template.fields:
        value = given.get(field.name, "").strip()
        if value:
            values[field.name] = _checked(field, value)
        elif field.required:
            raise TemplateFieldMissing(field=field.label[:80])
    return values


def worded(field: Field, value: str, language: Language) -> str:
    """Return a value as the document says it."""
    match field.kind:
        case FieldKind.DATE:
            day = date.fromisoformat(value)
            first = "1er" if language == "fr" and day.day == 1 else str(day.day)
            return f"{first} {_MONTHS[language][day.month - 1]} {day.year}"
        case FieldKind.AMOUNT:
            return _amount(value, language)
        case FieldKind.YES_NO:
            return _YES[language][value != "yes"]
        case FieldKind.LONG:
            return re.sub(r"(?<=\S)\n(?=\S)(?![-*•]|\d+[.)])", "  \n", value)  # its lines stay lines
        case FieldKind.SHORT | FieldKind.CHOICE:
            return value


def facts(template: Template, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the label and the words of each field that was filled."""
    fields = [field for field in template.fields if field.name in values]
    return [(field.label, worded(field, values[field.name], template.language)) for field in fields]


def parts_of(template: Template, values: Mapping[str, str]) -> list[Part]:
    """Return the parts of the document, in order."""
    body = _SECTION.sub(lambda match: _section(match, values), template.body)
    fields = {field.name: field for field in template.fields}

    def fill(text: str) -> str:
        return PLACE.sub(lambda match: _filled(fields[match[2]], values, template.language), text)

    found: list[Part] = []
    place = number = 0
    while (opens := OPENS.search(body, place)) is not None:
        closes = CLOSES.search(body, opens.end())
        end = closes.start() if closes else len(body)
        found.append(Words(fill(body[place : opens.start()])))
        words = int(opens[1]) if opens[1] else None
        found.append(ToWrite(number, fill(body[opens.end() : end]).strip(), words))
        place, number = closes.end() if closes else len(body), number + 1
    return [*found, Words(fill(body[place:]))]


def joined(parts: Sequence[Part], written: Mapping[int, str], language: Language, *, here: int | None = None) -> str:
    """Return the document; a part that is not written says so, or holds the mark of the part being asked for."""
    found: list[str] = []
    for part in parts:
        if isinstance(part, Words):
            found.append(part.text)
        elif part.number in written:
            found.append(written[part.number])
        else:
            found.append("⟦…⟧" if part.number == here else _UNWRITTEN[language].format(_cut(part.instruction)))
    return re.sub(r"\n{3,}", "\n\n", "".join(found)).strip() + "\n"


def _checked(field: Field, value: str) -> str:
    is_right = True
    match field.kind:
        case FieldKind.DATE:
            is_right = _is_date(value)
        case FieldKind.CHOICE:
            is_right = value in field.choices
        case FieldKind.YES_NO:
            is_right = value in {"yes", "no"}
        case FieldKind.AMOUNT:
            value = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
            is_right = _AMOUNT.fullmatch(value) is not None
        case FieldKind.SHORT | FieldKind.LONG:
            is_right = len(value) <= _LONGEST[field.kind] and "\x00" not in value
    if field.kind is FieldKind.SHORT:
        value = " ".join(value.split())
    if not is_right:
        raise TemplateFieldWrong(field=field.label[:80], kind=field.kind.value)
    return value


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _amount(value: str, language: Language) -> str:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return value
    told = f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}"
    if language == "en":
        return f"€{told}"
    return told.replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def _section(match: re.Match[str], values: Mapping[str, str]) -> str:
    is_given = values.get(match[2], "no") != "no"
    return match[3] if is_given is (match[1] == "#") else ""


def _filled(field: Field, values: Mapping[str, str], language: Language) -> str:
    if field.name in values:
        return worded(field, values[field.name], language)
    return _EMPTY[language].format(field.label)


def _cut(text: str) -> str:
    words = " ".join(text.replace("[", "").replace("]", "").split())
    return words if len(words) <= _TOLD else words[: _TOLD - 1] + "…"
