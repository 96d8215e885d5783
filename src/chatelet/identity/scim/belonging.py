"""What follows from a directory's groups: memberships of units and grants of roles, kept by `scim:<directory>`.

Set by set, never person by person: what should be is computed from the groups, what is too many goes, what is missing
comes. Lines that somebody else keeps (a page, an import, another directory) are left alone.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import sessions
from chatelet.identity.roles.queries import has_active_administrator, lock_active_administrators
from chatelet.identity.scim.directory import source_of
from chatelet.identity.scim.failures import Conflict
from chatelet.identity.scim.tables import ScimClient
from chatelet.kernel.clock import now
from chatelet.kernel.database import fetch

# $1 the directory, $2 its source, $3 the persons, $4 its own unit or null (of units), then now.
_WANTED_UNITS: Final = """
    SELECT m.person_id, g.unit_id FROM scim_group_members m JOIN scim_groups g ON g.id = m.group_id
    WHERE g.client_id = $1 AND g.unit_id IS NOT NULL AND g.role_id IS NULL AND m.person_id = ANY($3::uuid[])
    UNION
    SELECT u.person_id, $4::uuid FROM scim_users u
    WHERE u.client_id = $1 AND u.deleted_at IS NULL AND u.person_id = ANY($3::uuid[]) AND $4::uuid IS NOT NULL
"""
_WANTED_ROLES: Final = """
    SELECT DISTINCT m.person_id, g.role_id, g.unit_id
    FROM scim_group_members m JOIN scim_groups g ON g.id = m.group_id
    WHERE g.client_id = $1 AND g.role_id IS NOT NULL AND m.person_id = ANY($3::uuid[])
"""
_LEAVE: Final = f"""
WITH wanted AS ({_WANTED_UNITS})
DELETE FROM memberships b
WHERE b.source = $2 AND b.person_id = ANY($3::uuid[])
  AND NOT EXISTS (SELECT FROM wanted w WHERE w.person_id = b.person_id AND w.unit_id = b.unit_id)
RETURNING b.person_id, b.unit_id
"""  # noqa: S608 (made of constants of this file, as the next ones)
_JOIN: Final = f"""
WITH wanted AS ({_WANTED_UNITS})
INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)
SELECT person_id, unit_id, false, $2, $5 FROM wanted
ON CONFLICT (person_id, unit_id) DO NOTHING
RETURNING person_id, unit_id
"""  # noqa: S608
_MAIN: Final = """
UPDATE memberships SET is_main = true FROM (
    SELECT DISTINCT ON (person_id) person_id, unit_id FROM memberships b
    WHERE person_id = ANY($1::uuid[])
      AND NOT EXISTS (SELECT FROM memberships o WHERE o.person_id = b.person_id AND o.is_main)
    ORDER BY person_id, created_at, unit_id
) first
WHERE memberships.person_id = first.person_id AND memberships.unit_id = first.unit_id
RETURNING memberships.person_id
"""
_WITHDRAW: Final = f"""
WITH wanted AS ({_WANTED_ROLES})
DELETE FROM grants h
WHERE h.source = $2 AND h.person_id = ANY($3::uuid[])
  AND NOT EXISTS (SELECT FROM wanted w WHERE w.person_id = h.person_id AND w.role_id = h.role_id
                  AND w.unit_id IS NOT DISTINCT FROM h.unit_id)
RETURNING h.person_id, h.role_id, h.unit_id, (SELECT code FROM roles WHERE id = h.role_id)
"""  # noqa: S608
_GIVE: Final = f"""
WITH wanted AS ({_WANTED_ROLES}), given AS (
    INSERT INTO grants (id, person_id, role_id, unit_id, source, created_at)
    SELECT gen_random_uuid(), person_id, role_id, unit_id, $2, $4 FROM wanted
    ON CONFLICT (person_id, role_id, unit_id, source) DO NOTHING
    RETURNING person_id, role_id, unit_id
)
SELECT given.person_id, given.role_id, given.unit_id, roles.code FROM given JOIN roles ON roles.id = given.role_id
"""  # noqa: S608
_Rows = Sequence[Sequence[Any]]


async def settle(session: AsyncSession, client_id: UUID, persons: Collection[UUID], *, actor: UUID) -> None:
    """Make memberships and grants of `persons` what the directory's groups say; raise `Conflict`.

    Sessions of those whose roles change end (TA-001). The last administrator keeps that role.
    """
    if not persons:
        return
    await session.flush()
    client = await session.get_one(ScimClient, client_id)
    source, several, moment = source_of(client_id), sorted(persons), now()
    administrators = await lock_active_administrators(session)
    about = (client_id, source, several)
    left = await fetch(session, _LEAVE, *about, client.unit_id)
    joined = await fetch(session, _JOIN, *about, client.unit_id, moment)
    await fetch(session, _MAIN, several)
    withdrawn = await fetch(session, _WITHDRAW, *about)
    given = await fetch(session, _GIVE, *about, moment)
    if administrators and withdrawn and not await has_active_administrator(session):
        raise Conflict("the installation would be left without an administrator")
    await _tell(session, left, joined, withdrawn, given, actor)
    for person_id in sorted({row[0] for row in (*withdrawn, *given)}):
        await sessions.end_sessions_of(session, person_id, "renewed", actor=actor)


async def _tell(session: AsyncSession, left: _Rows, joined: _Rows, withdrawn: _Rows, given: _Rows, actor: UUID) -> None:
    told: list[events.Event] = [events.MembershipRemoved(person_id=row[0], unit_id=row[1]) for row in left]
    told += [events.MembershipGiven(person_id=row[0], unit_id=row[1]) for row in joined]
    for kind, rows in ((events.RoleWithdrawn, withdrawn), (events.RoleGranted, given)):
        told += [kind(person_id=row[0], role_id=row[1], unit_id=row[2], role=row[3]) for row in rows]
    await journal.record_all(session, told, actor=actor)
