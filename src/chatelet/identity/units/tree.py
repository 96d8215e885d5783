"""What happens to the rows when the tree changes: paths rewritten, and everything a merged unit had handed over.

What other domains hang on a unit (document bases, keys, quotas…) is found by the foreign keys that refer to `units`:
a table that is added later is handed over too, without anybody remembering it here.
"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Update, bindparam, func, select, text, type_coerce, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.units.errors import UnitMergeConflict, UnitTooDeep
from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.clock import now
from chatelet.kernel.database import Base
from chatelet.kernel.mergers import BESIDE, Settlement

DEEPEST: Final = 20
_BY_HAND: Final = frozenset({"units", "memberships", "grants"})
_MEMBERS: Final = (
    """
    DELETE FROM memberships AS gone USING memberships AS kept
    WHERE gone.unit_id = :gone AND kept.unit_id = :into AND kept.person_id = gone.person_id
    """,
    "UPDATE memberships SET unit_id = :into WHERE unit_id = :gone",
)
_GRANTS: Final = (
    """
    DELETE FROM grants AS gone USING grants AS kept
    WHERE gone.unit_id = :gone AND kept.unit_id = :into AND kept.person_id = gone.person_id
      AND kept.role_id = gone.role_id AND kept.source = gone.source
      AND (kept.expires_at IS NULL OR kept.expires_at >= gone.expires_at)
    """,
    """
    DELETE FROM grants AS kept USING grants AS gone
    WHERE gone.unit_id = :gone AND kept.unit_id = :into AND kept.person_id = gone.person_id
      AND kept.role_id = gone.role_id AND kept.source = gone.source
    """,
    "UPDATE grants SET unit_id = :into WHERE unit_id = :gone",
)


async def graft(session: AsyncSession, unit: Unit, above: list[UUID]) -> None:
    """Put a unit and all under it below the path `above`; the tree is locked. Raises `UnitTooDeep`."""
    under = Unit.path.contains([unit.id])
    lowest = await session.scalar(select(func.max(func.cardinality(Unit.path))).where(under))
    cut = len(unit.path) - 1
    if (lowest or 0) - cut + len(above) > DEEPEST:
        raise UnitTooDeep(deepest=DEEPEST)
    unit.parent_id = above[-1] if above else None
    await session.flush()
    kept: ColumnElement[Any] = type_coerce(Unit.path, Unit.path.type)[cut + 1 : DEEPEST + 1]
    rewritten = func.array_cat(bindparam(None, above, type_=Unit.path.type), kept)
    await session.execute(
        update(Unit).where(under).values(path=rewritten), execution_options={"synchronize_session": False}
    )
    await session.refresh(unit)


async def absorb(session: AsyncSession, gone: Unit, into: Unit) -> None:
    """Give everything of a unit to another and close it; the tree is locked.

    Raises `UnitMergeConflict`, `UnitTooDeep`.
    """
    for child in (await session.scalars(select(Unit).where(Unit.parent_id == gone.id))).all():
        await graft(session, child, into.path)
    await _hand_members_over(session, gone.id, into.id)
    for column in owned():
        try:
            async with session.begin_nested():
                for statement in settled(column).statements:
                    await session.execute(text(statement), {"gone": gone.id, "into": into.id})
                await session.execute(_hand_over(column, gone.id, into.id))
        except IntegrityError:
            raise UnitMergeConflict(what=column.table.name) from None
    for _, settlement in counted():
        for statement in settlement.statements:
            await session.execute(text(statement), {"gone": gone.id, "into": into.id})
    gone.closed_at, gone.merged_into = now(), into.id
    await session.flush()


async def _hand_members_over(session: AsyncSession, gone: UUID, into: UUID) -> None:
    """Members and roles: a person who has both keeps one line of each."""
    main = select(Membership.person_id).where(Membership.unit_id == gone, Membership.is_main)
    doubly = select(Membership.person_id).where(Membership.unit_id == into, Membership.person_id.in_(main))
    twice = (await session.scalars(doubly)).all()
    if twice:  # one main line a person: let go of the old one before the new one takes its place
        await session.execute(
            update(Membership).where(Membership.unit_id == gone, Membership.person_id.in_(twice)).values(is_main=False)
        )
        await session.execute(
            update(Membership).where(Membership.unit_id == into, Membership.person_id.in_(twice)).values(is_main=True)
        )
    for statement in (*_MEMBERS, *_GRANTS):
        await session.execute(text(statement), {"gone": gone, "into": into})


def owned() -> list[Column[Any]]:
    """Return every column of another domain that refers to a unit."""
    return [
        column
        for table in Base.metadata.sorted_tables
        if table.name not in _BY_HAND
        for column in table.columns
        if any(key.column.table.name == "units" for key in column.foreign_keys)
    ]


def counted() -> list[tuple[str, Settlement]]:
    """Return the tables of figures, which name units that may be no more, and what becomes of theirs."""
    said = [(table.name, table.info.get("unit_merge")) for table in Base.metadata.sorted_tables]
    return [(name, one) for name, one in said if isinstance(one, Settlement) and one.counted]


def settled(column: Column[Any]) -> Settlement:
    """Return what its domain says of a table when both units have one of something; side by side unless said."""
    found = column.table.info.get("unit_merge")
    return found if isinstance(found, Settlement) else BESIDE


def _hand_over(column: Column[Any], gone: UUID, into: UUID) -> Update:
    """Return the statement that hands rows over, without those that their domain leaves with the closed unit."""
    moved = update(column.table).where(column == gone).values({column: into})
    moves = settled(column).moves
    return moved.where(text(moves).bindparams(into=into)) if moves else moved
