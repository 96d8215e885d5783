"""Routes of the scholarly desk, for any signed-in person; closed when the installation enabled no source."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response

from chatelet.connectors.scholarly import desk as verbs
from chatelet.connectors.scholarly.desk import Desk
from chatelet.connectors.scholarly.exchange import reading
from chatelet.connectors.scholarly.schemas import (
    CheckedOut,
    DeskOut,
    ExportIn,
    RecordOut,
    RecordsOut,
    ReferencesOut,
    ResolveIn,
    TextIn,
    WorksOut,
    WorksQuestion,
)
from chatelet.identity.current import DetachedPrincipal
from chatelet.kernel.http import ErrorOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {401: _CODED, 403: _CODED, 422: _CODED, 503: _CODED}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}
router = APIRouter(prefix="/api/scholarly", tags=["scholarly"], responses=_ANSWERS)


async def current_desk(request: Request) -> Desk:
    """Return the desk of this process."""
    desk: Desk = request.app.state.scholarly
    return desk


CurrentDesk = Annotated[Desk, Depends(current_desk)]


@router.get("")
async def read_desk(_principal: DetachedPrincipal, desk: CurrentDesk) -> DeskOut:
    """Tell whether the desk is open here, and whom it asks."""
    return DeskOut.of(desk)


@router.post("/search")
async def search_works(body: WorksQuestion, principal: DetachedPrincipal, desk: CurrentDesk) -> WorksOut:
    """Look for works in every source, under one deadline; what one did not give in time is said."""
    desk.require_open()
    clearance = await verbs.cleared(desk, principal.person_id, body.said())
    return WorksOut.of(await verbs.search(desk, body.question(), clearance, sort=body.sort))


@router.post("/resolve")
async def resolve_work(body: ResolveIn, principal: DetachedPrincipal, desk: CurrentDesk) -> WorksOut:
    """Find a work by its DOI, its HAL, arXiv, PubMed or theses.fr identifier, or its address."""
    desk.require_open()
    clearance = await verbs.cleared(desk, principal.person_id, "")
    return WorksOut.of(await verbs.resolve(desk, body.identifier, clearance))


@router.post("/export", responses=_FILE, response_class=Response)
async def export_works(body: ExportIn, _principal: DetachedPrincipal) -> Response:
    """Download works as BibTeX, CSL-JSON or RIS. Nothing leaves: the page gives back what it was given."""
    written, kind, extension = verbs.export([one.record() for one in body.records], body.format)
    headers = {"content-disposition": f'attachment; filename="references.{extension}"'}
    return Response(written.encode(), media_type=f"{kind}; charset=utf-8", headers=headers)


@router.post("/import")
async def import_works(body: TextIn, _principal: DetachedPrincipal) -> RecordsOut:
    """Read the works of a BibTeX or RIS file, or of a list of DOIs. Nothing leaves."""
    return RecordsOut(records=[RecordOut.of(one) for one in reading.read(body.text)])


@router.post("/references")
async def check_references(body: TextIn, principal: DetachedPrincipal, desk: CurrentDesk) -> ReferencesOut:
    """Look for each reference of a text: right, wrong in its year, author or DOI, retracted, or not found."""
    checked = await verbs.check_references(desk, principal.person_id, body.text)
    return ReferencesOut(references=[CheckedOut.of(one) for one in checked])
