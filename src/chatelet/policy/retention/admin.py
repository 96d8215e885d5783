"""Routes of the retention matrix, for whoever manages data protection."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.identity.current import holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.retention import service
from chatelet.policy.retention.schemas import NewRetentionRule, RetentionMatrix

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Manager = Annotated[Principal, Depends(holding(Right.PRIVACY_MANAGE))]


@router.get("/retention")
async def read_retention(session: Transaction, _manager: _Manager) -> RetentionMatrix:
    """Read the matrix, its rules and their history."""
    return await service.matrix(session)


@router.post("/retention", status_code=201, responses={404: _CODED, 409: _CODED, 422: _CODED})
async def set_retention(body: NewRetentionRule, session: Transaction, manager: _Manager) -> RetentionMatrix:
    """Set how long a kind is kept, in the institution or in a unit."""
    return await service.set_rule(session, manager, body)


@router.delete("/retention/{rule_id}", status_code=204, responses={404: _CODED, 422: _CODED})
async def lift_retention(rule_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Lift a rule."""
    await service.lift_rule(session, manager, rule_id)
