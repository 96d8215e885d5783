"""Routes of drafts at the scholarly desk: check one, and write its report as a file. Nothing is kept of either."""

import asyncio
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from chatelet.connectors.scholarly.api import CurrentDesk
from chatelet.documents.services import DocumentServices
from chatelet.identity.current import DetachedPrincipal
from chatelet.kernel.http import ErrorOut
from chatelet.writing.manuscripts import exporting, service
from chatelet.writing.manuscripts.schemas import ManuscriptOut, ReportIn

PATH: Final = "/api/scholarly/drafts"
LARGEST: Final = 50 * 1024 * 1024
_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = dict.fromkeys((401, 403, 413, 422, 503), _CODED)
_BINARY: Final = {"type": "string", "format": "binary"}
_FILE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"application/octet-stream": {"schema": _BINARY}}}}
_BODY: Final = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BINARY}}}}
router = APIRouter(prefix=PATH, tags=["scholarly"], responses=_ANSWERS)


async def draft_services(request: Request) -> DocumentServices:
    """Return what reads files in this process."""
    services: DocumentServices = request.app.state.documents
    return services


@router.post("", openapi_extra=_BODY)
async def check_draft(
    request: Request,
    principal: DetachedPrincipal,
    desk: CurrentDesk,
    services: Annotated[DocumentServices, Depends(draft_services)],
    name: Annotated[str, Query(min_length=1, max_length=255)],
) -> ManuscriptOut:
    """Check the references of a draft (DOCX, ODT, PDF, LaTeX, text), its calls, and what it says of the works."""
    data = await request.body()
    return ManuscriptOut.of(await service.check(services, desk, principal.person_id, data, name))


@router.post("/report", responses=_FILE, response_class=Response)
async def write_report(body: ReportIn, _principal: DetachedPrincipal) -> Response:
    """Write a report as ODT, CSV or BibTeX. Nothing leaves: the page gives back what it was given."""
    written, kind, extension = await asyncio.to_thread(exporting.export, body)
    headers = {"content-disposition": f'attachment; filename="references.{extension}"'}
    return Response(written, media_type=kind, headers=headers)
