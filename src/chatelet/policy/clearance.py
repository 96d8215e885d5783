"""Clearance: what a turn may do, as a value that every door to the outside requires.

`clear(person, content)` returns a frozen `Clearance` or raises a `Refusal`. It can only be tightened: what is
retrieved later raises the label, never lowers it, and the models that remain are computed from the tightened value.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from chatelet.policy.errors import LevelNotAllowed
from chatelet.policy.sensitivity import Category, Label, Level


@dataclass(frozen=True, slots=True)
class Clearance:
    """Proof that the rules were applied to `label` for `person_id`. Made only by `clear` and `tighten`."""

    person_id: UUID
    label: Label
    ceiling: Level

    def permits(self, accepted: Label) -> bool:
        """Tell whether a place that is cleared for `accepted` may receive this content."""
        return accepted.covers(self.label)

    def tighten(self, found: Label) -> "Clearance":
        """Return the clearance once `found` has entered the turn; raise `Refusal` above the installation's ceiling."""
        label = self.label.join(found)
        check_ceiling(label, self.ceiling)
        return replace(self, label=label)


def clear(person_id: UUID, content: Label, *, ceiling: Level) -> Clearance:
    """Apply the installation's rules to what a person wants to send.

    `ceiling` is the highest level for which this installation is approved (setting `policy.highest_level`).
    Raises `LevelNotAllowed`.
    """
    check_ceiling(content, ceiling)
    return Clearance(person_id=person_id, label=content, ceiling=ceiling)


@dataclass(frozen=True, slots=True)
class Replacement:
    """What an institution lets the replacement of names change: `categories` left out, and not below `lowest`."""

    lowest: Level
    categories: frozenset[Category]


def clear_replaced(clearance: Clearance, kept: Label, rule: Replacement) -> Clearance:
    """Clear the words that are left once names are replaced, before these are read: the least that they can be.

    Another clearance for other words: never one for those of `clearance`. `kept` is what of its label people, bases
    and markings decided. Before anything leaves, tighten it by what the detectors find in the words as they would.
    """
    held = clearance.label
    level = held.level if held.level is Level.DIFFUSION_RESTREINTE else kept.level
    if not level.covers(rule.lowest):
        level = rule.lowest if held.level.covers(rule.lowest) else held.level
    categories = (held.categories - rule.categories) | kept.categories
    return clear(clearance.person_id, Label(level, categories), ceiling=clearance.ceiling)


def check_ceiling(label: Label, ceiling: Level) -> None:
    """Raise `LevelNotAllowed` when the installation is not approved for `label`."""
    if not ceiling.covers(label.level):
        raise LevelNotAllowed(level=label.level, ceiling=ceiling)
