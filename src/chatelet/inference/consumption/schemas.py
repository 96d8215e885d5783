"""What the routes of usage give. Money in euros, energy in Wh, greenhouse gases in grams of CO₂ equivalent."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field


class UsageFigures(BaseModel):
    """What was used. Euros and energy only of calls whose model declares prices and size."""

    requests: int = Field(description="Questions; titles and summaries are in the other figures only")
    tokens: int
    euros: float
    wh: float
    gco2e: float
    unpriced: int = Field(description="Calls of models, questions or not, whose price is not declared")
    unmeasured: int = Field(description="Calls of models, questions or not, whose energy cannot be estimated")


class DayUsage(UsageFigures):
    """One day, where the institution is."""

    day: date


class MonthUsage(UsageFigures):
    """One month, by its first day."""

    month: date


class ModelUsage(UsageFigures):
    """One model, over the months shown."""

    model_id: str


class OwnUsage(BaseModel):
    """The caller's own figures: the last 31 days and 12 months, every one of them; models by tokens, most first."""

    days: list[DayUsage]
    months: list[MonthUsage]
    models: list[ModelUsage]
    grid_grams_per_kwh: float


class UsageCell(UsageFigures):
    """What a unit, with all under it, used."""

    persons: int | None = Field(description="Distinct active persons of a month; null over several months")


class UnitUsage(BaseModel):
    """A row. A null cell is not told: it concerns too few persons, or would let one compute what does."""

    kind: Literal["unit", "rest"] = Field(description="rest: attached directly above, or in units that are not told")
    unit_id: UUID | None
    code: str | None
    name: str | None
    has_units: bool
    cells: list[UsageCell | None]
    total: UsageCell | None


class UsageOut(BaseModel):
    """Monthly figures of a unit (null: of the installation, or of all one may see) and of what is directly under it."""

    unit_id: UUID | None
    name: str | None
    above: list[UUID] = Field(description="From the top to the unit above, as far as the caller may see")
    months: list[date]
    items: list[UnitUsage]
    total: UnitUsage | None = Field(description="Null where one may see several units and not what is above them")
    least_persons: int
    grid_grams_per_kwh: float
    refreshed_at: datetime | None
