"""How sensitive the matter is: a level and categories, joined as a lattice (maximum of levels, union of categories)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce


class Level(StrEnum):
    """Levels from the least to the most sensitive; their order is the order of declaration."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
    DIFFUSION_RESTREINTE = "diffusion_restreinte"

    @property
    def rank(self) -> int:
        """Position in the order, from 0."""
        return _RANKS[self]

    def covers(self, other: "Level") -> bool:
        """Tell whether what is cleared for this level may receive `other`."""
        return self.rank >= other.rank


_RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Label:
    """What travels with the data."""

    level: Level = Level.INTERNAL
    categories: frozenset[str] = frozenset()

    def join(self, other: "Label") -> "Label":
        """Return the least label that covers both."""
        level = self.level if self.level.covers(other.level) else other.level
        return Label(level, self.categories | other.categories)


def join_all(labels: list[Label]) -> Label:
    """Join any number of labels; nothing at all is public."""
    return reduce(Label.join, labels, Label(Level.PUBLIC))
