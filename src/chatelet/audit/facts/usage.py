"""Facts about the figures of units leaving the installation."""

from typing import ClassVar
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Code, ObjectKind, Slug


class UsageExported(BaseEvent, frozen=True, kw_only=True):
    """Monthly figures were exported: of a unit and all under it, or of all that the person may see."""

    name: ClassVar[str] = "usage.exported"
    object_kind: ClassVar[ObjectKind] = "unit"
    object_field: ClassVar[str | None] = "unit_id"
    unit_id: UUID | None = None
    first: Slug
    last: Slug
    format: Code
