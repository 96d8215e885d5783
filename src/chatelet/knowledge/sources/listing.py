"""What is in a place now, noted entry by entry: marks, sizes, readers. One that breaks off changes no document."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.contract import Entry, Place, PlaceBroken
from chatelet.knowledge import circles
from chatelet.knowledge.sources.lease import Run, held
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import SourceItem

_AT_ONCE: Final = 200
_MOST: Final = 500_000  # entries of one source


async def list_all(services: SourceServices, run: Run, place: Place) -> None:
    """Note every entry. Raises `PlaceError`, `LeaseLost`."""
    waiting: dict[str, Entry] = {}
    told = 0
    async for entry in place.entries():
        waiting[entry.path] = entry
        told += 1
        if told > _MOST:
            raise PlaceBroken
        if len(waiting) == _AT_ONCE:
            await _note(services, run, list(waiting.values()))
            waiting = {}
    await _note(services, run, list(waiting.values()))


async def _note(services: SourceServices, run: Run, entries: Sequence[Entry]) -> None:
    async with services.documents.database.transaction() as session:
        source = await held(session, run)
        source.listed += len(entries)
        if not entries:
            return
        circle_of = await _circles(session, run, entries)
        lines = insert(SourceItem).values(
            [
                {
                    "source_id": run.source_id,
                    "path": entry.path,
                    "run_id": run.id,
                    "told_mark": entry.mark,
                    "told_size": entry.size,
                    "circle_id": circle_of.get(entry.readers),
                }
                for entry in entries
            ]
        )
        told = {name: lines.excluded[name] for name in ("run_id", "told_mark", "told_size", "circle_id")}
        await session.execute(lines.on_conflict_do_update(index_elements=["source_id", "path"], set_=told))


async def _circles(
    session: AsyncSession, run: Run, entries: Sequence[Entry]
) -> dict[frozenset[str] | None, UUID | None]:
    """Return the circle of each set of readers told: none where rights are not followed, or where there are none."""
    if not run.follows_rights:
        return {}
    told = {entry.readers for entry in entries if entry.readers is not None}
    return {readers: await circles.circle_of(session, run.collection_id, readers) for readers in told}
