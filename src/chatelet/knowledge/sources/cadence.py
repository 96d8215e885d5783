"""How often a source is run: every so many hours, or at an hour of each day or of one day of the week."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal, assert_never
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

_Hour = Annotated[int, Field(ge=0, le=23)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hourly(_Frozen):
    """Every `hours` hours after the last run began."""

    kind: Literal["hourly"] = "hourly"
    hours: Annotated[int, Field(ge=1, le=168)]


class Daily(_Frozen):
    """At `hour`, in the time zone of the installation."""

    kind: Literal["daily"] = "daily"
    hour: _Hour


class Weekly(_Frozen):
    """On `weekday` (0 is Monday) at `hour`, in the time zone of the installation."""

    kind: Literal["weekly"] = "weekly"
    weekday: Annotated[int, Field(ge=0, le=6)]
    hour: _Hour


Cadence = Annotated[Hourly | Daily | Weekly, Field(discriminator="kind")]
CADENCE: Final[TypeAdapter[Cadence]] = TypeAdapter(Cadence)


def next_time(cadence: Cadence, after: datetime, zone: str) -> datetime:
    """Return the first moment of the cadence after one, UTC; an hour that the change of clocks skips is the next."""
    match cadence:
        case Hourly():
            return after + timedelta(hours=cadence.hours)
        case Daily():
            return _at(cadence.hour, after, zone, days=1)
        case Weekly():
            here = after.astimezone(ZoneInfo(zone))
            ahead = (cadence.weekday - here.weekday()) % 7
            return _at(cadence.hour, after, zone, days=7, ahead=ahead)
    assert_never(cadence)


def _at(hour: int, after: datetime, zone: str, *, days: int, ahead: int = 0) -> datetime:
    here = ZoneInfo(zone)
    day = after.astimezone(here).date() + timedelta(days=ahead)
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=here)
    if moment.astimezone(UTC) <= after:
        day += timedelta(days=days)
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=here)
    return moment.astimezone(UTC)
