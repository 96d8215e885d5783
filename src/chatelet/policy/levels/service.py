"""Levels added in the settings, compared at start with those that were: one that labels something is not taken away."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Column, Text, cast, delete, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.kernel import clock
from chatelet.kernel.database import Base
from chatelet.policy.levels.errors import LevelInUse
from chatelet.policy.levels.tables import AddedLevel
from chatelet.policy.rules.tables import PolicyVersion
from chatelet.policy.sensitivity import SHIPPED, Level

# Columns that hold a level, in whatever table; the journal tells what was, and binds nothing.
_COLUMNS: Final = frozenset({"level", "kept_level", "given_level", "highest_level"})
_IN_FORCE: Final = ("draft", "published")


async def keep(session: AsyncSession, levels: Iterable[str]) -> None:
    """Remember the levels that are added, forget those that are not any more. Raises `LevelInUse`."""
    wanted = {Level(one) for one in levels} - SHIPPED
    held = {Level(one) for one in await session.scalars(select(AddedLevel.level))}
    for level in sorted(held - wanted, key=lambda one: one.rank):
        if tables := await using(session, level):
            raise LevelInUse(level=level.value, tables=" ".join(tables))
        await session.execute(delete(AddedLevel).where(AddedLevel.level == level.value))
        await journal.record(session, events.LevelRemoved(level=level.value), actor=None)
    for level in sorted(wanted - held, key=lambda one: one.rank):
        row = insert(AddedLevel).values(level=level.value, added_at=clock.now()).on_conflict_do_nothing()
        if (await session.execute(row.returning(AddedLevel.level))).first() is not None:
            await journal.record(session, events.LevelAdded(level=level.value), actor=None)


async def using(session: AsyncSession, level: Level) -> Sequence[str]:
    """Return the tables in which something bears a level. Reads whole tables: asked only of a level taken away."""
    found = [name for name, columns in _labelled().items() if await _bears(session, columns, level)]
    rules = cast(PolicyVersion.rules, Text).contains(f'"{level.value}"', autoescape=True)
    if await session.scalar(select(exists().where(PolicyVersion.state.in_(_IN_FORCE), rules))):
        found.append(PolicyVersion.__tablename__)
    return found


def _labelled() -> dict[str, list[Column[str]]]:
    """Return the columns that hold a level, by table, of every table that this process knows."""
    return {
        table.name: columns
        for table in Base.metadata.sorted_tables
        if table.name != AddedLevel.__tablename__
        and (columns := [one for one in table.columns if one.name in _COLUMNS and one.type.python_type is str])
    }


async def _bears(session: AsyncSession, columns: Sequence[Column[str]], level: Level) -> bool:
    return bool(await session.scalar(select(exists().where(or_(*(one == level.value for one in columns))))))
