"""Numbers that a word processor shows before headings and list items, which its file does not hold as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 10_000
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `style` is decimal, lowerLetter, upperLetter, lowerRoman, upperRoman, bullet or none."""

    style: str = "decimal"
    pattern: str = "%1."  # %1 is the number of the first level, and so on
    start: int = 1


@dataclass(slots=True)
class Counters:
    """Where each list is, level by level."""

    _at: dict[str, dict[int, int]] = field(default_factory=dict[str, dict[int, int]])

    def next(self, name: str, levels: Sequence[Level], depth: int) -> str:
        """Return what stands before the next item of a list at that depth (from 0); empty when nothing does."""
        if not levels:
            return BULLET
        depth = min(depth, len(levels) - 1)
        level = levels[depth]
        counts = self._at.setdefault(name, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.style == "bullet":
            return BULLET
        if level.style == "none" and "%" not in level.pattern:
            return level.pattern.strip()
        return self._written(counts, levels, level.pattern).strip()

    def restart(self, name: str, depth: int, value: int) -> None:
        """Make a list begin again, so that its next item at that depth has that value."""
        self._at.setdefault(name, {})[depth] = value - 1

    @staticmethod
    def _written(counts: dict[int, int], levels: Sequence[Level], pattern: str) -> str:
        for depth, level in enumerate(levels[:9]):
            if f"%{depth + 1}" in pattern:
                pattern = pattern.replace(f"%{depth + 1}", numeral(counts.get(depth, level.start), level.style))
        return pattern


def numeral(number: int, style: str) -> str:
    """Write a number in one of the styles of lists."""
    if style in {"none", "bullet"}:
        return ""
    if not 0 < number < _LARGEST or style not in {"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}:
        return f"{number:02d}" if style == "decimalZero" else str(number)
    if style.endswith("Letter"):
        written = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        written = ""
        for value, letters in _ROMAN:
            written += letters * (number // value)
            number %= value
    return written.upper() if style.startswith("upper") else written
