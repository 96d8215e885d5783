"""The verbs on the tree of units: create, change, move, merge, delete. Who belongs where: `members`.

A caller acts where they hold `units.manage`; moving needs it on the unit, on where it leaves and on where it goes, so
that nobody takes a unit out of what they were given, nor gives by it more than they hold (`delegation`). Changes of the
tree are made one at a time.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import delegation, merging, queries, tree
from chatelet.identity.units.errors import (
    UnitClosed,
    UnitCodeInvalid,
    UnitCodeTaken,
    UnitCycle,
    UnitNameInvalid,
    UnitNotEmpty,
    UnitNotFound,
    UnitTooDeep,
)
from chatelet.identity.units.schemas import (
    LONGEST_CODE,
    LONGEST_UNIT_NAME,
    MergePreview,
    NewUnit,
    UnitChange,
    UnitOut,
    UnitPage,
)
from chatelet.identity.units.tables import Unit
from chatelet.kernel.clock import now
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.notifications import notify
from chatelet.kernel.paging import read_cursor, write_cursor

_COUNTING: Final = (Right.PERSONS_READ, Right.UNITS_MANAGE)  # who may know how many belong to a unit
MERGED_CHANNEL: Final = "chatelet_units_merged"  # what this process keeps in memory of units is read again
_FIELDS: Final = ("code", "name", "kind")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")


async def access(session: AsyncSession, principal: Principal, unit_id: UUID, right: Right | None = None) -> Unit:
    """Return an open unit that the caller may know of, locked, and on which they hold `right`.

    Raises `UnitNotFound`, `UnitClosed`, or `Forbidden`, which names the right.
    """
    unit = await queries.unit(session, principal, unit_id)
    if unit is None:
        raise UnitNotFound
    if unit.closed_at is not None:
        raise UnitClosed
    if right is not None:
        check(principal, right, unit.path)
    return unit


def check(principal: Principal, right: Right, path: Sequence[UUID] = ()) -> None:
    """Raise `Forbidden` unless the caller holds `right` on the unit of `path`, or everywhere when it is empty."""
    if not principal.rights.holds(right, path):
        raise Forbidden(right=right.value)


async def list_units(
    session: AsyncSession, principal: Principal, *, parent_id: UUID | None, words: str, cursor: str | None, limit: int
) -> UnitPage:
    """Return the units under a parent, the topmost that the caller may know of, or those found by `words`."""
    after = read_cursor(cursor) if cursor else None
    found = await queries.units_page(session, principal, parent_id=parent_id, words=words, after=after, limit=limit + 1)
    shown = found[:limit]
    last = shown[-1].unit if len(found) > limit else None
    return UnitPage(
        items=[_shown(principal, row) for row in shown],
        next_cursor=write_cursor(last.sort_name, last.id) if last else None,
    )


async def read_unit(session: AsyncSession, principal: Principal, unit_id: UUID) -> UnitOut:
    """Return an open unit that the caller may know of; raise `UnitNotFound`, `UnitClosed`."""
    unit = await access(session, principal, unit_id)
    return _shown(principal, await queries.unit_row(session, principal, unit.id))


async def taken_over(session: AsyncSession, units: Collection[str]) -> dict[str, list[str]]:
    """Return, for each unit that stands, those of `units` that it took over: what was said of them holds for it."""
    return await queries.taken_over(session, units)


async def create_unit(session: AsyncSession, principal: Principal, new: NewUnit) -> UnitOut:
    """Create a unit. Raises `UnitNotFound`, `UnitCodeTaken`, `UnitTooDeep`, what the names raise, `Forbidden`."""
    await queries.lock_tree(session)
    above: list[UUID] = []
    if new.parent_id is not None:
        above = (await access(session, principal, new.parent_id)).path
    check(principal, Right.UNITS_MANAGE, above)
    if len(above) >= tree.DEEPEST:
        raise UnitTooDeep(deepest=tree.DEEPEST)
    unit = Unit(id=uuid7(), parent_id=new.parent_id, created_at=now(), closed_at=None, merged_into=None)
    unit.path = [*above, unit.id]
    unit.code, unit.kind = clean_code(new.code), new.kind.strip()
    _rename(unit, clean_unit_name(new.name))
    session.add(unit)
    await _flush_code(session)
    created = events.UnitCreated(unit_id=unit.id, parent_id=unit.parent_id)
    await journal.record(session, created, actor=principal.person_id)
    return _shown(principal, await queries.unit_row(session, principal, unit.id))


async def change_unit(session: AsyncSession, principal: Principal, unit_id: UUID, change: UnitChange) -> UnitOut:
    """Change the code, the name or the kind. Raises as `create_unit`."""
    unit = await access(session, principal, unit_id, Right.UNITS_MANAGE)
    before = changes.seen(unit, _FIELDS)
    if change.code is not None:
        unit.code = clean_code(change.code)
    if change.name is not None:
        _rename(unit, clean_unit_name(change.name))
    if change.kind is not None:
        unit.kind = change.kind.strip()
    await _flush_code(session)
    after = changes.seen(unit, _FIELDS)
    if changed := tuple(name for name in _FIELDS if before[name] != after[name]):
        values = changes.between(before, after, texts=_FIELDS)
        told = events.UnitChanged(unit_id=unit.id, changed=changed, values=values)
        await journal.record(session, told, actor=principal.person_id)
    return _shown(principal, await queries.unit_row(session, principal, unit.id))


async def move_unit(session: AsyncSession, principal: Principal, unit_id: UUID, parent_id: UUID | None) -> UnitOut:
    """Put a unit, with all under it, under another or at the root.

    Raises `UnitCycle`, `UnitTooDeep`, `UnitDelegationExceeded`, or as `access`.
    """
    await queries.lock_tree(session)
    unit = await access(session, principal, unit_id, Right.UNITS_MANAGE)
    check(principal, Right.UNITS_MANAGE, unit.path[:-1])
    above: list[UUID] = []
    if parent_id is not None:
        above = (await access(session, principal, parent_id)).path
    check(principal, Right.UNITS_MANAGE, above)
    if unit.id in above:
        raise UnitCycle
    left = unit.parent_id
    if left != parent_id:
        await delegation.check_moves(session, principal, unit, above)
        await tree.graft(session, unit, above)
        moved = events.UnitMoved(unit_id=unit.id, from_id=left, to_id=parent_id)
        await journal.record(session, moved, actor=principal.person_id)
    return _shown(principal, await queries.unit_row(session, principal, unit.id))


async def preview_merge(session: AsyncSession, principal: Principal, unit_id: UUID, into_id: UUID) -> MergePreview:
    """Tell everything that a merge would hand over, and what would become of what both have. Raises as `merge_unit`."""
    unit, into = await _mergeable(session, principal, unit_id, into_id)
    return await merging.preview(session, unit, into)


async def _mergeable(session: AsyncSession, principal: Principal, unit_id: UUID, into_id: UUID) -> tuple[Unit, Unit]:
    """Return the unit that would go and the one that would take over, where the caller may merge them."""
    unit = await access(session, principal, unit_id, Right.UNITS_MANAGE)
    check(principal, Right.UNITS_MANAGE, unit.path[:-1])
    into = await access(session, principal, into_id, Right.UNITS_MANAGE)
    if unit.id in into.path:
        raise UnitCycle
    await delegation.check_merges(session, principal, unit, into)
    return unit, into


async def merge_unit(session: AsyncSession, principal: Principal, unit_id: UUID, into_id: UUID) -> UnitOut:
    """Close a unit after giving all it has to another: units under it, members, roles given on it, what it owns.

    Raises `UnitCycle`, `UnitMergeConflict`, `UnitTooDeep`, `UnitDelegationExceeded`, or as `access`.
    """
    await queries.lock_tree(session)
    unit, into = await _mergeable(session, principal, unit_id, into_id)
    await tree.absorb(session, unit, into)
    merged = events.UnitMerged(unit_id=unit.id, into_id=into.id)
    await journal.record(session, merged, actor=principal.person_id)
    await notify(session, MERGED_CHANNEL, "")
    return _shown(principal, await queries.unit_row(session, principal, into.id))


async def delete_unit(session: AsyncSession, principal: Principal, unit_id: UUID) -> None:
    """Delete a unit of which nothing depends; raise `UnitNotEmpty` otherwise, or as `access`."""
    await queries.lock_tree(session)
    unit = await access(session, principal, unit_id, Right.UNITS_MANAGE)
    check(principal, Right.UNITS_MANAGE, unit.path[:-1])
    try:
        async with session.begin_nested():
            await session.delete(unit)
            await session.flush()
    except IntegrityError:
        raise UnitNotEmpty from None
    await journal.record(session, events.UnitDeleted(unit_id=unit_id), actor=principal.person_id)


def clean_code(text: str) -> str:
    """Return the code as it is stored; raise `UnitCodeInvalid`."""
    code = text.strip()
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise UnitCodeInvalid(longest=LONGEST_CODE)
    return code


def clean_unit_name(text: str) -> str:
    """Return the name as it is stored, spaces made single; raise `UnitNameInvalid`."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_UNIT_NAME or not name.isprintable() or not sort_key(name):
        raise UnitNameInvalid(longest=LONGEST_UNIT_NAME)
    return name


def _rename(unit: Unit, name: str) -> None:
    unit.name, unit.sort_name = name, sort_key(name)


async def _flush_code(session: AsyncSession) -> None:
    try:
        async with session.begin_nested():
            await session.flush()
    except IntegrityError:
        raise UnitCodeTaken from None


def _shown(principal: Principal, row: queries.UnitRow) -> UnitOut:
    unit, rights = row.unit, principal.rights
    return UnitOut(
        id=unit.id,
        parent_id=unit.parent_id,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        units=row.units,
        persons=row.persons if any(rights.holds(right, unit.path) for right in _COUNTING) else None,
        path=row.names,
        above=unit.path[:-1],
        rights=[right for right in Right if rights.holds(right, unit.path)],
        may_move=all(rights.holds(Right.UNITS_MANAGE, path) for path in (unit.path, unit.path[:-1])),
    )
