"""Routes of the data protection officer's desk: requests with their deadlines, certificates."""

from typing import Annotated, Any, Final, cast
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from chatelet.identity.current import holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.privacy.api import CERTIFICATE, CertificateForm, CurrentPrivacy, certificate_response
from chatelet.privacy.certificates import service as certificates
from chatelet.privacy.certificates import shown
from chatelet.privacy.certificates.certificate import Reason, decode
from chatelet.privacy.certificates.tables import DeletionCertificate
from chatelet.privacy.rights import service
from chatelet.privacy.rights.schemas import CertificateList, CertificateOut, Desk, DeskRequest, RequestAnswer

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin/privacy", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Manager = Annotated[Principal, Depends(holding(Right.PRIVACY_MANAGE))]


@router.get("/requests")
async def read_desk(session: Transaction, manager: _Manager, services: CurrentPrivacy) -> Desk:
    """List the requests of persons, the most urgent first. Consulting them is journalled."""
    return await service.desk(session, services, manager)


@router.patch("/requests/{request_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def answer_request(
    request_id: UUID, body: RequestAnswer, session: Transaction, manager: _Manager, services: CurrentPrivacy
) -> DeskRequest:
    """Say that a correction or an objection was answered, or declined."""
    return await service.answer(session, services, manager, request_id, body)


@router.get("/certificates")
async def list_certificates(session: Transaction, _manager: _Manager) -> CertificateList:
    """List the last deletion certificates."""
    return CertificateList(items=[_listed(row) for row in await certificates.recent(session)])


@router.get("/certificates/{certificate_id}", response_class=Response, responses=CERTIFICATE)
async def download_certificate(
    certificate_id: UUID, session: Transaction, _manager: _Manager, form: CertificateForm = "json"
) -> Response:
    """Download a certificate: signed, or in words."""
    return certificate_response(shown.shown(await certificates.read(session, certificate_id), form))


def _listed(row: DeletionCertificate) -> CertificateOut:
    gone = decode(row.document.encode()).certificate.destroyed
    return CertificateOut(
        id=row.id,
        reason=cast("Reason", row.reason),
        made_at=row.made_at,
        sha256=row.sha256,
        rows=sum(gone.rows.values()),
        keys=gone.keys,
        blobs=gone.blobs,
        vectors=gone.vectors,
    )
