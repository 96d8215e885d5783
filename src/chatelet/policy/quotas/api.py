"""The route by which a person sees what is left to them."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request

from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.quotas import service
from chatelet.policy.quotas.schemas import AllowanceList
from chatelet.policy.quotas.service import Quotas

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api", tags=["quotas"], responses={401: _CODED})


async def open_quotas(request: Request) -> Quotas:
    """Return the quotas of this process."""
    quotas: Quotas = request.app.state.quotas
    return quotas


OpenQuotas = Annotated[Quotas, Depends(open_quotas)]


@router.get("/quotas/current")
async def read_allowances(session: Transaction, principal: CurrentPrincipal, quotas: OpenQuotas) -> AllowanceList:
    """Tell what is left to the caller, the nearest to its end first."""
    return await service.allowances(session, principal, quotas)
