"""What rules would have refused: over the labels of past turns, by the function that routes. No word is read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.chat.policies.schemas import Tried, TriedRule
from chatelet.inference import routing
from chatelet.inference.errors import ModelNotFound
from chatelet.inference.registry import Snapshot
from chatelet.kernel.errors import AppError
from chatelet.policy.clearance import clear
from chatelet.policy.errors import ModelRefusedByUnit, UnitLevelNotAllowed
from chatelet.policy.rules.value import INSTITUTION, UnitRules
from chatelet.policy.sensitivity import Label, Level

_NOBODY: Final = UUID(int=0)
_TURNS: Final = """
SELECT turns.level, turns.categories, turns.model_id, above.units, count(*)
FROM turns
CROSS JOIN LATERAL (
    SELECT ARRAY(
        SELECT DISTINCT unnest(units.path) AS one FROM memberships JOIN units ON units.id = memberships.unit_id
        WHERE memberships.person_id = turns.person_id ORDER BY one
    ) AS units
) AS above
WHERE turns.created_at >= now() - make_interval(days => :days) AND turns.state <> 'running'
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """So many turns of one label, model and set of units."""

    label: Label
    model: str | None
    units: frozenset[UUID]
    turns: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rule` and `unit` are empty when it is allowed; `rule` is a code of an error otherwise, or a kind of rule."""

    allowed: bool
    rule: str = ""
    unit: str = ""


async def seen(session: AsyncSession, days: int) -> list[Seen]:
    """Return the labels of past turns."""
    rows = await session.execute(text(_TURNS), {"days": days})
    return [Seen(Label.of(row[0], row[1]), row[2], frozenset(row[3]), row[4]) for row in rows]


def judge(snapshot: Snapshot, ceiling: Level, rules: Sequence[UnitRules], one: Seen) -> Verdict:
    """Apply the rules to one label and the model wanted, with every server taken as up."""
    try:
        held = clear(_NOBODY, one.label, ceiling=ceiling, rules=tuple(rules))
        clearance = replace(held, replaced=True)  # where a rule requires names to be replaced, they will be
        routing.candidates(snapshot, clearance, one.model, is_up=_yes, may_retry=_yes)
    except UnitLevelNotAllowed as refusal:
        return Verdict(allowed=False, rule="highest_level", unit=str(refusal.params["unit"]))
    except ModelRefusedByUnit as refusal:
        return Verdict(allowed=False, rule=str(refusal.params["rule"]), unit=str(refusal.params["unit"]))
    except ModelNotFound:
        return Verdict(allowed=True)  # withdrawn since: no rule of a unit refuses it
    except AppError as refusal:
        return Verdict(allowed=False, rule=refusal.code)
    return Verdict(allowed=True)


def holding(rules: Mapping[str, UnitRules], units: Iterable[UUID]) -> list[UnitRules]:
    """Return the rules that hold for somebody of these units, with all above them."""
    names = (INSTITUTION, *sorted(map(str, units)))
    return [rules[name] for name in names if name in rules]


def tried(
    snapshot: Snapshot, ceiling: Level, rules: Mapping[str, UnitRules], turns: Sequence[Seen], days: int
) -> Tried:
    """Count what these rules alone would have refused: what is refused without them is not theirs."""
    refused: Counter[tuple[str, str]] = Counter()
    for one in turns:
        verdict = judge(snapshot, ceiling, holding(rules, one.units), one)
        if not verdict.allowed and judge(snapshot, ceiling, (), one).allowed:
            refused[verdict.rule, verdict.unit] += one.turns
    return Tried(
        days=days,
        turns=sum(one.turns for one in turns),
        refused=refused.total(),
        rules=[TriedRule(rule=rule, unit=unit, turns=count) for (rule, unit), count in refused.most_common()],
    )


def _yes(_backend: str) -> bool:
    return True
