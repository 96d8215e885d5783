"""The quotas of the installation, in memory: which apply to a caller and a model costs no query.

Read at start and again at each notification. Where several allowances of a person count the same thing, the most
precise one holds: the person's own, else that of the deepest unit, else everybody's. Totals of units all hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol
from uuid import UUID

from chatelet.policy.quotas.amounts import Measure, Period

QUOTAS_CHANNEL: Final = "chatelet_quotas"
Holder = Literal["each_person", "unit", "key"]
Mode = Literal["soft", "hard", "degrade"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A quota. `depth` is that of its unit in the tree, 0 when it concerns everybody."""

    id: UUID
    holder: Holder
    unit_id: UUID | None
    person_id: UUID | None
    key_id: UUID | None
    model_id: str | None
    measure: Measure
    period: Period
    amount: int
    mode: Mode
    smaller_model: str | None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule with whose counter it limits."""

    rule: Rule
    subject_id: UUID


class Counted(Protocol):
    """Who is counted: a caller, or the person of a work that goes on without them."""

    @property
    def person_id(self) -> UUID:
        """The person."""
        ...

    @property
    def units(self) -> frozenset[UUID]:
        """Those the person belongs to, with all above them."""
        ...


@dataclass(frozen=True, slots=True)
class Absent:
    """A person who is counted while they are not there."""

    person_id: UUID
    units: frozenset[UUID]


class QuotaRules:
    """Holds the rules of this process."""

    def __init__(self) -> None:
        self._rules: tuple[Rule, ...] = ()

    def replace(self, rules: Iterable[Rule]) -> None:
        """Take what the database holds."""
        self._rules = tuple(rules)

    def applying(self, principal: Counted, model_id: str | None, key_id: UUID | None = None) -> list[Applied]:
        """Return the rules that limit this caller with this model (None: with any, to tell what is left)."""
        shared: list[Applied] = []
        own: dict[tuple[str | None, Measure, Period], Rule] = {}
        for rule in self._rules:
            if not _concerns(rule, model_id):
                continue
            if rule.holder == "key":
                if rule.key_id == key_id and key_id is not None:
                    shared.append(Applied(rule, key_id))
            elif rule.unit_id is not None and rule.unit_id not in principal.units:
                continue
            elif rule.holder == "unit":
                assert rule.unit_id is not None
                shared.append(Applied(rule, rule.unit_id))
            elif rule.person_id in (None, principal.person_id):
                counted = (rule.model_id, rule.measure, rule.period)
                own[counted] = max(own.get(counted, rule), rule, key=_precision)
        return [*shared, *(Applied(rule, principal.person_id) for rule in own.values())]


def _concerns(rule: Rule, model_id: str | None) -> bool:
    """Tell whether a model is counted by a rule: the smaller one that it offers instead is not."""
    if model_id is None:
        return True
    return rule.model_id in (None, model_id) and rule.smaller_model != model_id


def _precision(rule: Rule) -> tuple[bool, int]:
    return rule.person_id is not None, rule.depth
