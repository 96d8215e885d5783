"""What the routes of retention read and write."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chatelet.policy.retention.kinds import Kind

_Days = Annotated[int, Field(ge=1, le=36_500)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewRetentionRule(_Written):
    """A duration for a kind, in a unit and under it; without unit, in the whole institution."""

    kind: Kind
    unit_id: UUID | None = None
    days: _Days


class RetentionChoiceIn(_Written):
    """A person's own duration, shorter than theirs; null goes back to what the institution says."""

    kind: Kind
    days: _Days | None


class RetentionRuleOut(BaseModel):
    """A rule, with who set it and which version of it this is."""

    id: UUID
    kind: Kind
    unit_id: UUID | None
    unit_name: str | None
    days: int
    version: int
    set_by: str | None
    set_at: datetime
    replaced_at: datetime | None


class RetentionKind(BaseModel):
    """A line of the matrix. `days` is what the institution says now; null: no end."""

    kind: Kind
    days: int | None
    default: int | None
    least: int
    most: int
    of_units: bool
    rules: list[RetentionRuleOut]
    history: list[RetentionRuleOut]


class RetentionMatrix(BaseModel):
    """The whole matrix."""

    items: list[RetentionKind]


class OwnRetention(BaseModel):
    """One kind, as it holds for the caller. `least` is null where they have no choice."""

    kind: Kind
    days: int | None
    ceiling: int | None
    chosen: int | None
    least: int | None


class OwnRetentionList(BaseModel):
    """Every kind, as it holds for the caller."""

    items: list[OwnRetention]
