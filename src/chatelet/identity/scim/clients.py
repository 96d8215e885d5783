"""The verbs on directories: connect one (its token is shown once), revoke it, say what its groups lead to."""

from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity.accounts import LOCAL_ISSUER
from chatelet.identity.finding import folded, says
from chatelet.identity.names import clean_name
from chatelet.identity.principal import Principal
from chatelet.identity.rights import OF_THE_INSTALLATION, Right, decode_names
from chatelet.identity.roles import queries as roles
from chatelet.identity.roles.errors import DelegationExceeded, GrantExpired, RoleNotFound, RoleProtected
from chatelet.identity.roles.tables import Role
from chatelet.identity.schemas import UnitName
from chatelet.identity.scim import belonging, queries
from chatelet.identity.scim.directory import SubjectFrom, draw_token
from chatelet.identity.scim.errors import DirectoryGroupNotFound, DirectoryNotFound, IssuerInvalid
from chatelet.identity.scim.schemas import (
    DirectoryGroup,
    DirectoryGroupPage,
    DirectoryList,
    DirectoryOut,
    DirectoryToken,
    GroupMapping,
    GroupOrder,
    NewDirectory,
)
from chatelet.identity.scim.tables import ScimClient, ScimGroup, ScimGroupMember, ScimUser
from chatelet.identity.units import service as units
from chatelet.identity.units.tables import Unit
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.paging import Order, page_of, read_cursor

_LONGEST_ISSUER: Final = 500


async def connect(session: AsyncSession, principal: Principal, new: NewDirectory, *, address: str) -> DirectoryToken:
    """Connect a directory. Raises `NameInvalid`, `IssuerInvalid`, `GrantExpired`, and as `units.access`."""
    issuer = new.issuer.strip()
    if not 1 <= len(issuer) <= _LONGEST_ISSUER or issuer == LOCAL_ISSUER or not issuer.isprintable() or " " in issuer:
        raise IssuerInvalid(longest=_LONGEST_ISSUER)
    if new.expires_at is not None and new.expires_at <= now():
        raise GrantExpired
    unit = await units.access(session, principal, new.unit_id, Right.PERSONS_MANAGE) if new.unit_id else None
    token = draw_token()
    row = ScimClient(
        id=uuid7(),
        name=clean_name(new.name),
        issuer=issuer,
        subject_from=new.subject_from,
        token_hash=token.hash,
        unit_id=unit.id if unit else None,
        created_at=now(),
        last_used_at=None,
        expires_at=new.expires_at,
        renewed_at=None,
        revoked_at=None,
    )
    session.add(row)
    await session.flush()
    connected = events.DirectoryConnected(directory_id=row.id, unit_id=row.unit_id)
    await journal.record(session, connected, actor=principal.person_id)
    return DirectoryToken(id=row.id, token=token.text, address=address)


async def revoke(session: AsyncSession, principal: Principal, client_id: UUID) -> None:
    """Revoke the token; what the directory said stays, and the persons with it. Raises `DirectoryNotFound`."""
    row = await _client(session, client_id)
    if row.revoked_at is None:
        row.revoked_at = now()
        await journal.record(session, events.DirectoryRevoked(directory_id=row.id), actor=principal.person_id)


async def renew(session: AsyncSession, principal: Principal, client_id: UUID, *, address: str) -> DirectoryToken:
    """Give a directory another token; the one it had is refused from now on. Raises `DirectoryNotFound`.

    A token that was to end is followed by one that lives as long.
    """
    row = await _client(session, client_id)
    token, moment = draw_token(), now()
    if row.expires_at is not None:
        row.expires_at = moment + (row.expires_at - (row.renewed_at or row.created_at))
    row.token_hash, row.renewed_at, row.revoked_at = token.hash, moment, None
    connected = events.DirectoryConnected(directory_id=row.id, unit_id=row.unit_id)
    await journal.record(session, connected, actor=principal.person_id)
    return DirectoryToken(id=row.id, token=token.text, address=address)


async def directories(session: AsyncSession, *, address: str) -> DirectoryList:
    """Return every directory, with how much it says."""
    users = (
        select(func.count()).where(ScimUser.client_id == ScimClient.id, ScimUser.deleted_at.is_(None)).scalar_subquery()
    )
    groups = select(func.count()).where(ScimGroup.client_id == ScimClient.id).scalar_subquery()
    unmapped = (
        select(func.count())
        .where(ScimGroup.client_id == ScimClient.id, ScimGroup.unit_id.is_(None), ScimGroup.role_id.is_(None))
        .scalar_subquery()
    )
    found = await session.execute(
        select(ScimClient, Unit.name, users, groups, unmapped)
        .outerjoin(Unit, Unit.id == ScimClient.unit_id)
        .order_by(ScimClient.id.desc())
    )
    return DirectoryList(items=[_listed(row, unit, counts) for row, unit, *counts in found], address=address)


