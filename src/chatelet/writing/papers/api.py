"""Routes of papers: a cell at a time, which the page may stop; a text; a table as a file; a figure explained."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.http import ErrorOut
from chatelet.policy.rules.book import Policies
from chatelet.writing.api import CurrentDesk, writer
from chatelet.writing.papers import comparing, explaining, exporting
from chatelet.writing.papers.schemas import (
    CellIn,
    CellOut,
    ExplanationIn,
    ExplanationOut,
    PointedList,
    SynthesisIn,
    SynthesisOut,
    TableIn,
)

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {403: _CODED, 404: _CODED, 422: _CODED, 429: _CODED, 503: _CODED}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}
router = APIRouter(prefix="/api", tags=["papers"], responses={401: _CODED, **_ANSWERS})


async def current_policies(request: Request) -> Policies:
    """Return the rules of units."""
    policies: Policies = request.app.state.policies
    return policies


_Writer = Annotated[Principal, Depends(writer)]
_Policies = Annotated[Policies, Depends(current_policies)]


@router.post("/collections/{collection_id}/papers/cells")
async def ask_paper(
    collection_id: UUID, body: CellIn, principal: _Writer, desk: CurrentDesk, policies: _Policies
) -> CellOut:
    """Put a question to a paper: what it says, held by its passages, or that it does not say."""
    return await comparing.cell(desk, policies, principal, collection_id, body)


@router.post("/collections/{collection_id}/papers/syntheses")
async def write_synthesis(
    collection_id: UUID, body: SynthesisIn, principal: _Writer, desk: CurrentDesk, policies: _Policies
) -> SynthesisOut:
    """Write a text on a subject from chosen papers: only sentences that one of them holds, with references."""
    return await comparing.synthesis(desk, policies, principal, collection_id, body)


@router.get("/collections/{collection_id}/papers/{paper_id}/figures")
async def list_figures(collection_id: UUID, paper_id: UUID, principal: _Writer, desk: CurrentDesk) -> PointedList:
    """Tell the figures, tables and formulas of a paper: those that its text captions, shows or names."""
    return await explaining.listed(desk, principal, collection_id, paper_id)


@router.post("/collections/{collection_id}/papers/explanations")
async def explain_figure(
    collection_id: UUID, body: ExplanationIn, principal: _Writer, desk: CurrentDesk, policies: _Policies
) -> ExplanationOut:
    """Explain a figure, a table, a formula or chosen words by what the paper says of them, each sentence checked."""
    return await explaining.explain(desk, policies, principal, collection_id, body)


@router.post("/writing/papers/table", responses=_FILE, response_class=Response)
async def export_papers_table(body: TableIn, principal: _Writer) -> Response:
    """Download a table as CSV, Markdown or ODT: the page gives back what it shows."""
    data, media = exporting.written(body, principal.language, clock.now())
    headers = {"content-disposition": f'attachment; filename="papers.{body.format}"'}
    return Response(data, media_type=media, headers=headers)
