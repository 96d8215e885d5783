"""Routes of one's own rights: ask, download, erase; and the certificate, for whoever was given its reference."""

from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal, take_cookie_back
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.privacy.certificates import shown
from chatelet.privacy.rights import archive, service
from chatelet.privacy.rights.schemas import ErasureOrder, ErasureStarted, NewPrivacyRequest, PrivacyRequestList
from chatelet.privacy.services import PrivacyServices

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}
router = APIRouter(prefix="/api/privacy", tags=["privacy"])
CertificateForm = Literal["json", "fr", "en"]
CERTIFICATE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {"application/json": {"schema": {"type": "string"}}, "text/plain": {"schema": {"type": "string"}}}
    },
    404: _CODED,
    422: _CODED,
}


async def privacy_services(request: Request) -> PrivacyServices:
    """Return what forgetting needs of the process."""
    services: PrivacyServices = request.app.state.privacy
    return services


CurrentPrivacy = Annotated[PrivacyServices, Depends(privacy_services)]


@router.get("/requests", responses={401: _CODED})
async def list_own_requests(
    session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> PrivacyRequestList:
    """List one's own requests."""
    return await service.own(session, services, principal)


@router.post("/requests", status_code=201, responses={401: _CODED, 409: _CODED, 422: _CODED})
async def make_request(
    body: NewPrivacyRequest, session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> PrivacyRequestList:
    """Ask for the archive of one's data, for a correction, or object."""
    return await service.ask(session, services, principal, body)


@router.get(
    "/requests/{request_id}/archive",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {"schema": _BINARY}}}, 401: _CODED, 404: _CODED, 422: _CODED},
)
async def download_archive(request_id: UUID, principal: DetachedPrincipal, services: CurrentPrivacy) -> Response:
    """Download the archive of one's data."""
    name, size, parts = await archive.opened(services, principal.person_id, request_id)
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-length": str(size)}
    headers["cache-control"] = "private, no-store"
    return StreamingResponse(parts, media_type="application/zip", headers=headers)


@router.post("/erasure", status_code=202, responses=dict.fromkeys((401, 403, 409, 422, 429, 503), _CODED))
async def order_erasure(
    body: ErasureOrder, principal: DetachedPrincipal, services: CurrentPrivacy, response: Response
) -> ErasureStarted:
    """Erase one's account and everything of one's own, for good: the session ends with this answer."""
    reference = await service.order_erasure(services, principal, body.password)
    take_cookie_back(response)
    return ErasureStarted(reference=reference)


@router.get("/certificates/{reference}", response_class=Response, responses=CERTIFICATE)
async def read_certificate(reference: UUID, session: Transaction, form: CertificateForm = "json") -> Response:
    """Public, with the reference that the person was given: the signed certificate, or its words; 404 until made."""
    return certificate_response(shown.shown(await service.certificate_of(session, reference), form))


def certificate_response(file: shown.Shown) -> Response:
    """Return a certificate as a download."""
    headers = {"content-disposition": f'attachment; filename="{file.name}"', "cache-control": "no-store"}
    return Response(file.body, media_type=file.media, headers=headers)
