"""Routes of the replacement of names: what would leave, and whether it was ever asked for."""

from uuid import UUID

from fastapi import APIRouter, Request

from chatelet.chat.pseudonyms import preview
from chatelet.chat.pseudonyms.schemas import Preview, PseudonymState, WordsToSend
from chatelet.identity.current import DetachedPrincipal
from chatelet.kernel.http import ErrorOut

router = APIRouter(
    prefix="/api/conversations/{conversation_id}/pseudonyms",
    tags=["chat"],
    responses={404: {"model": ErrorOut}},
)


@router.get("")
async def pseudonym_state(conversation_id: UUID, request: Request, principal: DetachedPrincipal) -> PseudonymState:
    """Tell whether names were replaced in this conversation."""
    return await preview.state(request.app.state.chat, principal, conversation_id)


@router.post("/preview", responses={403: {"model": ErrorOut}, 503: {"model": ErrorOut}})
async def preview_pseudonyms(
    conversation_id: UUID, body: WordsToSend, request: Request, principal: DetachedPrincipal
) -> Preview:
    """Show exactly what would leave, with its names replaced. Nothing leaves; the stand-ins are kept, sealed."""
    return await preview.show(request.app.state.chat, principal, conversation_id, body)
