"""Routes of the administration of persons: for whoever holds the right, where they hold it."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse

from chatelet.identity import invitations, listing, service
from chatelet.identity.current import CurrentAdministrator, CurrentSettings, OpenDatabase, holding
from chatelet.identity.errors import LocalSignInOff
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.queries import PersonOrder, Wanted
from chatelet.identity.rights import Right
from chatelet.identity.schemas import (
    InvitationLink,
    InvitationOrder,
    InvitationPage,
    ListedPerson,
    NewInvitation,
    PersonChange,
    PersonDetail,
    PersonPage,
)
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.kernel.paging import LONGEST_CURSOR

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Reader = Annotated[Principal, Depends(holding(Right.PERSONS_READ))]
_Words = Annotated[str, Query(max_length=200)]
_Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("/persons", responses={422: _CODED})
async def list_persons(
    session: Transaction,
    reader: _Reader,
    q: _Words = "",
    unit: UUID | None = None,
    role: UUID | None = None,
    state: PersonState | None = None,
    order: PersonOrder = PersonOrder.NAME,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    limit: _Limit = 50,
) -> PersonPage:
    """Find persons by the beginnings of the words of their name or e-mail, in `order`: by name unless said.

    `unit` keeps those of a unit and of all under it, `role` those given it, `state` those who may sign in or may not.
    """
    wanted = Wanted(words=q, unit_id=unit, role_id=role, state=state, order=order)
    return await listing.search_persons(session, reader, wanted, cursor=cursor, limit=limit)


@router.get(
    "/persons.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, 422: _CODED},
)
async def export_persons(
    session: Transaction,
    database: OpenDatabase,
    reader: _Reader,
    q: _Words = "",
    unit: UUID | None = None,
    role: UUID | None = None,
    state: PersonState | None = None,
    order: PersonOrder = PersonOrder.NAME,
) -> StreamingResponse:
    """Give the same list whole, as a CSV file that a spreadsheet opens."""
    wanted = Wanted(words=q, unit_id=unit, role_id=role, state=state, order=order)
    await listing.note_export(session, reader, wanted)
    name = {"content-disposition": 'attachment; filename="persons.csv"'}
    return StreamingResponse(listing.export_persons(database, reader, wanted), media_type="text/csv", headers=name)


@router.get("/persons/{person_id}", responses={404: _CODED, 422: _CODED})
async def read_person(person_id: UUID, session: Transaction, reader: _Reader) -> PersonDetail:
    """Read one person, and whether the caller may change them."""
    return await listing.read_person(session, reader, person_id)


@router.patch("/persons/{person_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def change_person(
    person_id: UUID,
    body: PersonChange,
    session: Transaction,
    manager: Annotated[Principal, Depends(holding(Right.PERSONS_MANAGE))],
) -> ListedPerson:
    """Disable or enable a person, make them an administrator or not."""
    return await service.change_person(session, manager, person_id, body)


@router.post("/invitations", status_code=201, responses={403: _CODED, 409: _CODED, 422: _CODED})
async def invite(
    body: NewInvitation, session: Transaction, administrator: CurrentAdministrator, settings: CurrentSettings
) -> InvitationLink:
    """Make an invitation; its link is shown this once."""
    if not settings.security.local_sign_in:
        raise LocalSignInOff
    return await invitations.invite(session, administrator, body, address=settings.address)


@router.get("/invitations", responses={422: _CODED})
async def list_invitations(
    session: Transaction,
    administrator: CurrentAdministrator,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    order: InvitationOrder = "-end",
    cursor: Annotated[str | None, Query(max_length=LONGEST_CURSOR)] = None,
    limit: _Limit = 50,
) -> InvitationPage:
    """List the invitations that can still be accepted, the last to end first unless another order is asked.

    All, or those that a name or an address tells.
    """
    return await invitations.pending(session, administrator, q, order, cursor=cursor, limit=limit)


@router.delete("/invitations/{invitation_id}", status_code=204, responses={404: _CODED})
async def withdraw_invitation(invitation_id: UUID, session: Transaction, administrator: CurrentAdministrator) -> None:
    """Take an invitation back before it is accepted."""
    await invitations.withdraw(session, administrator, invitation_id)
