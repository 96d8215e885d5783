"""What a template is: the form to fill, the words around, the parts that a model writes. Plain values, checked whole.

The body is Markdown. `{{name}}` is what was given for a field; `{{#name}} … {{/name}}` stays when it was given (or is
yes), `{{^name}} … {{/name}}` when it was not; a part for the model stands between `:::write` and `:::`, each alone on
its line.
"""

import re
from enum import StrEnum
from typing import Final, Literal

import msgspec

from chatelet.writing.errors import TemplateBroken

Language = Literal["fr", "en"]
MOST_FIELDS: Final = 40
MOST_PARTS: Final = 12
LONGEST_BODY: Final = 30_000
PLACE: Final = re.compile(r"\{\{\s*([#^/]?)\s*([^{}\s]+)\s*\}\}")
OPENS: Final = re.compile(r"^:::[ \t]*write(?:[ \t]+(\d{1,4}))?[ \t]*$", re.MULTILINE)
CLOSES: Final = re.compile(r"^:::[ \t]*$", re.MULTILINE)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class FieldKind(StrEnum):
    """How a field is filled."""

    SHORT = "short"
    LONG = "long"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    AMOUNT = "amount"


class Field(msgspec.Struct, frozen=True):
    """A line of the form; `name` is what the body calls it, `label` what the person reads."""

    name: str
    label: str
    kind: FieldKind = FieldKind.SHORT
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()


class Template(msgspec.Struct, frozen=True):
    """A whole template; `language` is that of what is written."""

    name: str
    purpose: str
    language: Language
    fields: tuple[Field, ...]
    body: str

    @property
    def words(self) -> str:
        """Return all that its author wrote, as the detectors read it."""
        told = (f"{one.label} {one.help} {' '.join(one.choices)}" for one in self.fields)
        return "\n".join((self.name, self.purpose, *told, self.body))


def check(template: Template) -> Template:
    """Return the template, which may be used. Raises `TemplateBroken`, which says where."""
    if not template.name.strip():
        raise TemplateBroken(reason="name_missing", about="", line=0)
    if not template.body.strip():
        raise TemplateBroken(reason="body_missing", about="", line=0)
    if len(template.body) > LONGEST_BODY or len(template.fields) > MOST_FIELDS:
        raise TemplateBroken(reason="too_long", about="", line=0)
    _check_fields(template.fields)
    _check_places(template)
    _check_parts(template.body)
    return template


def _check_fields(fields: tuple[Field, ...]) -> None:
    seen: set[str] = set()
    for field in fields:
        if not _NAME.fullmatch(field.name):
            raise _broken("field_name", field.name)
        if field.name in seen:
            raise _broken("field_twice", field.name)
        if not field.label.strip():
            raise _broken("label_missing", field.name)
        if (field.kind is FieldKind.CHOICE) != (len(field.choices) >= 2):
            raise _broken("choices", field.name)
        seen.add(field.name)


def _check_places(template: Template) -> None:
    """Every place names a field, and every section that opens closes, none inside another."""
    names = {field.name for field in template.fields}
    opened = ""
    for match in PLACE.finditer(template.body):
        mark, name = match.groups()
        line = template.body.count("\n", 0, match.start()) + 1
        if name not in names:
            raise _broken("place_unknown", name, line)
        if mark == "/":
            if opened != name:
                raise _broken("section_crossed", name, line)
            opened = ""
        elif mark:
            if opened:
                raise _broken("section_crossed", name, line)
            opened = name
    if opened:
        raise _broken("section_open", opened)


def _check_parts(body: str) -> None:
    place = count = 0
    while (opens := OPENS.search(body, place)) is not None:
        line = body.count("\n", 0, opens.start()) + 1
        closes = CLOSES.search(body, opens.end())
        following = OPENS.search(body, opens.end())
        if closes is None or (following is not None and following.start() < closes.start()):
            raise _broken("part_open", "", line)
        if not body[opens.end() : closes.start()].strip():
            raise _broken("part_empty", "", line)
        place, count = closes.end(), count + 1
        if count > MOST_PARTS:
            raise _broken("too_many_parts", "", line)


def _broken(reason: str, about: str, line: int = 0) -> TemplateBroken:
    return TemplateBroken(reason=reason, about=about[:80], line=line)
