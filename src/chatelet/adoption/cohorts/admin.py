"""Routes of whoever manages waves, where they hold the right to."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from chatelet.adoption.cohorts import choosing, inviting, openings, placing, progress, service, words
from chatelet.adoption.cohorts.queries import Wanted
from chatelet.adoption.cohorts.schemas import (
    AddedVolunteers,
    Choice,
    Chosen,
    CodesOut,
    CohortChange,
    CohortOrder,
    CohortOut,
    CohortPage,
    CohortProgress,
    CohortState,
    Ids,
    MailKind,
    MailWordsOut,
    MessagesOut,
    MessagesRequest,
    NewCohort,
    NewMailWords,
    NewVolunteers,
    Opening,
    OpeningOrder,
    OpeningPage,
    ProgressOrder,
    VolunteerOrder,
    VolunteerPage,
    VolunteerState,
)
from chatelet.identity.current import CurrentSettings, holding
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.principal import Language, Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.kernel.paging import LONGEST_CURSOR

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(
    prefix="/api/admin", tags=["waves"], responses={401: _CODED, 403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED}
)
_Manager = Annotated[Principal, Depends(holding(Right.WAVES_MANAGE))]
_Limit = Annotated[int, Query(ge=1, le=200)]
_Words = Annotated[str, Query(max_length=LONGEST_WORDS)]
_Cursor = Annotated[str | None, Query(max_length=LONGEST_CURSOR)]


@router.get("/cohorts")
async def list_cohorts(
    session: Transaction,
    manager: _Manager,
    state: Annotated[list[CohortState] | None, Query()] = None,
    q: _Words = "",
    order: CohortOrder = "-opens",
    cursor: _Cursor = None,
    limit: _Limit = 50,
) -> CohortPage:
    """List the waves that the caller manages, the last to open first unless another order is asked."""
    return await service.cohorts(session, manager, q, order, states=state, cursor=cursor, limit=limit)


@router.post("/cohorts", status_code=201)
async def create_cohort(body: NewCohort, session: Transaction, manager: _Manager) -> CohortOut:
    """Prepare a wave."""
    return await service.prepare(session, manager, body)


@router.get("/cohorts/{cohort_id}")
async def read_cohort(cohort_id: UUID, session: Transaction, manager: _Manager) -> CohortOut:
    """Read one wave."""
    return await service.read(session, manager, cohort_id)


@router.patch("/cohorts/{cohort_id}")
async def change_cohort(cohort_id: UUID, body: CohortChange, session: Transaction, manager: _Manager) -> CohortOut:
    """Change, open or close a wave."""
    return await service.change(session, manager, cohort_id, body)


@router.get("/cohorts/{cohort_id}/progress")
async def read_progress(
    cohort_id: UUID,
    session: Transaction,
    manager: _Manager,
    q: _Words = "",
    order: ProgressOrder = "unit",
    cursor: _Cursor = None,
    limit: _Limit = 50,
) -> CohortProgress:
    """Read how far a wave is, by unit and by day; nothing about fewer than five people."""
    return await progress.of_cohort(session, manager, cohort_id, q, order, cursor=cursor, limit=limit)


@router.post("/cohorts/{cohort_id}/members")
async def choose_members(cohort_id: UUID, body: Choice, session: Transaction, manager: _Manager) -> Chosen:
    """Put volunteers in a wave, by hand or by a rule; with `preview`, only tell who would enter."""
    return await choosing.choose(session, manager, cohort_id, body)


@router.post("/cohorts/{cohort_id}/removals", status_code=204)
async def remove_members(cohort_id: UUID, body: Ids, session: Transaction, manager: _Manager) -> None:
    """Put members without an account back on the waiting list."""
    await choosing.remove(session, manager, cohort_id, body.ids)


@router.post("/cohorts/{cohort_id}/codes")
async def make_codes(cohort_id: UUID, session: Transaction, manager: _Manager, settings: CurrentSettings) -> CodesOut:
    """Make a code for each member without an account; shown this once, earlier ones stop working."""
    return await inviting.make_codes(session, manager, cohort_id, settings)


@router.post("/cohorts/{cohort_id}/messages")
async def send_messages(
    cohort_id: UUID, body: MessagesRequest, session: Transaction, manager: _Manager, settings: CurrentSettings
) -> MessagesOut:
    """Send an invitation or a reminder to the members without an account; with `preview`, only tell how many."""
    return await inviting.send(session, manager, cohort_id, body, settings)


@router.get("/volunteers")
async def list_volunteers(
    session: Transaction,
    manager: _Manager,
    state: Annotated[list[VolunteerState] | None, Query()] = None,
    cohort_id: UUID | None = None,
    unit_id: UUID | None = None,
    q: _Words = "",
    order: VolunteerOrder = "registered",
    cursor: _Cursor = None,
    limit: _Limit = 50,
) -> VolunteerPage:
    """List volunteers, in the order of registration unless another is asked: the waiting list, or members of a wave."""
    wanted = Wanted(tuple(state or ()), cohort_id, unit_id, q, order)
    return await service.volunteers(session, manager, wanted, cursor=cursor, limit=limit)


@router.post("/volunteers", status_code=201)
async def add_volunteers(body: NewVolunteers, session: Transaction, manager: _Manager) -> AddedVolunteers:
    """Put persons on the waiting list together."""
    return await service.add_volunteers(session, manager, body)


@router.post("/volunteers/{volunteer_id}/unit", status_code=204)
async def confirm_unit(volunteer_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Say that the unit a volunteer wrote is theirs; whoever opened an account without one is placed there."""
    await placing.confirm_unit(session, manager, volunteer_id)


@router.delete("/volunteers/{volunteer_id}", status_code=204)
async def remove_volunteer(volunteer_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Forget someone who has not opened an account."""
    await service.remove_volunteer(session, manager, volunteer_id)


@router.get("/adoption/openings")
async def list_openings(
    session: Transaction,
    manager: _Manager,
    q: _Words = "",
    order: OpeningOrder = "day",
    cursor: _Cursor = None,
    limit: _Limit = 50,
) -> OpeningPage:
    """List the units opened as a whole, by day or by name; all, or those that words tell."""
    return await openings.openings(session, manager, q, order, cursor=cursor, limit=limit)


@router.post("/adoption/openings", status_code=204)
async def open_unit(body: Opening, session: Transaction, manager: _Manager) -> None:
    """Let in the persons of a unit, and of all under it, from a day on."""
    await openings.open_unit(session, manager, body)


@router.delete("/adoption/openings/{unit_id}", status_code=204)
async def close_unit(unit_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Take back the opening of a unit; whoever was activated stays."""
    await openings.close_unit(session, manager, unit_id)


@router.get("/adoption/words")
async def list_words(session: Transaction, manager: _Manager) -> list[MailWordsOut]:
    """List the words of the messages, in both languages."""
    return await words.all_words(session, manager)


@router.post("/adoption/words", status_code=204)
async def change_words(body: NewMailWords, session: Transaction, manager: _Manager) -> None:
    """Write one's own words for a message; they must hold the place of the link."""
    await words.change(session, manager, body)


@router.delete("/adoption/words/{kind}/{language}", status_code=204)
async def restore_words(kind: MailKind, language: Language, session: Transaction, manager: _Manager) -> None:
    """Go back to the words that ship with the product."""
    await words.restore(session, manager, kind, language)
