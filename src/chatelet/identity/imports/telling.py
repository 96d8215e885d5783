"""What an import tells the journal: the file in one line, then each person whose account, place or role changed."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity import sessions
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.roles.tables import Role

Effect = Literal["created", "moved", "changed", "unchanged"]
_Rows = Sequence[Sequence[Any]]
_OF_ACCOUNT: Final = ("email", "name", "language")
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Changed:
    """What an import changed of persons who were here, and the roles that it gave to all.

    `accounts`: person; e-mail, name, language, state as they are; state, e-mail, name, language as they were.
    `moved`: person, unit, the main one of before. `left`: person, unit. `given`: person, role, unit.
    """

    accounts: _Rows
    moved: _Rows
    left: _Rows
    given: _Rows

    def became(self, state: PersonState) -> list[UUID]:
        """Return those whose account was not in this state before."""
        return [row[0] for row in self.accounts if row[4] == state.value != row[5]]


async def tell(
    session: AsyncSession, principal: Principal, lines: int, counts: Mapping[Effect, int], changed: Changed
) -> None:
    """One line for the file, one for each change of a person; the sessions of whose rights changed end (TA-001)."""
    actor = principal.person_id
    disabled = changed.became(PersonState.DISABLED)
    enabled = changed.became(PersonState.ACTIVE)
    imported = events.PersonsImported(lines=lines, disabled=len(disabled), enabled=len(enabled), **counts)
    await journal.record(session, imported, actor=actor)
    codes = {role.id: role.code for role in await session.scalars(select(Role))}
    await record_each(session, _each(changed, codes), actor)
    await _end(session, disabled, "person_disabled", actor)
    await _end(session, {row[0] for row in changed.given} - set(disabled), "renewed", actor)


async def record_each(session: AsyncSession, told: Iterator[events.Event], actor: UUID) -> None:
    """Write as many events as there are lines, some at a time: others are served meanwhile."""
    while some := list(islice(told, _AT_ONCE)):
        await journal.record_all(session, some, actor=actor)
        await asyncio.sleep(0)


def _each(changed: Changed, codes: Mapping[UUID, str]) -> Iterator[events.Event]:
    for row in changed.accounts:
        if row[4] != row[5]:
            kind = events.PersonDisabled if row[4] == PersonState.DISABLED else events.PersonEnabled
            yield kind(person_id=row[0])
        after: dict[str, object] = dict(zip(_OF_ACCOUNT, row[1:4], strict=True))
        before: dict[str, object] = dict(zip(_OF_ACCOUNT, row[6:9], strict=True))
        if fields := tuple(name for name in _OF_ACCOUNT if after[name] != before[name]):
            values = changes.between(before, after, codes=("language",))
            yield events.PersonChanged(person_id=row[0], changed=fields, values=values)
    for person, unit in changed.left:
        yield events.MembershipRemoved(person_id=person, unit_id=unit, was_main=True)
    for person, unit, left in changed.moved:
        yield events.MembershipGiven(person_id=person, unit_id=unit, is_main=True, main_before=left)
    for person, role, unit in changed.given:
        yield events.RoleGranted(person_id=person, role_id=role, unit_id=unit, role=codes[role])


async def _end(session: AsyncSession, persons: Collection[UUID], reason: sessions.EndReason, actor: UUID) -> None:
    await sessions.end_sessions_of_all(session, sorted(persons), reason, actor=actor)
