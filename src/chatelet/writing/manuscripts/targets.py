"""What a call of a reference is, and the numbers of one: `3, 7–9`."""

import re
from dataclasses import dataclass
from typing import Final

_MOST: Final = 200  # of a range: more is no range of references


@dataclass(frozen=True, slots=True)
class Target:
    """What a call names: a number or a key of the list, or names with a year (`2020b`)."""

    label: str = ""
    names: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call, where it stands in the body. `start`…`end` is what a marker may replace."""

    start: int
    end: int
    written: str
    targets: tuple[Target, ...]


def numbers_of(written: str) -> list[str]:
    """Return the numbers of a list with its ranges in full; a range that is none is left out."""
    found: list[str] = []
    for piece in re.split(r"[,;]", written):
        first, _mark, last = re.sub(r"\s*[-–—]\s*", "-", piece.strip()).partition("-")
        end = int(last) if last else int(first)
        if int(first) <= end < int(first) + _MOST:
            found += [str(number) for number in range(int(first), end + 1)]
    return found
