"""Which models may answer, in which order: a pure function of the registry, the health and the clearance.

enabled -> cleared for this content -> wanted first -> others of the same or lower risk -> those worth trying now
"""

from collections.abc import Callable
from dataclasses import dataclass

from chatelet.inference.errors import (
    ModelNotCleared,
    ModelNotClearedForCategories,
    ModelNotFound,
    NoModelAvailable,
    NoModelCleared,
    NoModelClearedForCategories,
)
from chatelet.inference.registry import CHAT, Model, Snapshot
from chatelet.policy.clearance import Clearance
from chatelet.policy.errors import ModelRefusedByUnit, Refusal
from chatelet.policy.rules.value import Objection
from chatelet.policy.sensitivity import Label

WorthTrying = Callable[[str], bool]
"""Tells whether a backend (by name) is not known to be down."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`wanted` is the model asked for, or the one that would be taken by default; `candidates` are tried in order."""

    wanted: Model
    candidates: tuple[Model, ...]

    @property
    def first(self) -> Model:
        """The model that will be asked first."""
        return self.candidates[0]

    def seeing(self) -> "Choice":
        """Return the same choice without the models that do not see; the first does."""
        return Choice(self.wanted, tuple(model for model in self.candidates if model.sees))


def candidates(
    snapshot: Snapshot, clearance: Clearance, wanted: str | None, *, is_up: WorthTrying, may_retry: WorthTrying
) -> Choice:
    """Choose. `is_up` are backends believed to answer, `may_retry` those believed down whose next try is due.

    Raises `ModelNotFound`, `ModelNotCleared`, `NoModelCleared`, `NoModelAvailable`.
    """
    first = _wanted(snapshot, clearance, wanted)
    allowed = [first, *(m for m in snapshot.models if m.id != first.id and _may_replace(m, first, clearance))]
    up = [model for model in allowed if is_up(model.backend.name)]
    late = [model for model in allowed if not is_up(model.backend.name) and may_retry(model.backend.name)]
    if not up and not late:
        raise NoModelAvailable(model=first.id, retry_after=5)
    return Choice(first, (*up, *late))


def _wanted(snapshot: Snapshot, clearance: Clearance, wanted: str | None) -> Model:
    cleared = [model for model in snapshot.models if permitted(model, clearance)]
    if wanted is not None:
        model = snapshot.find(wanted)
        if model is None:
            raise ModelNotFound(model=wanted)
        if model not in cleared:
            raise not_cleared(model, clearance)
        return model
    if not cleared:
        if not snapshot.models:
            raise NoModelAvailable(retry_after=5)
        raise _no_model_cleared(snapshot, clearance)
    default = snapshot.default
    return default if default in cleared else cleared[0]


def permitted(model: Model, clearance: Clearance) -> bool:
    """Tell whether a model may receive this content: by its card, then by the rules of the person's units."""
    return clearance.permits(model.accepts) and objection(model, clearance) is None


def objection(model: Model, clearance: Clearance) -> Objection | None:
    """Return the rule of a unit that keeps this content from a model, if there is one."""
    return clearance.objection(model.id, model.zone.name, model.highest_level, answers=CHAT in model.abilities)


def not_cleared(model: Model, clearance: Clearance) -> Refusal:
    """Say by which rule a model may not receive this content."""
    found = objection(model, clearance) if clearance.permits(model.accepts) else None
    if found is not None:
        return ModelRefusedByUnit(model=model.id, rule=found.kind, unit=found.name, category=found.category or "")
    label, missing = clearance.label, clearance.label.categories - model.categories
    if model.highest_level.covers(label.level) and missing:
        return ModelNotClearedForCategories(model=model.id, categories=" ".join(Label(categories=missing).names))
    return ModelNotCleared(model=model.id, highest_level=model.highest_level, level=label.level)


def _no_model_cleared(snapshot: Snapshot, clearance: Clearance) -> Refusal:
    for model in snapshot.models:
        if clearance.permits(model.accepts):  # a rule of a unit alone stands in the way: it is named
            return not_cleared(model, clearance)
    label = clearance.label
    if any(model.highest_level.covers(label.level) for model in snapshot.models):
        return NoModelClearedForCategories(level=label.level, categories=" ".join(label.names))
    return NoModelCleared(level=label.level)


def _may_replace(model: Model, wanted: Model, clearance: Clearance) -> bool:
    """Tell whether `model` may take the place of `wanted`: cleared, and no promise to the person is weakened."""
    return (
        permitted(model, clearance)
        and model.highest_level.covers(wanted.highest_level)
        and (model.no_training or not wanted.no_training)
        and (model.zone.legal_reach == wanted.zone.legal_reach or model.backend.is_embedded)
        and set(wanted.abilities) <= set(model.abilities)
    )
