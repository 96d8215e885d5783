"""Routes of rules of inclusive writing: the one that holds for the caller; a unit's, for whoever manages it."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter

from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.writing.inclusion import service
from chatelet.writing.inclusion.schemas import NewRule, RuleOut, UnitRuleOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/writing/inclusive", tags=["writing"], responses={401: _CODED, 403: _CODED})


@router.get("")
async def read_rule(session: Transaction, principal: CurrentPrincipal) -> RuleOut:
    """Return the rule of inclusive writing that holds for the caller's own rewritings."""
    return await service.holding(session, principal.units)


@router.get("/units/{unit_id}", responses={404: _CODED})
async def read_unit_rule(unit_id: UUID, session: Transaction, principal: CurrentPrincipal) -> UnitRuleOut:
    """Return what a unit decided of inclusive writing."""
    return await service.of_unit(session, principal, unit_id)


@router.patch("/units/{unit_id}", responses={404: _CODED, 422: _CODED})
async def set_unit_rule(unit_id: UUID, body: NewRule, session: Transaction, principal: CurrentPrincipal) -> UnitRuleOut:
    """Decide of inclusive writing for a unit, and for those under it that decide nothing."""
    return await service.set_rule(session, principal, unit_id, body.rule)
