"""Clearance: what a turn may do, as a value that every door to the outside requires.

`clear(person, content)` returns a frozen `Clearance` or raises a `Refusal`. It can only be tightened: what is
retrieved later raises the label, never lowers it, and the models that remain are computed from the tightened value.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from chatelet.policy.errors import LevelNotAllowed, UnitLevelNotAllowed
from chatelet.policy.rules.value import Objection, UnitRules, ceiling_objection, model_objection
from chatelet.policy.sensitivity import Category, Label, Level


@dataclass(frozen=True, slots=True)
class Clearance:
    """Proof that the rules were applied to `label` for `person_id`. Made only by `clear` and `tighten`.

    `replaced`: the words that it covers are those that are left once names are replaced. `keeps_names`: the person
    asked that they be, whatever the detectors that label words were told to look for.
    """

    person_id: UUID
    label: Label
    ceiling: Level
    rules: tuple[UnitRules, ...] = ()
    replaced: bool = False
    keeps_names: bool = False

    def permits(self, accepted: Label) -> bool:
        """Tell whether a place that is cleared for `accepted` may receive this content."""
        return accepted.covers(self.label)

    def objection(self, model: str, zone: str, level: Level, *, answers: bool = True) -> Objection | None:
        """Return the rule of a unit that keeps this content from a model cleared up to `level`, if there is one."""
        with_names = not self.replaced and is_lower(level)
        if with_names and self.keeps_names:
            return Objection("names_required", str(self.person_id), "")
        if not self.rules:
            return None
        return model_objection(self.rules, self.label, model, zone, answers=answers, with_names=with_names)

    def lets_names_to(self, level: Level) -> bool:
        """Tell whether a place that compares words, cleared up to `level`, may receive names as they are."""
        if self.replaced or not is_lower(level):
            return True
        is_required = Category.PERSONAL in self.label.categories and any(one.names == "required" for one in self.rules)
        return not (self.keeps_names or is_required)

    def keeping_names(self) -> "Clearance":
        """Return it for somebody who asked that names be replaced: no place of a lower zone may receive any."""
        return replace(self, keeps_names=True)

    def tighten(self, found: Label) -> "Clearance":
        """Return the clearance once `found` has entered the turn; raise `Refusal` above a ceiling."""
        label = self.label.join(found)
        check_ceiling(label, self.ceiling)
        check_units(label, self.rules)
        return replace(self, label=label)


def is_lower(level: Level) -> bool:
    """Tell whether a place cleared up to `level` is of a lower zone: not trusted with what is restricted."""
    return not level.covers(Level.RESTRICTED)


def clear(person_id: UUID, content: Label, *, ceiling: Level, rules: tuple[UnitRules, ...] = ()) -> Clearance:
    """Apply the rules of the installation, and of the person's units, to what a person wants to send.

    `ceiling` is the highest level for which this installation is approved (setting `policy.highest_level`).
    Raises `LevelNotAllowed`, `UnitLevelNotAllowed`.
    """
    check_ceiling(content, ceiling)
    check_units(content, rules)
    return Clearance(person_id=person_id, label=content, ceiling=ceiling, rules=rules)


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
    level = held.level if held.level.covers(Level.DIFFUSION_RESTREINTE) else kept.level
    if not level.covers(rule.lowest):
        level = rule.lowest if held.level.covers(rule.lowest) else held.level
    categories = (held.categories - rule.categories) | kept.categories
    left = Label(level, categories)
    return replace(clear(clearance.person_id, left, ceiling=clearance.ceiling, rules=clearance.rules), replaced=True)


def check_ceiling(label: Label, ceiling: Level) -> None:
    """Raise `LevelNotAllowed` when the installation is not approved for `label`."""
    if not ceiling.covers(label.level):
        raise LevelNotAllowed(level=label.level, ceiling=ceiling)


def check_units(label: Label, rules: tuple[UnitRules, ...]) -> None:
    """Raise `UnitLevelNotAllowed` when a unit may not hold `label`; it names the unit."""
    found = ceiling_objection(rules, label)
    if found is not None and found.level is not None:
        raise UnitLevelNotAllowed(level=label.level, ceiling=found.level, unit=found.name)
