"""Routes of the charter for the person it is in force for."""

from typing import Any, Final

from fastapi import APIRouter

from chatelet.adoption.charter import service
from chatelet.adoption.charter.schemas import AcceptanceOut, CharterOut, NewAcceptance
from chatelet.identity.current import CurrentPrincipal, CurrentSettings
from chatelet.identity.principal import Language
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/charter", tags=["charter"], responses={401: _CODED, 422: _CODED})


@router.get("")
async def read_charter(
    session: Transaction, principal: CurrentPrincipal, settings: CurrentSettings, language: Language | None = None
) -> CharterOut:
    """Read the charter in force for oneself, and whether it is accepted; the model, while none is published."""
    return await service.read(session, principal, settings, language)


@router.post("/acceptances", status_code=201, responses={409: _CODED})
async def accept_charter(body: NewAcceptance, session: Transaction, principal: CurrentPrincipal) -> AcceptanceOut:
    """Accept the text that was read; it must still be the one in force."""
    return await service.accept(session, principal, body)
