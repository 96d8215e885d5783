"""Another clearance for other words: it lets go of names, never of what people, bases, markings and units decided."""

from uuid import uuid4

import pytest

from chatelet.policy.clearance import Clearance, Replacement, clear, clear_replaced
from chatelet.policy.errors import UnitLevelNotAllowed
from chatelet.policy.rules.value import UnitRules
from chatelet.policy.sensitivity import Category, Label, Level

RULES = (UnitRules("achats", "Achats", highest_level=Level.RESTRICTED, models_never=frozenset({"grand"})),)
RULE = Replacement(Level.INTERNAL, frozenset({Category.PERSONAL}))
NOTHING = Label(Level.PUBLIC)


def held(label: Label) -> Clearance:
    return clear(uuid4(), label, ceiling=Level.RESTRICTED, rules=RULES)


def test_names_alone_are_let_go() -> None:
    names = Label(Level.RESTRICTED, frozenset({Category.PERSONAL, Category.HEALTH}))
    assert clear_replaced(held(names), NOTHING, RULE).label == Label(Level.INTERNAL, frozenset({Category.HEALTH}))
    kept = Label(Level.RESTRICTED, frozenset({Category.PERSONAL}))
    assert clear_replaced(held(names), kept, RULE).label == names


def test_the_rules_of_units_stay() -> None:
    replaced = clear_replaced(held(Label(Level.RESTRICTED)), NOTHING, RULE)
    assert replaced.objection("grand", "ici", Level.RESTRICTED) is not None
    assert replaced.objection("petit", "ici", Level.RESTRICTED) is None
    strict = (UnitRules("paie", "Paie", highest_level=Level.PUBLIC),)
    public = clear(uuid4(), Label(Level.PUBLIC), ceiling=Level.RESTRICTED, rules=strict)
    with pytest.raises(UnitLevelNotAllowed):
        public.tighten(Label(Level.INTERNAL))
    with pytest.raises(UnitLevelNotAllowed):
        clear_replaced(public, Label(Level.INTERNAL), RULE)
