"""Amounts of the four measures, and the periods they are counted in. Values only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo


class Measure(StrEnum):
    """What is counted; the order is that of the stored columns."""

    REQUESTS = "requests"
    TOKENS = "tokens"
    EUROS = "microeuros"
    GREENHOUSE = "mgco2e"


class Period(StrEnum):
    """How long before a count begins again."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Requests, tokens, millionths of a euro, milligrams of CO₂ equivalent."""

    requests: int = 0
    tokens: int = 0
    microeuros: int = 0
    mgco2e: int = 0

    def of(self, measure: Measure) -> int:
        """Return one of the four."""
        return self.as_list()[list(Measure).index(measure)]

    def as_list(self) -> list[int]:
        """Return the four, in the order of `Measure`."""
        return [self.requests, self.tokens, self.microeuros, self.mgco2e]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The most that an answer may use: reading the prompt, then so much for each token written, at most `longest`.

    Prices are euros a token, energy Wh a token; zero where nothing is declared.
    """

    prompt_tokens: int
    longest: int
    euros_read: float = 0.0
    euros_written: float = 0.0
    wh_written: float = 0.0
    grams_per_wh: float = 0.0

    def amounts(self, written: int) -> Amounts:
        """Return what the answer uses when it has `written` tokens."""
        return Amounts(
            requests=1,
            tokens=self.prompt_tokens + written,
            microeuros=round((self.prompt_tokens * self.euros_read + written * self.euros_written) * 1e6),
            mgco2e=round(written * self.wh_written * self.grams_per_wh * 1e3),
        )

    def affordable(self, measure: Measure, left: int) -> int:
        """Return how many tokens may be written with `left` of a measure; negative when not even the prompt fits."""
        fixed = self.amounts(0).of(measure)
        each = {
            Measure.REQUESTS: 0.0,
            Measure.TOKENS: 1.0,
            Measure.EUROS: self.euros_written * 1e6,
            Measure.GREENHOUSE: self.wh_written * self.grams_per_wh * 1e3,
        }[measure]
        if left < fixed or left <= 0:
            return -1
        return self.longest if each <= 0 else int(min(self.longest, (left - fixed) / each))


@cache
def zone(name: str) -> ZoneInfo:
    """Return the institution's time zone."""
    return ZoneInfo(name)


def starts(period: Period, moment: datetime, place: ZoneInfo) -> date:
    """Return the day on which the period of `moment` began, where the institution is."""
    day = moment.astimezone(place).date()
    return day if period is Period.DAY else day.replace(day=1)


def reopens(period: Period, begun: date, place: ZoneInfo) -> datetime:
    """Return when the next period begins: midnight, where the institution is."""
    following = begun + timedelta(days=1 if period is Period.DAY else 32)
    if period is Period.MONTH:
        following = following.replace(day=1)
    return datetime.combine(following, time(), tzinfo=place)
