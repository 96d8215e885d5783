"""The verbs on what units used: the page of the administration, and its export.

    stored months -> placed in the tree of today -> what may be told (of the whole tree, whoever asks) -> what was asked

Heavy only in the processor, so it is counted in a thread. No figure of a person exists here (TA-125).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.inference.consumption import queries
from chatelet.inference.consumption.anonymity import LEAST
from chatelet.inference.consumption.export import Format, Row, write
from chatelet.inference.consumption.figures import NOTHING, Figures, later, months_between, total
from chatelet.inference.consumption.own import told
from chatelet.inference.consumption.schemas import UnitUsage, UsageCell, UsageOut
from chatelet.inference.consumption.tree import WHOLE, Month, Place, Tree, place_months
from chatelet.kernel.clock import now
from chatelet.policy.quotas.amounts import zone
from chatelet.settings import UsageSettings

_USUAL_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller wants to see: a unit (None: all they may), and which months (None: the last twelve)."""

    unit_id: UUID | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller may see of the tree: one unit with what is under it, or several without what is above."""

    tree: Tree
    months: list[date]
    placed: list[Month]
    top: int | None
    rows: Sequence[int]
    reach: frozenset[int]


async def usage(session: AsyncSession, principal: Principal, settings: UsageSettings, asked: Asked) -> UsageOut:
    """Return monthly figures. Raises `UsagePeriodInvalid`, `UnitNotFound`, `UnitClosed`, `Forbidden`."""
    months, places, stored = await _read(session, principal, settings, asked)
    made = await queries.refreshed_at(session)

    def count() -> UsageOut:
        scope = _scope(principal, asked.unit_id, places, months, stored)
        items, whole = _view(scope, settings.grid_grams_per_kwh)
        place = scope.tree.places[scope.top] if scope.top is not None else None
        above = [] if place is None else list(scope.tree.above(scope.tree.number[place.id]))[1:]
        seen = [scope.tree.places[unit] for unit in reversed(above) if unit in scope.reach or WHOLE in scope.reach]
        return UsageOut(
            unit_id=place.id if place else None,
            name=place.name if place else None,
            above=[one.id for one in seen if one is not None],
            months=months,
            items=items,
            total=whole,
            least_persons=LEAST,
            grid_grams_per_kwh=settings.grid_grams_per_kwh,
            refreshed_at=made,
        )

    return await asyncio.to_thread(count)


async def export(
    session: AsyncSession, principal: Principal, settings: UsageSettings, asked: Asked, wanted: Format
) -> bytes:
    """Return the months of every unit that the caller may see, as a file; journalled. Raises as `usage`."""
    months, places, stored = await _read(session, principal, settings, asked)
    event = events.UsageExported(
        unit_id=asked.unit_id, first=f"{months[0]:%Y-%m}", last=f"{months[-1]:%Y-%m}", format=wanted
    )
    await journal.record(session, event, actor=principal.person_id)

    def make() -> bytes:
        scope = _scope(principal, asked.unit_id, places, months, stored)
        return write(_exported(scope, settings.grid_grams_per_kwh), wanted, principal.language)

    return await asyncio.to_thread(make)


_Stored = list[tuple[date, UUID, Figures]]


async def _read(
    session: AsyncSession, principal: Principal, settings: UsageSettings, asked: Asked
) -> tuple[list[date], list[Place], _Stored]:
    if asked.unit_id is not None:
        await units.access(session, principal, asked.unit_id, Right.USAGE_READ)
    last = asked.last or now().astimezone(zone(settings.time_zone)).date().replace(day=1)
    months = months_between(asked.first or later(last, 1 - _USUAL_MONTHS), last)
    return months, await queries.places(session), await queries.months(session, months[0], months[-1])


def _scope(
    principal: Principal, unit_id: UUID | None, places: Sequence[Place], months: list[date], stored: _Stored
) -> Scope:
    tree = Tree(places)
    placed = place_months(tree, months, stored)
    held = principal.rights.reach(Right.USAGE_READ)
    reach = frozenset({WHOLE} if held is None else {tree.number[one] for one in held if one in tree.number})
    if unit_id is not None:
        top = tree.number[unit_id]
        return Scope(tree, months, placed, top, tree.children[top], reach)
    if held is None:
        return Scope(tree, months, placed, WHOLE, tree.children[WHOLE], reach)
    highest = sorted(unit for unit in reach if not reach & set(list(tree.above(unit))[1:]))
    if len(highest) == 1:
        return Scope(tree, months, placed, highest[0], tree.children[highest[0]], reach)
    return Scope(tree, months, placed, None, highest, reach)


def _view(scope: Scope, grams: float) -> tuple[list[UnitUsage], UnitUsage | None]:
    """Return a row for each unit shown, then for the rest; and the whole."""
    branch = _branches(scope.tree, scope.top, scope.rows)
    sums: list[dict[int, Figures]] = []
    for month in scope.placed:
        found: dict[int, Figures] = {}
        for unit, figures in month.direct.items():
            row = branch[unit]
            if row is not None:
                found[row] = found.get(row, NOTHING).plus(figures)
        sums.append(found)
    items = [
        _row(scope, unit, [_cell(month, unit, found) for month, found in zip(scope.placed, sums, strict=True)], grams)
        for unit in scope.rows
    ]
    top = scope.top
    if top is None:
        return items, None
    whole = [
        total(found.values()) if month.told[top] else None for month, found in zip(scope.placed, sums, strict=True)
    ]
    rest = [_rest(month, top, found) for month, found in zip(scope.placed, sums, strict=True)]
    if any(one is None or one.calls for one in rest):
        items.append(_row(scope, None, rest, grams))
    return items, _row(scope, top, whole, grams)


def _branches(tree: Tree, top: int | None, rows: Sequence[int]) -> list[int | None]:
    """Return, for each unit, the row that counts it (`top` for what is attached to it directly); None: out of view."""
    shown = set(rows)
    branch: list[int | None] = [None] * len(tree.parents)
    for unit, parent in enumerate(tree.parents):
        if unit == top or unit in shown:
            branch[unit] = unit
        elif unit != WHOLE and branch[parent] != top:
            branch[unit] = branch[parent]
    return branch


def _cell(month: Month, unit: int, found: dict[int, Figures]) -> Figures | None:
    return found.get(unit, NOTHING) if month.told[unit] else None


def _rest(month: Month, top: int, found: dict[int, Figures]) -> Figures | None:
    """Return what the whole counts and no row tells: nobody, or enough persons, since both sides are told."""
    if not month.told[top]:
        return None
    return total(figures for unit, figures in found.items() if unit == top or not month.told[unit])


def _row(scope: Scope, unit: int | None, cells: Sequence[Figures | None], grams: float) -> UnitUsage:
    place = scope.tree.places[unit] if unit is not None else None
    known = [cell for cell in cells if cell is not None]
    whole = None
    if len(known) == len(cells):
        whole = UsageCell(persons=known[0].persons if len(known) == 1 else None, **told(total(known), grams))
    return UnitUsage(
        kind="rest" if unit is None else "unit",
        unit_id=place.id if place else None,
        code=place.code if place else None,
        name=place.name if place else None,
        has_units=unit is not None and bool(scope.tree.children[unit]),
        cells=[None if cell is None else UsageCell(persons=cell.persons, **told(cell, grams)) for cell in cells],
        total=whole,
    )


def _exported(scope: Scope, grams: float) -> list[Row]:
    """Return the rows of a file: each unit in view that was used in a month, with all under it, told or not."""
    tops = {scope.top} if scope.top is not None else set(scope.rows)
    rows: list[Row] = []
    for month, placed in zip(scope.months, scope.placed, strict=True):
        sums: dict[int, Figures] = {}
        for unit, figures in placed.direct.items():
            line = list(scope.tree.above(unit))
            inside = next((place for place, one in enumerate(line) if one in tops), None)
            for one in line[: inside + 1] if inside is not None else []:
                sums[one] = sums.get(one, NOTHING).plus(figures)
        for unit in sorted(sums):
            place = scope.tree.places[unit]
            above = scope.tree.places[scope.tree.parents[unit]] if unit not in tops else None
            cell = {"persons": sums[unit].persons, **told(sums[unit], grams)} if placed.told[unit] else None
            rows.append(
                Row(month, place.code if place else "", place.name if place else "", above.code if above else "", cell)
            )
    return rows
