"""Who is let in, where the service opens in waves (`adoption.access = "waves"`): the second gate of a turn.

    manages waves, or activated in one, or of a unit opened today or before -> in; else `ServiceNotOpen`, with the day

Remembered for five minutes at most, like the charter; only "in" is remembered, and a unit closed again forgets it.
"""

import time
from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts.errors import ServiceNotOpen
from chatelet.adoption.cohorts.schemas import Opening, OpeningOrder, OpeningOut, OpeningPage
from chatelet.adoption.cohorts.tables import UnitOpening
from chatelet.adoption.reach import require_reach
from chatelet.audit import changes, events, journal
from chatelet.identity.finding import says
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units.queries import within
from chatelet.identity.units.tables import Unit
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor, fetch
from chatelet.kernel.notifications import notify
from chatelet.kernel.paging import Order, page_of, read_cursor

OPENINGS_CHANNEL: Final = "chatelet_openings"
_REMEMBERED_SECONDS: Final = 300.0
_MOST_REMEMBERED: Final = 50_000
_STANDING: Final = """
SELECT EXISTS (SELECT FROM volunteers WHERE person_id = $1 AND state = 'activated'),
       (SELECT min(opens_on) FROM unit_openings WHERE unit_id = ANY($2::uuid[]))
"""


class OpeningGate:
    """A `chat.services.Gate`. One per process, subscribed to `OPENINGS_CHANNEL`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._inside: dict[UUID, tuple[frozenset[UUID], float]] = {}

    async def __call__(self, executor: Executor, principal: Principal) -> None:
        """Raise `ServiceNotOpen` unless the service is open to the caller."""
        if principal.rights.holds_somewhere(Right.WAVES_MANAGE):
            return
        remembered = self._inside.get(principal.person_id)
        if remembered is not None and remembered[0] == principal.units and remembered[1] > self._clock():
            return
        rows = await fetch(executor, _STANDING, principal.person_id, list(principal.units))
        activated, opens_on = rows[0]
        if not activated and (opens_on is None or opens_on > now().date()):
            raise ServiceNotOpen(**({"opens_on": opens_on.isoformat()} if isinstance(opens_on, date) else {}))
        if len(self._inside) >= _MOST_REMEMBERED:
            self._inside.clear()
        self._inside[principal.person_id] = (principal.units, self._clock() + _REMEMBERED_SECONDS)

    def forget(self, _payload: str) -> None:
        """Read everything again."""
        self._inside.clear()


async def openings(
    session: AsyncSession, principal: Principal, words: str, order: OpeningOrder, *, cursor: str | None, limit: int
) -> OpeningPage:
    """Return a page of the opened units that the caller manages."""
    key = UnitOpening.opens_on if order.endswith("day") else Unit.sort_name
    paged = Order(key.expression, Unit.id.expression, order.startswith("-"))
    opened = (
        select(Unit.id, Unit.name, UnitOpening.opens_on)
        .join(UnitOpening, UnitOpening.unit_id == Unit.id)
        .where(within(principal, Right.WAVES_MANAGE), says(words, Unit.sort_name, Unit.code))
    )
    after = read_cursor(cursor) if cursor else None
    found = (await session.execute(paged.page(opened, after=after, limit=limit + 1))).all()
    shown, following = page_of(found, limit, lambda row: (row[3], row[0]))
    items = [OpeningOut(unit=UnitName(id=unit, name=name), opens_on=day) for unit, name, day, _ in shown]
    return OpeningPage(items=items, next_cursor=following)


async def open_unit(session: AsyncSession, principal: Principal, opening: Opening) -> None:
    """Let in the persons of a unit, and of all under it, from a day on. Raises `NotFound`."""
    await require_reach(session, principal, Right.WAVES_MANAGE, opening.unit_id)
    known = await session.get(UnitOpening, opening.unit_id)
    before = known.opens_on if known else None
    made = insert(UnitOpening).values(
        unit_id=opening.unit_id, opens_on=opening.opens_on, made_by=principal.person_id, created_at=now()
    )
    await session.execute(made.on_conflict_do_update(index_elements=["unit_id"], set_={"opens_on": opening.opens_on}))
    told = events.UnitOpened(
        unit_id=opening.unit_id,
        action="changed" if known else "added",
        values=changes.between({"opens_on": before}, {"opens_on": opening.opens_on}),
    )
    await journal.record(session, told, actor=principal.person_id)
    await notify(session, OPENINGS_CHANNEL, str(opening.unit_id))


async def close_unit(session: AsyncSession, principal: Principal, unit_id: UUID) -> None:
    """Take back the opening of a unit; who was activated stays. Raises `NotFound`."""
    await require_reach(session, principal, Right.WAVES_MANAGE, unit_id)
    known = await session.get(UnitOpening, unit_id)
    if known is not None:
        await session.delete(known)
        values = changes.between({"opens_on": known.opens_on}, {"opens_on": None})
        told = events.UnitOpened(unit_id=unit_id, action="removed", values=values)
        await journal.record(session, told, actor=principal.person_id)
        await notify(session, OPENINGS_CHANNEL, str(unit_id))
