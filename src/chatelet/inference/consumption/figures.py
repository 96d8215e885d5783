"""The figures that are added up everywhere, and the months they are counted in. Values only."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from chatelet.inference.consumption.errors import UsagePeriodInvalid

LONGEST: Final = 24


class Figures(NamedTuple):
    """Sums. `calls` are all that models were asked, titles and summaries included; `requests` are people's own.

    `unpriced` and `unmeasured` are the calls whose euros or energy nobody declared: they are not in the sums.
    """

    persons: int = 0
    requests: int = 0
    tokens_read: int = 0
    tokens_written: int = 0
    euros: float = 0.0
    wh: float = 0.0
    calls: int = 0
    unpriced: int = 0
    unmeasured: int = 0

    def plus(self, other: "Figures") -> "Figures":
        """Return the sum of both."""
        return Figures(
            self.persons + other.persons,
            self.requests + other.requests,
            self.tokens_read + other.tokens_read,
            self.tokens_written + other.tokens_written,
            self.euros + other.euros,
            self.wh + other.wh,
            self.calls + other.calls,
            self.unpriced + other.unpriced,
            self.unmeasured + other.unmeasured,
        )


NOTHING: Final = Figures()


def total(several: Iterable[Figures]) -> Figures:
    """Return the sum of all."""
    found = NOTHING
    for one in several:
        found = found.plus(one)
    return found


def read_month(text: str) -> date:
    """Return the first day of "YYYY-MM"; the route has checked its form."""
    return date.fromisoformat(f"{text}-01")


def later(month: date, months: int) -> date:
    """Return the month that comes so many after (before, when negative)."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Return every month from the first to the last. Raises `UsagePeriodInvalid`."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= months <= LONGEST:
        raise UsagePeriodInvalid(longest=LONGEST)
    return [later(first, number) for number in range(months)]


def begins(day: date, place: ZoneInfo) -> datetime:
    """Return midnight of a day, where the institution is."""
    return datetime.combine(day, time(), tzinfo=place)
