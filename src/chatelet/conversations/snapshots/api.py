"""Routes of pages read for a conversation's answers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from chatelet.conversations.snapshots import service
from chatelet.conversations.snapshots.schemas import PageOfWebText, PagesOfWeb
from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.http import ErrorOut, Transaction

router = APIRouter(
    prefix="/api/conversations/{conversation_id}/web-pages",
    tags=["conversations"],
    responses={404: {"model": ErrorOut}},
)


async def keyring_of(request: Request) -> Keyring:
    """Return the installation's keyring."""
    keyring: Keyring = request.app.state.keyring
    return keyring


_Keys = Annotated[Keyring, Depends(keyring_of)]


@router.get("")
async def list_web_pages(
    conversation_id: UUID, session: Transaction, principal: CurrentPrincipal, keyring: _Keys
) -> PagesOfWeb:
    """List the pages of the web that were read for the answers of a conversation."""
    return await service.listed(session, keyring, principal, conversation_id)


@router.get("/{page_id}")
async def open_web_page(
    conversation_id: UUID, page_id: UUID, session: Transaction, principal: CurrentPrincipal, keyring: _Keys
) -> PageOfWebText:
    """Open a page as it was read: nothing is asked of its site."""
    return await service.opened(session, keyring, principal, conversation_id, page_id)
