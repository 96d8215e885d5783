"""The day that a page or an engine tells, in one form; what is no plausible day is none."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from chatelet.kernel import clock

_DAY: Final = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_COMPACT: Final = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_FIRST: Final = date(1990, 1, 1)


def day_of(value: object) -> str | None:
    """Return `YYYY-MM-DD` from an ISO date, a date of mail, or seconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _plausible(_of_seconds(float(value)))
    if not isinstance(value, str) or len(value) > 80:
        return None
    found = _DAY.match(value) or _COMPACT.match(value)
    try:
        if found:
            return _plausible(date(int(found[1]), int(found[2]), int(found[3])))
        return _plausible(parsedate_to_datetime(value).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _of_seconds(seconds: float) -> date | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _plausible(day: date | None) -> str | None:
    """Return a day between the first pages of the web and tomorrow."""
    if day is None or day < _FIRST or (day - clock.now().date()).days > 1:
        return None
    return day.isoformat()
