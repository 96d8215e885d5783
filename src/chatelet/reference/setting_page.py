"""`docs/reference/settings.md`: every setting, from the typed classes that read them."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from chatelet.reference.markdown import head, sentence, table
from chatelet.settings import Section, Settings

_INTRODUCTION = """\
Each setting is read from the environment, else from the file that `CHATELET_CONFIG` names (`chatelet.toml`), else its
default holds. All are checked at start: an unknown name or a wrong value is refused, with its name. A section is a
`[section]` of the file; its settings are also `CHATELET_SECTION__NAME` in the environment. Lists of tables
(`[[backends]]`, `[[models]]`) are written in the file."""
_COLUMNS = ("name", "environment", "type", "default", "what")
_ENTRY_COLUMNS = ("name", "type", "default", "what")
_NAMES = {
    "str": "text",
    "int": "integer",
    "float": "number",
    "bool": "`true` · `false`",
    "SecretStr": "secret text",
    "Path": "path",
}
_BOUNDS = {Ge: ("≥", "ge"), Gt: (">", "gt"), Le: ("≤", "le"), Lt: ("<", "lt"), MaxLen: ("≤ characters:", "max_length")}


def page() -> str:
    """Return the page."""
    general = {name: field for name, field in Settings.model_fields.items() if _section_of(field) is None}
    parts = [head("Settings", "chatelet.settings", _INTRODUCTION), "## General\n"]
    parts.append(table(_COLUMNS, [_setting(name, field, "") for name, field in general.items()]))
    for name, field in Settings.model_fields.items():
        section = _section_of(field)
        if section is not None:
            parts += list(_told(name, section, is_list=get_origin(field.annotation) is tuple))
    return "\n".join(parts)


def _told(name: str, section: type[BaseModel], *, is_list: bool) -> Iterator[str]:
    yield f"## `[[{name}]]`\n" if is_list else f"## `[{name}]`\n"
    yield f"{sentence(section.__doc__)}\n"
    fields = {key: field for key, field in section.model_fields.items() if _section_of(field) is None}
    if is_list:
        yield table(_ENTRY_COLUMNS, [_entry(key, field) for key, field in fields.items()])
    else:
        yield table(_COLUMNS, [_setting(key, field, f"{name}__") for key, field in fields.items()])
    for key, field in section.model_fields.items():
        nested = _section_of(field)
        if nested is not None:
            rows = [_entry(f"{key}.{inner}", told) for inner, told in nested.model_fields.items()]
            yield f"`{key}`: {sentence(nested.__doc__)}\n"
            yield table(_ENTRY_COLUMNS, rows)


def _setting(name: str, field: FieldInfo, prefix: str) -> tuple[str, ...]:
    told, kind, default, what = _entry(name, field)
    return told, f"`CHATELET_{(prefix + name).upper()}`", kind, default, what


def _entry(name: str, field: FieldInfo) -> tuple[str, str, str, str]:
    bounds = "".join(f", {sign} {getattr(mark, attribute)}" for mark, sign, attribute in _marks(field.metadata))
    return f"`{name}`", _kind(field.annotation) + bounds, _default(field), field.description or ""


def _marks(metadata: list[Any]) -> Iterator[tuple[Any, str, str]]:
    for mark in metadata:
        for kind, (sign, attribute) in _BOUNDS.items():
            if isinstance(mark, kind):
                yield mark, sign, attribute


def _kind(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0])
    if origin is Literal:
        return " · ".join(f"`{value}`" for value in arguments)
    if origin in {Union, UnionType}:
        return " or ".join(_kind(argument) for argument in arguments if argument is not NoneType)
    if origin is tuple:
        return f"list of {_kind(arguments[0])}"
    name: str = annotation.__name__
    return _NAMES.get(name, name)


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "computed at start"
    if field.default is PydanticUndefined:
        return "required"
    if field.default is None:
        return "none"
    default: object = field.default
    return f"`{json.dumps(str(default) if isinstance(default, Path) else default, ensure_ascii=False)}`"


def _section_of(field: FieldInfo) -> type[Section] | None:
    """Return the class of a section or of the entries of a list of tables; None for a plain setting."""
    arguments = get_args(field.annotation)
    annotation = arguments[0] if get_origin(field.annotation) is tuple and arguments else field.annotation
    return annotation if isinstance(annotation, type) and issubclass(annotation, Section) else None