async def groups_page(
    session: AsyncSession, client_id: UUID, words: str, order: GroupOrder, *, cursor: str | None, limit: int
) -> DirectoryGroupPage:
    """Return a page of the groups of a directory, those that `words` tell; raise `DirectoryNotFound`.

    By what they lead to: those that lead to nothing yet, to a role everywhere, then to a unit.
    """
    await _client(session, client_id)
    members = select(func.count()).where(ScimGroupMember.group_id == ScimGroup.id).scalar_subquery()
    name = folded(ScimGroup.display_name)
    leads = case((and_(ScimGroup.unit_id.is_(None), ScimGroup.role_id.is_(None)), "0"), else_="1")
    keys: dict[str, ColumnElement[Any]] = {
        "name": name,
        "members": members,
        "leads_to": func.concat_ws(" ", leads, func.coalesce(Unit.sort_name, ""), func.coalesce(Role.code, "")),
    }
    query = (
        select(ScimGroup, members, Unit, Role)
        .outerjoin(Unit, Unit.id == ScimGroup.unit_id)
        .outerjoin(Role, Role.id == ScimGroup.role_id)
        .where(ScimGroup.client_id == client_id, says(words, name, ScimGroup.group_key))
    )
    paged = Order(keys[order.removeprefix("-")], ScimGroup.id.expression, order.startswith("-"))
    after = read_cursor(cursor) if cursor else None
    found = (await session.execute(paged.page(query, after=after, limit=limit + 1))).all()
    shown, following = page_of(found, limit, lambda row: (row.place, row[0].id))
    return DirectoryGroupPage(items=[_group(*row[:4]) for row in shown], next_cursor=following)


async def map_group(
    session: AsyncSession, principal: Principal, client_id: UUID, group_id: UUID, mapping: GroupMapping
) -> DirectoryGroup:
    """Say what a group leads to, for those in it now and later: nobody gives more than they hold (TA-030).

    Raises `DirectoryNotFound`, `DirectoryGroupNotFound`, `RoleNotFound`, `RoleProtected`, `DelegationExceeded`, and as
    `units.access`.
    """
    client = await _client(session, client_id)
    found = await session.execute(
        select(ScimGroup).where(ScimGroup.id == group_id, ScimGroup.client_id == client_id).with_for_update()
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise DirectoryGroupNotFound
    unit = await units.access(session, principal, mapping.unit_id, Right.PERSONS_MANAGE) if mapping.unit_id else None
    role = await _role(session, principal, mapping.role_id, unit) if mapping.role_id else None
    _check_bound(client, unit, is_role=role is not None)
    before = changes.seen(row, ("unit_id", "role_id"))
    row.unit_id, row.role_id = unit.id if unit else None, role.id if role else None
    await session.flush()
    mapped = events.DirectoryGroupMapped(
        group_id=row.id,
        directory_id=client.id,
        unit_id=row.unit_id,
        role_id=row.role_id,
        values=changes.between(before, changes.seen(row, before)),
    )
    await journal.record(session, mapped, actor=principal.person_id)
    members = await queries.member_ids(session, group_id)
    await belonging.settle(session, client_id, members, actor=principal.person_id)
    return _group(row, len(members), unit, role)


def _check_bound(client: ScimClient, unit: Unit | None, *, is_role: bool) -> None:
    """Raise `DelegationExceeded` where a directory bound to a unit would lead elsewhere."""
    if client.unit_id is None or (unit is None and not is_role):
        return
    if unit is None or client.unit_id not in unit.path:
        raise DelegationExceeded(right=Right.PERSONS_MANAGE.value)


async def _role(session: AsyncSession, principal: Principal, role_id: UUID, unit: Unit | None) -> Role:
    role = await roles.role_by_id(session, role_id)
    if role is None:
        raise RoleNotFound
    if role.is_default:
        raise RoleProtected
    given = decode_names(role.rights)
    needed = {Right.ROLES_GRANT} | (given if unit is None else given - OF_THE_INSTALLATION)
    for right in sorted(needed):
        if not principal.rights.holds(right, unit.path if unit else ()):
            raise DelegationExceeded(right=right.value)
    return role


async def _client(session: AsyncSession, client_id: UUID) -> ScimClient:
    row = await session.get(ScimClient, client_id, with_for_update=True)
    if row is None:
        raise DirectoryNotFound
    return row


def _listed(row: ScimClient, unit: str | None, counts: list[int]) -> DirectoryOut:
    users, groups, unmapped = counts
    return DirectoryOut(
        id=row.id,
        name=row.name,
        issuer=row.issuer,
        subject_from=cast("SubjectFrom", row.subject_from),
        unit=UnitName(id=row.unit_id, name=unit) if row.unit_id and unit else None,
        users=users,
        groups=groups,
        unmapped=unmapped,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )


def _group(row: ScimGroup, members: int, unit: Unit | None, role: Role | None) -> DirectoryGroup:
    return DirectoryGroup(
        id=row.id,
        name=row.display_name,
        members=members,
        unit=UnitName(id=unit.id, name=unit.name) if unit else None,
        role_id=role.id if role else None,
        role_name_fr=role.name_fr if role else None,
        role_name_en=role.name_en if role else None,
    )
