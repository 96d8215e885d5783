"""All SQL of the mirror. Words are folded before they come here, on both sides: the configuration is `simple`."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.scholarly.mirror.tables import MirroredWork

_SIMPLE: Final[ColumnElement[Any]] = literal_column("'simple'::regconfig")
_TITLE: Final[ColumnElement[Any]] = literal_column("'A'::\"char\"")
_REST: Final[ColumnElement[Any]] = literal_column("'C'::\"char\"")


async def found(
    session: AsyncSession, query: str, *, years: tuple[int, int] | None, limit: int, offset: int
) -> Sequence[dict[str, Any]]:
    """Return works by rank. `query` is in the syntax of `to_tsquery`, made of folded words only."""
    asked = func.to_tsquery(_SIMPLE, query)
    rank = func.ts_rank_cd(MirroredWork.words, asked, 1)
    wanted = select(MirroredWork.record).where(MirroredWork.words.op("@@")(asked))
    if years is not None:
        wanted = wanted.where(MirroredWork.year.between(*years))
    rows = await session.scalars(wanted.order_by(rank.desc(), MirroredWork.key).limit(limit).offset(offset))
    return rows.all()


async def named(session: AsyncSession, name: str) -> Sequence[dict[str, Any]]:
    """Return works of an identifier."""
    wanted = select(MirroredWork.record).where(MirroredWork.names.contains([name]))
    return (await session.scalars(wanted.order_by(MirroredWork.key).limit(20))).all()


async def keep(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Store works, replacing what was kept of them. `title`, `rest`: folded words, those of the title first."""
    if not rows:
        return
    values = [
        {name: value for name, value in row.items() if name not in {"title", "rest"}}
        | {
            "words": func.setweight(func.to_tsvector(_SIMPLE, row["title"]), _TITLE).op("||")(
                func.setweight(func.to_tsvector(_SIMPLE, row["rest"]), _REST)
            )
        }
        for row in rows
    ]
    adding = insert(MirroredWork).values(values)
    replaced = {name: adding.excluded[name] for name in ("origin", "names", "words", "year", "record", "refreshed_at")}
    await session.execute(adding.on_conflict_do_update(index_elements=["key"], set_=replaced))


async def count(session: AsyncSession) -> int:
    """Return how many works are kept."""
    return (await session.scalar(select(func.count()).select_from(MirroredWork))) or 0
