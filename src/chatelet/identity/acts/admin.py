"""Routes of acts on many persons: for whoever holds the right, on those they reach."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.identity.acts import service
from chatelet.identity.acts.schemas import ActAsked, ActConfirmed, ActList, ActOut, ActPreview
from chatelet.identity.current import holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_CHANGED: Final[dict[int | str, dict[str, Any]]] = {404: _CODED, 409: _CODED, 422: _CODED}
router = APIRouter(prefix="/api/admin/person-acts", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Reader = Annotated[Principal, Depends(holding(Right.PERSONS_READ))]


@router.get("")
async def list_acts(session: Transaction, reader: _Reader) -> ActList:
    """List one's latest acts on many persons."""
    return await service.latest(session, reader)


@router.post("/preview", responses=_CHANGED)
async def preview_act(body: ActAsked, session: Transaction, reader: _Reader) -> ActPreview:
    """Tell for how many of those that filters find it would be done, and who would be left out; changes nothing."""
    return await service.preview(session, reader, body)


@router.post("", status_code=202, responses=_CHANGED)
async def confirm_act(body: ActConfirmed, session: Transaction, reader: _Reader) -> ActOut:
    """Act on those seen in a preview; refused when they would be others by now."""
    return await service.confirm(session, reader, body)


@router.get("/{act_id}", responses={404: _CODED, 422: _CODED})
async def read_act(act_id: UUID, session: Transaction, reader: _Reader) -> ActOut:
    """Tell how far an act is."""
    return await service.read(session, reader, act_id)


@router.post("/{act_id}/stop", responses=_CHANGED)
async def stop_act(act_id: UUID, session: Transaction, reader: _Reader) -> ActOut:
    """Stop an act under way; what was done stays done."""
    return await service.stop(session, reader, act_id)


@router.post("/{act_id}/undo", status_code=202, responses=_CHANGED)
async def undo_act(act_id: UUID, session: Transaction, reader: _Reader) -> ActOut:
    """Put back what an act did, for those who were not changed since."""
    return await service.undo(session, reader, act_id)
