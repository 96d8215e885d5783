"""How sensitive the matter is: a level and categories, joined as a lattice (maximum of levels, union of categories)."""

from collections.abc import Iterable
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


class Category(StrEnum):
    """What the matter is about, whatever its level; in the order in which they are told."""

    PERSONAL = "personal"
    HEALTH = "health"
    BANKING = "banking"
    JUDICIAL = "judicial"
    DEFENCE = "defence"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True)
class Label:
    """What travels with the data; of a place, the most that it may receive."""

    level: Level = Level.INTERNAL
    categories: frozenset[Category] = frozenset()

    @classmethod
    def of(cls, level: str, categories: Iterable[str] = ()) -> "Label":
        """Read a label as it is stored. Raises `ValueError`."""
        return cls(Level(level), frozenset(Category(one) for one in categories))

    @property
    def in_order(self) -> list[Category]:
        """Return the categories in the order in which they are told."""
        return [one for one in Category if one in self.categories]

    @property
    def names(self) -> list[str]:
        """Return them as they are stored."""
        return [one.value for one in self.in_order]

    def covers(self, other: "Label") -> bool:
        """Tell whether what is cleared for this label may receive `other`."""
        return self.level.covers(other.level) and self.categories >= other.categories

    def join(self, other: "Label") -> "Label":
        """Return the least label that covers both."""
        level = self.level if self.level.covers(other.level) else other.level
        return Label(level, self.categories | other.categories)


def join_all(labels: Iterable[Label]) -> Label:
    """Join any number of labels; nothing at all is public."""
    return reduce(Label.join, labels, Label(Level.PUBLIC))
