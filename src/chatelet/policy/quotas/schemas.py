"""What the routes of quotas read and write. Amounts are in the units that people read: euros and grams."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MeasureName = Literal["requests", "tokens", "euros", "gco2e"]
PeriodName = Literal["day", "month"]
ModeName = Literal["soft", "hard", "degrade"]
HolderName = Literal["each_person", "unit", "key"]
QuotaOrder = Literal["holder", "-holder", "model", "-model", "amount", "-amount", "mode", "-mode"]
_Amount = Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False, strict=False)]
_Model = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NewQuota(_Written):
    """A limit: for each person (of a unit, or this one, or all), for a unit as a whole, or for one API key.

    `mode`: soft warns, hard refuses until the period begins again, degrade refuses but offers `smaller_model`.
    """

    holder: HolderName
    unit_id: Annotated[UUID | None, Field(strict=False)] = None
    person_id: Annotated[UUID | None, Field(strict=False)] = None
    key_id: Annotated[UUID | None, Field(strict=False)] = None
    model_id: _Model | None = None
    measure: MeasureName
    period: PeriodName
    amount: _Amount
    mode: ModeName = "hard"
    smaller_model: _Model | None = None


class QuotaChange(_Written):
    """What may change of a quota; absent means unchanged."""

    amount: _Amount | None = None
    mode: ModeName | None = None
    smaller_model: _Model | None = None


class QuotaOut(BaseModel):
    """A quota, with the names of its unit and person."""

    id: UUID
    holder: HolderName
    unit_id: UUID | None
    unit_name: str | None
    person_id: UUID | None
    person_name: str | None
    key_id: UUID | None
    model_id: str | None
    measure: MeasureName
    period: PeriodName
    amount: float
    mode: ModeName
    smaller_model: str | None
    used: float | None = Field(description="Of a total: what is used of it now; null for an allowance of each person")
    updated_at: datetime


class QuotaList(BaseModel):
    """Quotas that the caller may see, by unit, those of everybody first."""

    items: list[QuotaOut]
    next_cursor: str | None


class AllowanceOut(BaseModel):
    """What is left to the caller under one quota."""

    holder: HolderName
    model_id: str | None
    measure: MeasureName
    period: PeriodName
    mode: ModeName
    amount: float
    used: float
    left: float
    smaller_model: str | None
    reopens_at: datetime


class AllowanceList(BaseModel):
    """The caller's quotas, the nearest to its end first; empty where nothing is limited."""

    items: list[AllowanceOut]
