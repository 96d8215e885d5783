"""Routes of summaries: ask, read, take as a document. Pausing, cancelling and deleting are those of any work."""

from typing import Annotated, Any, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from chatelet.documents.composing.writing import MEDIA
from chatelet.identity.current import CurrentPrincipal
from chatelet.identity.principal import Principal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.writing.api import CurrentDesk, writer
from chatelet.writing.works import summary, summary_sources
from chatelet.writing.works.schemas import WorkOut
from chatelet.writing.works.summary_schemas import ExportForm, NewSummary, SummaryOut, SummarySourceList

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_MEDIA: Final[dict[ExportForm, str]] = {
    "odt": MEDIA["odt"],
    "docx": MEDIA["docx"],
    "md": "text/markdown; charset=utf-8",
}
_BINARY: Final[dict[str, Any]] = {"schema": {"type": "string", "format": "binary"}}
router = APIRouter(prefix="/api/writing/summaries", tags=["writing"], responses={401: _CODED, 403: _CODED})


@router.post(
    "",
    status_code=201,
    responses={404: _CODED, 409: _CODED, 413: _CODED, 422: _CODED, 429: _CODED, 503: _CODED},
)
async def ask_summary(
    body: NewSummary, principal: Annotated[Principal, Depends(writer)], services: CurrentDesk
) -> WorkOut:
    """Ask for a summary of files or of a text; a job does it, the page may be closed."""
    return await summary.ask(services, principal, body)


@router.get("/sources", responses={404: _CODED, 422: _CODED})
async def list_sources(
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
    collection_id: UUID | None = None,
    conversation_id: UUID | None = None,
    q: Annotated[str, Query(max_length=200)] = "",
) -> SummarySourceList:
    """Return what may be summarised: the caller's last files, those of a conversation, or the documents of a base."""
    wanted = summary_sources.Wanted(collection_id, conversation_id, q)
    return await summary_sources.sources(session, services, principal, wanted)


@router.get("/{summary_id}", responses={404: _CODED})
async def read_summary(
    summary_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> SummaryOut:
    """Return a summary with what was checked of each sentence; while it is made, the notes taken so far."""
    return await summary.read(session, services, principal, summary_id)


@router.get(
    "/{summary_id}/file",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(_MEDIA.values(), _BINARY)}, 404: _CODED, 409: _CODED},
)
async def export_summary(
    summary_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
    form: ExportForm = "odt",
) -> Response:
    """Download a summary as a document, with the page of each statement."""
    name, data = await summary.export(session, services, principal, summary_id, form)
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " ._-") else "_" for char in name)
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"content-disposition": named, "cache-control": "private, no-store", "x-content-type-options": "nosniff"}
    return Response(data, media_type=_MEDIA[form], headers=headers)
