"""How sensitive the matter is: a level and categories, joined as a lattice (maximum of levels, union of categories)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce


class Level(StrEnum):
    """Levels from the least to the most sensitive; their order is the order of declaration.

    Four are shipped. After each come three places where an institution may add one: a place has its rank from the
    start, so that adding or removing a level changes nothing of what is stored (ADR 0047).
    """

    PUBLIC = "public"
    PUBLIC_1 = "public_1"
    PUBLIC_2 = "public_2"
    PUBLIC_3 = "public_3"
    INTERNAL = "internal"
    INTERNAL_1 = "internal_1"
    INTERNAL_2 = "internal_2"
    INTERNAL_3 = "internal_3"
    RESTRICTED = "restricted"
    RESTRICTED_1 = "restricted_1"
    RESTRICTED_2 = "restricted_2"
    RESTRICTED_3 = "restricted_3"
    DIFFUSION_RESTREINTE = "diffusion_restreinte"
    DIFFUSION_RESTREINTE_1 = "diffusion_restreinte_1"
    DIFFUSION_RESTREINTE_2 = "diffusion_restreinte_2"
    DIFFUSION_RESTREINTE_3 = "diffusion_restreinte_3"

    @property
    def rank(self) -> int:
        """Position in the order, from 0."""
        return _RANKS[self]

    def covers(self, other: "Level") -> bool:
        """Tell whether what is cleared for this level may receive `other`."""
        return self.rank >= other.rank


_RANKS = {level: rank for rank, level in enumerate(Level)}
SHIPPED = frozenset({Level.PUBLIC, Level.INTERNAL, Level.RESTRICTED, Level.DIFFUSION_RESTREINTE})


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
