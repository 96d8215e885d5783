"""Routes of the security officer's desk: contests and incidents of persons, and their answers."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.identity.current import holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.privacy.api import CurrentPrivacy
from chatelet.privacy.reports import service
from chatelet.privacy.reports.schemas import DeskReport, DeskReportList, ReportAnswer

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin/reports", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Officer = Annotated[Principal, Depends(holding(Right.SECURITY_MANAGE))]


@router.get("")
async def read_reports(session: Transaction, officer: _Officer, services: CurrentPrivacy) -> DeskReportList:
    """List contests and incidents, those to answer first. Consulting them is journalled."""
    return await service.desk(session, services.keyring, officer)


@router.patch("/{report_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def answer_report(
    report_id: UUID, body: ReportAnswer, session: Transaction, officer: _Officer, services: CurrentPrivacy
) -> DeskReport:
    """Answer one; its person reads the answer."""
    return await service.answer(session, services.keyring, officer, report_id, body)
