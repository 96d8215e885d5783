"""Routes of rules of inclusive writing: the one that holds for the caller; a unit's, for whoever manages it."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.identity.current import CurrentPrincipal, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.writing.inclusion import service
from chatelet.writing.inclusion.schemas import NewRule, RuleOut, UnitRuleOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/writing/inclusive", tags=["writing"], responses={401: _CODED, 403: _CODED})

_Manager = Annotated[Principal, Depends(holding(Right.UNITS_MANAGE))]


@router.get("")
async def read_rule(session: Transaction, principal: CurrentPrincipal) -> RuleOut:
    """Return the rule of inclusive writing that holds for the caller's own rewritings."""
    return await service.holding(session, principal.units)


@router.get("/units/{unit_id}", responses={404: _CODED, 409: _CODED})
async def read_unit_rule(unit_id: UUID, session: Transaction, manager: _Manager) -> UnitRuleOut:
    """Return what a unit decided of inclusive writing."""
    return await service.of_unit(session, manager, unit_id)


@router.patch("/units/{unit_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def set_unit_rule(unit_id: UUID, body: NewRule, session: Transaction, manager: _Manager) -> UnitRuleOut:
    """Decide of inclusive writing for a unit, and for those under it that decide nothing."""
    return await service.set_rule(session, manager, unit_id, body.rule)
