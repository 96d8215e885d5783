"""Routes of the administration of quotas, for whoever holds the right, where they hold it."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from chatelet.identity.current import holding
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.quotas import service
from chatelet.policy.quotas.api import OpenQuotas
from chatelet.policy.quotas.schemas import NewQuota, QuotaChange, QuotaList, QuotaOrder, QuotaOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})
_CHANGED: Final[dict[int | str, dict[str, Any]]] = {404: _CODED, 409: _CODED, 422: _CODED}
_Manager = Annotated[Principal, Depends(holding(Right.QUOTAS_MANAGE))]


@router.get("/quotas", responses={422: _CODED})
async def list_quotas(
    session: Transaction,
    manager: _Manager,
    quotas: OpenQuotas,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    order: QuotaOrder = "holder",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> QuotaList:
    """List the quotas that one manages: all, or those of units, persons and models that words tell, in an order."""
    return await service.list_quotas(session, manager, quotas, q, order, cursor=cursor, limit=limit)


@router.post("/quotas", status_code=201, responses=_CHANGED)
async def set_quota(body: NewQuota, session: Transaction, manager: _Manager) -> QuotaOut:
    """Set a quota."""
    return await service.set_quota(session, manager, body)


@router.patch("/quotas/{quota_id}", responses=_CHANGED)
async def change_quota(quota_id: UUID, body: QuotaChange, session: Transaction, manager: _Manager) -> QuotaOut:
    """Change the amount of a quota or what happens at its end."""
    return await service.change_quota(session, manager, quota_id, body)


@router.delete("/quotas/{quota_id}", status_code=204, responses=_CHANGED)
async def delete_quota(quota_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Lift a quota."""
    await service.lift_quota(session, manager, quota_id)
