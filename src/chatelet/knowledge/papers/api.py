"""Routes of the papers of a base."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.knowledge.papers import service
from chatelet.knowledge.papers.schemas import AddedList, NewPapers, PaperList, PaperListIn
from chatelet.knowledge.papers.services import PaperServices

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED}
router = APIRouter(
    prefix="/api/collections/{collection_id}/papers", tags=["papers"], responses={401: _CODED, **_ANSWERS}
)


async def current_papers(request: Request) -> PaperServices:
    """Return what papers need of the process."""
    services: PaperServices = request.app.state.papers
    return services


CurrentPapers = Annotated[PaperServices, Depends(current_papers)]


@router.get("")
async def list_papers(collection_id: UUID, session: Transaction, principal: CurrentPrincipal) -> PaperList:
    """List the works kept in a base, with what became of their full text."""
    return await service.listed(session, principal, collection_id)


@router.post("", status_code=201)
async def add_papers(
    collection_id: UUID, body: NewPapers, principal: DetachedPrincipal, services: CurrentPapers
) -> AddedList:
    """Keep works in a base: a document each, and the full text of those that are open under a licence that allows."""
    records = [one.record() for one in body.records]
    return await service.add(services, principal, collection_id, records, body.folder)


@router.post("/import", status_code=201)
async def import_papers(
    collection_id: UUID, body: PaperListIn, principal: DetachedPrincipal, services: CurrentPapers
) -> AddedList:
    """Keep the works of a BibTeX or RIS file, or of a list of DOIs; only identifiers leave, to complete them."""
    return await service.import_list(services, principal, collection_id, body.text, body.folder)
