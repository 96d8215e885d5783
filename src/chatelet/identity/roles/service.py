"""The verbs on roles: what each is made of, and giving one to a person. Nobody gives more than they hold (TA-030).

What a role is made of concerns the whole installation, so it takes `installation.manage`. Giving takes `roles.grant` on
the unit and every right of the role there. A person whose rights change signs in again (TA-001).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity import queries as persons
from chatelet.identity import sessions
from chatelet.identity.errors import LastAdministrator, PersonNotFound
from chatelet.identity.names import clean_name
from chatelet.identity.principal import Principal
from chatelet.identity.rights import OF_THE_INSTALLATION, Right, decode_names
from chatelet.identity.roles import queries
from chatelet.identity.roles.errors import (
    DelegationExceeded,
    GrantExists,
    GrantExpired,
    GrantNotFound,
    RoleCodeTaken,
    RoleInUse,
    RoleNotFound,
    RoleProtected,
)
from chatelet.identity.roles.holding import ADMINISTRATOR, BY_HAND
from chatelet.identity.roles.schemas import GrantList, GrantOut, NewGrant, NewRole, RoleChange, RoleList, RoleOut
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.schemas import UnitName
from chatelet.identity.units import service as units
from chatelet.identity.units.queries import paths
from chatelet.identity.units.tables import Unit
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7

_NAMES: Final = ("name_fr", "name_en")


async def list_roles(session: AsyncSession, principal: Principal) -> RoleList:
    """Return every role; how many hold it, to whoever reads persons everywhere (TA-034)."""
    is_told = principal.rights.reach(Right.PERSONS_READ) is None
    found = await queries.roles_with_holders(session)
    return RoleList(
        items=[_role(role, holders if is_told else None) for role, holders in found],
        installation_rights=sorted(OF_THE_INSTALLATION),
    )


async def create_role(session: AsyncSession, principal: Principal, new: NewRole) -> RoleOut:
    """Make a role; raise `RoleCodeTaken`, `NameInvalid`."""
    moment = now()
    role = Role(
        id=uuid7(),
        code=new.code,
        name_fr=clean_name(new.name_fr),
        name_en=clean_name(new.name_en),
        rights=sorted(new.rights),
        is_default=False,
        is_builtin=False,
        created_at=moment,
        updated_at=moment,
    )
    try:
        async with session.begin_nested():
            session.add(role)
            await session.flush()
    except IntegrityError:
        raise RoleCodeTaken from None
    created = events.RoleCreated(role_id=role.id, rights=_codes(new.rights))
    await journal.record(session, created, actor=principal.person_id)
    return _role(role, 0)


async def change_role(session: AsyncSession, principal: Principal, role_id: UUID, change: RoleChange) -> RoleOut:
    """Change the names or the rights; raise `RoleNotFound`, `NameInvalid`, `LastAdministrator`.

    The rights of the administrators' role do not change: raises `RoleProtected`.
    """
    role = await _role_of(session, role_id)
    before, names = decode_names(role.rights), changes.seen(role, _NAMES)
    if change.rights is not None and change.rights != before:
        if role.code == ADMINISTRATOR:
            raise RoleProtected
        role.rights = sorted(change.rights)
    role.name_fr = role.name_fr if change.name_fr is None else clean_name(change.name_fr)
    role.name_en = role.name_en if change.name_en is None else clean_name(change.name_en)
    role.updated_at = now()
    await session.flush()
    if not await queries.has_active_administrator(session):
        raise LastAdministrator
    changed = events.RoleChanged(
        role_id=role.id,
        before=_codes(before),
        after=_codes(decode_names(role.rights)),
        values=changes.between(names, changes.seen(role, _NAMES), texts=_NAMES),
    )
    await journal.record(session, changed, actor=principal.person_id)
    return _role(role, await queries.holders(session, role_id))


async def delete_role(session: AsyncSession, principal: Principal, role_id: UUID) -> None:
    """Delete a role that nobody holds; raise `RoleNotFound`, `RoleProtected`, `RoleInUse`."""
    role = await _role_of(session, role_id)
    if role.is_builtin:
        raise RoleProtected
    if holders := await queries.holders(session, role_id):
        raise RoleInUse(holders=holders)
    try:
        async with session.begin_nested():
            await session.delete(role)
            await session.flush()
    except IntegrityError:  # given, or named by a rule, meanwhile
        raise RoleInUse(holders=1) from None
    await journal.record(session, events.RoleDeleted(role_id=role_id), actor=principal.person_id)


async def list_grants(session: AsyncSession, principal: Principal, person_id: UUID) -> GrantList:
    """Return what a person holds, where the caller may see them; raise `PersonNotFound`."""
    await _person(session, principal, person_id)
    held = await queries.grants_of(session, person_id)
    named = await queries.unit_names(session, principal, {grant.unit_id for grant, _ in held if grant.unit_id})
    held = [(grant, role) for grant, role in held if grant.unit_id is None or grant.unit_id in named]
    path_of = await paths(session, set(named))
    return GrantList(
        items=[
            GrantOut(
                id=grant.id,
                role_id=role.id,
                role_code=role.code,
                role_name_fr=role.name_fr,
                role_name_en=role.name_en,
                unit=UnitName(id=grant.unit_id, name=named[grant.unit_id]) if grant.unit_id else None,
                source=grant.source,
                since=grant.created_at,
                expires_at=grant.expires_at,
                may_withdraw=_missing(principal, role, path_of[grant.unit_id] if grant.unit_id else None) is None,
            )
            for grant, role in held
        ]
    )


async def give(session: AsyncSession, principal: Principal, person_id: UUID, new: NewGrant) -> GrantList:
    """Give a role. Raises `PersonNotFound`, `RoleNotFound`, `UnitNotFound`, `DelegationExceeded`, `GrantExists`."""
    person = await _person(session, principal, person_id)
    role = await check_gives(session, principal, new.role_id, new.unit_id, new.expires_at)
    grant = Grant(
        id=uuid7(),
        person_id=person,
        role_id=role.id,
        unit_id=new.unit_id,
        source=BY_HAND,
        granted_by=principal.person_id,
        created_at=now(),
        expires_at=new.expires_at,
    )
    try:
        async with session.begin_nested():
            session.add(grant)
            await session.flush()
    except IntegrityError:
        raise GrantExists from None
    given = events.RoleGranted(person_id=person, role_id=role.id, unit_id=grant.unit_id, role=role.code)
    await journal.record(session, given, actor=principal.person_id)
    await sessions.end_sessions_of(session, person, "renewed", actor=principal.person_id)
    return await list_grants(session, principal, person_id)


async def check_gives(
    session: AsyncSession, principal: Principal, role_id: UUID, unit_id: UUID | None, expires_at: datetime | None
) -> Role:
    """Return a role, locked, that the caller may give, or take back, on a unit or everywhere.

    Raises `RoleNotFound`, `RoleProtected`, `GrantExpired`, `DelegationExceeded`, or as `units.access`.
    """
    role = await _role_of(session, role_id)
    unit = await units.access(session, principal, unit_id) if unit_id else None
    if role.is_default:
        raise RoleProtected
    if expires_at is not None and expires_at <= now():
        raise GrantExpired
    _check_holds(principal, role, unit)
    return role


async def withdraw(session: AsyncSession, principal: Principal, person_id: UUID, grant_id: UUID) -> None:
    """Take a role back. Raises `PersonNotFound`, `GrantNotFound`, `DelegationExceeded`, `LastAdministrator`."""
    administrators = await queries.lock_active_administrators(session)
    await _person(session, principal, person_id)
    found = await queries.grant(session, person_id, grant_id)
    if found is None:
        raise GrantNotFound
    grant, role, unit = found
    _check_holds(principal, role, unit)
    await session.delete(grant)
    await session.flush()
    if administrators == [person_id] and not await queries.is_active_administrator(session, person_id):
        raise LastAdministrator
    gone = events.RoleWithdrawn(person_id=person_id, role_id=role.id, unit_id=grant.unit_id, role=role.code)
    await journal.record(session, gone, actor=principal.person_id)
    await sessions.end_sessions_of(session, person_id, "renewed", actor=principal.person_id)


def _check_holds(principal: Principal, role: Role, unit: Unit | None) -> None:
    missing = _missing(principal, role, unit.path if unit else None)
    if missing is not None:
        raise DelegationExceeded(right=missing.value)


def _missing(principal: Principal, role: Role, path: Collection[UUID] | None) -> Right | None:
    """Return the first right that the caller lacks to give or take back `role` there (everywhere when None)."""
    given = decode_names(role.rights)
    needed = {Right.ROLES_GRANT} | (given if path is None else given - OF_THE_INSTALLATION)
    return next((right for right in Right if right in needed and not principal.rights.holds(right, path or ())), None)


async def _person(session: AsyncSession, principal: Principal, person_id: UUID) -> UUID:
    if await persons.person(session, principal, person_id) is None:
        raise PersonNotFound
    return person_id


async def _role_of(session: AsyncSession, role_id: UUID) -> Role:
    role = await queries.role_by_id(session, role_id)
    if role is None:
        raise RoleNotFound
    return role


def _role(role: Role, holders: int | None) -> RoleOut:
    return RoleOut(
        id=role.id,
        code=role.code,
        name_fr=role.name_fr,
        name_en=role.name_en,
        rights=[right for right in Right if right.value in role.rights],
        is_default=role.is_default,
        is_builtin=role.is_builtin,
        holders=holders,
    )


def _codes(rights: Collection[Right]) -> tuple[str, ...]:
    """Return the rights as the journal writes codes: no dot."""
    return tuple(right.value.replace(".", "_") for right in Right if right in rights)
