"""Makes `docs/reference/journal-events.md` from the classes of events, so that the page cannot lie."""

from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from chatelet.audit.events import EVENTS
from chatelet.audit.vocabulary import BaseEvent

_HEAD: Final = """# Events of the journal

Made from `chatelet.audit.events` (`audit/reference.py`); do not edit.

Each event holds who (`actor`), in whose name (`acting_for`), what (`name`), on which object (`object_kind`,
`object_id`), with which result (`done`, `refused`, `failed`), from which network address (`origin`), when
(`occurred_at`, UTC, to the millisecond), the request it belongs to (`request_id`), and the fields below (`data`, JSON).
No event holds content: fields are identifiers, figures, and words of closed sets.
"""


def page() -> str:
    """Return the page, in Markdown."""
    sections: dict[str, list[str]] = {}
    for kind in EVENTS.values():
        sections.setdefault(kind.object_kind, []).append(_event(kind))
    parts = [_HEAD]
    for object_kind, entries in sorted(sections.items()):
        parts.append(f"## {object_kind.capitalize()}\n")
        parts += entries
    return "\n".join(parts)


def _event(kind: type[BaseEvent]) -> str:
    hints = get_type_hints(kind, include_extras=True)
    lines = [f"### `{kind.name}`\n", f"{' '.join((kind.__doc__ or '').split())}\n"]
    lines.append(f"- object: {kind.object_kind}" + (f", `{kind.object_field}`" if kind.object_field else ""))
    for field in msgspec.structs.fields(kind):
        lines.append(f"- `{field.name}`: {describe(hints[field.name])}")  # noqa: PERF401 (reads as the page does)
    return "\n".join(lines) + "\n"


def describe(hint: Any) -> str:
    """Say a type in words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        meta = next((extra for extra in arguments[1:] if isinstance(extra, msgspec.Meta)), None)
        return meta.description if meta and meta.description else describe(arguments[0])
    if origin is Literal:
        return " · ".join(f"`{value}`" for value in arguments)
    if origin in {Union, UnionType}:
        kept = [describe(argument) for argument in arguments if argument is not NoneType]
        return " or ".join(kept) + (" or nothing" if NoneType in arguments else "")
    name: str = hint.__name__
    return {"UUID": "identifier", "bool": "`true` · `false`"}.get(name, name)
