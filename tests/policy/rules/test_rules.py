"""Rules of units only tighten, are named when they refuse, and cost nothing that anybody would feel."""

import itertools
import time
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from chatelet.inference import routing
from chatelet.inference.errors import NoModelCleared
from chatelet.inference.registry import Model, Snapshot, embedded_model
from chatelet.policy.clearance import clear
from chatelet.policy.errors import ModelRefusedByUnit, PolicyUnreadable, Refusal, UnitLevelNotAllowed
from chatelet.policy.rules.book import Policies
from chatelet.policy.rules.value import UnitRules, default_level, read
from chatelet.policy.sensitivity import Category, Label, Level
from chatelet.settings import Settings

_WHO = uuid4()
_LABELS = [
    Label(level, frozenset(categories))
    for level in (Level.PUBLIC, Level.INTERNAL, Level.RESTRICTED)
    for categories in ((), (Category.PERSONAL,), (Category.HEALTH, Category.PERSONAL))
]
_RULES = [
    UnitRules("a", "Achats", highest_level=Level.INTERNAL),
    UnitRules("b", "Budget", models_only=frozenset({"petit"})),
    UnitRules("c", "Contrôle", models_never=frozenset({"grand"})),
    UnitRules("d", "Dossiers", kept_in=((Category.HEALTH, frozenset({"ici"})),)),
]


def _models() -> Snapshot:
    base = embedded_model(Settings(), is_default=False)

    def model(name: str, zone: str, level: Level, categories: frozenset[Category]) -> Model:
        backend = replace(base.backend, name=f"s-{name}", zone=replace(base.backend.zone, name=zone))
        return replace(base, id=name, backend=backend, highest_level=level, categories=categories)

    everything = frozenset(Category)
    return Snapshot(
        (
            model("grand", "là-bas", Level.RESTRICTED, everything),
            model("petit", "ici", Level.RESTRICTED, everything),
            model("public", "là-bas", Level.PUBLIC, frozenset()),
        )
    )


def _allowed(rules: tuple[UnitRules, ...], label: Label, wanted: str | None) -> set[str]:
    try:
        clearance = clear(_WHO, label, ceiling=Level.RESTRICTED, rules=rules)
        found = routing.candidates(_models(), clearance, wanted, is_up=lambda _: True, may_retry=lambda _: False)
    except Refusal:
        return set()
    return {model.id for model in found.candidates}


def test_no_rule_ever_loosens() -> None:
    wanted = ("grand", "petit", "public", None)
    for count in range(len(_RULES) + 1):
        for chosen in itertools.combinations(_RULES, count):
            for label, model in itertools.product(_LABELS, wanted):
                without = _allowed((), label, model)
                if model is not None:
                    assert _allowed(chosen, label, model) <= without
                for dropped in chosen:
                    fewer = tuple(one for one in chosen if one is not dropped)
                    if model is not None:
                        assert _allowed(chosen, label, model) <= _allowed(fewer, label, model)


@pytest.mark.parametrize(
    ("rule", "wanted", "kind", "unit"),
    [
        (1, "grand", "models_only", "Budget"),
        (2, "grand", "models_never", "Contrôle"),
        (3, "grand", "kept_in", "Dossiers"),
    ],
)
def test_a_refusal_names_the_rule(rule: int, wanted: str, kind: str, unit: str) -> None:
    label = Label(Level.INTERNAL, frozenset({Category.HEALTH}))
    clearance = clear(_WHO, label, ceiling=Level.RESTRICTED, rules=(_RULES[rule],))
    with pytest.raises(ModelRefusedByUnit) as refused:
        routing.candidates(_models(), clearance, wanted, is_up=lambda _: True, may_retry=lambda _: False)
    assert (refused.value.params["rule"], refused.value.params["unit"]) == (kind, unit)


def test_a_unit_has_its_own_ceiling_also_for_what_is_found_later() -> None:
    with pytest.raises(UnitLevelNotAllowed):
        clear(_WHO, Label(Level.RESTRICTED), ceiling=Level.RESTRICTED, rules=(_RULES[0],))
    clearance = clear(_WHO, Label(), ceiling=Level.RESTRICTED, rules=(_RULES[0],))
    with pytest.raises(UnitLevelNotAllowed):
        clearance.tighten(Label(Level.RESTRICTED))


def test_when_a_rule_alone_leaves_no_model_it_is_named() -> None:
    rules = (UnitRules("e", "École", models_only=frozenset()),)
    clearance = clear(_WHO, Label(), ceiling=Level.RESTRICTED, rules=rules)
    with pytest.raises(ModelRefusedByUnit):
        routing.candidates(_models(), clearance, None, is_up=lambda _: True, may_retry=lambda _: False)
    above = clear(_WHO, Label(Level.DIFFUSION_RESTREINTE), ceiling=Level.DIFFUSION_RESTREINTE, rules=rules)
    with pytest.raises(NoModelCleared):
        routing.candidates(_models(), above, None, is_up=lambda _: True, may_retry=lambda _: False)


def test_the_default_is_never_under_the_institution_s() -> None:
    lower, higher = UnitRules("a", default_level=Level.PUBLIC), UnitRules("b", default_level=Level.RESTRICTED)
    assert default_level((lower,), Level.INTERNAL) is Level.INTERNAL
    assert default_level((lower, higher), Level.INTERNAL) is Level.RESTRICTED


@pytest.mark.parametrize(
    "written", [{"highest": "public"}, {"highest_level": "secret"}, {"models_only": "grand"}, {"kept_in": ["health"]}]
)
def test_what_is_not_understood_never_holds(written: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        read("a", "", written)


def test_unreadable_rules_refuse_everything() -> None:
    policies = Policies()
    assert policies.of({uuid4()}) == ()
    policies.replace(None)
    with pytest.raises(PolicyUnreadable):
        policies.of(())


def test_a_decision_takes_less_than_a_millisecond() -> None:
    units = [uuid4() for _ in range(12)]
    policies = Policies()
    policies.replace({str(unit): replace(_RULES[index % 4], unit=str(unit)) for index, unit in enumerate(units)})
    base = _models().models[1]
    many = Snapshot(tuple(replace(base, id=f"m{index}") for index in range(40)) + _models().models)
    held = frozenset(units)
    times: list[float] = []
    for _ in range(200):
        began = time.perf_counter()
        clearance = clear(_WHO, Label(), ceiling=Level.RESTRICTED, rules=policies.of(held))
        routing.candidates(many, clearance, "petit", is_up=lambda _: True, may_retry=lambda _: False)
        times.append(time.perf_counter() - began)
    assert sorted(times)[100] < 0.001


def test_rules_of_a_unit_hold_under_it() -> None:
    above, below, other = uuid4(), uuid4(), uuid4()
    policies = Policies()
    policies.replace({str(above): _RULES[2], "*": _RULES[3]})
    assert policies.of({above, below}) == (_RULES[3], _RULES[2])
    assert policies.of({other}) == (_RULES[3],)
    assert policies.of(frozenset[UUID]()) == (_RULES[3],)
