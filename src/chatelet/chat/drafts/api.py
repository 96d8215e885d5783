"""The route that tells what words not sent yet would be given as a label."""

from fastapi import APIRouter, Depends, Request

from chatelet.chat.drafts import service
from chatelet.chat.drafts.service import Draft, Look
from chatelet.identity.current import holding
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut

router = APIRouter(prefix="/api/sensitivity", tags=["chat"], dependencies=[Depends(holding(Right.CHAT))])


@router.post("/look", responses={403: {"model": ErrorOut}, 503: {"model": ErrorOut}})
async def look_at_draft(body: Draft, request: Request) -> Look:
    """Tell what the safeguards find in words not sent yet, and which label they would have. Nothing is kept."""
    return await service.look(request.app.state.chat, body)
