"""Routes of whoever is concerned: who read one's conversations, when and why."""

from typing import Any, Final

from fastapi import APIRouter

from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.privacy.api import CurrentPrivacy
from chatelet.privacy.break_glass import service
from chatelet.privacy.break_glass.schemas import OwnReadings

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/privacy/readings", tags=["privacy"], responses={401: _CODED})


@router.get("")
async def list_own_readings(session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy) -> OwnReadings:
    """List the readings of one's own content."""
    return await service.told(session, services, principal)


@router.post("/seen")
async def acknowledge_readings(
    session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> OwnReadings:
    """Say that one saw them: the notice at the top of the page goes, the list stays."""
    return await service.acknowledge(session, services, principal)
