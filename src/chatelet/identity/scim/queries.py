"""Reads of SCIM: every one starts from the directory that calls, which sees what it has said and nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from chatelet.identity.scim.directory import Directory
from chatelet.identity.scim.tables import ScimGroup, ScimGroupMember, ScimUser
from chatelet.identity.tables import Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which resources, in which order, from which one on (counted from 0)."""

    condition: ColumnElement[bool] | None
    order: ColumnElement[Any] | None
    skip: int
    limit: int


async def user(session: AsyncSession, directory: Directory, person_id: UUID) -> ScimUser | None:
    """Return what this directory says of a person, locked."""
    found = await session.execute(
        select(ScimUser)
        .where(ScimUser.client_id == directory.id, ScimUser.person_id == person_id, ScimUser.deleted_at.is_(None))
        .with_for_update()
    )
    return found.scalar_one_or_none()


async def once_named(session: AsyncSession, directory: Directory, person_id: UUID) -> ScimUser | None:
    """Return what this directory said of a person, even if it no longer names them."""
    return await session.get(ScimUser, (directory.id, person_id), with_for_update=True)


async def users_page(session: AsyncSession, directory: Directory, wanted: Wanted) -> tuple[int, Sequence[ScimUser]]:
    """Return how many users match, and those of the page."""
    query = select(ScimUser).where(ScimUser.client_id == directory.id, ScimUser.deleted_at.is_(None))
    return await _page(session, query, ScimUser.person_id, wanted)


async def group(session: AsyncSession, directory: Directory, group_id: UUID) -> ScimGroup | None:
    """Return a group of this directory, locked."""
    found = await session.execute(
        select(ScimGroup).where(ScimGroup.client_id == directory.id, ScimGroup.id == group_id).with_for_update()
    )
    return found.scalar_one_or_none()


async def groups_page(session: AsyncSession, directory: Directory, wanted: Wanted) -> tuple[int, Sequence[ScimGroup]]:
    """Return how many groups match, and those of the page."""
    query = select(ScimGroup).where(ScimGroup.client_id == directory.id)
    return await _page(session, query, ScimGroup.id, wanted)


async def _page(session: AsyncSession, query: Select[Any], key: Any, wanted: Wanted) -> tuple[int, Sequence[Any]]:
    if wanted.condition is not None:
        query = query.where(wanted.condition)
    total = await session.scalar(select(func.count()).select_from(query.with_only_columns(key).subquery())) or 0
    if wanted.limit == 0 or wanted.skip >= total:
        return total, ()
    orders = (key,) if wanted.order is None else (wanted.order, key)
    found = await session.execute(query.order_by(*orders).offset(wanted.skip).limit(wanted.limit))
    return total, found.scalars().all()


async def groups_of(
    session: AsyncSession, directory: Directory, persons: Collection[UUID]
) -> dict[UUID, list[tuple[UUID, str]]]:
    """Return the groups of this directory that each person is in."""
    found = await session.execute(
        select(ScimGroupMember.person_id, ScimGroup.id, ScimGroup.display_name)
        .join(ScimGroup, ScimGroup.id == ScimGroupMember.group_id)
        .where(ScimGroup.client_id == directory.id, ScimGroupMember.person_id.in_(persons))
        .order_by(ScimGroup.group_key)
    )
    groups: dict[UUID, list[tuple[UUID, str]]] = {}
    for person_id, group_id, name in found:
        groups.setdefault(person_id, []).append((group_id, name))
    return groups


async def members_of(session: AsyncSession, groups: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the members of each group."""
    found = await session.execute(
        select(ScimGroupMember.group_id, ScimGroupMember.person_id)
        .where(ScimGroupMember.group_id.in_(groups))
        .order_by(ScimGroupMember.group_id, ScimGroupMember.person_id)
    )
    members: dict[UUID, list[UUID]] = {}
    for group_id, person_id in found:
        members.setdefault(group_id, []).append(person_id)
    return members


async def member_ids(session: AsyncSession, group_id: UUID) -> set[UUID]:
    """Return who is in a group."""
    found = await session.scalars(select(ScimGroupMember.person_id).where(ScimGroupMember.group_id == group_id))
    return set(found)


async def named(session: AsyncSession, directory: Directory, persons: Collection[UUID]) -> set[UUID]:
    """Return those of `persons` whom the directory names."""
    found = await session.scalars(
        select(ScimUser.person_id).where(
            ScimUser.client_id == directory.id,
            ScimUser.deleted_at.is_(None),
            ScimUser.person_id == any_(literal(list(persons), ARRAY(Uuid()))),
        )
    )
    return set(found)


async def person_of(session: AsyncSession, issuer: str, subject: str) -> Person | None:
    """Return the person of (issuer, subject), locked (TA-005)."""
    found = await session.execute(
        select(Person)
        .where(Person.issuer == issuer, Person.subject == subject)
        .with_for_update()
        .options(defer(Person.search_vector))
    )
    return found.scalar_one_or_none()


async def person(session: AsyncSession, person_id: UUID) -> Person:
    """Return a person's row, locked."""
    return await session.get_one(Person, person_id, with_for_update=True)


def groups_of_client(client_id: UUID) -> Select[UUID]:
    """Return the identifiers of a directory's groups."""
    return select(ScimGroup.id).where(ScimGroup.client_id == client_id)


async def said_of(session: AsyncSession, person_id: UUID) -> list[dict[str, Any]]:
    """Return what each directory says of a person, and the groups it puts them in (right of access)."""
    found = await session.scalars(select(ScimUser).where(ScimUser.person_id == person_id))
    groups = await session.execute(
        select(ScimGroup.client_id, ScimGroup.display_name)
        .join(ScimGroupMember, ScimGroupMember.group_id == ScimGroup.id)
        .where(ScimGroupMember.person_id == person_id)
    )
    names = [(client, name) for client, name in groups]
    return [
        {
            "user_name": row.user_name,
            "external_id": row.external_id,
            "name": row.display_name or row.formatted,
            "family_name": row.family_name,
            "given_name": row.given_name,
            "language": row.language,
            "emails": row.emails,
            "active": row.active,
            "groups": [name for client, name in names if client == row.client_id],
            "since": row.created_at.isoformat(),
        }
        for row in found
    ]
