"""Routes of one's own reports: contest a safeguard, report an incident, read what was answered."""

from typing import Any, Final

from fastapi import APIRouter

from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.privacy.api import CurrentPrivacy
from chatelet.privacy.reports import service
from chatelet.privacy.reports.schemas import NewReport, OwnReport, OwnReportList

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/reports", tags=["privacy"], responses={401: _CODED})


@router.get("")
async def list_own_reports(
    session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> OwnReportList:
    """List one's own contests and incidents, with their answers."""
    return await service.own(session, services.keyring, principal)


@router.post("", status_code=201, responses={404: _CODED, 422: _CODED, 429: _CODED})
async def make_report(
    body: NewReport, session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> OwnReport:
    """Contest what a safeguard decided, or report an incident. Whoever manages security reads it."""
    return await service.make(session, services.keyring, principal, body)
