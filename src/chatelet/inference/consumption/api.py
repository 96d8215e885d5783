"""The route by which a person sees what they used."""

from typing import Any, Final

from fastapi import APIRouter

from chatelet.identity.current import CurrentPrincipal, CurrentSettings
from chatelet.inference.consumption import own
from chatelet.inference.consumption.schemas import OwnUsage
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api", tags=["usage"], responses={401: _CODED})


@router.get("/usage/current")
async def read_own_usage(session: Transaction, principal: CurrentPrincipal, settings: CurrentSettings) -> OwnUsage:
    """Tell the caller what they used, by day, month and model."""
    return await own.own_usage(session, principal, settings.usage)
