"""Routes of related work at the scholarly desk: outline a draft, then look for what its person confirmed."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request

from chatelet.connectors.scholarly.api import CurrentDesk
from chatelet.documents.services import DocumentServices
from chatelet.identity.current import DetachedPrincipal
from chatelet.kernel.http import ErrorOut
from chatelet.writing.manuscripts.api import PATH, draft_services
from chatelet.writing.related import service
from chatelet.writing.related.schemas import OutlineOut, RelatedIn, RelatedOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = dict.fromkeys((401, 403, 413, 422, 503), _CODED)
_BINARY: Final = {"type": "string", "format": "binary"}
_BODY: Final = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BINARY}}}}
router = APIRouter(prefix=PATH, tags=["scholarly"], responses=_ANSWERS)


@router.post("/outline", openapi_extra=_BODY)
async def outline_draft(
    request: Request,
    _principal: DetachedPrincipal,
    desk: CurrentDesk,
    services: Annotated[DocumentServices, Depends(draft_services)],
    name: Annotated[str, Query(min_length=1, max_length=255)],
) -> OutlineOut:
    """Read a draft into its sentences and what may be looked for around it. Nothing leaves, nothing is kept."""
    data = await request.body()
    return OutlineOut.of(*await service.outline(services, desk, data, name))


@router.post("/related")
async def find_related(body: RelatedIn, principal: DetachedPrincipal, desk: CurrentDesk) -> RelatedOut:
    """Look for works by the confirmed searches, and rank those that exist beside the sentences of the draft."""
    cited = [one.reference() for one in body.cited]
    return RelatedOut.of(
        await service.related(desk, principal.person_id, body.searches, body.statements, cited)
    )  # fmt: skip
