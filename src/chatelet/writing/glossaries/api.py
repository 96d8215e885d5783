"""Routes of the lines of glossaries: begin an empty one, read, change, bring a file into it."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request

from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.writing.api import CurrentDesk
from chatelet.writing.glossaries import editing, service
from chatelet.writing.glossaries.schemas import GlossaryChange, GlossaryLines, GlossaryOut, NewGlossary

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ONE: Final = "/{glossary_id}"
router = APIRouter(prefix="/api/writing/glossaries", tags=["writing"], responses={401: _CODED, 403: _CODED})


@router.post("/blank", status_code=201, responses={404: _CODED, 422: _CODED})
async def begin_glossary(
    body: NewGlossary, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> GlossaryOut:
    """Begin an empty glossary, or memory, for oneself or for a unit."""
    return await service.add(
        session, services, principal,
        kind=body.kind, name=body.name, source=body.source, target=body.target, unit_id=body.unit_id, data=None,
    )  # fmt: skip


@router.get(f"{_ONE}/lines", responses={404: _CODED, 422: _CODED})
async def read_lines(
    glossary_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
    words: Annotated[str, Query(max_length=200)] = "",
    after: Annotated[int, Query(ge=0)] = 0,
) -> GlossaryLines:
    """Return the lines of a glossary that hold some words, a page at a time."""
    return await editing.read(session, services, principal, glossary_id, words, after)


@router.patch(_ONE, responses={404: _CODED, 413: _CODED, 422: _CODED})
async def change_glossary(
    glossary_id: UUID,
    body: GlossaryChange,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
) -> GlossaryOut:
    """Rename a glossary, use it by default, change its lines."""
    return await editing.change(session, services, principal, glossary_id, body)


@router.post(
    f"{_ONE}/file",
    responses={404: _CODED, 413: _CODED, 422: _CODED},
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
    },
)
async def bring_lines(
    glossary_id: UUID, request: Request, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> GlossaryOut:
    """Add the lines of a file (CSV, TBX; TMX for a memory) to a glossary."""
    data = await request.body()
    return await editing.bring(session, services, principal, glossary_id, data)
