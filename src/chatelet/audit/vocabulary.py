"""What an event may be made of: identifiers, slugs, codes of closed sets, figures. Nothing here can hold a sentence.

Every text is bounded ASCII without space nor control character, so that no value can forge a line
of a log or of a report.
"""

from typing import Annotated, Any, ClassVar, Literal, TypeVar

import msgspec
from msgspec import Meta

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}\Z", description="slug")]
Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}\Z", description="code")]
Hexadecimal = Annotated[str, Meta(pattern=r"^[0-9a-f]{16,64}\Z", description="hexadecimal")]
# Sets that higher layers own as StrEnum: written as patterns, so that their members are accepted as they are.
Level = Annotated[
    str,
    Meta(pattern=r"^(public|internal|restricted|diffusion_restreinte)(_[1-3])?\Z", description="level of sensitivity"),
]
TurnState = Annotated[
    str, Meta(pattern=r"^(answered|refused|stopped|failed|interrupted)\Z", description="final state of a turn")
]
Count = Annotated[int, Meta(ge=0, le=2**53, description="number")]
Amount = Annotated[float, Meta(ge=0, le=1e12, description="number")]
Codes = Annotated[tuple[Code, ...], Meta(max_length=32, description="codes")]
# What a field was or is: `true`, a figure, a day, an identifier, a code, or the fingerprint of a text.
Value = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-][A-Za-z0-9.:+_-]{0,63}\Z", description="value")]


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field, with what it was and is; nothing where there was nothing."""

    field: Code
    before: Value | None = None
    after: Value | None = None


Changes = Annotated[
    tuple[Change, ...],
    Meta(
        max_length=32,
        description="for each field: `before` and `after` (figure, day, identifier, code, or fingerprint of a text)",
    ),
]

Result = Literal["done", "refused", "failed"]
ObjectKind = Literal[
    "administrator",
    "backend",
    "backup",
    "certificate",
    "charter",
    "cohort",
    "collection",
    "conversation",
    "database",
    "directory",
    "file",
    "folder",
    "glossary",
    "group",
    "import",
    "invitation",
    "journal",
    "key",
    "model",
    "person",
    "place",
    "policy",
    "quota",
    "reading",
    "role",
    "provider",
    "report",
    "request",
    "research",
    "retention",
    "route",
    "service",
    "session",
    "site",
    "template",
    "turn",
    "unit",
    "volunteer",
    "work",
]


class BaseEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact. A class is an event: its `name` never changes; a field is only ever added, with a default."""

    name: ClassVar[str]
    object_kind: ClassVar[ObjectKind]
    object_field: ClassVar[str | None] = None

    @property
    def object_type(self) -> ObjectKind:
        """Kind of the object the event is about."""
        return self.object_kind

    @property
    def result(self) -> Result:
        """How it ended."""
        return "done"


def pack(event: BaseEvent) -> tuple[str | None, str]:
    """Return the object's identifier and the other fields as canonical JSON (sorted keys, ASCII).

    Raises `msgspec.ValidationError` when a field is not of its declared closed set.
    """
    fields: dict[str, Any] = msgspec.to_builtins(event)
    msgspec.convert(fields, type(event))
    object_id = fields.pop(event.object_field) if event.object_field else None
    return object_id, msgspec.json.encode(fields, order="sorted").decode("ascii")


_Kind = TypeVar("_Kind", bound=BaseEvent)


def unpack(kind: type[_Kind], object_id: str | None, data: str) -> _Kind:
    """Return the event that `pack` wrote; raise `msgspec.ValidationError` when it is not one."""
    fields: dict[str, Any] = msgspec.json.decode(data, type=dict[str, Any])
    if kind.object_field:
        fields[kind.object_field] = object_id
    return msgspec.convert(fields, kind)
