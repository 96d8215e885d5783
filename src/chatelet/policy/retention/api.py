"""Routes by which a person sees how long their things are kept, and shortens it."""

from typing import Any, Final

from fastapi import APIRouter

from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.retention import service
from chatelet.policy.retention.schemas import OwnRetentionList, RetentionChoiceIn

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api", tags=["privacy"], responses={401: _CODED})


@router.get("/retention")
async def read_own_retention(session: Transaction, principal: CurrentPrincipal) -> OwnRetentionList:
    """Tell how long each kind of thing of the caller's is kept."""
    return await service.own(session, principal)


@router.patch("/retention", responses={422: _CODED})
async def choose_retention(
    body: RetentionChoiceIn, session: Transaction, principal: CurrentPrincipal
) -> OwnRetentionList:
    """Keep one's own things for a shorter time."""
    return await service.choose(session, principal, body)
