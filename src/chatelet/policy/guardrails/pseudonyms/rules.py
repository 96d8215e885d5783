"""What the settings let the replacement of names change of a label."""

from collections.abc import Iterable

from chatelet.policy.clearance import Replacement
from chatelet.policy.rules.value import Names, UnitRules, names_of
from chatelet.policy.sensitivity import Category, Level
from chatelet.sections import PolicySettings


def rule_of(policy: PolicySettings) -> Replacement:
    """Return the installation's rule."""
    wanted = policy.pseudonyms
    return Replacement(Level(wanted.lowest_level), frozenset(Category(name) for name in wanted.categories))


def mode_of(policy: PolicySettings, rules: Iterable[UnitRules]) -> Names:
    """Return what holds of it for somebody under these rules."""
    return names_of(rules, enabled=policy.pseudonyms.enabled)
