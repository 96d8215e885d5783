"""What a unit tightens, as frozen values, and what they decide of a place: pure, and the same everywhere.

Rules of every unit that a person is under hold together: the lowest level, all the prohibitions. None can loosen
what the institution allows, since each only ever adds a reason to refuse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from chatelet.policy.guardrails.markings.declared import Markings, declare
from chatelet.policy.sensitivity import Category, Label, Level

INSTITUTION: Final = "*"  # in place of a unit: everybody, and what runs for nobody in particular
RuleKind = Literal["highest_level", "models_only", "models_never", "kept_in", "names_required"]
Names = Literal["required", "offered", "off"]


@dataclass(frozen=True, slots=True)
class UnitRules:
    """The rules of one unit. `kept_in`: a category goes to models of these zones only.

    `names`: those of persons are replaced before words go to a model of a lower zone, always (`required`), when asked
    (`offered`, as without a rule), or never (`off`: what needs it is refused). `markings`: words that give a level to
    whatever bears them; of everybody's rules alone, since a text bears them whoever reads it.
    """

    unit: str
    name: str = ""
    highest_level: Level | None = None
    default_level: Level | None = None
    models_only: frozenset[str] | None = None
    models_never: frozenset[str] = frozenset()
    kept_in: tuple[tuple[Category, frozenset[str]], ...] = ()
    names: Names | None = None
    markings: Markings = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """The rule that refuses, and whose it is."""

    kind: RuleKind
    unit: str
    name: str
    category: Category | None = None
    level: Level | None = None


def ceiling_objection(rules: Iterable[UnitRules], label: Label) -> Objection | None:
    """Return the rule under which a label is above what a unit may hold."""
    for one in rules:
        if one.highest_level is not None and not one.highest_level.covers(label.level):
            return Objection("highest_level", one.unit, one.name, level=one.highest_level)
    return None


def model_objection(
    rules: Iterable[UnitRules],
    label: Label,
    model: str,
    zone: str,
    *,
    answers: bool = True,
    with_names: bool = False,
) -> Objection | None:
    """Return the first rule under which a model of a zone may not receive a label.

    `with_names`: the zone is a lower one, and the names in the words were not replaced.
    `models_only` is about models that answer questions: those that index and search (`answers` false) have one list.
    """
    for one in rules:
        if model in one.models_never:
            return Objection("models_never", one.unit, one.name)
        if answers and one.models_only is not None and model not in one.models_only:
            return Objection("models_only", one.unit, one.name)
        for category, zones in one.kept_in:
            if category in label.categories and zone not in zones:
                return Objection("kept_in", one.unit, one.name, category=category)
        if with_names and one.names == "required" and Category.PERSONAL in label.categories:
            return Objection("names_required", one.unit, one.name)
    return None


def names_of(rules: Iterable[UnitRules], *, enabled: bool) -> Names:
    """Return what holds of the replacement of names; a unit cannot allow what the installation does not."""
    said = {one.names for one in rules}
    if not enabled or "off" in said:
        return "off"
    return "required" if "required" in said else "offered"


def default_level(rules: Iterable[UnitRules], institution: Level) -> Level:
    """Return the label of a new conversation: the highest default of the units, never under the institution's."""
    return max((institution, *(one.default_level for one in rules if one.default_level)), key=lambda level: level.rank)


def read(unit: str, name: str, written: Mapping[str, object]) -> UnitRules:
    """Read the rules of a unit as a version keeps them. Raises `ValueError`: what is not understood never holds."""
    known = {"highest_level", "default_level", "models_only", "models_never", "kept_in", "names", "markings"}
    if unknown := set(written) - known:
        raise ValueError(f"unknown rule: {', '.join(sorted(unknown))}")
    kept = written.get("kept_in", {})
    if not isinstance(kept, Mapping):
        raise ValueError("kept_in is a table of zones by category")  # noqa: TRY004 (one error for all that is written)
    pairs: Mapping[object, object] = kept  # pyright: ignore[reportUnknownVariableType]
    only = written.get("models_only")
    return UnitRules(
        unit=unit,
        name=name,
        highest_level=_level(written.get("highest_level")),
        default_level=_level(written.get("default_level")),
        models_only=None if only is None else _names(only),
        models_never=_names(written.get("models_never", [])),
        kept_in=tuple((Category(str(category)), _names(zones)) for category, zones in sorted(pairs.items(), key=str)),
        names=_mode(written.get("names")),
        markings=_markings(unit, written.get("markings", {})),
    )


def _level(value: object) -> Level | None:
    return None if value is None else Level(str(value))


def _mode(value: object) -> Names | None:
    for known in get_args(Names):
        if value == known:
            return known
    if value is not None:
        raise ValueError("names are required, offered or off")
    return None


def _markings(unit: str, value: object) -> Markings:
    if not isinstance(value, Mapping):
        raise ValueError("markings is a table of words by level")  # noqa: TRY004 (as above)
    pairs: Mapping[object, object] = value  # pyright: ignore[reportUnknownVariableType]
    if pairs and unit != INSTITUTION:
        raise ValueError("markings are those of the whole institution")
    found = tuple((Level(str(level)), tuple(sorted(_names(words)))) for level, words in sorted(pairs.items(), key=str))
    return declare(found).markings


def _names(value: object) -> frozenset[str]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list of names is expected")  # noqa: TRY004 (as above)
    listed: list[object] = list(value)  # pyright: ignore[reportUnknownArgumentType]
    return frozenset(str(one) for one in listed)
