"""The verbs on waves: prepare, change, open, close, read; and on the people who wait: list, add, remove."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts import queries
from chatelet.adoption.cohorts.errors import CapacityTaken, CohortDatesInvalid, CohortNotFound, VolunteerNotFound
from chatelet.adoption.cohorts.queries import CohortRow, Wanted
from chatelet.adoption.cohorts.schemas import (
    AddedVolunteers,
    CohortChange,
    CohortOrder,
    CohortOut,
    CohortPage,
    CohortState,
    NewCohort,
    NewVolunteers,
    VolunteerOut,
    VolunteerPage,
    VolunteerState,
)
from chatelet.adoption.cohorts.tables import Cohort, Volunteer
from chatelet.adoption.reach import require_reach
from chatelet.audit import changes, events, journal
from chatelet.identity.names import clean_email, clean_name
from chatelet.identity.principal import Language, Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.kernel.clock import now
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.paging import page_of, read_cursor

_ACTIONS = {"open": "opened", "closed": "closed", "prepared": "changed"}


def today() -> date:
    """Return the day by which waves open and close (UTC)."""
    return now().date()


def is_open(cohort: Cohort) -> bool:
    """Tell whether accounts can be opened in this wave today."""
    return cohort.state == "open" and cohort.opens_on <= today() <= cohort.closes_on


async def cohorts(
    session: AsyncSession,
    principal: Principal,
    words: str,
    order: CohortOrder,
    *,
    states: Sequence[CohortState] | None,
    cursor: str | None,
    limit: int,
) -> CohortPage:
    """Return a page of the waves that the caller manages: all, or those in these states that words tell."""
    after = read_cursor(cursor) if cursor else None
    found = await queries.cohorts(session, principal, words, order, states=states, after=after, limit=limit + 1)
    shown, following = page_of(found, limit, lambda row: (row.place, row.cohort.id))
    return CohortPage(items=[_told(row) for row in shown], next_cursor=following)


async def prepare(session: AsyncSession, principal: Principal, new: NewCohort) -> CohortOut:
    """Prepare a wave. Raises `NotFound`, `Forbidden`, `NameInvalid`, `CohortDatesInvalid`."""
    await require_reach(session, principal, Right.WAVES_MANAGE, new.unit_id)
    if new.closes_on < new.opens_on:
        raise CohortDatesInvalid
    cohort = Cohort(
        id=uuid7(),
        name=clean_name(new.name),
        unit_id=new.unit_id,
        capacity=new.capacity,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        state="prepared",
        created_at=now(),
        created_by=principal.person_id,
    )
    session.add(cohort)
    await session.flush()
    made = events.CohortChanged(cohort_id=cohort.id, action="added", capacity=cohort.capacity)
    await journal.record(session, made, actor=principal.person_id)
    return _told(await queries.cohort_row(session, cohort.id))


async def change(session: AsyncSession, principal: Principal, cohort_id: UUID, asked: CohortChange) -> CohortOut:
    """Change, open or close a wave. Raises `CohortNotFound`, `CapacityTaken`, `CohortDatesInvalid`, `NameInvalid`."""
    cohort = await require(session, principal, cohort_id)
    wanted = asked.model_dump(exclude_none=True)
    if "name" in wanted:
        wanted["name"] = clean_name(wanted["name"])
    changed = tuple(name for name, value in wanted.items() if getattr(cohort, name) != value)
    before = changes.seen(cohort, changed)
    for name in changed:
        setattr(cohort, name, wanted[name])
    if cohort.closes_on < cohort.opens_on:
        raise CohortDatesInvalid
    if "capacity" in changed:
        taken = await queries.count(session, cohort_id, ["activated"])
        if cohort.capacity < taken:
            raise CapacityTaken(taken=taken)
    await session.flush()
    if changed:
        action = _ACTIONS[cohort.state] if "state" in changed else "changed"
        told = events.CohortChanged(
            cohort_id=cohort_id,
            action=action,  # pyright: ignore[reportArgumentType] (the values above)
            changed=changed,
            capacity=cohort.capacity,
            values=changes.between(before, changes.seen(cohort, changed), codes=("state",), texts=("name",)),
        )
        await journal.record(session, told, actor=principal.person_id)
    return _told(await queries.cohort_row(session, cohort_id))


async def read(session: AsyncSession, principal: Principal, cohort_id: UUID) -> CohortOut:
    """Return one wave; raise `CohortNotFound`."""
    await require(session, principal, cohort_id)
    return _told(await queries.cohort_row(session, cohort_id))


async def require(session: AsyncSession, principal: Principal, cohort_id: UUID) -> Cohort:
    """Return a wave that the caller manages, locked; raise `CohortNotFound`."""
    cohort = await queries.cohort(session, principal, cohort_id)
    if cohort is None:
        raise CohortNotFound
    return cohort


async def volunteers(
    session: AsyncSession, principal: Principal, wanted: Wanted, *, cursor: str | None, limit: int
) -> VolunteerPage:
    """Return a page of the volunteers that the caller manages."""
    after = read_cursor(cursor) if cursor else None
    found, total = await queries.volunteers(session, principal, wanted, after=after, limit=limit + 1)
    shown, following = page_of(found, limit, lambda row: (row[2], row[0].id))
    return VolunteerPage(
        items=[told_volunteer(volunteer, unit) for volunteer, unit, _place in shown],
        total=total,
        next_cursor=following,
    )


async def add_volunteers(session: AsyncSession, principal: Principal, new: NewVolunteers) -> AddedVolunteers:
    """Put persons on the waiting list; known ones stay as they are. Raises `EmailInvalid`, `NameInvalid`, `Forbidden`.

    Whoever manages some units only must name one of theirs for each person.
    """
    units = await queries.units_told(session, {one.unit for one in new.volunteers})
    for unit in set(units.values()):
        await require_reach(session, principal, Right.WAVES_MANAGE, unit)
    if len({one.unit for one in new.volunteers} - units.keys()) and not principal.rights.holds(Right.WAVES_MANAGE):
        raise Forbidden(right=Right.WAVES_MANAGE.value)
    moment = now()
    rows = {
        clean_email(one.email): {
            "id": uuid7(),
            "email": clean_email(one.email),
            "name": clean_name(one.name),
            "unit_id": units.get(one.unit),
            "unit_confirmed": one.unit in units,
            "unit_told": one.unit.strip(),
            "uses": "",
            "language": one.language,
            "state": "waiting",
            "registered_at": moment,
        }
        for one in new.volunteers
    }
    made = insert(Volunteer).on_conflict_do_nothing(index_elements=["email"]).returning(Volunteer.id)
    added = (await session.execute(made, list(rows.values()))).all()
    told = events.VolunteersAdded(count=len(added), known=len(rows) - len(added))
    await journal.record(session, told, actor=principal.person_id)
    return AddedVolunteers(added=len(added), known=len(rows) - len(added))


async def remove_volunteer(session: AsyncSession, principal: Principal, volunteer_id: UUID) -> None:
    """Forget someone who has not opened an account; raise `VolunteerNotFound`."""
    states = ["unconfirmed", "waiting", "chosen", "invited", "declined"]
    found = await queries.locked_volunteers(session, principal, [volunteer_id], states)
    if not found:
        raise VolunteerNotFound
    await session.delete(found[0])
    told = events.VolunteerChanged(volunteer_id=volunteer_id, action="removed")
    await journal.record(session, told, actor=principal.person_id)


def told_volunteer(volunteer: Volunteer, unit: str | None) -> VolunteerOut:
    """Return a volunteer as their page shows them."""
    return VolunteerOut(
        id=volunteer.id,
        email=volunteer.email,
        name=volunteer.name,
        unit=UnitName(id=volunteer.unit_id, name=unit or "") if volunteer.unit_id else None,
        unit_confirmed=volunteer.unit_confirmed,
        unit_told=volunteer.unit_told,
        uses=volunteer.uses,
        language=cast("Language", volunteer.language),
        state=cast("VolunteerState", volunteer.state),
        is_confirmed=volunteer.confirmed_at is not None,
        cohort_id=volunteer.cohort_id,
        registered_at=volunteer.registered_at,
        invited_at=volunteer.invited_at,
        activated_at=volunteer.activated_at,
    )


def _told(row: CohortRow) -> CohortOut:
    cohort = row.cohort
    return CohortOut(
        id=cohort.id,
        name=cohort.name,
        unit=UnitName(id=cohort.unit_id, name=row.unit_name or "") if cohort.unit_id else None,
        capacity=cohort.capacity,
        opens_on=cohort.opens_on,
        closes_on=cohort.closes_on,
        state=cast("CohortState", cohort.state),
        is_open=is_open(cohort),
        members=row.members,
        invited=row.invited,
        activated=row.activated,
    )
