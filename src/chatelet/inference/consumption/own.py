"""The verb by which a person sees what they used: by day, by month, by model."""

from collections.abc import Hashable, Iterable
from datetime import timedelta
from typing import Any, Final, TypeVar

from chatelet.identity.principal import Principal
from chatelet.inference.consumption import queries
from chatelet.inference.consumption.figures import NOTHING, Figures, begins, later
from chatelet.inference.consumption.schemas import DayUsage, ModelUsage, MonthUsage, OwnUsage
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor
from chatelet.policy.quotas.amounts import zone
from chatelet.settings import UsageSettings

_DAYS: Final = 31
_MONTHS: Final = 12
_Kind = TypeVar("_Kind", bound=Hashable)


async def own_usage(executor: Executor, principal: Principal, settings: UsageSettings) -> OwnUsage:
    """Return the caller's figures; days and months without any are there, at zero."""
    place = zone(settings.time_zone)
    today = now().astimezone(place).date()
    first = later(today.replace(day=1), 1 - _MONTHS)
    rows = await queries.own(executor, principal.person_id, begins(first, place), settings.time_zone)
    by_day = _sums((day, figures) for day, _, figures in rows)
    by_month = _sums((day.replace(day=1), figures) for day, _, figures in rows)
    by_model = _sums((model, figures) for _, model, figures in rows)
    days = [today - timedelta(days=back) for back in reversed(range(_DAYS))]
    months = [later(first, number) for number in range(_MONTHS)]
    grams = settings.grid_grams_per_kwh
    most = sorted(by_model.items(), key=lambda one: (-one[1].tokens_read - one[1].tokens_written, one[0]))
    return OwnUsage(
        days=[DayUsage(day=day, **told(by_day.get(day, NOTHING), grams)) for day in days],
        months=[MonthUsage(month=month, **told(by_month.get(month, NOTHING), grams)) for month in months],
        models=[ModelUsage(model_id=model, **told(figures, grams)) for model, figures in most],
        grid_grams_per_kwh=grams,
    )


def told(figures: Figures, grams_per_kwh: float) -> dict[str, Any]:
    """Return figures as they are shown; sums of floats lose their last digits."""
    return {
        "requests": figures.requests,
        "tokens": figures.tokens_read + figures.tokens_written,
        "euros": round(figures.euros, 6),
        "wh": round(figures.wh, 4),
        "gco2e": round(figures.wh * grams_per_kwh / 1000, 4),
        "unpriced": figures.unpriced,
        "unmeasured": figures.unmeasured,
    }


def _sums(parts: Iterable[tuple[_Kind, Figures]]) -> dict[_Kind, Figures]:
    found: dict[_Kind, Figures] = {}
    for name, figures in parts:
        found[name] = found.get(name, NOTHING).plus(figures)
    return found
