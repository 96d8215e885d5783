"""Who enters a wave: chosen by hand, first come first served, or an equal share for each unit.

    lock the wave -> places left -> volunteers who wait, locked -> chosen; never more than there are places

Who is chosen by hand is of the unit shown beside their name: whoever chooses them says so. A rule reads no name, and
confirms nothing: whose unit nobody confirmed opens an account without one.

Two choices at once wait for each other on the wave's row: its places are never given twice.
"""

from collections import Counter
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts import queries
from chatelet.adoption.cohorts.errors import CohortClosed, CohortFull
from chatelet.adoption.cohorts.placing import is_declared
from chatelet.adoption.cohorts.queries import MEMBERS, managed, under
from chatelet.adoption.cohorts.schemas import Choice, Chosen
from chatelet.adoption.cohorts.service import require
from chatelet.adoption.cohorts.tables import Cohort, Volunteer
from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.identity.units.tables import Unit
from chatelet.kernel.clock import now


async def choose(session: AsyncSession, principal: Principal, cohort_id: UUID, choice: Choice) -> Chosen:
    """Put volunteers in a wave, or only tell who would enter.

    Raises `CohortNotFound`, `CohortClosed`, and `CohortFull` when they were named by hand and are too many.
    """
    cohort = await require(session, principal, cohort_id)
    if cohort.state == "closed":
        raise CohortClosed
    left = max(0, cohort.capacity - await queries.count(session, cohort_id, MEMBERS))
    entering = await _entering(session, principal, cohort, choice, left)
    if len(entering) > left:
        raise CohortFull(left=left)
    if entering and not choice.preview:
        await _enter(session, principal, cohort, entering, choice)
    return Chosen(
        count=len(entering),
        left=left - len(entering),
        unconfirmed=0 if choice.rule == "by_hand" else sum(is_declared(one) for one in entering),
        units=await _shares(session, [one.unit_id for one in entering]),
    )


async def remove(session: AsyncSession, principal: Principal, cohort_id: UUID, ids: list[UUID]) -> int:
    """Put members who have not opened their account back on the waiting list; their codes and links stop working."""
    await require(session, principal, cohort_id)
    members = await queries.locked_volunteers(session, principal, ids, ("chosen", "invited"))
    leaving = [member for member in members if member.cohort_id == cohort_id]
    for member in leaving:
        member.state, member.cohort_id = "waiting", None
        member.code_hash = member.token_hash = member.token_expires_at = None
        member.chosen_at = member.invited_at = None
    await session.flush()
    if leaving:
        told = events.VolunteersChosen(cohort_id=cohort_id, action="removed", rule="by_hand", count=len(leaving))
        await journal.record(session, told, actor=principal.person_id)
    return len(leaving)


async def _entering(
    session: AsyncSession, principal: Principal, cohort: Cohort, choice: Choice, left: int
) -> list[Volunteer]:
    if choice.rule == "by_hand":
        found = await queries.locked_volunteers(session, principal, choice.ids, ("waiting",))
        allowed = await _under(session, cohort, [one.id for one in found])
        return [one for one in found if one.id in allowed]
    ranked = _first_come(principal, cohort) if choice.rule == "first_come" else _unit_share(principal, cohort)
    wanted = (await session.execute(ranked.limit(min(choice.count, left)))).scalars().all()
    return await queries.locked_volunteers(session, principal, wanted, ("waiting",))


async def _under(session: AsyncSession, cohort: Cohort, ids: list[UUID]) -> set[UUID]:
    """Return those of `ids` who are of the wave's unit, or of one under it."""
    if cohort.unit_id is None:
        return set(ids)
    found = await session.execute(select(Volunteer.id).where(Volunteer.id.in_(ids), under(cohort.unit_id)))
    return set(found.scalars())


def _first_come(principal: Principal, cohort: Cohort) -> Select[UUID]:
    return _waiting(principal, cohort).order_by(Volunteer.registered_at, Volunteer.id)


def _unit_share(principal: Principal, cohort: Cohort) -> Select[UUID]:
    """Rank the first of each unit, then the second of each, and so on."""
    turn = func.row_number().over(partition_by=Volunteer.unit_id, order_by=(Volunteer.registered_at, Volunteer.id))
    return _waiting(principal, cohort).order_by(turn, Volunteer.registered_at, Volunteer.id)


def _waiting(principal: Principal, cohort: Cohort) -> Select[UUID]:
    query = select(Volunteer.id).where(Volunteer.state == "waiting", managed(principal, Volunteer.unit_id))
    return query if cohort.unit_id is None else query.where(under(cohort.unit_id))


async def _enter(
    session: AsyncSession, principal: Principal, cohort: Cohort, entering: list[Volunteer], choice: Choice
) -> None:
    moment = now()
    for volunteer in entering:
        volunteer.state, volunteer.cohort_id, volunteer.chosen_at = "chosen", cohort.id, moment
        if choice.rule == "by_hand" and volunteer.unit_id is not None:
            volunteer.unit_confirmed = True
    await session.flush()
    told = events.VolunteersChosen(cohort_id=cohort.id, action="added", rule=choice.rule, count=len(entering))
    await journal.record(session, told, actor=principal.person_id)


async def _shares(session: AsyncSession, units: list[UUID | None]) -> list[tuple[str, int]]:
    """Return how many come from each unit, the most numerous first; "" for those whose unit is not known."""
    counted = Counter(units)
    found = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_([unit for unit in counted if unit])))
    names: dict[UUID | None, str] = {unit: name for unit, name in found}  # noqa: C416 (rows are not pairs to the checker)
    return [(names.get(unit, ""), number) for unit, number in counted.most_common()]
