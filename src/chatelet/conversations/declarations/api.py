"""The route of declarations of AI use."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from chatelet.conversations.declarations import service
from chatelet.conversations.declarations.schemas import DeclarationIn
from chatelet.conversations.snapshots.api import keyring_of
from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.http import ErrorOut, Transaction

_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    404: {"model": ErrorOut},
    422: {"model": ErrorOut},
}
_MEDIA: Final = {
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "odt": ("application/vnd.oasis.opendocument.text", "odt"),
}
router = APIRouter(prefix="/api/conversations/{conversation_id}/declaration", tags=["conversations"])


@router.post("", responses=_FILE, response_class=Response)
async def declare_ai_use(
    conversation_id: UUID,
    body: DeclarationIn,
    session: Transaction,
    principal: CurrentPrincipal,
    keyring: Annotated[Keyring, Depends(keyring_of)],
) -> Response:
    """Write the declaration of AI use of a conversation: its models and dates, and what its owner says of them."""
    written = await service.declare(session, keyring, principal, conversation_id, body)
    media, extension = _MEDIA[body.format]
    headers = {"content-disposition": f'attachment; filename="declaration.{extension}"'}
    return Response(written, media_type=media, headers=headers)
