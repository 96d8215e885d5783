"""What the settings let the replacement of names change of a label."""

from chatelet.policy.clearance import Replacement
from chatelet.policy.sensitivity import Category, Level
from chatelet.sections import PolicySettings


def rule_of(policy: PolicySettings) -> Replacement:
    """Return the installation's rule."""
    wanted = policy.pseudonyms
    return Replacement(Level(wanted.lowest_level), frozenset(Category(name) for name in wanted.categories))
