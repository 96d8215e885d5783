"""One batch of an act put back: each person as they were before it, unless somebody changed them since."""

from typing import Final, assert_never
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events
from chatelet.identity import sessions
from chatelet.identity.acts.choosing import Change
from chatelet.identity.acts.doing import Before, Done, set_state
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.roles.queries import role_by_id
from chatelet.identity.units import members
from chatelet.kernel.clock import now
from chatelet.kernel.database import execute, fetch

# What an act placed there it takes out again; who belonged before stays, and is its main unit as they were.
_UNPLACE: Final = """
DELETE FROM memberships WHERE person_id = ANY($1) AND unit_id = $2 AND source = $3 RETURNING person_id, is_main
"""
_NOT_MAIN: Final = """
UPDATE memberships SET is_main = false WHERE person_id = ANY($1) AND unit_id = $2 AND is_main RETURNING person_id
"""
_MAIN_AGAIN: Final = """
UPDATE memberships m SET is_main = true FROM unnest($1::uuid[], $2::uuid[]) AS was(person, unit)
WHERE m.person_id = was.person AND m.unit_id = was.unit
  AND NOT EXISTS (SELECT FROM memberships o WHERE o.person_id = was.person AND o.is_main)
"""
_LOSE_MAIN: Final = "UPDATE memberships SET is_main = false WHERE person_id = ANY($1) AND is_main"
_COME_BACK: Final = """
INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)
SELECT person, $2, is_main, source, since::timestamptz
FROM unnest($1::uuid[], $3::boolean[], $4::text[], $5::text[]) AS was(person, is_main, source, since)
ON CONFLICT DO NOTHING RETURNING person_id
"""
_GIVEN: Final = "DELETE FROM grants WHERE id = ANY($1) RETURNING person_id"
_GIVE_BACK: Final = """
INSERT INTO grants (id, person_id, role_id, unit_id, source, granted_by, created_at, expires_at)
SELECT gen_random_uuid(), person, $2, $3, source, giver, since::timestamptz, ends::timestamptz
FROM unnest($1::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[]) AS was(person, source, giver, since, ends)
WHERE ends IS NULL OR ends::timestamptz > $8
ON CONFLICT DO NOTHING RETURNING person_id
"""


async def undo(session: AsyncSession, principal: Principal, change: Change, lines: dict[UUID, Before]) -> Done:
    """Put these persons back as they were before `change`."""
    match change.kind:
        case "disable" | "enable":
            was = PersonState.ACTIVE if change.kind == "disable" else PersonState.DISABLED
            return await set_state(session, principal, list(lines), was)
        case "place":
            return await _unplace(session, change, lines)
        case "take_out":
            return await _come_back(session, change, lines)
        case "give":
            return await _take_back(session, principal, change, lines)
        case "withdraw":
            return await _give_back(session, principal, change, lines)
    assert_never(change.kind)


async def _unplace(session: AsyncSession, change: Change, lines: dict[UUID, Before]) -> Done:
    done, unit_id = Done(), change.unit_id
    assert unit_id is not None
    new = [person for person, before in lines.items() if before["here"] is None]
    there = [person for person, before in lines.items() if before["here"] is False]
    for person_id, was_main in await fetch(session, _UNPLACE, new, unit_id, members.BY_HAND):
        done.before[person_id] = {}
        done.told.append(events.MembershipRemoved(person_id=person_id, unit_id=unit_id, was_main=was_main))
    for row in await fetch(session, _NOT_MAIN, there, unit_id):
        done.before[row[0]] = {}
    mains = [(person, UUID(lines[person]["main"])) for person in done.before if lines[person]["main"]]
    await execute(session, _MAIN_AGAIN, [person for person, _ in mains], [unit for _, unit in mains])
    for person, main in mains:
        if main != unit_id:
            back = events.MembershipGiven(person_id=person, unit_id=main, is_main=True, main_before=unit_id)
            done.told.append(back)
    await members.keep_main_units(session, list(done.before))
    return done


async def _come_back(session: AsyncSession, change: Change, lines: dict[UUID, Before]) -> Done:
    done, unit_id = Done(), change.unit_id
    assert unit_id is not None
    persons = list(lines)
    await execute(session, _LOSE_MAIN, [one for one in persons if lines[one]["is_main"]])
    told = [[lines[one][name] for one in persons] for name in ("is_main", "source", "since")]
    for row in await fetch(session, _COME_BACK, persons, unit_id, *told):
        done.before[row[0]] = {}
        back = events.MembershipGiven(person_id=row[0], unit_id=unit_id, is_main=lines[row[0]]["is_main"])
        done.told.append(back)
    await members.keep_main_units(session, persons)
    return done


async def _take_back(session: AsyncSession, principal: Principal, change: Change, lines: dict[UUID, Before]) -> Done:
    done = Done()
    for row in await fetch(session, _GIVEN, [UUID(before["grant"]) for before in lines.values()]):
        done.before[row[0]] = {}
    return await _told_of_roles(session, principal, change, done, events.RoleWithdrawn)


async def _give_back(session: AsyncSession, principal: Principal, change: Change, lines: dict[UUID, Before]) -> Done:
    done = Done()
    grants = [(person, grant) for person, before in lines.items() for grant in before["grants"]]
    persons, told = [person for person, _ in grants], [grant for _, grant in grants]
    columns = (
        [one["source"] for one in told],
        [UUID(one["by"]) if one["by"] else None for one in told],
        [one["since"] for one in told],
        [one["expires_at"] for one in told],
    )
    for row in await fetch(session, _GIVE_BACK, persons, change.role_id, change.unit_id, *columns, now()):
        done.before[row[0]] = {}
    return await _told_of_roles(session, principal, change, done, events.RoleGranted)


async def _told_of_roles(
    session: AsyncSession,
    principal: Principal,
    change: Change,
    done: Done,
    kind: type[events.RoleGranted] | type[events.RoleWithdrawn],
) -> Done:
    """Tell the journal, and have the persons sign in again (TA-001)."""
    assert change.role_id is not None
    role = await role_by_id(session, change.role_id)
    assert role is not None
    done.told.extend(
        kind(person_id=person, role_id=role.id, unit_id=change.unit_id, role=role.code) for person in done.before
    )
    await sessions.end_sessions_of_all(session, list(done.before), "renewed", actor=principal.person_id)
    return done
