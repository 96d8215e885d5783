"""The published rules of this process, in memory: which hold for a person costs no query.

Read at start and at each notification, when their markings become those looked for. A version that this process does
not understand refuses everything until one that it does is read: rules are never skipped.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.units.service import taken_over
from chatelet.identity.units.tables import Unit
from chatelet.kernel.identifiers import uuid7_at
from chatelet.kernel.logs import get_logger
from chatelet.policy.errors import PolicyUnreadable
from chatelet.policy.guardrails.markings.declared import Declared, declare, hold
from chatelet.policy.rules import queries
from chatelet.policy.rules.value import INSTITUTION, UnitRules, default_level, read
from chatelet.policy.sensitivity import Label, Level

POLICIES_CHANNEL: Final = "chatelet_policies"
log = get_logger(__name__)


class Policies:
    """Holds the rules by unit."""

    def __init__(self) -> None:
        self._rules: Mapping[str, UnitRules] | None = {}
        self._merged: Mapping[str, Collection[str]] = {}
        self._since = UUID(int=0)  # what has a lower identifier was made before these rules
        self._under = lru_cache(maxsize=1024)(self._collect)

    def of(self, units: Collection[UUID]) -> tuple[UnitRules, ...]:
        """Return the rules that hold for a person of these units (with all above them). Raises `PolicyUnreadable`."""
        return self._under(frozenset(units))

    def beginning(self, units: Collection[UUID], made: UUID, institution: Level) -> Label:
        """Return the least label of something empty that was `made`: what began before these rules follows them too."""
        if made >= self._since:
            return Label(Level.PUBLIC)  # made under these rules: its label was given then
        return Label(default_level(self.of(units), institution))

    def replace(
        self,
        rules: Mapping[str, UnitRules] | None,
        since: datetime | None = None,
        merged: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Take other rules; None: they could not be read, and everything is refused.

        `merged` names, for a unit, those that it took over: what they tightened holds for all who are now in it.
        """
        self._rules = rules
        self._merged = merged or {}
        self._since = uuid7_at(since) if since is not None else UUID(int=0)
        self._under.cache_clear()

    async def refresh(self, session: AsyncSession) -> None:
        """Read the published version."""
        row = await queries.published(session)
        try:
            rules = await rules_of(session, row.rules) if row else {}
            self.replace(rules, row.published_at if row else None, await taken_over(session, list(rules)))
        except ValueError:
            log.exception("policies_unreadable")
            self.replace(None)
            return
        hold(declared_in(rules))

    def _collect(self, units: frozenset[UUID]) -> tuple[UnitRules, ...]:
        if self._rules is None:
            raise PolicyUnreadable
        held = {str(unit) for unit in units}
        names = (INSTITUTION, *sorted(held.union(*(self._merged.get(unit, ()) for unit in held))))
        return tuple(self._rules[name] for name in names if name in self._rules)


def declared_in(rules: Mapping[str, UnitRules]) -> Declared:
    """Return the markings that rules declare, compiled."""
    return declare(rules[INSTITUTION].markings if INSTITUTION in rules else ())


async def rules_of(session: AsyncSession, written: Mapping[str, Any]) -> dict[str, UnitRules]:
    """Read the rules of a version, with the names of units. Raises `ValueError`."""
    identifiers = [UUID(one) for one in written if one != INSTITUTION]
    found = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(identifiers)))
    names = {str(row[0]): str(row[1]) for row in found}
    return {unit: read(unit, names.get(unit, ""), rules) for unit, rules in written.items()}
