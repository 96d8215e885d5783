"""Response types of glossaries."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

GlossaryKind = Literal["terms", "memory"]


class GlossaryOut(BaseModel):
    """A glossary, or a translation memory. `is_mine`: the caller may delete it."""

    id: UUID
    kind: GlossaryKind
    name: str
    source: str
    target: str
    lines: int
    unit_id: UUID | None
    unit_name: str | None
    is_mine: bool
    updated_at: datetime


class GlossaryList(BaseModel):
    """All that the caller may use."""

    items: list[GlossaryOut]
