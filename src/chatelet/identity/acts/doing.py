"""One batch of an act, done as sets: the rows changed, what was there before, and one journal line for each person.

Who may be acted on was said by `choosing`, in the same transaction, on rows that `locked` holds.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final, assert_never
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events
from chatelet.identity import sessions
from chatelet.identity.acts.choosing import Change
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.roles.holding import BY_HAND
from chatelet.identity.roles.queries import role_by_id
from chatelet.identity.units import members
from chatelet.kernel.clock import now
from chatelet.kernel.database import execute, fetch

Before = dict[str, Any]
_LOCK: Final = "SELECT id FROM persons WHERE id = ANY($1) ORDER BY id FOR UPDATE"
_STATE: Final = "UPDATE persons SET state = $2 WHERE id = ANY($1) AND state <> $2 RETURNING id"
_LINES: Final = (
    "SELECT person_id, unit_id, is_main FROM memberships WHERE person_id = ANY($1) AND (is_main OR unit_id = $2)"
)
_NO_MAIN: Final = "UPDATE memberships SET is_main = false WHERE person_id = ANY($1) AND is_main AND unit_id <> $2"
_PLACE: Final = """
INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)
SELECT person, $2, person = ANY($3), $4, $5 FROM unnest($1::uuid[]) AS person
ON CONFLICT (person_id, unit_id) DO UPDATE SET is_main = memberships.is_main OR excluded.is_main
"""
_LEAVE: Final = """
DELETE FROM memberships WHERE person_id = ANY($1) AND unit_id = $2
RETURNING person_id, is_main, source, created_at
"""
_GIVE: Final = """
INSERT INTO grants (id, person_id, role_id, unit_id, source, granted_by, created_at, expires_at)
SELECT gen_random_uuid(), person, $2, $3, $4, $5, $6, $7 FROM unnest($1::uuid[]) AS person
ON CONFLICT DO NOTHING RETURNING person_id, id
"""
_WITHDRAW: Final = """
DELETE FROM grants WHERE person_id = ANY($1) AND role_id = $2 AND unit_id IS NOT DISTINCT FROM $3
RETURNING person_id, source, granted_by, created_at, expires_at
"""


@dataclass(frozen=True, slots=True)
class Done:
    """Who was acted on, with what was before; and what the journal is told."""

    before: dict[UUID, Before] = field(default_factory=dict[UUID, Before])
    told: list[events.Event] = field(default_factory=list[events.Event])


async def lock(session: AsyncSession, persons: Collection[UUID]) -> None:
    """Keep others from changing these persons until the transaction ends."""
    await execute(session, _LOCK, sorted(persons))


async def do(
    session: AsyncSession, principal: Principal, change: Change, persons: list[UUID], movable: Collection[UUID]
) -> Done:
    """Act on these persons; `movable` are those whose main unit the caller may change."""
    match change.kind:
        case "disable" | "enable":
            wanted = PersonState.DISABLED if change.kind == "disable" else PersonState.ACTIVE
            return await set_state(session, principal, persons, wanted)
        case "place":
            return await _place(session, change, persons, movable)
        case "take_out":
            return await _take_out(session, change, persons)
        case "give":
            return await _give(session, principal, change, persons)
        case "withdraw":
            return await _withdraw(session, principal, change, persons)
    assert_never(change.kind)


async def set_state(session: AsyncSession, principal: Principal, persons: list[UUID], wanted: PersonState) -> Done:
    """Let nobody of them sign in any more, or let all."""
    done = Done()
    for row in await fetch(session, _STATE, persons, wanted.value):
        done.before[row[0]] = {}
        kind = events.PersonDisabled if wanted is PersonState.DISABLED else events.PersonEnabled
        done.told.append(kind(person_id=row[0]))
    if wanted is PersonState.DISABLED:
        await sessions.end_sessions_of_all(session, list(done.before), "person_disabled", actor=principal.person_id)
    return done


async def _place(session: AsyncSession, change: Change, persons: list[UUID], movable: Collection[UUID]) -> Done:
    """Their first unit is their main one; another becomes it where it was asked for and the caller may move them."""
    done, here, main = Done(), dict[UUID, bool](), dict[UUID, UUID]()
    for person_id, unit_id, is_main in await fetch(session, _LINES, persons, change.unit_id):
        if unit_id == change.unit_id:
            here[person_id] = is_main
        if is_main:
            main[person_id] = unit_id
    becoming = [one for one in persons if one not in main or (change.is_main and one in movable)]
    await execute(session, _NO_MAIN, becoming, change.unit_id)
    await execute(session, _PLACE, persons, change.unit_id, becoming, members.BY_HAND, now())
    chosen = set(becoming)
    for person_id in persons:
        before = main.get(person_id)
        done.before[person_id] = {"here": here.get(person_id), "main": str(before) if before else None}
        told = events.MembershipGiven(
            person_id=person_id, unit_id=_unit(change), is_main=person_id in chosen, main_before=before
        )
        done.told.append(told)
    return done


async def _take_out(session: AsyncSession, change: Change, persons: list[UUID]) -> Done:
    done = Done()
    for person_id, was_main, source, since in await fetch(session, _LEAVE, persons, change.unit_id):
        done.before[person_id] = {"is_main": was_main, "source": source, "since": since.isoformat()}
        gone = events.MembershipRemoved(person_id=person_id, unit_id=_unit(change), was_main=was_main)
        done.told.append(gone)
    await members.keep_main_units(session, list(done.before))
    return done


async def _give(session: AsyncSession, principal: Principal, change: Change, persons: list[UUID]) -> Done:
    done, code, by = Done(), await _code(session, change), principal.person_id
    values = (persons, change.role_id, change.unit_id, BY_HAND, by, now(), change.expires_at)
    for person_id, grant_id in await fetch(session, _GIVE, *values):
        done.before[person_id] = {"grant": str(grant_id)}
        given = events.RoleGranted(person_id=person_id, role_id=_role(change), unit_id=change.unit_id, role=code)
        done.told.append(given)
    await sessions.end_sessions_of_all(session, list(done.before), "renewed", actor=by)
    return done


async def _withdraw(session: AsyncSession, principal: Principal, change: Change, persons: list[UUID]) -> Done:
    done, code, by = Done(), await _code(session, change), principal.person_id
    gone = await fetch(session, _WITHDRAW, persons, change.role_id, change.unit_id)
    for person_id, source, granted_by, since, expires_at in gone:
        line = {
            "source": source,
            "by": str(granted_by) if granted_by else None,
            "since": since.isoformat(),
            "expires_at": expires_at.isoformat() if expires_at else None,
        }
        done.before.setdefault(person_id, {"grants": []})["grants"].append(line)
    done.told.extend(
        events.RoleWithdrawn(person_id=person_id, role_id=_role(change), unit_id=change.unit_id, role=code)
        for person_id in done.before
    )
    await sessions.end_sessions_of_all(session, list(done.before), "renewed", actor=by)
    return done


async def _code(session: AsyncSession, change: Change) -> str:
    role = await role_by_id(session, _role(change))
    assert role is not None
    return role.code


def _unit(change: Change) -> UUID:
    assert change.unit_id is not None
    return change.unit_id


def _role(change: Change) -> UUID:
    assert change.role_id is not None
    return change.role_id
