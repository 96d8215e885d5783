"""A template as one Markdown file: front matter in TOML between two lines of `+++`, then the body.

TOML and not YAML: the standard library reads it, it has no surprise in types, and no second dialect is guessed.
"""

import json
import re
import tomllib
from typing import Any, Final, cast

import msgspec

from chatelet.writing.drafting.template import Template, check
from chatelet.writing.errors import TemplateBroken

_FRONT: Final = re.compile(r"\A\ufeff?\s*\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read(text: str) -> Template:
    """Return the template of a file. Raises `TemplateBroken`, which says where."""
    found = _FRONT.match(text)
    if found is None:
        raise TemplateBroken(reason="front_missing", about="", line=1)
    try:
        front: dict[str, Any] = tomllib.loads(found[1])
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise TemplateBroken(reason="front_unreadable", about="", line=int(line[1]) + 1 if line else 0) from None
    listed = cast("object", front.pop("field", []))
    body = text[found.end() :].replace("\r\n", "\n").strip("\n") + "\n"
    try:
        template = msgspec.convert({"purpose": "", **front, "fields": listed, "body": body}, Template)
    except msgspec.ValidationError as error:
        raise TemplateBroken(reason="front_wrong", about=str(error)[:80], line=0) from None
    return check(template)


def write(template: Template) -> str:
    """Return the file of a template: what is read of it is the same template."""
    lines = ["+++", *(f"{name} = {_told(getattr(template, name))}" for name in ("name", "purpose", "language"))]
    for field in template.fields:
        lines += ["", "[[field]]", f"name = {_told(field.name)}", f"label = {_told(field.label)}"]
        lines.append(f"kind = {_told(field.kind.value)}")
        lines += ["required = true"] if field.required else []
        lines += [f"help = {_told(field.help)}"] if field.help else []
        lines += [f"choices = [{', '.join(map(_told, field.choices))}]"] if field.choices else []
    return "\n".join([*lines, "+++", "", template.body.strip("\n"), ""])


def _told(text: str) -> str:
    """Return a basic string of TOML: JSON's escapes are among its own, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
