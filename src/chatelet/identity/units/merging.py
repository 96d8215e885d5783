"""What a merge would hand over, by kind, and what would become of what both units have: nothing passes unsaid."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.units.schemas import HandedOver, MergePreview
from chatelet.identity.units.tables import Unit
from chatelet.identity.units.tree import counted, owned, settled

_COUNTS: Final = """
SELECT (SELECT count(*) FROM units WHERE parent_id = :gone AND closed_at IS NULL),
       (SELECT count(*) FROM memberships WHERE unit_id = :gone),
       (SELECT count(*) FROM memberships a JOIN memberships b USING (person_id)
        WHERE a.unit_id = :gone AND b.unit_id = :into),
       (SELECT count(*) FROM grants WHERE unit_id = :gone),
       (SELECT count(*) FROM grants a JOIN grants b USING (person_id, role_id, source)
        WHERE a.unit_id = :gone AND b.unit_id = :into)
"""
_RULED: Final = "SELECT EXISTS (SELECT FROM policy_versions WHERE state = 'published' AND rules ? CAST(:gone AS text))"


async def preview(session: AsyncSession, gone: Unit, into: Unit) -> MergePreview:
    """Count what every table holds of the unit that goes."""
    named: dict[str, UUID] = {"gone": gone.id, "into": into.id}
    counts = (await session.execute(text(_COUNTS), named)).one()
    kinds: list[HandedOver] = []
    for column in owned():
        count = await session.scalar(select(func.count()).select_from(column.table).where(column == gone.id)) or 0
        if count:
            kinds.append(await _told(session, column, count, named))
    for name, settlement in counted():
        count = await session.scalar(text(settlement.counted), named) or 0
        if count:
            both = await session.scalar(text(settlement.both), named) or 0 if settlement.both else 0
            kinds.append(HandedOver(kind=name, count=count, both=both, outcome=settlement.outcome))
    return MergePreview(
        units=counts[0],
        persons=counts[1],
        persons_in_both=counts[2],
        roles=counts[3],
        roles_in_both=counts[4],
        owned=kinds,
        policies=bool(await session.scalar(text(_RULED), {"gone": str(gone.id)})),
    )


async def _told(session: AsyncSession, column: Any, count: int, named: dict[str, UUID]) -> HandedOver:
    settlement = settled(column)
    both = await session.scalar(text(settlement.both), named) or 0 if settlement.both else 0
    return HandedOver(kind=column.table.name, count=count, both=both, outcome=settlement.outcome)
