"""The verbs on Groups. A group is kept even if it leads nowhere; an administrator says where (`clients`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.scim import belonging, patch, queries
from chatelet.identity.scim.directory import Directory
from chatelet.identity.scim.failures import Absent, InvalidValue, Taken
from chatelet.identity.scim.patch import Change
from chatelet.identity.scim.queries import Wanted
from chatelet.identity.scim.resources import GroupDraft, Json, group_json, read_group, read_members
from chatelet.identity.scim.tables import ScimGroup
from chatelet.identity.scim.versions import check_version
from chatelet.kernel.clock import now
from chatelet.kernel.database import execute
from chatelet.kernel.identifiers import uuid7

_GO: Final = "DELETE FROM scim_group_members WHERE group_id = $1 AND person_id = ANY($2::uuid[])"
_COME: Final = """
INSERT INTO scim_group_members (group_id, person_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who comes into a group and who goes."""

    joining: frozenset[UUID]
    leaving: frozenset[UUID]


async def create(session: AsyncSession, directory: Directory, draft: GroupDraft) -> ScimGroup:
    """Make a Group. Raises `Taken`, `InvalidValue` for a member that the directory does not name."""
    moment = now()
    row = ScimGroup(
        id=uuid7(), client_id=directory.id, unit_id=None, role_id=None, version=0, created_at=moment,
        last_modified=moment,
    )  # fmt: skip
    await _write(session, directory, row, draft, Crowd(draft.members or frozenset(), frozenset()))
    return row


async def access(session: AsyncSession, directory: Directory, group_id: UUID) -> ScimGroup:
    """Return a Group of the directory, locked; raise `Absent`."""
    row = await queries.group(session, directory, group_id)
    if row is None:
        raise Absent("no such Group")
    return row


async def replace(
    session: AsyncSession, directory: Directory, group_id: UUID, draft: GroupDraft, *, if_match: str | None
) -> ScimGroup:
    """Say all of a Group again; without members it is emptied. Raises `Absent`, `VersionChanged`, as `create`."""
    row = await access(session, directory, group_id)
    check_version(if_match, row.version)
    present, wanted = await queries.member_ids(session, group_id), draft.members or frozenset()
    await _write(session, directory, row, draft, Crowd(wanted - present, frozenset(present - wanted)))
    return row


async def change(
    session: AsyncSession, directory: Directory, group_id: UUID, body: Json, *, if_match: str | None
) -> ScimGroup:
    """Apply the operations of a PATCH; members come and go without the others being read as JSON."""
    row = await access(session, directory, group_id)
    check_version(if_match, row.version)
    changes = patch.read_changes(body, of_group=True)
    about = [one for one in changes if one.name == "members"]
    said = patch.apply(group_json(row, (), ""), [one for one in changes if one.name != "members"])
    present = await queries.member_ids(session, group_id) if about else set[UUID]()
    wanted = frozenset(present)
    for one in about:
        wanted = _changed_members(wanted, one)
    await _write(session, directory, row, read_group(said), Crowd(wanted - present, frozenset(present - wanted)))
    return row


async def remove(session: AsyncSession, directory: Directory, group_id: UUID, *, if_match: str | None) -> None:
    """Delete a Group, and what it led to. Raises `Absent`, `VersionChanged`, `Conflict` for the last administrator."""
    row = await access(session, directory, group_id)
    check_version(if_match, row.version)
    members = await queries.member_ids(session, group_id)
    await session.delete(row)
    await session.flush()
    await belonging.settle(session, directory.id, members, actor=directory.id)


async def page(
    session: AsyncSession, directory: Directory, wanted: Wanted, base: str, *, with_members: bool
) -> tuple[int, list[Json]]:
    """Return how many Groups match and a page of them, as JSON."""
    total, rows = await queries.groups_page(session, directory, wanted)
    return total, await shown(session, rows, base, with_members=with_members)


async def shown(session: AsyncSession, rows: Sequence[ScimGroup], base: str, *, with_members: bool) -> list[Json]:
    """Return Groups as JSON; their members are read only where they are wanted."""
    await session.flush()
    members = await queries.members_of(session, [row.id for row in rows]) if with_members else {}
    return [group_json(row, members.get(row.id, ()), base) for row in rows]


def _changed_members(members: frozenset[UUID], change: Change) -> frozenset[UUID]:
    if change.filter is None and change.part is None:
        given = read_members(change.value)
        match change.verb:
            case "add":
                return members | given
            case "replace":
                return given
            case "remove":
                return members - given if given else frozenset()
    as_json: list[dict[str, Any]] = [{"value": str(member)} for member in sorted(members)]
    return read_members(patch.apply({"members": as_json}, [change]).get("members"))


async def _write(session: AsyncSession, directory: Directory, row: ScimGroup, draft: GroupDraft, crowd: Crowd) -> None:
    if len(await queries.named(session, directory, crowd.joining)) < len(crowd.joining):
        raise InvalidValue("a member is no User of this service")
    differs = (row.display_name, row.external_id) != (draft.display_name, draft.external_id)
    if not (differs or crowd.joining or crowd.leaving or row.version == 0):
        return
    row.display_name, row.external_id = draft.display_name, draft.external_id
    row.group_key = draft.display_name.lower()
    row.version += 1
    row.last_modified = now()
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
    except IntegrityError:
        raise Taken("another Group has this displayName or externalId") from None
    await _move(session, row.id, crowd)
    if row.unit_id is not None or row.role_id is not None:
        await belonging.settle(session, directory.id, crowd.joining | crowd.leaving, actor=directory.id)


async def _move(session: AsyncSession, group_id: UUID, crowd: Crowd) -> None:
    await execute(session, _GO, group_id, sorted(crowd.leaving))
    await execute(session, _COME, group_id, sorted(crowd.joining))
