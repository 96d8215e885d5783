"""Request and response types of glossaries."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

GlossaryKind = Literal["terms", "memory"]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=r"^[^\x00-\x1f]*$")
]
Forbidden = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f|]*$")
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")
]
Code = Annotated[str, StringConstraints(max_length=8)]
_AT_ONCE = 200


class GlossaryOut(BaseModel):
    """A glossary, or a translation memory. `may_edit`: the caller may change it, and delete it."""

    id: UUID
    kind: GlossaryKind
    name: str
    source: str
    target: str
    lines: int
    unit_id: UUID | None
    unit_name: str | None
    is_mine: bool
    may_edit: bool
    by_default: bool
    updated_at: datetime


class GlossaryList(BaseModel):
    """All that the caller may use."""

    items: list[GlossaryOut]


class NewGlossary(BaseModel):
    """An empty glossary, or memory, of the caller's or of a unit."""

    model_config = ConfigDict(extra="forbid")

    kind: GlossaryKind = "terms"
    name: Name
    source: Code
    target: Code
    unit_id: UUID | None = None


class GlossaryLine(BaseModel):
    """A term and what it must become; of a memory, a segment and its translation.

    `target` equal to `source`: never translated. `forbidden`: what must never stand for it.
    """

    model_config = ConfigDict(extra="forbid")

    source: Words
    target: Words
    forbidden: Annotated[list[Forbidden], Field(max_length=20)] = []
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00-\x1f]*$")] = ""
    exact_case: bool = False


class ShownLine(BaseModel):
    """A line of a glossary, as it was brought."""

    source: str
    target: str
    forbidden: list[str]
    note: str
    exact_case: bool


class GlossaryLines(BaseModel):
    """A page of lines in the order of their words; `next` is where the following begins."""

    items: list[ShownLine]
    total: int
    next: int | None


class LineNamed(BaseModel):
    """A line by its words."""

    model_config = ConfigDict(extra="forbid")

    source: Annotated[str, StringConstraints(max_length=20_000)]
    target: Annotated[str, StringConstraints(max_length=20_000)]


class GlossaryChange(BaseModel):
    """What changes of a glossary: lines go, then lines come; one that is changed does both."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    by_default: bool | None = None
    removed: Annotated[list[LineNamed], Field(max_length=_AT_ONCE)] = []
    added: Annotated[list[GlossaryLine], Field(max_length=_AT_ONCE)] = []
