"""All SQL of the network's exits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.egress.ledger import Contact, Count
from chatelet.policy.egress.tables import EgressCount

_LONGEST_LIST: Final = 1_000


class Contacted(NamedTuple):
    """What was contacted over some days, in sum."""

    host: str
    purpose: str
    outcome: str
    times: int
    last_at: datetime


async def add(session: AsyncSession, counts: Mapping[Contact, Count]) -> None:
    """Add to what is stored, in one order so that two processes never wait for each other."""
    rows = [
        {"day": one.day, "host": one.host, "purpose": one.purpose.value, "outcome": one.outcome}
        | {"times": count.times, "last_at": count.last_at}
        for one, count in sorted(counts.items(), key=lambda item: item[0].key)
    ]
    if not rows:
        return
    adding = insert(EgressCount).values(rows)
    await session.execute(
        adding.on_conflict_do_update(
            index_elements=["day", "host", "purpose", "outcome"],
            set_={
                "times": EgressCount.times + adding.excluded.times,
                "last_at": func.greatest(EgressCount.last_at, adding.excluded.last_at),
            },
        )
    )


async def contacted_since(session: AsyncSession, day: date) -> Sequence[Contacted]:
    """Return the sums since a day, the most recent first."""
    last = func.max(EgressCount.last_at)
    rows = await session.execute(
        select(EgressCount.host, EgressCount.purpose, EgressCount.outcome, func.sum(EgressCount.times), last)
        .where(EgressCount.day >= day)
        .group_by(EgressCount.host, EgressCount.purpose, EgressCount.outcome)
        .order_by(last.desc())
        .limit(_LONGEST_LIST)
    )
    return [Contacted(host, purpose, outcome, int(times), at) for host, purpose, outcome, times, at in rows]


async def days_since(session: AsyncSession, day: date) -> Sequence[EgressCount]:
    """Return what is stored since a day, day after day."""
    wanted = select(EgressCount).where(EgressCount.day >= day)
    order = (EgressCount.day, EgressCount.host, EgressCount.purpose, EgressCount.outcome)
    return (await session.scalars(wanted.order_by(*order))).all()


async def forget_before(session: AsyncSession, day: date) -> int:
    """Delete what is older; return how many rows were."""
    done = cast("CursorResult[Any]", await session.execute(delete(EgressCount).where(EgressCount.day < day)))
    return done.rowcount
